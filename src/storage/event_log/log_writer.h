// The segments of an event log on disk: opened, repaired, written block by block. FileEventLog puts group
// commit on top of it.
//
// A segment holds events of one day: the first block of a later day begins a new one. A clock that goes back
// does not begin a new one; its events stay with the later day.
//
// Threads: one owner. The directory is borrowed and must be this process's alone (DataDirectory's lock):
// opening cuts off an incomplete last block, which another process could still be writing.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/event_log/block_packing.h"
#include "storage/event_log/log_lines.h"

namespace modiste {

// What a crash left behind the last whole block and opening cut off. Nothing of it was ever acknowledged.
struct TornTail {
  std::string file;
  uint64_t position = 0;
  uint64_t bytes = 0;
};

using Day = std::chrono::sys_days;  // UTC

struct LogWriterOptions {
  // A restart reads the last segment whole: 64 MB is some 250,000 events and tens of milliseconds.
  uint64_t segment_bytes_max = uint64_t{64} << 20;
  // Events before it are elsewhere (sealed); segments that begin before it are not looked at.
  uint64_t first_offset = 0;
};

class LogWriter {
 public:
  // Makes the log when the directory has none and it begins at 0. kCorrupt with file, byte and offset when
  // something is damaged before the end; kConflict for a format that is not known.
  static Result<LogWriter> open(Directory& directory, const LogWriterOptions& options);

  // Writes and syncs one block of a day, whose first kBlockHeaderBytes are room for the header; answers its
  // first offset. kUnavailable when the disk refuses: the log is then as before, and the next append may
  // succeed.
  Result<uint64_t> append_block(std::span<std::byte> block, uint32_t events, Day day);
  // Begins a new segment unless the running one is empty, of that day or of the next: a day further ahead is
  // a clock's mistake that must not hold what follows it. Answers where the running one begins.
  Result<uint64_t> roll(Day before);

  [[nodiscard]] const LogExtent& extent() const { return extent_; }
  [[nodiscard]] const std::optional<TornTail>& torn_tail() const { return torn_tail_; }

 private:
  LogWriter(Directory& directory, const LogWriterOptions& options)
      : directory_(&directory), options_(options) {
    extent_.end_offset = options.first_offset;
  }

  Result<Done> recover_last();
  Result<bool> last_has_header();  // false: the crash came while the segment was being made
  Result<Done> scan_last(uint64_t size);
  Result<Done> start_segment();
  Result<Done> write_durably(std::span<const std::byte> block);
  Result<Done> cut_to_end();
  [[nodiscard]] std::span<const std::byte> framed(std::span<std::byte> block, uint32_t events);
  [[nodiscard]] bool running_is_empty() const { return extent_.end_position == kSegmentHeaderBytes; }
  [[nodiscard]] std::string last_name() const { return segment_name(extent_.segments.back()); }

  Directory* directory_;
  LogWriterOptions options_;
  std::unique_ptr<File> last_;
  LogExtent extent_;
  Day day_{};  // of the running segment's events; meaningless while it has none
  std::optional<TornTail> torn_tail_;
  BlockPacker packer_;
  std::vector<std::byte> packed_;  // a block, reused
  bool dirty_ = false;             // bytes past end_position may be on disk: cut before anything is written
  bool roll_due_ = false;          // a new segment may be half made: finished before anything is written
};

}  // namespace modiste
