// Finds the block of an offset without reading the log from its segment's beginning.
//
// A mark every kMarkBytes of a segment (16 bytes each: 16 KB for 64 MB), made when the segment is first asked
// about, by walking its block headers, and extended when the segment grows. Nothing is kept on disk.
// Threads: any; one walks while the others wait.
#pragma once

#include <map>

#include "base/mutex.h"
#include "storage/event_log/log_lines.h"

namespace modiste {

class BlockIndex {
 public:
  static constexpr uint64_t kMarkBytes = uint64_t{64} << 10;

  // The last mark at or before the offset, which must be in the extent. kCorrupt: a header on the way is
  // damaged.
  Result<LogPlace> find(const Directory& directory, const LogExtent& extent, uint64_t offset);
  // What was read by offset, for such reads.
  [[nodiscard]] UnpackedBlocks& unpacked() { return unpacked_; }

 private:
  struct Mark {
    uint64_t offset = 0, position = 0;
  };
  struct Segment {
    std::vector<Mark> marks;
    Mark walked;  // the first block that is not known yet
  };
  static Result<Done> walk(const Directory& directory, const std::string& name, uint64_t to,
                           Segment& segment);

  UnpackedBlocks unpacked_;
  Mutex mutex_;
  std::map<uint64_t, Segment> segments_ GUARDED_BY(mutex_);
};

}  // namespace modiste
