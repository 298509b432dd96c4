#include "storage/backup/data_copy.h"

#include <fmt/format.h>

#include <algorithm>

#include "io/posix_files.h"
#include "learning/registry/model_registry.h"
#include "storage/backup/folder_copy.h"
#include "storage/event_log/block_reader.h"
#include "storage/sealed_log/day_file.h"
#include "storage/sealed_log/day_manifest.h"
#include "storage/sqlite/database_copy.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

constexpr int kCopyTries = 5;
constexpr std::string_view kFinishedSnapshotEnding = ".snapshot";

// Where the last whole block of a segment ends.
Result<uint64_t> whole_bytes(const fs::path& folder, uint64_t first_offset) {
  TRY_ASSIGN(const auto directory, PosixDirectory::open_or_create(folder));
  TRY_ASSIGN(const auto file, directory->open(segment_name(first_offset)));
  TRY_ASSIGN(const uint64_t size, file->size());
  BlockReader blocks(*file, std::min<uint64_t>(kSegmentHeaderBytes, size), size);
  uint64_t end = first_offset;
  while (true) {
    TRY_ASSIGN(const auto block, blocks.next());
    if (!block || block->header.first_offset != end) return blocks.position();
    end += block->header.events;
  }
}

// kNotFound: a segment went away, for its day was sealed.
Result<Done> copy_log_once(CopyTo& copy, const DayManifest& manifest) {
  for (const SealedDay& day : manifest.days) TRY(copy.fixed("log/days/" + day.file()));
  std::vector<uint64_t> segments;
  for (const auto& file : copy.files_below("log"))
    if (const auto offset = segment_name_offset(fs::path(file).filename().string());
        offset && *offset >= manifest.end_offset())
      segments.push_back(*offset);
  std::ranges::sort(segments);
  for (const uint64_t segment : segments) {
    const bool last = segment == segments.back();
    uint64_t bytes = UINT64_MAX;
    if (last) {
      TRY_ASSIGN(bytes, whole_bytes(copy.from() / "log", segment));
    }
    TRY(copy.replaced("log/" + segment_name(segment), bytes));
  }
  return kOk;
}

Result<Done> copy_log(CopyTo& copy) {
  for (int tries = 0; tries < kCopyTries; ++tries) {
    std::error_code ignored;
    fs::remove_all(copy.to() / "log", ignored);
    TRY(make_private_folder(copy.to() / "log/days"));
    TRY_ASSIGN(const auto manifest, read_day_manifest(copy.from() / "log/days"));
    const auto done = copy_log_once(copy, manifest);
    if (!done.ok() && done.error().code != Code::kNotFound) return done;
    TRY_ASSIGN(const auto after, read_day_manifest(copy.from() / "log/days"));
    if (!done.ok() || after.days.size() != manifest.days.size()) continue;  // a day was sealed in between
    if (!manifest.days.empty()) {
      TRY(write_day_manifest(copy.to() / "log/days", manifest));
    }
    return kOk;
  }
  return Error{Code::kUnavailable, "days are being sealed", (copy.from() / "log").string(),
               "another try in a moment"};
}

std::vector<std::string> finished_snapshots(const CopyTo& copy) {
  auto files = copy.files_below("snapshot");
  std::erase_if(files, [](const std::string& file) { return !file.ends_with(kFinishedSnapshotEnding); });
  return files;
}

// The snapshot with the profiles that it names. While it stands, no record that it needs is wiped. Without
// one, when they follow each other too fast, the copy's log is folded from its beginning.
Result<Done> copy_snapshot(CopyTo& copy) {
  for (int tries = 0; tries < kCopyTries; ++tries) {
    const auto snapshots = finished_snapshots(copy);
    for (const auto& file : snapshots) TRY(copy.replaced_if_there(file));
    for (const auto& file : copy.files_below("profiles")) TRY(copy.replaced_if_there(file));
    if (finished_snapshots(copy) == snapshots) return kOk;
    std::error_code ignored;
    for (const char* folder : {"snapshot", "profiles"}) fs::remove_all(copy.to() / folder, ignored);
  }
  return kOk;
}

// An alias may name a version that came after the others were listed: aliases come first. A version never
// changes.
Result<Done> copy_models(CopyTo& copy) {
  const auto is_alias = [](const std::string& file) {
    return std::ranges::any_of(EnumNames<ModelAlias>::kNames, [&](std::string_view alias) {
      return file.ends_with(fmt::format(".{}.json", alias));
    });
  };
  for (const auto& file : copy.files_below("models"))
    if (is_alias(file)) TRY(copy.replaced_if_there(file));
  for (const auto& file : copy.files_below("models"))
    if (!is_alias(file)) TRY(copy.replaced_if_there(file));
  return kOk;
}

Result<Done> copy_parts(CopyTo& copy, bool with_photos) {
  TRY(make_private_folder(copy.to()));
  TRY(copy_snapshot(copy));
  TRY(copy_log(copy));
  TRY(copy_database(copy.from() / "modiste.db", copy.to() / "modiste.db"));
  std::error_code error;
  TRY(copy.count(fs::file_size(copy.to() / "modiste.db", error)));
  TRY(copy_models(copy));
  for (const auto& file : copy.files_below("index")) TRY(copy.replaced_if_there(file));
  for (const char* file : {"shop.json", "source-weights.json", "device-token.key", "training/schedule.json"})
    TRY(copy.replaced_if_there(file));
  if (!with_photos) return kOk;
  for (const auto& file : copy.files_below("images")) TRY(copy.fixed_if_there(file));
  return kOk;
}

}  // namespace

Result<Done> copy_all(const DataPaths& from, const fs::path& to, const CopyProgress& progress) {
  CopyTo copy(from.root(), to, false, progress);
  return copy_parts(copy, true);
}

Result<Done> copy_for_reading(const DataPaths& from, const fs::path& to) {
  CopyTo copy(from.root(), to, true, [](uint64_t) -> Result<Done> { return kOk; });
  return copy_parts(copy, false);
}

}  // namespace modiste
