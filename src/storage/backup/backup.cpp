#include "storage/backup/backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <memory>

#include "io/atomic_write.h"
#include "io/posix_files.h"
#include "storage/backup/folder_copy.h"
#include "storage/sealed_log/day_file.h"
#include "storage/sealed_log/log_status.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPartEnding = ".modiste-part";

// Locks a folder that nobody else has locked. The lock falls with the process, however it ends.
Result<FileDescriptor> lock_part(const fs::path& folder) {
  TRY_ASSIGN(auto held, open_descriptor(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
  if (::flock(held.get(), LOCK_EX | LOCK_NB) != 0) return errno_error("lock", folder);
  return held;
}

// What was left in this folder by backups whose process was killed. Their names are ours alone.
void remove_left_parts(const fs::path& folder) {
  std::error_code error, ignored;
  for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with('.') || !name.ends_with(kPartEnding)) continue;
    if (const auto lock = lock_part(at->path()); lock.ok()) fs::remove_all(at->path(), ignored);
  }
}

// The folder in which a backup is made, which gets its name when it is whole. Else it goes with the object: a
// backup that failed for want of room would keep that room.
class BackupPart {
 public:
  static Result<std::unique_ptr<BackupPart>> begin(const fs::path& to) {
    std::error_code error;
    if (fs::exists(to, error) && !fs::is_empty(to, error) && !error)
      return Error{Code::kConflict, "the target is not empty", to.string(), "a folder that is new or empty"};
    fs::path whole = fs::weakly_canonical(fs::absolute(to / "", error).parent_path(), error);
    if (error) return copy_error("find the target", to, error);
    remove_left_parts(whole.parent_path());
    fs::path part = whole.parent_path() / fmt::format(".{}{}", whole.filename().string(), kPartEnding);
    if (fs::exists(part, error))
      return Error{Code::kConflict, "a backup of this name is being made", to.string(), "another name"};
    TRY(make_private_folder(part));
    TRY_ASSIGN(auto lock, lock_part(part));
    return std::unique_ptr<BackupPart>(new BackupPart(std::move(whole), std::move(part), std::move(lock)));
  }
  ~BackupPart() {
    std::error_code ignored;
    if (!finished_) fs::remove_all(part_, ignored);
  }
  BackupPart(const BackupPart&) = delete;
  BackupPart& operator=(const BackupPart&) = delete;

  [[nodiscard]] const fs::path& folder() const { return part_; }
  Result<Done> finish();

 private:
  BackupPart(fs::path whole, fs::path part, FileDescriptor lock)
      : whole_(std::move(whole)), part_(std::move(part)), lock_(std::move(lock)) {}

  const fs::path whole_, part_;
  const FileDescriptor lock_;
  bool finished_ = false;
};

Result<Done> BackupPart::finish() {
  TRY(sync_folders(part_));
  std::error_code error;
  fs::rename(part_, whole_, error);
  if (error) return copy_error("give the finished copy its name", whole_, error);
  finished_ = true;
  return sync_directory(whole_.parent_path());
}

}  // namespace

uint64_t BackupManifest::bytes() const {
  uint64_t sum = 0;
  for (const CopiedFile& file : files) sum += file.bytes;
  return sum;
}

Result<BackupManifest> make_backup(const DataPaths& from, const fs::path& to, TimePoint now,
                                   const CopyProgress& progress) {
  std::error_code error;
  if (!fs::exists(from.database(), error))
    return Error{Code::kNotFound, "this is not a data directory", from.root().string(),
                 "--data and its path"};
  TRY_ASSIGN(const auto being_made, BackupPart::begin(to));
  const fs::path& part = being_made->folder();
  TRY(copy_all(from, part, progress));
  BackupManifest manifest;
  manifest.made_at = now;
  TRY_ASSIGN(const auto log, read_log_status(part / "log"));
  manifest.events = log.events;
  for (const auto& path : CopyTo(part, part, false, progress).files_below("")) {
    CopiedFile file;
    file.path = path;
    file.bytes = fs::file_size(part / path, error);
    if (error) return copy_error("read", part / path, error);
    TRY_ASSIGN(file.blake2b, blake2b_of_file(part / path));
    manifest.files.push_back(std::move(file));
  }
  TRY(write_atomically(part / kBackupManifestName, to_json_text(manifest) + "\n"));
  TRY(being_made->finish());
  return manifest;
}

}  // namespace modiste
