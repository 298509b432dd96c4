// The bytes of a segment of the event log, version 2 (docs/formats/event-log.md). Pure: no file here.
//
// segment = header, block...     block = header, JSON Lines, one event per line, packed or as they are
//
// A block is what one group commit wrote and synced. The next block is written only after that, so a broken
// block is a crash's torn end when nothing readable follows it, and damage when something does.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "events/event_log.h"

namespace modiste {

inline constexpr size_t kSegmentHeaderBytes = 32;
inline constexpr size_t kBlockHeaderBytes = 32;
inline constexpr uint32_t kSegmentVersion = 2;  // version 1, without packed blocks, is read too
inline constexpr size_t kPayloadBytesMax = size_t{64} << 20;

struct BlockHeader {
  uint64_t first_offset = 0;
  uint32_t events = 0;
  uint32_t payload_bytes = 0;
  uint32_t payload_crc = 0;
  uint32_t unpacked_bytes = 0;  // 0: the payload is not packed
};

struct SegmentHeader {
  uint64_t first_offset = 0;
  uint32_t version = kSegmentVersion;
};

[[nodiscard]] std::string segment_name(uint64_t first_offset);
[[nodiscard]] std::optional<uint64_t> segment_name_offset(std::string_view name);

[[nodiscard]] std::array<std::byte, kSegmentHeaderBytes> encode_segment_header(const SegmentHeader& header);
// kCorrupt: not a segment header; kConflict: of a version this program does not know.
Result<SegmentHeader> decode_segment_header(std::span<const std::byte> bytes);

[[nodiscard]] std::array<std::byte, kBlockHeaderBytes> encode_block_header(const BlockHeader& header);
// Nothing when the bytes are not an intact block header.
[[nodiscard]] std::optional<BlockHeader> decode_block_header(std::span<const std::byte> bytes);
[[nodiscard]] bool payload_intact(const BlockHeader& header, std::span<const std::byte> payload);

// One line, newline included. Refuses what could not be read back (kInvalid): a log that cannot be replayed
// is worse than an event that is not kept.
Result<std::string> encode_event_line(const Event& event, TimePoint received_at);
Result<LoggedEvent> decode_event_line(std::string_view line, uint64_t offset);

}  // namespace modiste
