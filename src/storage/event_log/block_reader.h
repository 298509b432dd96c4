// Walks the blocks of one segment through a bounded buffer (kReadAheadBytes, or one block if that is larger).
//
// Threads: one owner. The file and the payloads handed out are borrowed: a payload lives until the next call.
#pragma once

#include <optional>
#include <vector>

#include "io/file.h"
#include "storage/event_log/segment_format.h"

namespace modiste {

class BlockReader {
 public:
  static constexpr size_t kReadAheadBytes = size_t{256} << 10;

  // Reads within [position, end) of the file.
  BlockReader(const File& file, uint64_t position, uint64_t end)
      : file_(file), position_(position), end_(end) {}

  struct Block {
    BlockHeader header;
    std::span<const std::byte> payload;  // unpacked
  };
  // The header at position(); its payload fits into what is left but is not checked.
  Result<std::optional<BlockHeader>> peek();
  // The block at position(), then moves past it. Nothing when no intact block begins there: position() stays.
  // kCorrupt for an intact one whose payload cannot be unpacked.
  Result<std::optional<Block>> next();
  // Moves past the block that peek() answered.
  void skip(const BlockHeader& header) { position_ += kBlockHeaderBytes + header.payload_bytes; }
  [[nodiscard]] uint64_t position() const { return position_; }

  // Where the first intact block header with an offset above `after` begins, at position() or later.
  Result<std::optional<uint64_t>> find_header(uint64_t after);

 private:
  // At most `bytes` bytes from `position` on; fewer only at end_.
  Result<std::span<const std::byte>> window(uint64_t position, size_t bytes);

  const File& file_;
  uint64_t position_, end_;
  uint64_t buffer_position_ = 0;
  std::vector<std::byte> buffer_;
  std::vector<std::byte> unpacked_;
};

}  // namespace modiste
