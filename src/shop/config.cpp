#include "shop/config.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/toml.h"
#include "io/read_file.h"

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
  options.service.hosts = server.hosts;
  options.service.shoppers_without_key = server.shoppers_without_key;
  options.service.devices_per_minute = server.devices_per_minute;
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

// Every price without a currency of its own is read in it.
Result<Done> check_currency(std::string_view currency, const std::string& name) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (currency.size() == 3 && std::all_of(currency.begin(), currency.end(), is_capital)) return kOk;
  return Error{Code::kInvalid, fmt::format("'{}' is not a currency", currency), name + ", shop.currency",
               "the three letters of ISO 4217, such as \"EUR\""};
}

}  // namespace

Result<Config> parse_config(std::string_view text, const std::string& name) {
  TRY_ASSIGN(Config config, from_toml<Config>(text, name));
  TRY(check_currency(config.shop.currency, name));
  return config;
}

Result<Config> read_config(const std::filesystem::path& file) {
  TRY_ASSIGN(const auto text, read_text_file(file, kConfigBytesMax));
  return parse_config(text, file.string());
}

}  // namespace modiste
