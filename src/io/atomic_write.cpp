#include "io/atomic_write.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "io/posix_files.h"

namespace modiste {

namespace {

Result<Done> write_and_sync(int fd, const std::filesystem::path& path, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return errno_error("write", path);
    bytes = bytes.subspan(static_cast<size_t>(written));
  }
  if (::fsync(fd) != 0) return errno_error("sync", path);
  return kOk;
}

}  // namespace

Result<Done> write_atomically(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  const auto directory = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  std::string beside = (directory / ("." + path.filename().string() + ".XXXXXX")).string();
  const FileDescriptor fd(::mkostemp(beside.data(), O_CLOEXEC));
  if (fd.get() < 0) return errno_error("write", path);
  give_to_owner_of_folder(fd.get(), beside);
  auto written = write_and_sync(fd.get(), path, bytes);
  if (written.ok() && ::rename(beside.c_str(), path.c_str()) != 0) written = errno_error("replace", path);
  if (!written.ok()) {
    ::unlink(beside.c_str());
    return written;
  }
  return sync_directory(directory);
}

}  // namespace modiste
