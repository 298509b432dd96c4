// A file as memory, read only: model weights and indexes that many processes share and that load on demand.
//
// Threads: any. The bytes live as long as the object, also after the file is renamed over or removed. They
// must not be shortened in place meanwhile (SIGBUS): our own files are only ever replaced (write_atomically).
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <utility>

#include "base/result.h"

namespace modiste {

class MappedFile {
 public:
  // kNotFound: no such file; kInvalid: not a regular file; kUnavailable: the system refuses.
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }
  // Gives back the memory of a part that was read; what is read of it again comes from the system's cache or
  // the disk. Whole pages of a mapped file.
  static void let_go(std::span<const std::byte> part);

 private:
  explicit MappedFile(std::span<const std::byte> bytes) : bytes_(bytes) {}
  std::span<const std::byte> bytes_;
};

}  // namespace modiste
