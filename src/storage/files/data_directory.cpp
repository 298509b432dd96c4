#include "storage/files/data_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <string>

namespace modiste {

namespace {

std::string owner_of(const FileDescriptor& lock) {
  std::array<char, 32> text{};
  const ssize_t read = ::pread(lock.get(), text.data(), text.size(), 0);
  if (read <= 0) return "another process";
  const std::string pid(text.data(), static_cast<size_t>(read));
  return "process " + pid.substr(0, pid.find('\n'));
}

// For people: the lock itself is flock's.
void write_pid(const FileDescriptor& lock) {
  const std::string pid = fmt::format("{}\n", ::getpid());
  if (::ftruncate(lock.get(), 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(lock.get(), pid.data(), pid.size(), 0);
}

}  // namespace

std::optional<int64_t> lock_holder(const std::filesystem::path& root) {
  std::ifstream file(root / "lock");
  int64_t pid = 0;
  return file >> pid ? std::optional(pid) : std::nullopt;
}

Result<DataDirectory> DataDirectory::open(const std::filesystem::path& root) {
  std::error_code error;
  if (std::filesystem::exists(root / kRestoringName, error))
    return Error{Code::kConflict, "a restore of the data directory has not ended", root.string(),
                 "`modiste restore` of the same backup, where none is under way"};
  for (const char* name : {"log", "models", "index", "images"}) {
    auto made = make_folders(root / name);
    if (made.ok()) continue;
    Error refused = std::move(made).error();
    refused.where = (root / name).string();  // whatever above it cannot be made
    return refused;
  }
  TRY_ASSIGN(auto lock, open_descriptor(root / "lock", O_RDWR | O_CREAT));
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return errno_error("lock", root / "lock");
    return Error{Code::kConflict, fmt::format("the data directory is in use by {}", owner_of(lock)),
                 root.string(), "another --data, or that process to end first"};
  }
  write_pid(lock);
  return DataDirectory(root, std::move(lock));
}

}  // namespace modiste
