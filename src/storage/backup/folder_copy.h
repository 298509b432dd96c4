// Files copied from one folder into another, for data_copy, backup and restore.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "storage/backup/data_copy.h"

namespace modiste {

[[nodiscard]] Error copy_error(std::string_view action, const std::filesystem::path& path,
                               const std::error_code& error);

// Copies into one folder; remembers what stands there.
class CopyTo {
 public:
  CopyTo(std::filesystem::path from, std::filesystem::path to, bool links, CopyProgress progress)
      : from_(std::move(from)), to_(std::move(to)), links_(links), progress_(std::move(progress)) {}

  // A file that never changes under its name.
  Result<Done> fixed(const std::string& path);
  // The file as it is now: a later one has taken its name, or bytes were added at its end. kNotFound.
  Result<Done> replaced(const std::string& path, uint64_t bytes_max);
  // What went since it was listed is passed over.
  Result<Done> replaced_if_there(const std::string& path) { return if_there(replaced(path, UINT64_MAX)); }
  Result<Done> fixed_if_there(const std::string& path) { return if_there(fixed(path)); }
  Result<Done> count(uint64_t bytes) { return progress_(copied_ += bytes); }

  // Files below `folder` but hidden and temporary ones.
  [[nodiscard]] std::vector<std::string> files_below(const std::string& folder) const;
  [[nodiscard]] const std::filesystem::path& from() const { return from_; }
  [[nodiscard]] const std::filesystem::path& to() const { return to_; }

 private:
  static Result<Done> if_there(Result<Done> done) {
    if (!done.ok() && done.error().code == Code::kNotFound) return kOk;
    return done;
  }

  const std::filesystem::path from_, to_;
  const bool links_;
  const CopyProgress progress_;
  uint64_t copied_ = 0;
};

// Makes the names below `part` last.
Result<Done> sync_folders(const std::filesystem::path& part);

}  // namespace modiste
