// A file in pieces, unpacked on the way when it is gzip.
#pragma once

#include <filesystem>
#include <memory>

#include "base/byte_source.h"

struct gzFile_s;

namespace modiste {

// Reads from the beginning, in pieces. Threads: one owner. Memory: 128 KiB. Pipes such as
// /dev/stdin work too.
class FileInput final : public ByteSource {
 public:
  // kNotFound: no such file; kInvalid: a directory; kUnavailable: the system refuses.
  static Result<FileInput> open(const std::filesystem::path& path);

  [[nodiscard]] std::string name() const override { return path_.filename().string(); }
  // kCorrupt when the gzip is torn.
  Result<size_t> read(std::span<char> buffer) override;

 private:
  struct Close {
    void operator()(gzFile_s* file) const;
  };
  FileInput(std::filesystem::path path, gzFile_s* file) : path_(std::move(path)), file_(file) {}

  std::filesystem::path path_;
  std::unique_ptr<gzFile_s, Close> file_;
};

// Fills `into` as far as the source reaches; answers how many bytes it has.
Result<size_t> read_full(ByteSource& source, std::span<char> into);

// A whole file, plain or gzip, in memory. Errors as FileInput; kInvalid when it unpacks to more than
// bytes_max.
Result<std::string> read_unpacked(const std::filesystem::path& path, size_t bytes_max);

}  // namespace modiste
