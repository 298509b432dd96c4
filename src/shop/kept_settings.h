// DATA/shop.json: the settings that a data directory's contents depend on, currency and encoder.
//
// Prices are stored in the shop's currency where a feed names none, and vectors of one encoder are of no use
// to another: a command with another configuration than the server's would mix the one, and embed the whole
// catalog again for the other. The server writes the file when it starts, and whoever opens a directory that
// has none; `serve` alone may change what it says.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/json.h"
#include "shop/config.h"

namespace modiste {

struct KeptSettings {
  static constexpr int kVersion = 1;
  int version = kVersion;
  std::string currency;   // shop.currency
  std::string embedding;  // embedding.model
};

// Empty where the directory does not say. kCorrupt, also of another version.
Result<std::optional<KeptSettings>> read_kept_settings(const std::filesystem::path& data);
// Into the configuration of a command that was given no file.
Result<Done> take_kept_settings(Config& config);
// kConflict: they are others, and may not be changed.
Result<Done> keep_settings(const Config& config, bool may_change);

template <>
struct Contract<KeptSettings> {
  static constexpr std::string_view kName = "KeptSettings";
  static constexpr auto kFields =
      Fields{field("version", &KeptSettings::version, {.doc = "Of this file", .required = true}),
             field("currency", &KeptSettings::currency, {.doc = "shop.currency", .required = true}),
             field("embedding", &KeptSettings::embedding, {.doc = "embedding.model", .required = true})};
};

}  // namespace modiste
