// Ports to the disk, as narrow as the event log needs them, so that a full or dying disk can be simulated.
//
// Failures of the disk are kUnavailable with the system's words; where: the file's name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace modiste {

// Threads: one writer; reads from any thread.
class File {
 public:
  virtual ~File() = default;
  // At least one byte of a non-empty span is taken, perhaps not all; past the end the file grows.
  virtual Result<size_t> write_some(uint64_t position, std::span<const std::byte> bytes) = 0;
  // Fills the front of `into`; 0 at the end.
  virtual Result<size_t> read_some(uint64_t position, std::span<std::byte> into) const = 0;
  virtual Result<uint64_t> size() const = 0;
  virtual Result<Done> truncate(uint64_t size) = 0;
  // Contents and size survive a power cut once it answers. After a failure nothing written since the last
  // success may be relied on, even if a later call succeeds.
  virtual Result<Done> sync() = 0;
};

// Files of one directory, by name. Threads: any.
class Directory {
 public:
  virtual ~Directory() = default;
  [[nodiscard]] virtual std::string path() const = 0;                             // for messages
  virtual Result<std::unique_ptr<File>> open(std::string_view name) const = 0;    // kNotFound
  virtual Result<std::unique_ptr<File>> create_empty(std::string_view name) = 0;  // empties an old one
  virtual Result<Done> remove(std::string_view name) = 0;                         // kNotFound
  // Replaces `to` if it exists: whoever opens it finds the old file or the new one. kNotFound.
  virtual Result<Done> rename(std::string_view from, std::string_view to) = 0;
  virtual Result<std::vector<std::string>> list() const = 0;  // sorted
  virtual Result<Done> sync_names() = 0;  // names made and removed survive a power cut once it answers
  // Waits until nobody else holds the lock of this name, in this process or another. It falls when the
  // answer is destroyed or the process ends. Makes a file of this name.
  virtual Result<std::shared_ptr<void>> lock(std::string_view name) = 0;
};

Result<Done> write_all(File& file, uint64_t position, std::span<const std::byte> bytes);
// Fewer bytes than asked for only at the end of the file.
Result<size_t> read_full(const File& file, uint64_t position, std::span<std::byte> into);

}  // namespace modiste
