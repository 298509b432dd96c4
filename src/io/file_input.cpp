#include "io/file_input.h"

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

}  // namespace modiste
