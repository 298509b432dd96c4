// The lines of an event log's segments, pulled one by one, with every check of the format on the way:
// headers, checksums, counts, and offsets that leave no gap from block to block and segment to segment.
//
// Threads: one owner. The directory is borrowed. Memory: one block.
#pragma once

#include <memory>
#include <optional>

#include "storage/event_log/block_reader.h"
#include "storage/event_log/unpacked_blocks.h"

namespace modiste {

// What is durable of a log, for readers.
struct LogExtent {
  std::vector<uint64_t> segments;  // first offsets, ascending, from where the log (or its hot end) begins
  uint64_t end_offset = 0;         // of the next event
  uint64_t end_position = 0;       // in the last segment
};

// Where a block begins.
struct LogPlace {
  uint64_t segment = 0;  // its first offset
  uint64_t offset = 0;
  uint64_t position = 0;
};

struct RawLine {
  uint64_t offset = 0;
  std::string_view text;  // without its newline; lives until the next call
};

class LogLines {
 public:
  LogLines(const Directory& directory, LogExtent extent, uint64_t from, uint64_t to);
  // Everything from an offset on.
  LogLines(const Directory& directory, const LogExtent& extent, uint64_t from)
      : LogLines(directory, extent, from, extent.end_offset) {}

  // Nothing at the end. kCorrupt with file, byte and offset; kUnavailable when the disk refuses.
  Result<std::optional<RawLine>> next();
  // Goes on at a later offset; from a place at or before it when one is known.
  void skip_to(uint64_t offset, const std::optional<LogPlace>& known = std::nullopt);
  // The whole block of an offset that is not before it, instead of next(); from a place at or before it.
  Result<std::shared_ptr<const UnpackedBlock>> block_of(uint64_t offset, const LogPlace& known);

  // For a line that next() answered and that cannot be understood.
  [[nodiscard]] Error corrupt(std::string what, uint64_t offset) const;

 private:
  [[nodiscard]] std::string name() const;
  [[nodiscard]] uint64_t segment_end() const;
  Result<Done> next_block();
  Result<Done> open_segment();
  Result<Done> check_header() const;

  const Directory& directory_;
  const LogExtent extent_;
  uint64_t from_, to_;
  size_t segment_ = 0;                    // index in extent_.segments
  uint64_t start_ = kSegmentHeaderBytes;  // where reading of the segment begins
  uint64_t end_ = 0;                      // and ends
  std::unique_ptr<File> file_;            // null: the segment is not open yet
  std::optional<BlockReader> blocks_;
  uint64_t position_ = 0;   // of the block that is being read
  uint64_t offset_ = 0;     // of the next line
  uint64_t block_end_ = 0;  // the offset after the block's last line
  std::string_view text_;   // what is left of the block
};

}  // namespace modiste
