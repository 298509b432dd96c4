#include "shop/config.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/json.h"
#include "base/toml.h"

namespace modiste {
namespace {

// Walks one table: every key that is read is ticked off, what is left is unknown.
class Section {
 public:
  Section(const toml::table& table, std::string name, const std::string& file)
      : table_(table), name_(std::move(name)), file_(file) {}

  template <class T>
  Section& read(std::string_view key, T& into, double min = -1e18, double max = 1e18) {
    known_.push_back(key);
    const auto* node = table_.get(key);
    if (node == nullptr || error_) return *this;
    if constexpr (std::is_same_v<T, std::string>) {
      if (const auto value = node->value<std::string>()) return into = *value, *this;
      return fail(*node, key, "is no text", "a text in quotes");
    } else if constexpr (std::is_same_v<T, bool>) {
      if (const auto value = node->value<bool>()) return into = *value, *this;
      return fail(*node, key, "is neither true nor false", "true or false");
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      return read_texts(*node, key, into);
    } else {
      const auto value = node->value<double>();
      if (!value || *value < min || *value > max)
        return fail(*node, key, "is out of range", fmt::format("a number from {} to {}", min, max));
      into = static_cast<T>(*value);
      return *this;
    }
  }

  Result<Done> done(std::initializer_list<std::string_view> subtables = {}) {
    known_.insert(known_.end(), subtables);
    for (const auto& [key, node] : table_) {
      if (error_) break;
      if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
      error_ = json_detail::unknown_name(key.str(), known_.data(), known_.size(), "key");
      error_->where = fmt::format("{} line {}, [{}]", file_, key.source().begin.line, name_);
    }
    if (error_) return *error_;
    return kOk;
  }

 private:
  Section& read_texts(const toml::node& node, std::string_view key, std::vector<std::string>& into) {
    const auto* list = node.as_array();
    if (list == nullptr) return fail(node, key, "is no list", "a list of texts");
    into.clear();
    for (const auto& entry : *list) {
      const auto text = entry.value<std::string>();
      if (!text) return fail(node, key, "holds something else than texts", "a list of texts");
      into.push_back(*text);
    }
    return *this;
  }

  Section& fail(const toml::node& node, std::string_view key, std::string_view what, std::string expected) {
    error_ =
        Error{Code::kInvalid, fmt::format("{} {}", key, what),
              fmt::format("{} line {}, [{}]", file_, node.source().begin.line, name_), std::move(expected)};
    return *this;
  }

  const toml::table& table_;
  std::string name_;
  const std::string& file_;
  std::vector<std::string_view> known_;
  std::optional<Error> error_;
};

std::optional<http::Scope> scope_from_name(std::string_view name) {
  for (const auto scope : {http::Scope::kShopper, http::Scope::kWriter, http::Scope::kAdmin})
    if (http::name_of(scope) == name) return scope;
  return std::nullopt;
}

Result<Done> read_keys(const toml::table& server, const std::string& file, std::vector<http::ApiKey>& keys) {
  const auto* list = server["keys"].as_array();
  if (list == nullptr) return kOk;
  for (const auto& entry : *list) {
    const auto* table = entry.as_table();
    if (table == nullptr)
      return Error{Code::kInvalid, "keys holds something else than tables", file, "[[server.keys]]"};
    http::ApiKey key;
    std::string scope = "shopper";
    TRY(Section(*table, "server.keys", file)
            .read("name", key.name)
            .read("scope", scope)
            .read("hash", key.hash)
            .done());
    const auto known = scope_from_name(scope);
    if (!known)
      return Error{Code::kInvalid, fmt::format("scope '{}' is not known", scope), file,
                   "shopper, writer or admin"};
    key.scope = *known;
    keys.push_back(std::move(key));
  }
  return kOk;
}

}  // namespace

Result<Config> parse_config(std::string_view text, const std::string& name) {
  const toml::parse_result parsed = toml::parse(text, name);
  if (!parsed)
    return Error{Code::kInvalid, std::string(parsed.error().description()),
                 fmt::format("{} line {}", name, parsed.error().source().begin.line), "TOML"};
  const toml::table& root = parsed.table();
  static const toml::table kNone;
  const auto section = [&](std::string_view key) {
    const auto* table = root[key].as_table();
    return Section(table == nullptr ? kNone : *table, std::string(key), name);
  };
  Config config;
  std::string data = config.data.string();
  TRY(Section(root, "", name).done({"shop", "data", "log", "server", "embedding", "exploration", "weather"}));
  TRY(section("shop").read("name", config.shop_name).read("currency", config.currency).done());
  TRY(section("data").read("directory", data).done());
  config.data = data;
  double seal_after_hours = std::chrono::duration<double, std::ratio<3600>>(config.log.seal_after).count();
  TRY(section("log")
          .read("seal", config.seal_log)
          .read("seal_after_hours", seal_after_hours, 0, 8'760)
          .read("served", config.log_served)
          .done());
  config.log.seal_after =
      std::chrono::duration_cast<Micros>(std::chrono::duration<double, std::ratio<3600>>(seal_after_hours));
  auto& server = config.server;
  TRY(section("server")
          .read("address", server.address)
          .read("port", server.port, 0, 65'535)
          .read("threads", server.threads, 1, 256)
          .read("workers", server.workers, 1, 256)
          .read("hosts", server.service.hosts)
          .read("shoppers_without_key", server.service.shoppers_without_key)
          .done({"keys"}));
  if (const auto* table = root["server"].as_table()) TRY(read_keys(*table, name, server.service.keys));
  TRY(section("embedding")
          .read("model", config.encoder)
          .read("threads", config.encoder_threads, 1, 256)
          .done());
  TRY(section("weather").read("url", config.weather_url).done());
  TRY(section("exploration")
          .read("epsilon_start", config.exploration.epsilon_start, 0, 1)
          .read("epsilon_min", config.exploration.epsilon_min, 0, 1)
          .done());
  return config;
}

Result<Config> read_config(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{Code::kNotFound, "the configuration cannot be read", file.string(), ""};
  std::stringstream text;
  text << in.rdbuf();
  return parse_config(text.str(), file.string());
}

}  // namespace modiste
