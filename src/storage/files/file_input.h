// A file as the feed readers want it.
#pragma once

#include <filesystem>

#include "feeds/feed.h"
#include "storage/files/posix_files.h"

namespace modiste {

// Reads from the beginning, in pieces. Threads: one owner. Pipes such as /dev/stdin work too.
class FileInput final : public FeedInput {
 public:
  // kNotFound: no such file; kInvalid: a directory; kUnavailable: the system refuses.
  static Result<FileInput> open(const std::filesystem::path& path);

  [[nodiscard]] std::string name() const override { return path_.filename().string(); }
  Result<size_t> read(std::span<char> buffer) override;
  [[nodiscard]] uint64_t size() const { return size_; }  // when opened, for progress; 0 for a pipe

 private:
  FileInput(std::filesystem::path path, FileDescriptor fd, uint64_t size)
      : path_(std::move(path)), fd_(std::move(fd)), size_(size) {}

  std::filesystem::path path_;
  FileDescriptor fd_;
  uint64_t size_;
};

}  // namespace modiste
