#include "io/file_input.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>

#include "io/posix_files.h"

namespace modiste {
namespace {

constexpr unsigned kBufferBytes = 64 << 10;
constexpr size_t kReadBytesMax = size_t{1} << 30;  // gzread counts in int

}  // namespace

void FileInput::Close::operator()(gzFile_s* file) const { gzclose(file); }

Result<FileInput> FileInput::open(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return Error{Code::kInvalid, "is a directory", path.string(), "a file"};
  errno = 0;
  gzFile file = gzopen(path.c_str(), "rbe");
  if (file == nullptr) return errno_error("open", path);
  gzbuffer(file, kBufferBytes);
  return FileInput(path, file);
}

Result<size_t> FileInput::read(std::span<char> buffer) {
  const int count =
      gzread(file_.get(), buffer.data(), static_cast<unsigned>(std::min(buffer.size(), kReadBytesMax)));
  int state = Z_OK;  // a file that ends in the middle is read without complaint, and says so here
  const char* words = gzerror(file_.get(), &state);
  if (count >= 0 && (state == Z_OK || state == Z_STREAM_END)) return static_cast<size_t>(count);
  if (state == Z_ERRNO) return errno_error("read", path_);
  return Error{Code::kCorrupt, std::string("the file cannot be unpacked: ") + words, path_.string(),
               "a whole gzip file"};
}

Result<size_t> read_full(ByteSource& source, std::span<char> into) {
  size_t total = 0;
  while (total < into.size()) {
    TRY_ASSIGN(const size_t count, source.read(into.subspan(total)));
    if (count == 0) break;
    total += count;
  }
  return total;
}

Result<std::string> read_unpacked(const std::filesystem::path& path, size_t bytes_max) {
  TRY_ASSIGN(auto input, FileInput::open(path));
  std::string text, piece(size_t{1} << 20, '\0');
  while (true) {
    TRY_ASSIGN(const size_t count, input.read(piece));
    if (count == 0) return text;
    if (text.size() + count > bytes_max)
      return Error{Code::kInvalid, "the file is too large", path.string(),
                   fmt::format("at most {} bytes, unpacked", bytes_max)};
    text.append(piece, 0, count);
  }
}

}  // namespace modiste
