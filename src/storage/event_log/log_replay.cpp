#include <fmt/format.h>

#include <algorithm>

#include "storage/event_log/block_reader.h"
#include "storage/event_log/log_writer.h"

namespace modiste {

namespace {

using Visitor = std::function<Result<Done>(const LoggedEvent&)>;

// One segment's share of a replay.
struct SegmentRange {
  std::string name;
  uint64_t first_offset = 0;  // of the segment
  uint64_t end_offset = 0;    // where the next one begins
  uint64_t end_position = 0;
  uint64_t from = 0;  // events before it are not visited
};

Error corrupt(std::string what, const SegmentRange& range, uint64_t position, uint64_t offset) {
  return {Code::kCorrupt, std::move(what),
          fmt::format("{}, byte {}, event offset {}", range.name, position, offset), ""};
}

Result<Done> visit_block(const BlockReader::Block& block, const SegmentRange& range, uint64_t position,
                         const Visitor& visit) {
  std::string_view text(reinterpret_cast<const char*>(block.payload.data()), block.payload.size());
  uint64_t offset = block.header.first_offset;
  for (; !text.empty(); ++offset) {
    const size_t line_end = text.find('\n');
    if (line_end == text.npos) break;
    const auto line = text.substr(0, line_end);
    text.remove_prefix(line_end + 1);
    if (offset < range.from) continue;
    auto event = decode_event_line(line, offset);
    if (!event.ok())
      return corrupt("an event cannot be read: " + event.error().message(), range, position, offset);
    TRY(visit(*event));
  }
  if (!text.empty() || offset != block.header.first_offset + block.header.events)
    return corrupt("a block does not hold as many events as it says", range, position, offset);
  return kOk;
}

Result<Done> check_header(const File& file, const SegmentRange& range) {
  std::array<std::byte, kSegmentHeaderBytes> bytes{};
  TRY_ASSIGN(const size_t read, read_full(file, 0, bytes));
  auto first = decode_segment_header(std::span(bytes).first(read));
  if (!first.ok()) {
    Error error = std::move(first).error();
    error.where = range.name;
    return error;
  }
  if (first.value() == range.first_offset) return kOk;
  return corrupt(fmt::format("the segment begins at offset {}, not as its name says", first.value()), range,
                 0, range.first_offset);
}

Result<Done> replay_blocks(const File& file, const SegmentRange& range, const Visitor& visit) {
  BlockReader blocks(file, kSegmentHeaderBytes, range.end_position);
  uint64_t offset = range.first_offset;
  while (blocks.position() < range.end_position) {
    const uint64_t position = blocks.position();
    TRY_ASSIGN(const auto header, blocks.peek());
    if (!header) return corrupt("a block is damaged", range, position, offset);
    if (header->first_offset != offset)
      return corrupt(fmt::format("a block begins at offset {}", header->first_offset), range, position,
                     offset);
    offset += header->events;
    if (offset <= range.from) {
      blocks.skip(*header);
      continue;
    }
    TRY_ASSIGN(const auto block, blocks.next());
    if (!block) return corrupt("a block is damaged", range, position, header->first_offset);
    TRY(visit_block(*block, range, position, visit));
  }
  if (offset == range.end_offset) return kOk;
  return corrupt(fmt::format("events up to offset {} are missing", range.end_offset), range,
                 range.end_position, offset);
}

}  // namespace

Result<Done> replay_log(const Directory& directory, const LogExtent& extent, uint64_t from,
                        const Visitor& visit) {
  if (from >= extent.end_offset) return kOk;
  const auto& segments = extent.segments;
  const auto after = std::upper_bound(segments.begin(), segments.end(), from);
  CHECK(after != segments.begin());
  for (auto i = static_cast<size_t>(after - segments.begin()) - 1; i < segments.size(); ++i) {
    const bool last = i + 1 == segments.size();
    SegmentRange range{segment_name(segments[i]), segments[i], last ? extent.end_offset : segments[i + 1],
                       extent.end_position, from};
    auto file = directory.open(range.name);
    if (!file.ok() && file.error().code == Code::kNotFound)
      return corrupt("a segment of the event log is missing", range, 0, segments[i]);
    if (!file.ok()) return std::move(file).error();
    if (!last) {
      TRY_ASSIGN(range.end_position, file.value()->size());
    }
    TRY(check_header(**file, range));
    TRY(replay_blocks(**file, range, visit));
  }
  return kOk;
}

}  // namespace modiste
