#include "storage/event_log/log_lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace modiste {

LogLines::LogLines(const Directory& directory, LogExtent extent, uint64_t from, uint64_t to)
    : directory_(directory), extent_(std::move(extent)), from_(from), to_(std::min(to, extent_.end_offset)) {
  const auto& segments = extent_.segments;
  const auto after = std::upper_bound(segments.begin(), segments.end(), from);
  CHECK(after != segments.begin());
  segment_ = static_cast<size_t>(after - segments.begin()) - 1;
  offset_ = block_end_ = segments[segment_];
}

std::string LogLines::name() const { return segment_name(extent_.segments[segment_]); }

uint64_t LogLines::segment_end() const {
  const bool last = segment_ + 1 == extent_.segments.size();
  return last ? extent_.end_offset : extent_.segments[segment_ + 1];
}

Error LogLines::corrupt(std::string what, uint64_t offset) const {
  return {Code::kCorrupt, std::move(what),
          fmt::format("{}, byte {}, event offset {}", name(), position_, offset), ""};
}

void LogLines::skip_to(uint64_t offset, const std::optional<LogPlace>& known) {
  from_ = std::max(from_, offset);
  if (!known || known->offset <= offset_) return;
  const auto& segments = extent_.segments;
  segment_ = static_cast<size_t>(std::lower_bound(segments.begin(), segments.end(), known->segment) -
                                 segments.begin());
  CHECK(segment_ < segments.size() && segments[segment_] == known->segment);
  start_ = known->position;
  offset_ = block_end_ = known->offset;
  file_.reset();
  text_ = {};
}

Result<std::optional<RawLine>> LogLines::next() {
  while (offset_ < to_) {
    if (offset_ == block_end_) {
      TRY(next_block());
      continue;
    }
    const size_t line_end = text_.find('\n');
    if (line_end == text_.npos) return corrupt("a block does not hold as many events as it says", offset_);
    const RawLine line{offset_++, text_.substr(0, line_end)};
    text_.remove_prefix(line_end + 1);
    if (offset_ == block_end_ && !text_.empty())
      return corrupt("a block does not hold as many events as it says", offset_);
    if (line.offset >= from_) return std::optional(line);
  }
  return std::optional<RawLine>();
}

Result<std::shared_ptr<const UnpackedBlock>> LogLines::block_of(uint64_t offset, const LogPlace& known) {
  CHECK(offset_ == block_end_ && offset >= offset_ && offset < to_);
  skip_to(offset, known);
  TRY(next_block());
  auto block = std::make_shared<UnpackedBlock>();
  block->first_offset = offset_;
  block->place = fmt::format("{}, byte {}", name(), position_);
  block->lines = text_;
  block->starts.reserve(block_end_ - offset_);
  for (size_t at = 0; at < text_.size();) {
    block->starts.push_back(static_cast<uint32_t>(at));
    const size_t line_end = text_.find('\n', at);
    at = line_end == text_.npos ? text_.size() + 1 : line_end + 1;
    if (at > text_.size() || block->end_offset() > block_end_)
      return corrupt("a block does not hold as many events as it says", offset_);
  }
  if (block->end_offset() != block_end_)
    return corrupt("a block does not hold as many events as it says", offset_);
  offset_ = block_end_;
  text_ = {};
  return std::shared_ptr<const UnpackedBlock>(std::move(block));
}

// Makes the next block with an event that is wanted the current one.
Result<Done> LogLines::next_block() {
  while (true) {
    if (file_ == nullptr) TRY(open_segment());
    position_ = blocks_->position();
    if (offset_ == segment_end()) {
      CHECK(segment_ + 1 < extent_.segments.size());
      if (position_ != end_) return corrupt("bytes follow the last block", offset_);
      ++segment_;
      start_ = kSegmentHeaderBytes;
      file_.reset();
      continue;
    }
    TRY_ASSIGN(const auto header, blocks_->peek());
    if (!header) return corrupt("a block is damaged or missing", offset_);
    if (header->first_offset != offset_)
      return corrupt(fmt::format("a block begins at offset {}", header->first_offset), offset_);
    block_end_ = offset_ + header->events;
    if (block_end_ > segment_end())
      return corrupt(fmt::format("a block ends at offset {}, past its segment", block_end_), offset_);
    if (block_end_ <= from_) {
      blocks_->skip(*header);
      offset_ = block_end_;
      continue;
    }
    TRY_ASSIGN(const auto block, blocks_->next());
    if (!block) return corrupt("a block is damaged", offset_);
    text_ = {reinterpret_cast<const char*>(block->payload.data()), block->payload.size()};
    return kOk;
  }
}

Result<Done> LogLines::open_segment() {
  position_ = 0;
  auto file = directory_.open(name());
  if (!file.ok() && file.error().code == Code::kNotFound)
    return corrupt("a segment of the event log is missing", extent_.segments[segment_]);
  if (!file.ok()) return std::move(file).error();
  file_ = std::move(*file);
  end_ = extent_.end_position;
  if (segment_ + 1 < extent_.segments.size()) {
    TRY_ASSIGN(end_, file_->size());
  }
  TRY(check_header());
  blocks_.emplace(*file_, start_, end_);
  return kOk;
}

Result<Done> LogLines::check_header() const {
  std::array<std::byte, kSegmentHeaderBytes> bytes{};
  TRY_ASSIGN(const size_t read, read_full(*file_, 0, bytes));
  auto first = decode_segment_header(std::span(bytes).first(read));
  if (!first.ok()) {
    Error error = std::move(first).error();
    error.where = name();
    return error;
  }
  const uint64_t expected = extent_.segments[segment_];
  if (first->first_offset == expected) return kOk;
  return corrupt(fmt::format("the segment begins at offset {}, not as its name says", first->first_offset),
                 expected);
}

}  // namespace modiste
