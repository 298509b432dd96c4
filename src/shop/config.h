// What a deployment chooses: config/modiste.toml read into a struct. The only place that knows the file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/options.h"
#include "ranking/select.h"
#include "storage/sealed_log/sealed_log.h"

namespace modiste {

struct Config {
  std::string shop_name = "Modiste";
  std::string currency = "USD";
  std::filesystem::path data = "data";
  SealedLogOptions log;
  bool seal_log = true;    // while serving
  bool log_served = true;  // answers with their features, for training
  http::ServerOptions server;
  std::string encoder = "modiste";
  int encoder_threads = 2;
  ExplorationOptions exploration;
  std::string weather_url;  // of a service that speaks Open-Meteo's format; empty: none is asked
};

// Refuses unknown keys, wrong types and values out of range; where: file and line.
Result<Config> read_config(const std::filesystem::path& file);
Result<Config> parse_config(std::string_view text, const std::string& name);

}  // namespace modiste
