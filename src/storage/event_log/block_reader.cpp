#include "storage/event_log/block_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "storage/event_log/block_packing.h"

namespace modiste {

Result<std::span<const std::byte>> BlockReader::window(uint64_t position, size_t bytes) {
  const uint64_t left = position < end_ ? end_ - position : 0;
  bytes = static_cast<size_t>(std::min<uint64_t>(bytes, left));
  const bool inside = position >= buffer_position_ && position + bytes <= buffer_position_ + buffer_.size();
  if (!inside) {
    buffer_.resize(static_cast<size_t>(std::min<uint64_t>(std::max(bytes, kReadAheadBytes), left)));
    buffer_position_ = position;
    TRY_ASSIGN(const size_t read, read_full(file_, position, buffer_));
    buffer_.resize(read);
    bytes = std::min(bytes, read);
  }
  return std::span<const std::byte>(buffer_).subspan(static_cast<size_t>(position - buffer_position_), bytes);
}

Result<std::optional<BlockHeader>> BlockReader::peek() {
  TRY_ASSIGN(const auto bytes, window(position_, kBlockHeaderBytes));
  const auto header = decode_block_header(bytes);
  if (!header || header->payload_bytes > end_ - position_ - kBlockHeaderBytes)
    return std::optional<BlockHeader>();
  return header;
}

Result<std::optional<BlockReader::Block>> BlockReader::next() {
  TRY_ASSIGN(const auto header, peek());
  if (!header) return std::optional<Block>();
  TRY_ASSIGN(const auto payload, window(position_ + kBlockHeaderBytes, header->payload_bytes));
  if (!payload_intact(*header, payload)) return std::optional<Block>();
  if (header->unpacked_bytes > 0) {
    unpacked_.resize(header->unpacked_bytes);
    if (!unpack_block(payload, unpacked_))
      return Error{Code::kCorrupt, "a packed block cannot be unpacked", fmt::format("byte {}", position_),
                   ""};
  }
  skip(*header);
  return std::optional(Block{*header, header->unpacked_bytes > 0 ? unpacked_ : payload});
}

Result<std::optional<uint64_t>> BlockReader::find_header(uint64_t after) {
  for (uint64_t base = position_; base + kBlockHeaderBytes <= end_;) {
    TRY_ASSIGN(const auto bytes, window(base, kReadAheadBytes));
    if (bytes.size() < kBlockHeaderBytes) break;
    const size_t starts = bytes.size() - kBlockHeaderBytes + 1;
    for (size_t i = 0; i < starts; ++i) {
      const auto header = decode_block_header(bytes.subspan(i, kBlockHeaderBytes));
      if (header && header->first_offset > after) return std::optional(base + i);
    }
    base += starts;
  }
  return std::optional<uint64_t>();
}

}  // namespace modiste
