#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "apps/modiste/commands.h"
#include "shop/progress.h"
#include "storage/features/materialise.h"
#include "storage/files/data_directory.h"
#include "storage/sealed_log/sealed_log.h"

namespace modiste {
namespace {

std::filesystem::path features_folder(const Config& config, const std::string& given) {
  return given.empty() ? config.folder() / "features" : std::filesystem::path(given);
}

Result<Done> list_features() {
  fmt::print("{:<26}{:<10}{:<10}{:<10}{:<11}{}\n", "feature", "of", "type", "window", "freshness",
             "what it is");
  for (const auto& feature : all_features())
    fmt::print("{:<26}{:<10}{:<10}{:<10}{:<11}{}\n", feature.name, name_of(feature.entity),
               name_of(feature.type), feature.window, name_of(feature.freshness), feature.doc);
  fmt::print("{} features; {} are logged with every answer, as set {}\n", all_features().size(),
             streaming_features().size(), feature_set());
  return kOk;
}

// The day's folder that was made last, empty when there is none.
std::filesystem::path latest_day(const std::filesystem::path& folder) {
  std::filesystem::path latest;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.is_directory() && parse_day(entry.path().filename().string()) && latest < entry.path())
      latest = entry.path();
  return latest;
}

void print_quantiles(const std::vector<double>& quantiles) {
  fmt::print("  quantiles  ");
  for (size_t i = 0; i < quantiles.size(); ++i)
    fmt::print("{:g}% {:.4g}  ", kDriftQuantiles[i] * 100, quantiles[i]);
  fmt::print("\n");
}

Result<Done> show_daily_values(const FeatureDefinition& feature, const std::filesystem::path& folder) {
  const auto day = latest_day(folder);
  if (day.empty()) return fmt::print("  not materialised yet\n"), kOk;
  TRY_ASSIGN(const auto duckdb, DuckDb::open());
  const auto file = day / fmt::format("{}s.parquet", name_of(feature.entity));
  std::string columns;
  for (const double q : kDriftQuantiles)
    columns += fmt::format(", quantile_cont({}, {})::DOUBLE", sql_name(feature.name), q);
  return duckdb->query(fmt::format("SELECT count(*), count({}){} FROM read_parquet({})",
                                   sql_name(feature.name), columns, sql_text(file.string())),
                       {}, [&](const SqlRows& rows) -> Result<Done> {
                         fmt::print("  {}   {} {}s, known of {}\n", day.filename().string(),
                                    rows.integer(0, 0), name_of(feature.entity), rows.integer(1, 0));
                         std::vector<double> quantiles;
                         for (size_t i = 0; i < kDriftQuantiles.size() && rows.integer(1, 0) > 0; ++i)
                           quantiles.push_back(rows.real(2 + i, 0));
                         if (!quantiles.empty()) print_quantiles(quantiles);
                         return kOk;
                       });
}

Result<Done> show_served_values(const FeatureDefinition& feature, const std::filesystem::path& folder) {
  TRY_ASSIGN(const auto report, read_drift_report(folder));
  if (!report) return fmt::print("  not materialised yet\n"), kOk;
  for (const FeatureDrift& drift : report->features) {
    if (drift.feature != feature.name) continue;
    fmt::print("  as of      {}\n  served     {} values, {:.1f}% unknown; {} in the reference\n",
               to_rfc3339(report->as_of), drift.latest, drift.unknown_share * 100, drift.reference);
    if (!drift.quantiles.empty()) print_quantiles(drift.quantiles);
    if (drift.psi)
      fmt::print("  PSI        {:.4f} ({})\n", *drift.psi, name_of(drift.verdict));
    else
      fmt::print("  PSI        too few values\n");
  }
  return kOk;
}

Result<Done> show_feature(const Config& config, const std::string& name, const std::string& out) {
  const auto* feature = find_feature(name);
  if (feature == nullptr)
    return Error{Code::kNotFound, fmt::format("there is no feature '{}'", name), "",
                 "one of `modiste features list`"};
  fmt::print(
      "{}\n  what       {}\n  of         {}, a {}\n  window     {}\n  freshness  {}\n  lineage    {}\n",
      feature->name, feature->doc, name_of(feature->entity), name_of(feature->type), feature->window,
      name_of(feature->freshness), feature->lineage);
  for (size_t i = 0; i < feature->categories.size(); ++i)
    fmt::print("  {:<11}{}\n", i, feature->categories[i]);
  if (!feature->sql.empty()) fmt::print("  SQL        {}\n", feature->sql);
  const auto folder = features_folder(config, out);
  return feature->freshness == Freshness::kDaily ? show_daily_values(*feature, folder)
                                                 : show_served_values(*feature, folder);
}

struct Materialise {
  std::string as_of, out;
  MaterialiseOptions options;
};

void print(const MaterialiseReport& report) {
  fmt::print("{} events of {} persons, {} marked as noise\n", report.log.events, report.log.persons,
             report.log.noisy);
  fmt::print("{}: {} garments, {} shoppers, {} training rows ({} left out for want of consent)\n",
             report.folder.string(), report.garments, report.shoppers, report.rows, report.rows_left_out);
  fmt::print("{} rows have the features they were ranked by", report.rows_with_vector);
  if (report.rows_of_other_sets > 0)
    fmt::print(", {} those of another feature set", report.rows_of_other_sets);
  fmt::print("\n\n{:<26}{:>10}{:>10}{:>9}{:>9}  {}\n", "drift of", "reference", "latest", "unknown", "PSI",
             "");
  for (const FeatureDrift& drift : report.drift.features)
    fmt::print("{:<26}{:>10}{:>10}{:>8.1f}%{:>9}  {}\n", drift.feature, drift.reference, drift.latest,
               drift.unknown_share * 100, drift.psi ? fmt::format("{:.4f}", *drift.psi) : "-",
               name_of(drift.verdict));
}

Result<Done> materialise(const Config& config, const Materialise& given) {
  TimePoint as_of = SystemClock().now();
  if (!given.as_of.empty()) {
    auto parsed = parse_rfc3339(given.as_of);
    if (!parsed.ok()) return parsed.error();
    as_of = *parsed;
  }
  TRY_ASSIGN(const auto directory, DataDirectory::open(config.folder()));
  TRY_ASSIGN(const auto log, SealedLog::open(directory.log(), config.log_options()));
  const auto out = features_folder(config, given.out);
  std::error_code error;
  std::filesystem::create_directories(out, error);
  MaterialiseOptions options = given.options;
  options.duckdb.spill = out / "spill";
  const auto report = [&] {
    ProgressLine line("events", log->size());
    return materialise_features(*log, as_of, out, options, [&](uint64_t events) { line.at(events); });
  }();
  std::filesystem::remove_all(options.duckdb.spill, error);
  if (!report.ok()) return report.error();
  print(*report);
  return kOk;
}

}  // namespace

