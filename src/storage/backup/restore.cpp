#include <fmt/format.h>

#include <algorithm>

#include "io/posix_files.h"
#include "io/read_file.h"
#include "storage/backup/backup.h"
#include "storage/backup/folder_copy.h"
#include "storage/sealed_log/day_file.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

Result<std::vector<fs::path>> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
       at.increment(error))
    entries.push_back(at->path());
  if (error) return copy_error("read", folder, error);
  return entries;
}

// May stand in a directory into which a backup is restored: backups, this one perhaps, and what a file system
// has at its root.
bool may_stay(const fs::path& entry) {
  return entry.filename() == "backups" || entry.filename() == "lost+found";
}

// The folder below `to` in which it is made: `to` may be where a disk is mounted, or a service's own folder
// whose parent is not the caller's. Until it is gone, nobody opens the directory.
Result<fs::path> begin_restore(const fs::path& to) {
  TRY(make_private_folder(fs::absolute(to / "").parent_path()));
  const fs::path part = to / kRestoringName;
  std::error_code error;
  const bool interrupted = fs::exists(part, error);
  TRY_ASSIGN(auto entries, entries_of(to));
  std::erase_if(entries, may_stay);
  if (!entries.empty() && !interrupted)
    return Error{Code::kConflict, "the target is not empty", to.string(),
                 "a folder that is new or empty, but for `backups`"};
  TRY(make_private_folder(part));
  TRY(sync_directory(to));
  std::erase(entries, part);
  TRY_ASSIGN(const auto begun, entries_of(part));
  entries.insert(entries.end(), begun.begin(), begun.end());
  for (const auto& entry : entries) {  // of the one that was interrupted
    fs::remove_all(entry, error);
    if (error) return copy_error("remove", entry, error);
  }
  return part;
}

Result<Done> finish_restore(const fs::path& part, const fs::path& to) {
  TRY(sync_folders(part));
  TRY_ASSIGN(const auto entries, entries_of(part));
  std::error_code error;
  for (const auto& entry : entries) {
    fs::rename(entry, to / entry.filename(), error);
    if (error) return copy_error("give the finished copy its name", to / entry.filename(), error);
  }
  TRY(sync_directory(to));
  fs::remove(part, error);
  if (error) return copy_error("remove", part, error);
  return sync_directory(to);
}

Result<BackupManifest> read_backup_manifest(const fs::path& backup) {
  TRY_ASSIGN(const auto text, read_text_file(backup / kBackupManifestName));
  auto manifest = from_json_text<BackupManifest>(text);
  if (!manifest.ok())
    return Error{Code::kCorrupt, manifest.error().message(), (backup / kBackupManifestName).string(),
                 "a backup as `modiste backup` makes it"};
  if (manifest->version != kBackupVersion)
    return Error{Code::kConflict, fmt::format("the backup is of version {}", manifest->version),
                 (backup / kBackupManifestName).string(), fmt::format("version {}", kBackupVersion)};
  for (const CopiedFile& file : manifest->files) {
    const fs::path path = file.path;
    if (path.is_absolute() || path.empty() || std::ranges::find(path, fs::path("..")) != path.end())
      return Error{Code::kCorrupt, fmt::format("'{}' is not a file of a backup", file.path),
                   (backup / kBackupManifestName).string(), "paths below the backup"};
  }
  return manifest;
}

Result<Done> check_copied(const fs::path& folder, const CopiedFile& file) {
  std::error_code error;
  const auto size = fs::file_size(folder / file.path, error);
  if (error)
    return Error{Code::kCorrupt, "a file of the backup is missing", (folder / file.path).string(), ""};
  TRY_ASSIGN(const auto digest, blake2b_of_file(folder / file.path));
  if (size == file.bytes && digest == file.blake2b) return kOk;
  return Error{Code::kCorrupt, "a file of the backup is not as it was made", (folder / file.path).string(),
               fmt::format("{} bytes, BLAKE2b {}", file.bytes, file.blake2b)};
}

}  // namespace

Result<BackupManifest> restore_backup(const fs::path& backup, const fs::path& to,
                                      const CopyProgress& progress) {
  TRY_ASSIGN(auto manifest, read_backup_manifest(backup));
  for (const CopiedFile& file : manifest.files) TRY(check_copied(backup, file));
  TRY_ASSIGN(const auto part, begin_restore(to));
  CopyTo copy(backup, part, false, progress);
  for (const CopiedFile& file : manifest.files) TRY(copy.replaced(file.path, UINT64_MAX));
  TRY(finish_restore(part, to));
  return manifest;
}

}  // namespace modiste
