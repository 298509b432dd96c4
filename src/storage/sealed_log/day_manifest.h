// log/days/manifest.json: which days are sealed, and what their files must be (docs/formats/sealed-day.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace modiste {

struct SealedDay {
  std::string day;  // "2026-11-21", UTC
  uint64_t first_offset = 0, last_offset = 0;
  uint64_t bytes = 0;       // of the file
  std::string blake2b;      // of the file: BLAKE2b-256, hex
  int columns_version = 0;  // kDayColumnsVersion when it was written
  [[nodiscard]] std::string file() const { return day + ".parquet"; }
  [[nodiscard]] uint64_t events() const { return last_offset + 1 - first_offset; }
};

struct DayManifest {
  int version = 1;
  std::vector<SealedDay> days;  // ascending; offsets dense from 0
  [[nodiscard]] uint64_t end_offset() const { return days.empty() ? 0 : days.back().last_offset + 1; }
};

inline constexpr int kDayManifestVersion = 1;
inline constexpr std::string_view kDayManifestName = "manifest.json";

// An absent one is empty. kCorrupt: days or offsets that do not follow each other; kConflict: a version that
// is not known.
Result<DayManifest> read_day_manifest(const std::filesystem::path& folder);
Result<DayManifest> parse_day_manifest(std::string_view text);
// Atomically.
Result<Done> write_day_manifest(const std::filesystem::path& folder, const DayManifest& manifest);

// "2026-11-21" and back.
[[nodiscard]] std::string day_text(std::chrono::sys_days day);
[[nodiscard]] std::optional<std::chrono::sys_days> parse_day(std::string_view text);

template <>
struct Contract<SealedDay> {
  static constexpr std::string_view kName = "SealedDay";
  static constexpr std::string_view kDoc = "A day of the event log that is a Parquet file.";
  static constexpr auto kFields = Fields{
      field("day", &SealedDay::day, {.doc = "UTC", .required = true, .length_max = 10}),
      field("first_offset", &SealedDay::first_offset, {.doc = "Of its events", .required = true}),
      field("last_offset", &SealedDay::last_offset, {.doc = "Of its events", .required = true}),
      field("bytes", &SealedDay::bytes, {.doc = "Of the file", .required = true}),
      field("blake2b", &SealedDay::blake2b,
            {.doc = "BLAKE2b-256 of the file", .required = true, .length_max = 64}),
      field("columns_version", &SealedDay::columns_version, {.doc = "Of the columns", .required = true})};
};

template <>
struct Contract<DayManifest> {
  static constexpr std::string_view kName = "DayManifest";
  static constexpr std::string_view kDoc = "The sealed days of the event log.";
  static constexpr auto kFields = Fields{
      field("version", &DayManifest::version, {.doc = "Of this file", .required = true}),
      field("days", &DayManifest::days, {.doc = "Oldest first", .required = true, .items_max = 100'000})};
};

}  // namespace modiste
