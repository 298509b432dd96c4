// The configuration of a deployment: config/modiste.toml, read into this struct. The defaults are here; a
// test keeps the file equal to them. Names and bounds: shop/config_contracts.h.
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "features/drift.h"
#include "features/training_rows.h"
#include "http/options.h"
#include "lookbook/time_step.h"
#include "providers/chat_api.h"
#include "ranking/select.h"
#include "serving/answer/shadow_ranking.h"
#include "serving/lookbook/lookbook_service.h"
#include "storage/sealed_log/sealed_log.h"

namespace modiste {

inline constexpr std::array<std::string_view, 5> kTrainedBySchedule{"next-choices", "taste", "fit",
                                                                    "occasions", "ranker"};

struct Config {
  struct Shop {
    std::string name = "Modiste";
    std::string currency = "USD";
  };
  struct Data {
    std::string directory = "data";
  };
  struct Log {
    bool seal = true;
    double seal_after_hours = 1;
    bool served = true;
  };
  enum class Scope { kShopper, kWriter, kAdmin };
  struct Key {
    std::string name;
    Scope scope = Scope::kShopper;
    std::string hash;
  };
  struct Server {
    std::string address = http::ServerOptions().address;
    uint16_t port = http::ServerOptions().port;
    unsigned threads = http::ServerOptions().threads;
    unsigned workers = http::ServerOptions().workers;
    std::vector<std::string> hosts;
    bool shoppers_without_key = http::ServiceOptions().shoppers_without_key;
    int devices_per_minute = http::ServiceOptions().devices_per_minute;
    std::vector<std::string> trusted_proxies;
    std::vector<std::string> origins;
    std::string device_token_secret;
    std::vector<std::string> shopper_token_secrets;
    double leave_s = 0;
    std::vector<Key> keys;
  };
  struct Embedding {
    std::string model = "modiste";
    int threads = 2;
  };
  struct Exploration {
    double epsilon_start = ExplorationOptions().epsilon_start, epsilon_min = ExplorationOptions().epsilon_min;
    ExplorationDraw draw = ExplorationOptions().draw;
  };
  struct Weather {
    std::string url;
    int calls_per_day = 9'000;  // Open-Meteo gives 10,000 away
  };

  struct Lookbook {
    bool nightly = true;
    double night_hour = 4;
    double evening_from = lookbook::TimeOptions().evening_from_min / 60.0;
    std::string chat_url, chat_model;
    std::string chat_key_variable = "MODISTE_CHAT_KEY";
    int chat_calls = static_cast<int>(ChatApiOptions().calls_max);
    int chat_tokens = static_cast<int>(ChatApiOptions().tokens_max);
    double chat_timeout_s = std::chrono::duration<double>(ChatApiOptions().limits.timeout).count();
    int chat_searches = 0;
  };

  enum class Weekday { kSunday, kMonday, kTuesday, kWednesday, kThursday, kFriday, kSaturday };
  struct Training {
    bool scheduled = false;
    double hour = 3;
    Weekday full_on = Weekday::kSunday;
    std::vector<std::string> models{"ranker", "next-choices", "taste", "fit"};  // of kTrainedBySchedule
    double ripe_hours = TrainingRowOptions().ripe_hours;
    double drift_psi = DriftOptions().act;
    double drift_hours = 6;
    double retry_minutes = 30;
    int retries = 3;
    double shadow_share = ShadowOptions().share;
  };

  Shop shop;
  Data data;
  Log log;
  Server server;
  Embedding embedding;
  Exploration exploration;
  ObjectiveWeights objective;
  Weather weather;
  Lookbook lookbook;
  Training training;
  std::filesystem::path file = {};  // that it was read from; empty: it is the defaults

  [[nodiscard]] std::filesystem::path folder() const { return data.directory; }
  [[nodiscard]] SealedLogOptions log_options() const;
  [[nodiscard]] http::ServerOptions server_options() const;
  [[nodiscard]] ExplorationOptions exploration_options() const;
  [[nodiscard]] LookbookOptions lookbook_options() const;
  // Empty: no language model is asked. Without the key, which stands in the environment.
  [[nodiscard]] std::optional<ChatApiOptions> chat_options() const;
  // The same API as a reader of searches; empty: none may be sent.
  [[nodiscard]] std::optional<ChatApiOptions> language_options() const;
};

// Refuses unknown keys, wrong types and values out of range; where: file, line and key.
Result<Config> parse_config(std::string_view text, const std::string& name);
// Also kNotFound and kUnavailable, as read_file.
Result<Config> read_config(const std::filesystem::path& file);

template <>
struct EnumNames<Config::Scope> {
  static constexpr std::array<std::string_view, 3> kNames{"shopper", "writer", "admin"};
};

template <>
struct EnumNames<Config::Weekday> {
  static constexpr std::array<std::string_view, 7> kNames{"sunday",   "monday", "tuesday", "wednesday",
                                                          "thursday", "friday", "saturday"};
};

}  // namespace modiste
