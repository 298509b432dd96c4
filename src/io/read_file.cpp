#include "io/read_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <memory>

#include "io/posix_files.h"

namespace modiste {
namespace {

template <class Bytes>
Result<Bytes> read_whole(const std::filesystem::path& path, size_t bytes_max) {
  TRY_ASSIGN(const auto fd, open_descriptor(path, O_RDONLY));
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return errno_error("read", path);
  if (S_ISDIR(status.st_mode)) return Error{Code::kInvalid, "is a directory", path.string(), "a file"};
  const auto size = static_cast<size_t>(status.st_size);
  if (size > bytes_max)
    return Error{Code::kInvalid, fmt::format("the file has {} bytes", size), path.string(),
                 fmt::format("at most {}", bytes_max)};
  Bytes bytes(size, {});
  size_t filled = 0;
  while (filled < size) {
    const ssize_t count = ::read(fd.get(), bytes.data() + filled, size - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno_error("read", path);
    if (count == 0) break;  // it became shorter meanwhile
    filled += static_cast<size_t>(count);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace

Result<FileBytes> read_file(const std::filesystem::path& path, size_t bytes_max) {
  return read_whole<FileBytes>(path, bytes_max);
}

Result<std::string> read_text_file(const std::filesystem::path& path, size_t bytes_max) {
  return read_whole<std::string>(path, bytes_max);
}

std::function<Result<std::span<const std::byte>>(std::string_view name)> folder_reader(
    std::filesystem::path folder) {
  auto kept = std::make_shared<std::map<std::string, FileBytes, std::less<>>>();
  return [folder = std::move(folder), kept](std::string_view name) -> Result<std::span<const std::byte>> {
    auto found = kept->find(name);
    if (found == kept->end()) {
      TRY_ASSIGN(auto bytes, read_file(folder / std::string(name)));
      found = kept->emplace(std::string(name), std::move(bytes)).first;
    }
    return std::span<const std::byte>(found->second);
  };
}

std::function<std::function<Result<std::span<const std::byte>>(std::string_view name)>()> model_folder(
    std::filesystem::path folder) {
  return [folder = std::move(folder)] { return folder_reader(folder); };
}

}  // namespace modiste
