#include "history/history.h"

#include <fmt/format.h>

#include "base/rng.h"
#include "history/history_formats.h"

namespace modiste {

HistoryRun::HistoryRun(FeedInput& input, const HistoryOptions& options, const HistorySinks& sinks,
                       const FeedProgress& progress)
    : options_(options),
      sinks_(sinks),
      garments_([this](Garment&& garment) { return sinks_.garment(std::move(garment)); }),
      feed_(input, {}, garments_, progress) {
  feed_.let_prices_be_absent();  // histories tell what was chosen, seldom for how much
}

std::string HistoryRun::id_of(std::string_view text, size_t line, std::string_view column) {
  if (!text.empty() && text.size() <= kHistoryIdBytesMax) return options_.prefix + std::string(text);
  feed_.refuse(line, std::string(column),
               text.empty() ? "is empty; expected an id"
                            : fmt::format("is longer than {} bytes; expected an id", kHistoryIdBytesMax));
  return {};
}

Result<Done> HistoryRun::emit(Event&& event, size_t line) {
  if (const auto valid = validate(event, options_.now, Arrival::kImport); !valid.ok()) {
    feed_.refuse(line, valid.error().where, valid.error());
    return kOk;
  }
  ++report_.events;
  shoppers_.insert(hash64(primary_identifier(event)));
  return sinks_.event(std::move(event), line);
}

HistoryReport HistoryRun::finish() {
  report_.rows = feed_.finish();
  report_.shoppers = shoppers_.size();
  return std::move(report_);
}

Result<HistoryReport> read_history(FeedInput& input, const HistoryFormat& format,
                                   const HistoryOptions& options, const HistorySinks& sinks,
                                   const FeedProgress& progress) {
  HistoryRun run(input, options, sinks, progress);
  TRY(format.read(run));
  return run.finish();
}

}  // namespace modiste
