#include "storage/event_log/log_replay.h"

#include <fmt/format.h>

#include <memory>
#include <optional>

namespace modiste {

namespace {

Result<Done> visit_line(const LogLines& lines, const RawLine& line, const EventVisitor& visit) {
  const auto event = decode_event_line(line.text, line.offset);
  if (!event.ok()) return lines.corrupt("an event cannot be read: " + event.error().message(), line.offset);
  return visit(*event);
}

Result<Done> visit_all(LogLines& lines, const EventVisitor& visit) {
  while (true) {
    TRY_ASSIGN(const auto line, lines.next());
    if (!line) return kOk;
    TRY(visit_line(lines, *line, visit));
  }
}

}  // namespace

Result<Done> replay_log(const Directory& directory, const LogExtent& extent, uint64_t from,
                        const EventVisitor& visit) {
  if (from >= extent.end_offset) return kOk;
  LogLines lines(directory, extent, from);
  return visit_all(lines, visit);
}

Result<Done> replay_range(const Directory& directory, const LogExtent& extent, BlockIndex& index,
                          uint64_t from, uint64_t to, const EventVisitor& visit) {
  if (from >= to) return kOk;
  CHECK(to <= extent.end_offset);
  TRY_ASSIGN(const LogPlace place, index.find(directory, extent, from));
  LogLines lines(directory, extent, from, to);
  lines.skip_to(from, place);
  return visit_all(lines, visit);
}

Result<Done> read_log(const Directory& directory, const LogExtent& extent, BlockIndex& index,
                      std::span<const uint64_t> offsets, const EventVisitor& visit) {
  std::shared_ptr<const UnpackedBlock> block;
  std::optional<LogLines> lines;
  for (const uint64_t offset : offsets) {
    CHECK(offset < extent.end_offset);
    if (block == nullptr || offset >= block->end_offset()) block = index.unpacked().find(offset);
    if (block == nullptr) {
      if (!lines) lines.emplace(directory, extent, offset);
      TRY_ASSIGN(const LogPlace place, index.find(directory, extent, offset));
      TRY_ASSIGN(block, lines->block_of(offset, place));
      index.unpacked().keep(block);
    }
    const auto event = decode_event_line(block->line(offset), offset);
    if (!event.ok())
      return Error{Code::kCorrupt, "an event cannot be read: " + event.error().message(),
                   fmt::format("{}, event offset {}", block->place, offset), ""};
    TRY(visit(*event));
  }
  return kOk;
}

}  // namespace modiste
