#include "storage/event_log/block_index.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/mutex.h"

namespace modiste {

Result<LogPlace> BlockIndex::find(const Directory& directory, const LogExtent& extent, uint64_t offset) {
  const auto after = std::upper_bound(extent.segments.begin(), extent.segments.end(), offset);
  CHECK(after != extent.segments.begin() && offset < extent.end_offset);
  const uint64_t first = *std::prev(after);
  const MutexLock lock(mutex_);
  segments_.erase(segments_.begin(), segments_.lower_bound(extent.segments.front()));  // sealed meanwhile
  Segment& segment = segments_[first];
  if (segment.walked.position == 0) segment.walked = {first, kSegmentHeaderBytes};
  if (offset >= segment.walked.offset)
    TRY(walk(directory, segment_name(first), after == extent.segments.end() ? extent.end_offset : *after,
             segment));
  const auto mark = std::upper_bound(segment.marks.begin(), segment.marks.end(), offset,
                                     [](uint64_t wanted, const Mark& m) { return wanted < m.offset; });
  CHECK(mark != segment.marks.begin());
  return LogPlace{first, std::prev(mark)->offset, std::prev(mark)->position};
}

Result<Done> BlockIndex::walk(const Directory& directory, const std::string& name, uint64_t to,
                              Segment& segment) {
  TRY_ASSIGN(const auto file, directory.open(name));
  TRY_ASSIGN(const uint64_t size, file->size());
  BlockReader blocks(*file, segment.walked.position, size);
  while (segment.walked.offset < to) {
    const Mark here{segment.walked.offset, blocks.position()};
    TRY_ASSIGN(const auto header, blocks.peek());
    if (!header || header->first_offset != here.offset)
      return Error{Code::kCorrupt, "a block is damaged",
                   fmt::format("{}, byte {}, event offset {}", name, here.position, here.offset), ""};
    if (segment.marks.empty() || here.position >= segment.marks.back().position + kMarkBytes)
      segment.marks.push_back(here);
    blocks.skip(*header);
    segment.walked = {here.offset + header->events, blocks.position()};
  }
  return kOk;
}

}  // namespace modiste
