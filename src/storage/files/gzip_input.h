// A file as the readers want it, unpacked on the way when it is gzip.
#pragma once

#include <filesystem>
#include <memory>

#include "feeds/feed.h"

struct gzFile_s;

namespace modiste {

// Reads from the beginning, in pieces. Threads: one owner. Memory: 128 KiB.
class GzipInput final : public FeedInput {
 public:
  // kNotFound: no such file; kInvalid: a directory; kUnavailable: the system refuses.
  static Result<GzipInput> open(const std::filesystem::path& path);

  [[nodiscard]] std::string name() const override { return path_.filename().string(); }
  // kCorrupt when the gzip is torn.
  Result<size_t> read(std::span<char> buffer) override;

 private:
  struct Close {
    void operator()(gzFile_s* file) const;
  };
  GzipInput(std::filesystem::path path, gzFile_s* file) : path_(std::move(path)), file_(file) {}

  std::filesystem::path path_;
  std::unique_ptr<gzFile_s, Close> file_;
};

}  // namespace modiste
