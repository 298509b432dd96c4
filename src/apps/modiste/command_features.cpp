#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "shop/console/console_report.h"
#include "shop/remote/reading_view.h"
#include "shop/shop_jobs.h"
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
  FeaturesArguments arguments;
  std::string out;
};

// With a folder of the caller's, in this process; else as the server's job if there is one.
Result<Done> materialise(const Config& config, const Materialise& given) {
  if (given.out.empty()) return run_work(config, {"features", to_json(given.arguments)});
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto directory, DataDirectory::open(view.config().folder()));
  TRY_ASSIGN(const auto log, SealedLog::open(directory.log(), config.log_options()));
  ConsoleReport report;
  return materialise_into({view.config(), log.get()}, given.arguments, given.out, report);
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
      "Write daily features of garments and shoppers, and point-in-time training rows, as Parquet.\n"
      "Beside a running server it is a job of that server, unless --out says where to write.");
  command->add_option("--as-of", given->arguments.as_of, "As known at this time, RFC 3339 (now)");
  command->add_option("--out", given->out, "Folder to write to (DATA/features)");
  auto& training = given->arguments;
  command
      ->add_option("--attribution-days", training.attribution_days,
                   with_default("Days after the impression in which an outcome is credited to it",
                                training.attribution_days))
      ->check(CLI::Range(1, 90));
  command
      ->add_option("--return-days", training.return_days,
                   with_default("Days after which a purchase counts as kept", training.return_days))
      ->check(CLI::Range(1, 365));
  runs(command, chosen, given, materialise);
}

}  // namespace modiste
