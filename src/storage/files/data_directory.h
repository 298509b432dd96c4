// The directory given by --data, and the lock that makes it one process's own.
//
//   modiste.db   SQLite           log/      event log segments
//   models/      registry         index/    saved vector indexes
//   images/      by content       lock      the pid of the process that uses it
//   snapshot/    what was folded  profiles/ records of the profiles it names
#pragma once

#include <filesystem>
#include <optional>

#include "io/posix_files.h"

namespace modiste {

// In a directory of which a restore (storage/backup/backup.h) was interrupted, or is under way.
inline constexpr const char* kRestoringName = ".restoring";

// What stands where; opens nothing.
class DataPaths {
 public:
  explicit DataPaths(std::filesystem::path root) : root_(std::move(root)) {}

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  [[nodiscard]] std::filesystem::path database() const { return root_ / "modiste.db"; }
  [[nodiscard]] std::filesystem::path log() const { return root_ / "log"; }
  [[nodiscard]] std::filesystem::path models() const { return root_ / "models"; }
  // What `modiste evaluate next-item --choose` writes and a shop opens with; may be absent.
  [[nodiscard]] std::filesystem::path source_weights() const { return root_ / "source-weights.json"; }
  [[nodiscard]] std::filesystem::path index() const { return root_ / "index"; }
  // What was folded from the log; may be absent.
  [[nodiscard]] std::filesystem::path snapshot() const { return root_ / "snapshot"; }
  // The profiles that the snapshot names.
  [[nodiscard]] std::filesystem::path profiles() const { return root_ / "profiles"; }
  // The schedule of trainings, and what a killed one had done; may be absent.
  [[nodiscard]] std::filesystem::path training() const { return root_ / "training"; }
  [[nodiscard]] std::filesystem::path images() const { return root_ / "images"; }

 private:
  std::filesystem::path root_;
};

// Threads: any. The lock is held until the object goes, and falls with the process, also by kill -9.
class DataDirectory : public DataPaths {
 public:
  // Makes what is missing. kConflict: another process uses it (its pid is in the message), or a restore of it
  // has not ended.
  static Result<DataDirectory> open(const std::filesystem::path& root);

 private:
  DataDirectory(std::filesystem::path root, FileDescriptor lock)
      : DataPaths(std::move(root)), lock_(std::move(lock)) {}
  FileDescriptor lock_;
};

// The process that wrote its pid into the lock last, which it may hold no more; empty when there is none.
[[nodiscard]] std::optional<int64_t> lock_holder(const std::filesystem::path& root);

}  // namespace modiste
