#include "storage/backup/data_copy.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>

#include "io/atomic_write.h"
#include "io/posix_files.h"
#include "io/read_file.h"
#include "learning/registry/model_registry.h"
#include "storage/event_log/block_reader.h"
#include "storage/sealed_log/day_file.h"
#include "storage/sealed_log/day_manifest.h"
#include "storage/sealed_log/log_status.h"
#include "storage/sqlite/database_copy.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

constexpr int kCopyTries = 5;
constexpr std::string_view kFinishedSnapshotEnding = ".snapshot";
constexpr size_t kCopyBytes = size_t{1} << 20;

Error copy_error(std::string_view action, const fs::path& path, const std::error_code& error) {
  return {Code::kUnavailable, fmt::format("cannot {}: {}", action, error.message()), path.string(), ""};
}

// Copies into one folder; remembers what stands there.
class CopyTo {
 public:
  CopyTo(fs::path from, fs::path to, bool links, CopyProgress progress)
      : from_(std::move(from)), to_(std::move(to)), links_(links), progress_(std::move(progress)) {}

  // A file that never changes under its name.
  Result<Done> fixed(const std::string& path) {
    std::error_code error;
    if (links_) {
      TRY(make_private_folder((to_ / path).parent_path()));
      fs::create_hard_link(from_ / path, to_ / path, error);
      if (!error) return kOk;
    }
    return replaced(path, UINT64_MAX);
  }
  // The file as it is now: a later one has taken its name, or bytes were added at its end. kNotFound.
  Result<Done> replaced(const std::string& path, uint64_t bytes_max) {
    TRY_ASSIGN(const auto in, open_descriptor(from_ / path, O_RDONLY));
    TRY(make_private_folder((to_ / path).parent_path()));
    TRY_ASSIGN(const auto out, open_descriptor(to_ / path, O_WRONLY | O_CREAT | O_TRUNC));
    std::vector<char> buffer(kCopyBytes);
    for (uint64_t left = bytes_max; left > 0;) {
      const ssize_t read = ::read(in.get(), buffer.data(), std::min<uint64_t>(buffer.size(), left));
      if (read < 0) return errno_error("read", from_ / path);
      if (read == 0) break;
      for (ssize_t at = 0; at < read;) {
        const ssize_t written = ::write(out.get(), buffer.data() + at, static_cast<size_t>(read - at));
        if (written <= 0) return errno_error("write", to_ / path);
        at += written;
      }
      left -= static_cast<uint64_t>(read);
      TRY(count(static_cast<uint64_t>(read)));
    }
    if (::fsync(out.get()) != 0) return errno_error("sync", to_ / path);
    return kOk;
  }
  // What went since it was listed is passed over.
  Result<Done> replaced_if_there(const std::string& path) { return if_there(replaced(path, UINT64_MAX)); }
  Result<Done> fixed_if_there(const std::string& path) { return if_there(fixed(path)); }
  Result<Done> count(uint64_t bytes) { return progress_(copied_ += bytes); }

  // Files below `folder` but hidden and temporary ones.
  [[nodiscard]] std::vector<std::string> files_below(const std::string& folder) const {
    std::vector<std::string> files;
    std::error_code error;
    for (auto at = fs::recursive_directory_iterator(from_ / folder, error);
         !error && at != fs::recursive_directory_iterator(); at.increment(error))
      if (at->is_regular_file(error) && !at->path().filename().string().starts_with('.') &&
          at->path().extension() != ".tmp")
        files.push_back(fs::relative(at->path(), from_, error).generic_string());
    std::ranges::sort(files);
    return files;
  }
  [[nodiscard]] const fs::path& from() const { return from_; }
  [[nodiscard]] const fs::path& to() const { return to_; }

 private:
  static Result<Done> if_there(Result<Done> done) {
    if (!done.ok() && done.error().code == Code::kNotFound) return kOk;
    return done;
  }

  const fs::path from_, to_;
  const bool links_;
  const CopyProgress progress_;
  uint64_t copied_ = 0;
};

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

Result<Done> sync_folders(const fs::path& part) {
  std::vector<fs::path> folders{part};
  std::error_code error, ignored;
  for (auto at = fs::recursive_directory_iterator(part, error);
       !error && at != fs::recursive_directory_iterator(); at.increment(error))
    if (at->is_directory(ignored)) folders.push_back(at->path());
  if (error) return copy_error("read", part, error);
  for (const auto& folder : folders) TRY(sync_directory(folder));
  return kOk;
}

Result<Done> BackupPart::finish() {
  TRY(sync_folders(part_));
  std::error_code error;
  fs::rename(part_, whole_, error);
  if (error) return copy_error("give the finished copy its name", whole_, error);
  finished_ = true;
  return sync_directory(whole_.parent_path());
}

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
  CopyTo copy(from.root(), part, false, progress);
  TRY(copy_parts(copy, true));
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

Result<Done> copy_for_reading(const DataPaths& from, const fs::path& to) {
  CopyTo copy(from.root(), to, true, [](uint64_t) -> Result<Done> { return kOk; });
  return copy_parts(copy, false);
}

}  // namespace modiste
