#include "storage/backup/data_copy.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "io/atomic_write.h"
#include "io/posix_files.h"
#include "io/read_file.h"
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

Result<Done> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return copy_error("make the folder", folder, error);
  fs::permissions(folder, fs::perms::owner_all, error);  // shoppers' facts
  return error ? Result<Done>(copy_error("protect the folder", folder, error)) : Result<Done>(kOk);
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
      TRY(make_folder((to_ / path).parent_path()));
      fs::create_hard_link(from_ / path, to_ / path, error);
      if (!error) return kOk;
    }
    return replaced(path, UINT64_MAX);
  }
  // The file as it is now: a later one has taken its name, or bytes were added at its end. kNotFound.
  Result<Done> replaced(const std::string& path, uint64_t bytes_max) {
    TRY_ASSIGN(const auto in, open_descriptor(from_ / path, O_RDONLY));
    TRY(make_folder((to_ / path).parent_path()));
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
  Result<Done> replaced_if_there(const std::string& path) {
    auto done = replaced(path, UINT64_MAX);
    if (!done.ok() && done.error().code == Code::kNotFound) return kOk;
    return done;
  }
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
    TRY(make_folder(copy.to() / "log/days"));
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

Result<Done> copy_parts(CopyTo& copy, bool with_photos) {
  TRY(make_folder(copy.to()));
  TRY(copy_snapshot(copy));
  TRY(copy_log(copy));
  TRY(copy_database(copy.from() / "modiste.db", copy.to() / "modiste.db"));
  std::error_code error;
  TRY(copy.count(fs::file_size(copy.to() / "modiste.db", error)));
  for (const char* folder : {"models", "index"})
    for (const auto& file : copy.files_below(folder)) TRY(copy.replaced_if_there(file));
  for (const char* file : {"source-weights.json", "device-token.key"}) TRY(copy.replaced_if_there(file));
  if (!with_photos) return kOk;
  for (const auto& file : copy.files_below("images")) TRY(copy.fixed(file));
  return kOk;
}

// The folder that is renamed to `to` when it is whole.
Result<fs::path> begin_target(const fs::path& to) {
  std::error_code error;
  if (fs::exists(to, error) && !fs::is_empty(to, error) && !error)
    return Error{Code::kConflict, "the target is not empty", to.string(), "a folder that is new or empty"};
  fs::path part = fs::absolute(to / "", error).parent_path();
  part += ".part";
  fs::remove_all(part, error);
  return part;
}

Result<Done> finish_target(const fs::path& part, const fs::path& to) {
  std::vector<fs::path> folders{part};
  std::error_code error, ignored;
  for (auto at = fs::recursive_directory_iterator(part, error);
       !error && at != fs::recursive_directory_iterator(); at.increment(error))
    if (at->is_directory(ignored)) folders.push_back(at->path());
  if (error) return copy_error("read", part, error);
  for (const auto& folder : folders) TRY(sync_directory(folder));
  const fs::path named = fs::absolute(to / "", error).parent_path().filename();
  if (!error) fs::rename(part, part.parent_path() / named, error);
  if (error) return copy_error("give the finished copy its name", to, error);
  return sync_directory(part.parent_path());
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
  TRY_ASSIGN(const auto part, begin_target(to));
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
  TRY(finish_target(part, to));
  return manifest;
}

Result<BackupManifest> restore_backup(const fs::path& backup, const fs::path& to,
                                      const CopyProgress& progress) {
  TRY_ASSIGN(auto manifest, read_backup_manifest(backup));
  for (const CopiedFile& file : manifest.files) TRY(check_copied(backup, file));
  TRY_ASSIGN(const auto part, begin_target(to));
  TRY(make_folder(part));
  CopyTo copy(backup, part, false, progress);
  for (const CopiedFile& file : manifest.files) TRY(copy.replaced(file.path, UINT64_MAX));
  TRY(finish_target(part, to));
  return manifest;
}

Result<Done> copy_for_reading(const DataPaths& from, const fs::path& to) {
  CopyTo copy(from.root(), to, true, [](uint64_t) -> Result<Done> { return kOk; });
  return copy_parts(copy, false);
}

}  // namespace modiste
