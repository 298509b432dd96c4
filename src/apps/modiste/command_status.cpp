// `modiste status`: the server of a data directory, the models that it serves with, and what it holds in
// memory.
#include <fmt/format.h>

#include "apps/modiste/commands.h"
#include "shop/background/training_schedule.h"
#include "shop/metric_samples.h"
#include "shop/remote/remote.h"
#include "storage/files/data_directory.h"
#include "storage/sealed_log/log_status.h"

namespace modiste {
namespace {

void print_memory(std::string_view metrics) {
  for (const MetricSample& part : samples_of(metrics, "modiste_memory_bytes"))
    fmt::print("  memory     {:<12}{:>9.1f} MB\n", part.label("part"), part.value / 1e6);
}

void print_models(std::string_view metrics) {
  for (const MetricSample& model : samples_of(metrics, "modiste_model_version"))
    fmt::print("  model      {:<13}{}\n", model.label("model"),
               model.value == 0 ? "not trained (version 0)" : fmt::format("version {}", model.value));
}

Result<Done> print_training(const Config& config) {
  TRY_ASSIGN(const auto state, read_training_state(DataPaths(config.folder()).training()));
  const auto minute = [](TimePoint at) { return to_rfc3339(std::chrono::floor<std::chrono::minutes>(at)); };
  for (const TrainingRecord& record : state.models) {
    if (record.began_at)
      fmt::print("  training   {:<13}{} since {}\n", record.model, name_of(record.scope),
                 minute(*record.began_at));
    if (record.ended_at)
      fmt::print("  training   {:<13}{} ended {}: {}\n", record.model, name_of(record.scope),
                 minute(*record.ended_at), record.outcome);
    if (record.psi)
      fmt::print("  drift      {:<13}PSI {:.3f} of {}, bound {}\n", record.model, *record.psi,
                 record.psi_feature, config.training.drift_psi);
  }
  return kOk;
}

Result<Done> status(const Config& config) {
  TRY_ASSIGN(const auto log, read_log_status(config.folder() / "log"));
  const auto server = serving_at(config.folder());
  if (!server) {
    fmt::print("{} is not served\n  events     {}\n", config.folder().string(), log.events);
    return print_training(config);
  }
  TRY_ASSIGN(const auto metrics, call_server(*server, "GET", "/metrics", ""));
  fmt::print("{} is served at {} by process {}\n  events     {}\n", config.folder().string(), server->url,
             server->pid, log.events);
  print_models(metrics);
  if (const auto shadow = shadow_in(metrics)) fmt::print("  shadow     {}\n", to_text(*shadow));
  TRY(print_training(config));
  print_memory(metrics);
  return kOk;
}

}  // namespace

void add_status(CLI::App& app, Command& chosen) {
  app.add_subcommand("status",
                     "The server of the data directory, its events, models, trainings and memory by part")
      ->callback([&chosen] { chosen = status; });
}

}  // namespace modiste