void add_features(CLI::App& app, Command& chosen) {
  auto* features =
      app.add_subcommand("features", "Ranking features: definitions, tables, training rows, drift");
  features->require_subcommand(1);
  features->add_subcommand("list", "Every feature in one line")->callback([&chosen] {
    chosen = [](const Config&) { return list_features(); };
  });
  auto name = std::make_shared<std::string>();
  auto given = std::make_shared<Materialise>();
  auto* show = features->add_subcommand("show", "One feature: how it is made, its latest values, its drift");
  show->add_option("name", *name, "Name, as `modiste features list` prints it")->required();
  show->add_option("--out", given->out, "Folder of the tables (DATA/features)");
  show->callback([&chosen, name, given] {
    chosen = [=](const Config& c) { return show_feature(c, *name, given->out); };
  });
  auto* command = features->add_subcommand(
      "materialise",
      "Write daily features of garments and shoppers, and point-in-time training rows, as Parquet\n"
      "Needs the data directory to itself, as `modiste log` does.");
  command->add_option("--as-of", given->as_of, "As known at this time, RFC 3339 (now)");
  command->add_option("--out", given->out, "Folder to write to (DATA/features)");
  auto& training = given->options.training;
  command
      ->add_option("--attribution-days", training.attribution_days,
                   "Days after the impression in which an outcome is credited to it (7)")
      ->check(CLI::Range(1, 90));
  command
      ->add_option("--return-days", training.return_days, "Days after which a purchase counts as kept (30)")
      ->check(CLI::Range(1, 365));
  runs(command, chosen, given, materialise);
}

}  // namespace modiste
