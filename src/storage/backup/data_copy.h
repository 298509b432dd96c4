// A consistent copy of a data directory, also of one that a server is writing to meanwhile: for backups and
// for commands that read beside a server. Format: docs/formats/backup.md.
//
// Copied in this order, so that each part knows of what the parts before it name: the snapshot of the fold
// with the profiles, the event log up to its last whole block, the database by SQLite's backup API, then
// files that never change once they have their name (models after their aliases, photos) or that are replaced
// whole (index, weights, secret, schedule). What came in after the log was copied is not in the copy: a shop
// opened on it is the shop as it was at that event.
//
// Threads: one call a target. Takes no lock of the source and writes nothing there.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "storage/files/data_directory.h"

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

// So many bytes are copied; an error stops the copy.
using CopyProgress = std::function<Result<Done>(uint64_t bytes)>;

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

// A copy to read from for a while: files that never change are hard links where the disk can, and there are
// no photos. `to` is made.
Result<Done> copy_for_reading(const DataPaths& from, const std::filesystem::path& to);

template <>
struct Contract<CopiedFile> {
  static constexpr std::string_view kName = "CopiedFile";
  static constexpr std::string_view kDoc = "A file of a backup.";
  static constexpr auto kFields =
      std::tuple{field("path", &CopiedFile::path, {.doc = "Below the backup", .required = true}),
                 field("bytes", &CopiedFile::bytes, {.doc = "Of the file", .required = true}),
                 field("blake2b", &CopiedFile::blake2b,
                       {.doc = "BLAKE2b-256 of the file", .required = true, .length_max = 64})};
};

template <>
struct Contract<BackupManifest> {
  static constexpr std::string_view kName = "BackupManifest";
  static constexpr std::string_view kDoc = "What a backup holds.";
  static constexpr auto kFields = std::tuple{
      field("version", &BackupManifest::version, {.doc = "Of this format", .required = true}),
      field("made_at", &BackupManifest::made_at, {.doc = "When it was begun", .required = true}),
      field("events", &BackupManifest::events, {.doc = "Of the log that it holds", .required = true}),
      field("files", &BackupManifest::files,
            {.doc = "All but this one", .required = true, .items_max = 10'000'000})};
};

}  // namespace modiste
