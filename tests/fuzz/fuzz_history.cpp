// links: modiste_ingest modiste_history
// Any history file: events that the readers accept are valid, and the same bytes give the same events. The
// first byte selects the reader: one of the sets, a mapping, or a table (its mapping, a form feed, its rows).
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "history/history_formats.h"
#include "history/history_mapping.h"

namespace {

using namespace modiste;

HistoryOptions options() {
  HistoryOptions options;
  options.now = TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 1));
  options.prefix = "f-";
  options.bare_garments = true;
  options.companion = "18 Cardigans\n65 Rings\n";
  return options;
}

struct Examined {
  std::vector<std::string> events;
  HistorySinks sinks;

  Examined() {
    sinks.garment = [](Garment&& garment) -> Result<Done> {
      CHECK(validate(garment).ok());
      return kOk;
    };
    sinks.event = [this](Event&& event, size_t line) -> Result<Done> {
      CHECK(line > 0);
      CHECK(validate(event, options().now, Arrival::kImport).ok());
      events.push_back(to_json_text(event));
      CHECK(from_json_text<Event>(events.back()).ok());  // what the log writes it can read
      return kOk;
    };
  }
  Examined(const Examined&) = delete;
  Examined& operator=(const Examined&) = delete;
};

void check_report(const Result<HistoryReport>& report) {
  if (!report.ok()) return CHECK(!report.error().what.empty());
  for (const auto& refusal : report->rows.refusals) CHECK(refusal.line > 0 && !refusal.reason.empty());
}

template <class Read>
void read_twice(const Read& read) {
  const HistoryOptions given = options();
  Examined first, second;
  check_report(read(given, first.sinks));
  check_report(read(given, second.sinks));
  CHECK(first.events == second.events);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr size_t kSets = kHistoryFormats.size();
  const size_t choice = static_cast<size_t>(data[0] - '0') % (kSets + 1);
  if (choice < kSets) {
    read_twice([&](const HistoryOptions& given, const HistorySinks& sinks) {
      MemoryInput input("fuzz", text);
      return read_history(input, *kHistoryFormats[choice], given, sinks);
    });
    return 0;
  }
  const size_t middle = std::min(text.find('\f'), text.size());
  const auto mapping = parse_history_mapping(text.substr(0, middle), "fuzz.toml");
  if (!mapping.ok()) return 0;
  read_twice([&](const HistoryOptions& given, const HistorySinks& sinks) {
    MemoryInput input("fuzz", text.substr(std::min(middle + 1, text.size())));
    return read_history_csv(input, *mapping, given, sinks);
  });
  return 0;
}
