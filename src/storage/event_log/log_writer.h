// The segments of an event log on disk: opened, repaired, written block by block. FileEventLog puts group
// commit on top of it.
//
// Threads: one owner. The directory is borrowed and must be this process's alone (DataDirectory's lock):
// opening cuts off a torn end, which in a log that somebody else is writing would be his.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/event_log/segment_format.h"
#include "storage/files/file.h"

namespace modiste {

// What a crash left behind the last whole block and opening cut off. Nothing of it was ever acknowledged.
struct TornTail {
  std::string file;
  uint64_t position = 0;
  uint64_t bytes = 0;
};

// What is durable, for readers.
struct LogExtent {
  std::vector<uint64_t> segments;  // first offsets, ascending, from 0
  uint64_t end_offset = 0;         // of the next event
  uint64_t end_position = 0;       // in the last segment
};

class LogWriter {
 public:
  // Makes the log when the directory has none. kCorrupt with file, byte and offset when something is damaged
  // before the end; kConflict for a format that is not known.
  static Result<LogWriter> open(Directory& directory, uint64_t segment_bytes_max);

  // Writes and syncs one block, whose first kBlockHeaderBytes are room for the header; answers its first
  // offset. kUnavailable when the disk refuses: the log is then as before, and the next append may succeed.
  Result<uint64_t> append_block(std::span<std::byte> block, uint32_t events);

  [[nodiscard]] const LogExtent& extent() const { return extent_; }
  [[nodiscard]] const std::optional<TornTail>& torn_tail() const { return torn_tail_; }

 private:
  LogWriter(Directory& directory, uint64_t segment_bytes_max)
      : directory_(&directory), segment_bytes_max_(segment_bytes_max) {}

  Result<Done> recover_last();
  Result<bool> last_has_header();  // false: the crash came while the segment was being made
  Result<Done> scan_last(uint64_t size);
  Result<Done> start_segment();
  Result<Done> write_durably(std::span<const std::byte> block);
  Result<Done> cut_to_end();
  [[nodiscard]] std::string last_name() const { return segment_name(extent_.segments.back()); }

  Directory* directory_;
  uint64_t segment_bytes_max_;
  std::unique_ptr<File> last_;
  LogExtent extent_;
  std::optional<TornTail> torn_tail_;
  bool dirty_ = false;     // bytes past end_position may be on disk: cut before anything is written
  bool roll_due_ = false;  // a new segment may be half made: finished before anything is written
};

// Visits the events of an extent from an offset on, reading one block at a time.
Result<Done> replay_log(const Directory& directory, const LogExtent& extent, uint64_t from,
                        const std::function<Result<Done>(const LoggedEvent&)>& visit);

}  // namespace modiste
