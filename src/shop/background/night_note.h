// DATA/lookbook-night.json: the latest night of the lookbook that was made to its end.
//
// The pools do not say so: one is also made for a shopper who asks before the night, and a night that was
// stopped leaves the pools of its first clusters.
#pragma once

#include <filesystem>
#include <string>

#include "base/json.h"

namespace modiste {

struct NightNote {
  static constexpr int kVersion = 1;
  int version = kVersion;
  std::string day;  // "2026-11-21"; empty: none
};

// Empty where the file is missing or cannot be used: then the night is made again, which costs time.
[[nodiscard]] NightNote read_night_note(const std::filesystem::path& data);
Result<Done> write_night_note(const std::filesystem::path& data, const NightNote& note);

template <>
struct Contract<NightNote> {
  static constexpr std::string_view kName = "NightNote";
  static constexpr auto kFields =
      Fields{field("version", &NightNote::version, {.doc = "Of this file", .required = true}),
             field("day", &NightNote::day, {.doc = "Of the night", .required = true})};
};

}  // namespace modiste
