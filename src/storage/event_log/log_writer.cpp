#include "storage/event_log/log_writer.h"

#include <fmt/format.h>

#include <cstring>

#include "storage/event_log/block_reader.h"
#include "storage/event_log/crc32c.h"

namespace modiste {

namespace {

Error corrupt(std::string what, const std::string& file, uint64_t position, uint64_t offset) {
  return {Code::kCorrupt, std::move(what),
          fmt::format("{}, byte {}, event offset {}", file, position, offset), ""};
}

// A line that cannot be read is replay's to refuse; here it counts as old.
Day day_of_first_line(std::span<const std::byte> payload) {
  const std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
  const auto event = decode_event_line(text.substr(0, text.find('\n')), 0);
  return event.ok() ? std::chrono::floor<std::chrono::days>(event->received_at) : Day();
}

}  // namespace

Result<LogWriter> LogWriter::open(Directory& directory, const LogWriterOptions& options) {
  LogWriter log(directory, options);
  TRY_ASSIGN(const auto names, directory.list());
  for (const auto& name : names)
    if (const auto offset = segment_name_offset(name); offset && *offset >= options.first_offset)
      log.extent_.segments.push_back(*offset);
  const uint64_t first = log.extent_.segments.empty() ? 0 : log.extent_.segments.front();
  if (first != options.first_offset)
    return corrupt("the event log's first segment is missing", segment_name(options.first_offset), 0,
                   options.first_offset);
  if (log.extent_.segments.empty()) {
    TRY(log.start_segment());
  } else {
    TRY(log.recover_last());
  }
  return log;
}

Result<Done> LogWriter::recover_last() {
  extent_.end_offset = extent_.segments.back();
  TRY_ASSIGN(last_, directory_->open(last_name()));
  TRY_ASSIGN(const uint64_t size, last_->size());
  TRY_ASSIGN(const bool has_header, last_has_header());
  if (has_header) return scan_last(size);
  torn_tail_ = TornTail{last_name(), 0, size};
  extent_.segments.pop_back();
  return start_segment();
}

Result<bool> LogWriter::last_has_header() {
  std::array<std::byte, kSegmentHeaderBytes> bytes{};
  TRY_ASSIGN(const size_t read, read_full(*last_, 0, bytes));
  auto first = decode_segment_header(std::span(bytes).first(read));
  if (first.ok() && first->first_offset == extent_.end_offset) {
    roll_due_ = first->version < kSegmentVersion;  // what is appended may be packed
    return true;
  }
  if (first.ok())
    return corrupt(fmt::format("the segment begins at offset {}, not as its name says", first->first_offset),
                   last_name(), 0, extent_.end_offset);
  if (first.error().code == Code::kCorrupt) {
    TRY_ASSIGN(const uint64_t size, last_->size());
    BlockReader blocks(*last_, 0, size);
    TRY_ASSIGN(const auto block, blocks.find_header(0));
    if (!block) return false;
  }
  Error error = std::move(first).error();
  error.where = last_name();
  return error;
}

Result<Done> LogWriter::scan_last(uint64_t size) {
  BlockReader blocks(*last_, kSegmentHeaderBytes, size);
  while (true) {
    const uint64_t position = blocks.position();
    TRY_ASSIGN(const auto block, blocks.next());
    if (!block) break;
    if (block->header.first_offset != extent_.end_offset)
      return corrupt(fmt::format("a block begins at offset {}", block->header.first_offset), last_name(),
                     position, extent_.end_offset);
    if (block->header.first_offset == extent_.segments.back()) day_ = day_of_first_line(block->payload);
    extent_.end_offset += block->header.events;
  }
  extent_.end_position = blocks.position();
  if (extent_.end_position == size) return kOk;
  // A block is written only after the one before it was synced: a later one proves this one was whole once.
  TRY_ASSIGN(const auto later, blocks.find_header(extent_.end_offset));
  if (later)
    return corrupt(fmt::format("a block is damaged (an intact one follows at byte {})", *later), last_name(),
                   extent_.end_position, extent_.end_offset);
  torn_tail_ = TornTail{last_name(), extent_.end_position, size - extent_.end_position};
  return cut_to_end();
}

Result<uint64_t> LogWriter::append_block(std::span<std::byte> block, uint32_t events, Day day) {
  CHECK(block.size() > kBlockHeaderBytes && block.size() - kBlockHeaderBytes <= kPayloadBytesMax);
  if (dirty_) TRY(cut_to_end());
  const auto whole = framed(block, events);
  const bool full = extent_.end_position + whole.size() > options_.segment_bytes_max;
  if (roll_due_ || (!running_is_empty() && (full || day > day_))) TRY(start_segment());
  TRY(write_durably(whole));
  day_ = running_is_empty() ? day : std::max(day, day_);
  extent_.end_position += whole.size();
  extent_.end_offset += events;
  return extent_.end_offset - events;
}

// The block as it is written: packed where that is smaller, with its header.
std::span<const std::byte> LogWriter::framed(std::span<std::byte> block, uint32_t events) {
  BlockHeader header{.first_offset = extent_.end_offset, .events = events};
  packed_.resize(kBlockHeaderBytes);
  if (packer_.pack(block.subspan(kBlockHeaderBytes), packed_)) {
    header.unpacked_bytes = static_cast<uint32_t>(block.size() - kBlockHeaderBytes);
    block = packed_;
  }
  const auto payload = block.subspan(kBlockHeaderBytes);
  header.payload_bytes = static_cast<uint32_t>(payload.size());
  header.payload_crc = crc32c(payload);
  const auto bytes = encode_block_header(header);
  std::memcpy(block.data(), bytes.data(), bytes.size());
  return block;
}

Result<uint64_t> LogWriter::roll(Day before) {
  if (dirty_) TRY(cut_to_end());
  const bool is_over = day_ < before || day_ > before + std::chrono::days(1);
  if (roll_due_ || (!running_is_empty() && is_over)) TRY(start_segment());
  return extent_.segments.back();
}

Result<Done> LogWriter::write_durably(std::span<const std::byte> block) {
  dirty_ = true;
  auto written = write_all(*last_, extent_.end_position, block);
  if (written.ok()) written = last_->sync();
  if (written.ok()) {
    dirty_ = false;
  } else {
    // Gives the disk its bytes back now; should that fail too, the next append tries again.
    static_cast<void>(cut_to_end());
  }
  return written;
}

Result<Done> LogWriter::cut_to_end() {
  dirty_ = true;
  TRY(last_->truncate(extent_.end_position));
  TRY(last_->sync());
  dirty_ = false;
  return kOk;
}

// After a failure the new segment's name may be on disk already: the old one must not grow past its offset,
// so the next append begins here again.
Result<Done> LogWriter::start_segment() {
  roll_due_ = true;
  const uint64_t first = extent_.end_offset;
  TRY_ASSIGN(auto file, directory_->create_empty(segment_name(first)));
  TRY(write_all(*file, 0, encode_segment_header({.first_offset = first})));
  TRY(file->sync());
  TRY(directory_->sync_names());
  last_ = std::move(file);
  // An empty one of an older version had the same name, and readers know of it.
  if (extent_.segments.empty() || extent_.segments.back() != first) extent_.segments.push_back(first);
  extent_.end_position = kSegmentHeaderBytes;
  roll_due_ = false;
  return kOk;
}

}  // namespace modiste
