// `modiste status`: the server of a data directory, and what it holds in memory.
#include <fmt/format.h>

#include <cstdlib>

#include "apps/modiste/commands.h"
#include "shop/remote.h"
#include "storage/sealed_log/log_status.h"

namespace modiste {
namespace {

constexpr std::string_view kMemoryMetric = "modiste_memory_bytes{part=\"";

// Of the text of /metrics: modiste_memory_bytes{part="resident"} 123456
void print_memory(std::string_view metrics) {
  for (size_t at = metrics.find(kMemoryMetric); at != metrics.npos; at = metrics.find(kMemoryMetric, at)) {
    at += kMemoryMetric.size();
    const size_t name_end = metrics.find('"', at), value = metrics.find(' ', name_end);
    if (value == metrics.npos) return;
    fmt::print("  memory     {:<12}{:>9.1f} MB\n", metrics.substr(at, name_end - at),
               std::strtod(std::string(metrics.substr(value + 1, 32)).c_str(), nullptr) / 1e6);
  }
}

Result<Done> status(const Config& config) {
  TRY_ASSIGN(const auto log, read_log_status(config.folder() / "log"));
  const auto server = serving_at(config.folder());
  if (!server) {
    fmt::print("{} is not served\n  events     {}\n", config.folder().string(), log.events);
    return kOk;
  }
  TRY_ASSIGN(const auto metrics, call_server(*server, "GET", "/metrics", ""));
  fmt::print("{} is served at {} by process {}\n  events     {}\n", config.folder().string(), server->url,
             server->pid, log.events);
  print_memory(metrics);
  return kOk;
}

}  // namespace

void add_status(CLI::App& app, Command& chosen) {
  app.add_subcommand("status", "The server of the data directory, its events and its memory by part")
      ->callback([&chosen] { chosen = status; });
}

}  // namespace modiste
