#include "shop/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/toml.h"
#include "http/client_address.h"
#include "io/read_file.h"
#include "shop/config_contracts.h"

namespace modiste {
namespace {

constexpr size_t kConfigBytesMax = 1 << 20;

http::Scope scope_of(Config::Scope scope) {
  switch (scope) {
    case Config::Scope::kShopper:
      return http::Scope::kShopper;
    case Config::Scope::kWriter:
      return http::Scope::kWriter;
    case Config::Scope::kAdmin:
      return http::Scope::kAdmin;
  }
  CHECK(false);
}

}  // namespace

SealedLogOptions Config::log_options() const {
  SealedLogOptions options;
  options.seal_after = std::chrono::duration_cast<Micros>(
      std::chrono::duration<double, std::ratio<3600>>(log.seal_after_hours));
  return options;
}

http::ServerOptions Config::server_options() const {
  http::ServerOptions options;
  options.address = server.address;
  options.port = server.port;
  options.threads = server.threads;
  options.workers = server.workers;
  options.limits.leave = std::chrono::milliseconds(static_cast<int64_t>(server.leave_s * 1'000));
  options.service.hosts = server.hosts;
  options.service.shoppers_without_key = server.shoppers_without_key;
  options.service.devices_per_minute = server.devices_per_minute;
  options.service.trusted_proxies = server.trusted_proxies;
  options.service.origins = server.origins;
  options.service.device_token_secret = server.device_token_secret;
  options.service.shopper_token_secrets = server.shopper_token_secrets;
  for (const Key& key : server.keys)
    options.service.keys.push_back({key.name, scope_of(key.scope), key.hash});
  return options;
}

ExplorationOptions Config::exploration_options() const {
  ExplorationOptions options;
  options.epsilon_start = exploration.epsilon_start;
  options.epsilon_min = exploration.epsilon_min;
  options.draw = exploration.draw;
  return options;
}

LookbookOptions Config::lookbook_options() const {
  LookbookOptions options;
  options.time.evening_from_min = static_cast<int>(lookbook.evening_from * 60);
  return options;
}

std::optional<ChatApiOptions> Config::chat_options() const {
  if (lookbook.chat_url.empty()) return std::nullopt;
  ChatApiOptions options;
  options.url = lookbook.chat_url;
  options.model = lookbook.chat_model;
  options.calls_max = static_cast<size_t>(lookbook.chat_calls);
  options.tokens_max = static_cast<size_t>(lookbook.chat_tokens);
  options.limits.timeout = std::chrono::milliseconds(static_cast<int64_t>(lookbook.chat_timeout_s * 1'000));
  return options;
}

std::optional<ChatApiOptions> Config::language_options() const {
  constexpr size_t kAnswerTokensMax = 400;  // eight terms take about 150
  auto options = chat_options();
  if (!options || lookbook.chat_searches == 0) return std::nullopt;
  options->calls_max = static_cast<size_t>(lookbook.chat_searches);
  options->answer_tokens_max = kAnswerTokensMax;
  return options;
}

namespace {

Error wrong(std::string what, std::string_view key, std::string expected) {
  return {Code::kInvalid, std::move(what), std::string(key), std::move(expected)};
}

// Every price without a currency of its own is read in it.
Result<Done> check_currency(std::string_view currency) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (currency.size() == 3 && std::all_of(currency.begin(), currency.end(), is_capital)) return kOk;
  return wrong(fmt::format("'{}' is not a currency", currency), "shop.currency",
               "the three letters of ISO 4217, such as \"EUR\"");
}

// Compared with the Host field without its port.
Result<Done> check_hosts(const std::vector<std::string>& hosts) {
  for (const std::string& host : hosts) {
    const bool is_v6 = host.starts_with('[') && host.ends_with(']');
    if (host.empty() || host.find_first_of(is_v6 ? "/ " : "/: ") != std::string::npos)
      return wrong(fmt::format("'{}' is not a host name", host), "server.hosts",
                   "the name alone, without https:// and without a port, such as \"shop.example\"");
  }
  return kOk;
}

Result<Done> check_keys(const std::vector<Config::Key>& keys) {
  std::set<std::string_view> hashes;
  for (const Config::Key& key : keys)
    if (!hashes.insert(key.hash).second)
      return wrong(fmt::format("the hash of key '{}' stands twice", key.name), "server.keys",
                   "one entry for each key, as `modiste key new` prints it");
  return kOk;
}

Result<Done> check_url(const std::string& url, std::string_view key) {
  if (url.empty() || url.starts_with("https://") || url.starts_with("http://")) return kOk;
  return wrong(fmt::format("'{}' is not a URL", url), key, "one that begins with https:// or http://");
}

Result<Done> check_chat(const Config::Lookbook& lookbook) {
  TRY(check_url(lookbook.chat_url, "lookbook.chat_url"));
  if (!lookbook.chat_url.empty() && lookbook.chat_model.empty())
    return wrong("chat_url is set and chat_model is not", "lookbook.chat_model",
                 "the model as that API names it");
  if (lookbook.chat_url.empty() && lookbook.chat_searches > 0)
    return wrong("searches are read by the API of chat_url, which is not set", "lookbook.chat_searches",
                 "0, or a chat_url");
  return kOk;
}

Result<Done> check_exploration(const Config::Exploration& exploration) {
  if (exploration.epsilon_min <= exploration.epsilon_start) return kOk;
  return wrong("shoppers who are known well would explore more than others", "exploration.epsilon_min",
               fmt::format("at most epsilon_start, which is {}", exploration.epsilon_start));
}

Result<Done> check_training(const Config::Training& training) {
  for (const std::string& model : training.models)
    if (std::find(kTrainedBySchedule.begin(), kTrainedBySchedule.end(), model) == kTrainedBySchedule.end())
      return wrong(fmt::format("'{}' is not a model that is trained by schedule", model), "training.models",
                   fmt::format("{}", fmt::join(kTrainedBySchedule, ", ")));
  return kOk;
}

// What the contract of one field cannot say.
Result<Done> check(const Config& config) {
  TRY(check_currency(config.shop.currency));
  TRY(check_hosts(config.server.hosts));
  TRY(check_keys(config.server.keys));
  TRY(http::TrustedProxies::make(config.server.trusted_proxies));
  TRY(check_exploration(config.exploration));
  TRY(check_url(config.weather.url, "weather.url"));
  TRY(check_chat(config.lookbook));
  return check_training(config.training);
}

}  // namespace

Result<Config> parse_config(std::string_view text, const std::string& name) {
  TRY_ASSIGN(Config config, from_toml<Config>(text, name));
  if (auto checked = check(config); !checked.ok()) {
    Error error = std::move(checked).error();
    error.where = name + ", " + error.where;
    return error;
  }
  return config;
}

Result<Config> read_config(const std::filesystem::path& file) {
  TRY_ASSIGN(const auto text, read_text_file(file, kConfigBytesMax));
  return parse_config(text, file.string());
}

}  // namespace modiste
