// A backup: a copy of a data directory (data_copy.h) with a manifest by which it is checked. Format:
// docs/formats/backup.md.
//
// Threads: one call a target.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "storage/backup/data_copy.h"

namespace modiste {

struct CopiedFile {
  std::string path;  // below the directory, with "/"
  uint64_t bytes = 0;
  std::string blake2b;  // BLAKE2b-256, hex
};

// backup.json
struct BackupManifest {
  int version = 1;
  TimePoint made_at{};
  uint64_t events = 0;
  std::vector<CopiedFile> files;
  [[nodiscard]] uint64_t bytes() const;
};

inline constexpr int kBackupVersion = 1;
inline constexpr std::string_view kBackupManifestName = "backup.json";

// Makes a backup in `to`, which must not exist or be empty (else kConflict). It is made beside `to`, in
// .NAME.modiste-part, and renamed when it is whole and on the disk. One that fails or is cancelled leaves
// nothing. One whose process was killed leaves that folder, and the next backup beside it removes it,
// whatever its name. kNotFound: not a data directory. kConflict: a backup of this name is under way.
// kUnavailable: no room, or days are sealed faster than copied.
Result<BackupManifest> make_backup(const DataPaths& from, const std::filesystem::path& to, TimePoint now,
                                   const CopyProgress& progress);

// Checks every file of a backup, then makes the data directory `to` of it. `to` may exist, be where a disk is
// mounted, and hold `backups`, also with this one in it; kConflict: it holds something else, or the backup is
// of another version. It is made in `to`/.restoring, and an interrupted one leaves that folder: the directory
// cannot be opened then, and the next restore begins it again. kCorrupt: a file is missing, of another size
// or digest.
Result<BackupManifest> restore_backup(const std::filesystem::path& backup, const std::filesystem::path& to,
                                      const CopyProgress& progress);

template <>
struct Contract<CopiedFile> {
  static constexpr std::string_view kName = "CopiedFile";
  static constexpr std::string_view kDoc = "A file of a backup.";
  static constexpr auto kFields =
      Fields{field("path", &CopiedFile::path, {.doc = "Below the backup", .required = true}),
             field("bytes", &CopiedFile::bytes, {.doc = "Of the file", .required = true}),
             field("blake2b", &CopiedFile::blake2b,
                   {.doc = "BLAKE2b-256 of the file", .required = true, .length_max = 64})};
};

template <>
struct Contract<BackupManifest> {
  static constexpr std::string_view kName = "BackupManifest";
  static constexpr std::string_view kDoc = "What a backup holds.";
  static constexpr auto kFields =
      Fields{field("version", &BackupManifest::version, {.doc = "Of this format", .required = true}),
             field("made_at", &BackupManifest::made_at, {.doc = "When it was begun", .required = true}),
             field("events", &BackupManifest::events, {.doc = "Of the log that it holds", .required = true}),
             field("files", &BackupManifest::files,
                   {.doc = "All but this one", .required = true, .items_max = 10'000'000})};
};

}  // namespace modiste
