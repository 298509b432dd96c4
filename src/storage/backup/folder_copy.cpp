#include "storage/backup/folder_copy.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "io/posix_files.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

constexpr size_t kCopyBytes = size_t{1} << 20;

}  // namespace

Error copy_error(std::string_view action, const fs::path& path, const std::error_code& error) {
  return {Code::kUnavailable, fmt::format("cannot {}: {}", action, error.message()), path.string(), ""};
}

Result<Done> CopyTo::fixed(const std::string& path) {
  std::error_code error;
  if (links_) {
    TRY(make_private_folder((to_ / path).parent_path()));
    fs::create_hard_link(from_ / path, to_ / path, error);
    if (!error) return kOk;
  }
  return replaced(path, UINT64_MAX);
}

Result<Done> CopyTo::replaced(const std::string& path, uint64_t bytes_max) {
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

std::vector<std::string> CopyTo::files_below(const std::string& folder) const {
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

}  // namespace modiste
