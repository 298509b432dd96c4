#include "storage/files/file_input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace modiste {

Result<FileInput> FileInput::open(const std::filesystem::path& path) {
  TRY_ASSIGN(auto fd, open_descriptor(path, O_RDONLY));
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return errno_error("look at", path);
  if (S_ISDIR(status.st_mode)) return Error{Code::kInvalid, "is a directory", path.string(), "a file"};
  return FileInput(path, std::move(fd), static_cast<uint64_t>(status.st_size));
}

Result<size_t> FileInput::read(std::span<char> buffer) {
  while (true) {
    const ssize_t count = ::read(fd_.get(), buffer.data(), buffer.size());
    if (count >= 0) return static_cast<size_t>(count);
    if (errno != EINTR) return errno_error("read", path_);
  }
}

}  // namespace modiste
