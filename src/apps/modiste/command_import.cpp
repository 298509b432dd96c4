// History of research sets into the shop: garments that are known from it alone, and what their shoppers did.
#include <fmt/format.h>
#include <zlib.h>

#include <chrono>
#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/progress.h"
#include "apps/modiste/shop.h"
#include "events/history.h"

namespace modiste {
namespace {

// A file, gzipped or not, as the readers want it.
class GzipInput final : public FeedInput {
 public:
  static Result<GzipInput> open(const std::string& path) {
    gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr)
      return Error{Code::kNotFound, "the file cannot be read", path, "a file, may be gzipped"};
    return GzipInput(path, file);
  }
  [[nodiscard]] std::string name() const override { return path_; }
  Result<size_t> read(std::span<char> buffer) override {
    const int count = gzread(file_.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
    if (count < 0) return Error{Code::kCorrupt, "the file cannot be unpacked", path_, "a whole gzip file"};
    return static_cast<size_t>(count);
  }

 private:
  struct Close {
    void operator()(gzFile_s* file) const { gzclose(file); }
  };
  GzipInput(std::string path, gzFile file) : path_(std::move(path)), file_(file) {}
  std::string path_;
  std::unique_ptr<gzFile_s, Close> file_;
};

struct ImportArguments {
  std::string source;
  size_t limit = 0;
  bool bare_garments = false;
};

constexpr size_t kBatch = 2'000;

class HistoryImport {
 public:
  HistoryImport(Engine& engine, HistoryOptions options) : engine_(engine), options_(std::move(options)) {}

  Result<HistoryReport> read(const std::string& source, HistorySet set, const HistorySinks& sinks,
                             const char* what) {
    ProgressLine line(what, 0);
    TRY_ASSIGN(auto input, GzipInput::open(source));
    size_t seen = 0;
    HistorySinks counted = sinks;
    if (sinks.event)
      counted.event = [&](Event&& event, size_t at) {
        if (++seen % kBatch == 0) line.at(seen);
        return sinks.event(std::move(event), at);
      };
    return read_history(input, set, options_, counted);
  }

  Result<Done> take(Garment&& garment) {
    garments_.push_back(std::move(garment));
    return garments_.size() == kBatch ? flush_garments() : Result<Done>(kOk);
  }
  Result<Done> flush_garments() {
    if (garments_.empty()) return kOk;
    TRY_ASSIGN(const auto results, engine_.upsert(std::exchange(garments_, {})));
    for (const auto& result : results) ++(result.ok() ? made : garments_refused);
    return kOk;
  }
  Result<Done> take(Event&& event) {
    events_.push_back(std::move(event));
    return events_.size() == kBatch ? flush_events() : Result<Done>(kOk);
  }
  Result<Done> flush_events() {
    if (events_.empty()) return kOk;
    TRY_ASSIGN(const auto fates, engine_.ingest(std::exchange(events_, {}), Arrival::kImport));
    for (const auto& fate : fates) {
      if (fate.ok())
        ++(*fate == EventFate::kAccepted ? accepted : duplicates);
      else
        ++refused[fate.error().message()];
    }
    return kOk;
  }

  size_t made = 0, garments_refused = 0, accepted = 0, duplicates = 0;
  std::map<std::string, size_t> refused;

 private:
  Engine& engine_;
  HistoryOptions options_;
  std::vector<Garment> garments_;
  std::vector<Event> events_;
};

void print(const HistoryImport& import, const HistoryReport& report, double seconds) {
  fmt::print("\n{} rows, {} refused, {} left out; {} shoppers; {} garments\n", report.rows.rows_read,
             report.rows.rows_refused, report.rows_left_out, report.shoppers, import.made);
  fmt::print("{} events taken, {} known already; {:.0f} s, {:.0f} rows/s\n", import.accepted,
             import.duplicates, seconds,
             static_cast<double>(report.rows.rows_read) / std::max(seconds, 1e-3));
  constexpr size_t kListed = 12;
  for (size_t i = 0; i < std::min(kListed, report.rows.refusals.size()); ++i)
    fmt::print("  line {}: {}\n", report.rows.refusals[i].line, report.rows.refusals[i].reason);
  for (const auto& [why, count] : import.refused) fmt::print("  {} events: {}\n", count, why);
  for (const auto& [what, count] : report.set_aside) fmt::print("  {} x {}\n", count, what);
  for (const auto& note : report.notes) fmt::print("  {}\n", note);
}

Result<Done> import_history(Config config, HistorySet set, const ImportArguments& given) {
  config.encoder = "none";  // these sets have no photos, and their titles say less than their attributes
  TRY_ASSIGN(const auto shop, OpenShop::open(config));
  HistoryOptions options;
  options.now = SystemClock().now();
  options.prefix = fmt::format("{}-", name_of(set));
  options.bare_garments = given.bare_garments;
  if (given.limit > 0) options.rows_max = given.limit;
  HistoryImport import(shop->engine(), options);
  const auto started = std::chrono::steady_clock::now();
  // Garments first: an event of a garment that is not there teaches nothing of style.
  TRY(import.read(given.source, set, {[&](Garment&& garment) { return import.take(std::move(garment)); }, {}},
                  "garments"));
  TRY(import.flush_garments());
  TRY_ASSIGN(
      const auto report,
      import.read(given.source, set,
                  {{}, [&](Event&& event, size_t) { return import.take(std::move(event)); }}, "events"));
  TRY(import.flush_events());
  print(import, report, std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
  return kOk;
}

}  // namespace

void add_import(CLI::App& app, Command& chosen) {
  auto* command =
      app.add_subcommand("import",
                         "Read the history of a research set: garments it knows of, and what shoppers did.\n"
                         "Importing again changes nothing. Events may be of any age.");
  command->require_subcommand(1);
  auto given = std::make_shared<ImportArguments>();
  const std::pair<HistorySet, const char*> sets[] = {
      {HistorySet::kRtr, "Rent the Runway: one rental a row (CSV)"},
      {HistorySet::kAmazon, "One shopper a line: user item item ..."},
      {HistorySet::kSessions, "One visit a line: item item ..."},
      {HistorySet::kPolyvore, "Outfits as a JSON list"}};
  for (const auto& [set, doc] : sets) {
    auto* one = command->add_subcommand(std::string(name_of(set)), doc);
    one->add_option("source", given->source, "The file, may be gzipped")->required();
    one->add_option("--limit", given->limit, "Rows to read (all)");
    one->add_flag("--make-garments", given->bare_garments, "Also of items known by a number only");
    one->callback([&chosen, given, which = set] {
      chosen = [given, which](const Config& config) { return import_history(config, which, *given); };
    });
  }
}

}  // namespace modiste
