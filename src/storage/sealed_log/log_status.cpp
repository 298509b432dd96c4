#include "storage/sealed_log/log_status.h"

#include "io/posix_files.h"
#include "storage/event_log/block_reader.h"

namespace modiste {
namespace {

constexpr int kTries = 5;

// Where the last segment ends: past its last whole block.
Result<uint64_t> end_offset_of(const File& file, uint64_t first_offset) {
  TRY_ASSIGN(const uint64_t size, file.size());
  uint64_t end = first_offset;
  BlockReader blocks(file, std::min<uint64_t>(kSegmentHeaderBytes, size), size);
  while (true) {
    TRY_ASSIGN(const auto block, blocks.next());
    if (!block || block->header.first_offset != end) return end;
    end += block->header.events;
  }
}

// kNotFound when a segment goes away meanwhile: its day was sealed.
Result<LogStatus> read_once(const Directory& directory, DayManifest manifest) {
  LogStatus status;
  status.events = manifest.end_offset();
  TRY_ASSIGN(const auto names, directory.list());
  std::vector<uint64_t> segments;
  for (const auto& name : names)
    if (const auto offset = segment_name_offset(name); offset && *offset >= manifest.end_offset())
      segments.push_back(*offset);
  for (const uint64_t segment : segments) {
    TRY_ASSIGN(const auto file, directory.open(segment_name(segment)));
    TRY_ASSIGN(const uint64_t bytes, file->size());
    status.hot_bytes += bytes;
    if (segment != segments.back()) continue;
    TRY_ASSIGN(status.events, end_offset_of(*file, segment));
  }
  if (!segments.empty() && segments.front() != manifest.end_offset())
    return Error{Code::kCorrupt, "the event log's first segment is missing",
                 segment_name(manifest.end_offset()), ""};
  status.hot_segments = segments.size();
  status.hot_events = status.events - manifest.end_offset();
  status.days = std::move(manifest.days);
  return status;
}

}  // namespace

Result<LogStatus> read_log_status(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder)) return LogStatus();
  TRY_ASSIGN(const auto directory, PosixDirectory::open_or_create(folder));
  for (int tries = 0; tries < kTries; ++tries) {
    TRY_ASSIGN(auto manifest, read_day_manifest(folder / "days"));
    const size_t days = manifest.days.size();
    auto status = read_once(*directory, std::move(manifest));
    // A day that was sealed in between took its segments with it: look again.
    TRY_ASSIGN(const auto after, read_day_manifest(folder / "days"));
    if (after.days.size() == days) return status;
  }
  return Error{Code::kUnavailable, "days are being sealed", folder.string(), "another try in a moment"};
}

}  // namespace modiste
