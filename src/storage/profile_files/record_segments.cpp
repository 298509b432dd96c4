#include "storage/profile_files/record_segments.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/check.h"
#include "storage/event_log/crc32c.h"

namespace modiste {
namespace {

constexpr std::string_view kSegmentBeginning = "profiles-", kSegmentEnding = ".records";

// Before each record's body. A wiped one keeps its length and has a checksum of zero beside a body of zeros.
struct RecordHead {
  uint32_t body_bytes = 0;
  uint32_t checksum = 0;  // of the length and the body
};
static_assert(sizeof(RecordHead) == 8 && std::is_trivially_copyable_v<RecordHead>);

uint32_t checksum_of(std::string_view body) {
  const auto bytes = static_cast<uint32_t>(body.size());
  return crc32c(std::as_bytes(std::span(body)), crc32c(std::as_bytes(std::span(&bytes, 1))));
}

std::string segment_file(uint32_t number) {
  return fmt::format("{}{:08x}{}", kSegmentBeginning, number, kSegmentEnding);
}

bool is_segment_file(std::string_view name) {
  return name.starts_with(kSegmentBeginning) && name.ends_with(kSegmentEnding);
}

Error damaged(uint32_t segment, std::string what) {
  return {Code::kCorrupt, std::move(what), segment_file(segment), "the file as it was written"};
}

}  // namespace

RecordSegments::RecordSegments(std::unique_ptr<Directory> directory, const RecordSegmentsOptions& options)
    : directory_(std::move(directory)), options_(options) {}

Result<Done> RecordSegments::restore(std::span<const SegmentLength> segments) {
  const MutexLock lock(mutex_);
  CHECK(!is_open_);
  segments_.clear();
  for (const SegmentLength& known : segments) {
    next_ = std::max(next_, known.number + 1);
    auto file = directory_->open(segment_file(known.number));
    if (!file.ok() && file.error().code == Code::kNotFound) continue;
    if (!file.ok()) return file.error();
    TRY_ASSIGN(const uint64_t bytes, (*file)->size());
    if (bytes < known.bytes) return damaged(known.number, "a file of profiles is cut short");
    if (bytes > known.bytes) TRY((*file)->truncate(known.bytes));
    segments_[known.number] =
        std::make_shared<Segment>(Segment{std::move(*file), known.bytes, bytes == known.bytes});
  }
  is_open_ = true;
  return remove_unlisted();
}

Result<Done> RecordSegments::remove_earlier() {
  const MutexLock lock(mutex_);
  return begin();
}

Result<Done> RecordSegments::begin() {
  if (!is_open_) TRY(remove_unlisted());
  is_open_ = true;
  return kOk;
}

Result<Done> RecordSegments::remove_unlisted() {
  TRY_ASSIGN(const auto names, directory_->list());
  std::set<std::string> listed;
  for (const auto& [number, segment] : segments_) listed.insert(segment_file(number));
  for (const std::string& name : names)
    if (is_segment_file(name) && !listed.contains(name)) TRY(directory_->remove(name));
  return kOk;
}

std::vector<SegmentLength> RecordSegments::segments() const {
  const MutexLock lock(mutex_);
  std::vector<SegmentLength> lengths;
  for (const auto& [number, segment] : segments_) lengths.push_back({number, segment->bytes});
  return lengths;
}

std::shared_ptr<const RecordSegments::Segment> RecordSegments::find(uint32_t number) const {
  const MutexLock lock(mutex_);
  const auto found = segments_.find(number);
  return found == segments_.end() ? nullptr : found->second;
}

// The one that grows.
Result<std::shared_ptr<RecordSegments::Segment>> RecordSegments::open_segment() {
  TRY(begin());
  if (!segments_.empty() && segments_.rbegin()->second->bytes < options_.segment_bytes)
    return segments_.rbegin()->second;
  TRY_ASSIGN(auto file, directory_->create_empty(segment_file(next_)));
  auto segment = std::make_shared<Segment>();
  segment->file = std::move(file);
  segments_[next_++] = segment;
  return segment;
}

Result<RecordPlace> RecordSegments::append(std::string_view body) {
  CHECK(body.size() <= kBodyMax);
  const RecordHead head{static_cast<uint32_t>(body.size()), checksum_of(body)};
  std::string record(sizeof(head) + body.size(), '\0');
  std::copy_n(reinterpret_cast<const char*>(&head), sizeof(head), record.begin());
  std::copy(body.begin(), body.end(), record.begin() + sizeof(head));
  const MutexLock lock(mutex_);
  TRY_ASSIGN(const auto segment, open_segment());
  TRY(write_all(*segment->file, segment->bytes, std::as_bytes(std::span(record))));
  const RecordPlace place{segments_.rbegin()->first, static_cast<uint32_t>(segment->bytes),
                          static_cast<uint32_t>(record.size())};
  segment->bytes += record.size();
  segment->is_synced = false;
  return place;
}

Result<std::string> RecordSegments::read(RecordPlace place) const {
  const auto segment = find(place.segment);
  if (segment == nullptr) return damaged(place.segment, "a file of profiles is missing");
  std::string record(place.bytes, '\0');
  TRY_ASSIGN(const size_t taken,
             read_full(*segment->file, place.offset, std::as_writable_bytes(std::span(record))));
  RecordHead head;
  if (taken == record.size() && taken >= sizeof(head)) {
    std::copy_n(record.begin(), sizeof(head), reinterpret_cast<char*>(&head));
    record.erase(0, sizeof(head));
    if (head.body_bytes == record.size() && head.checksum == checksum_of(record)) return record;
  }
  return damaged(place.segment, fmt::format("the record at {} is damaged", place.offset));
}

Result<Done> RecordSegments::sync() {
  std::vector<std::shared_ptr<Segment>> unsynced;
  {
    const MutexLock lock(mutex_);
    for (const auto& [number, segment] : segments_)
      if (!std::exchange(segment->is_synced, true)) unsynced.push_back(segment);
  }
  for (const auto& segment : unsynced)
    if (const auto done = segment->file->sync(); !done.ok()) {
      const MutexLock lock(mutex_);
      for (const auto& again : unsynced) again->is_synced = false;
      return done;
    }
  return directory_->sync_names();
}

Result<Done> RecordSegments::wipe(std::span<const RecordPlace> records) {
  for (const RecordPlace& record : records) {
    RecordHead head;
    head.body_bytes = record.bytes - static_cast<uint32_t>(sizeof(head));
    std::string zeros(record.bytes, '\0');
    std::copy_n(reinterpret_cast<const char*>(&head), sizeof(head), zeros.begin());
    const MutexLock lock(mutex_);
    const auto found = segments_.find(record.segment);
    if (found == segments_.end()) continue;
    found->second->is_synced = false;
    TRY(write_all(*found->second->file, record.offset, std::as_bytes(std::span(zeros))));
  }
  return sync();
}

std::vector<RecordPlace> RecordSegments::records_of(uint32_t segment) const {
  std::vector<RecordPlace> records;
  const auto found = find(segment);
  for (uint64_t offset = 0; found != nullptr && offset + sizeof(RecordHead) <= found->bytes;) {
    RecordHead head;
    const auto taken = read_full(*found->file, offset, std::as_writable_bytes(std::span(&head, 1)));
    const uint64_t bytes = sizeof(head) + uint64_t{head.body_bytes};
    if (!taken.ok() || *taken < sizeof(head) || offset + bytes > found->bytes) break;
    if (head.checksum != 0)
      records.push_back({segment, static_cast<uint32_t>(offset), static_cast<uint32_t>(bytes)});
    offset += bytes;
  }
  return records;
}

Result<Done> RecordSegments::remove(uint32_t segment) {
  const MutexLock lock(mutex_);
  const auto found = segments_.find(segment);
  CHECK(found != segments_.end() && std::next(found) != segments_.end());
  TRY(directory_->remove(segment_file(segment)));
  segments_.erase(found);
  return kOk;
}

}  // namespace modiste
