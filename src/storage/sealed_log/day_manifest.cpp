#include "storage/sealed_log/day_manifest.h"

#include <fmt/format.h>

#include "io/atomic_write.h"
#include "io/mapped_file.h"

namespace modiste {

Result<DayManifest> parse_day_manifest(std::string_view text) {
  auto parsed = from_json_text<DayManifest>(text);
  if (!parsed.ok()) {
    Error error = std::move(parsed).error();
    error.code = Code::kCorrupt;
    return error;
  }
  if (parsed->version != kDayManifestVersion)
    return Error{Code::kConflict,
                 fmt::format("the manifest of sealed days is of version {}", parsed->version), "/version",
                 fmt::format("{}, or a newer Modiste to read it", kDayManifestVersion)};
  uint64_t next = 0;
  std::optional<std::chrono::sys_days> before;
  for (size_t i = 0; i < parsed->days.size(); ++i) {
    const SealedDay& sealed = parsed->days[i];
    const auto day = parse_day(sealed.day);
    const bool follows = day && (!before || *day > *before) && sealed.first_offset == next &&
                         sealed.last_offset >= sealed.first_offset;
    if (!follows)
      return Error{Code::kCorrupt, "a sealed day does not follow the one before it",
                   fmt::format("/days/{}", i),
                   fmt::format("a later day whose events begin at offset {}", next)};
    next = sealed.last_offset + 1;
    before = day;
  }
  return std::move(*parsed);
}

Result<DayManifest> read_day_manifest(const std::filesystem::path& folder) {
  const auto path = folder / kDayManifestName;
  const auto file = MappedFile::open(path);
  if (!file.ok() && file.error().code == Code::kNotFound) return DayManifest();
  if (!file.ok()) return file.error();
  const auto bytes = file->bytes();
  auto manifest = parse_day_manifest({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (manifest.ok()) return manifest;
  Error error = std::move(manifest).error();
  error.where = path.string() + " " + error.where;
  return error;
}

Result<Done> write_day_manifest(const std::filesystem::path& folder, const DayManifest& manifest) {
  return write_atomically(folder / kDayManifestName, to_json_text(manifest) + "\n");
}

std::string day_text(std::chrono::sys_days day) { return to_rfc3339(TimePoint(day)).substr(0, 10); }

std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
  const auto time = parse_rfc3339(std::string(text) + "T00:00:00Z");
  if (text.size() != 10 || !time.ok()) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(time.value());
}

}  // namespace modiste
