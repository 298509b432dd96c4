#include "io/read_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>

#include "io/posix_files.h"

namespace modiste {
namespace {

constexpr size_t kStep = 64 << 10;  // read further at a time where the size said nothing

template <class Bytes>
Result<Bytes> read_whole(const std::filesystem::path& path, size_t bytes_max) {
  TRY_ASSIGN(const auto fd, open_descriptor(path, O_RDONLY));
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return errno_error("read", path);
  if (S_ISDIR(status.st_mode)) return Error{Code::kInvalid, "is a directory", path.string(), "a file"};
  const auto too_large = [&](size_t size) {
    return Error{Code::kInvalid, fmt::format("the file has {} bytes or more", size), path.string(),
                 fmt::format("at most {}", bytes_max)};
  };
  // A pipe, a terminal and a file of /proc have the size 0; a file may grow or shrink meanwhile.
  const auto size = static_cast<size_t>(status.st_size);
  if (size > bytes_max) return too_large(size);
  Bytes bytes(size + 1, {});  // room to see the end
  for (size_t filled = 0;;) {
    if (filled == bytes.size()) bytes.resize(filled + std::max(kStep, filled / 2), {});
    const ssize_t count = ::read(fd.get(), bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno_error("read", path);
    filled += static_cast<size_t>(count);
    if (filled > bytes_max) return too_large(filled);
    if (count > 0) continue;
    bytes.resize(filled);
    return bytes;
  }
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
