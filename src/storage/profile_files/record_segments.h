// Records in files that only grow: what the profiles of shoppers are kept in (docs/formats/profiles.md).
//
// A record is appended, read by its place, and wiped: its bytes become zeros where they lie, at once. Nothing
// else is ever changed, so a place stays right until its record is wiped or its segment is removed. The
// keeper of the places knows which segments are still of use.
//
// Threads: any. Memory: some bytes a segment. Failures of the disk are kUnavailable.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"
#include "io/file.h"

namespace modiste {

struct RecordPlace {
  uint32_t segment = 0, offset = 0, bytes = 0;  // of the whole record
  friend auto operator<=>(const RecordPlace&, const RecordPlace&) = default;
};

struct SegmentLength {
  uint32_t number = 0;
  uint64_t bytes = 0;
};

struct RecordSegmentsOptions {
  uint32_t segment_bytes = 32U << 20;  // after which a segment is closed, and the next one grows
};

class RecordSegments {
 public:
  explicit RecordSegments(std::unique_ptr<Directory> directory, const RecordSegmentsOptions& options = {});

  // Takes the segments as they were then, of those that are still there: later bytes and later segments go.
  // kCorrupt: one was cut short.
  Result<Done> restore(std::span<const SegmentLength> segments);
  // Removes what restore() did not take; the first append() does so too.
  Result<Done> remove_earlier();
  // By number; the last one grows.
  [[nodiscard]] std::vector<SegmentLength> segments() const;

  // A body is at most kBodyMax bytes (checked).
  Result<RecordPlace> append(std::string_view body);
  // kCorrupt: wiped, or not what was appended there.
  [[nodiscard]] Result<std::string> read(RecordPlace place) const;
  // What was appended survives a power cut once it answers.
  Result<Done> sync();
  // Durable once it answers. Records of segments that are gone are passed over.
  Result<Done> wipe(std::span<const RecordPlace> records);

  // The records of a closed segment that are not wiped. Stops at what cannot be read.
  [[nodiscard]] std::vector<RecordPlace> records_of(uint32_t segment) const;
  // Of a closed segment (checked).
  Result<Done> remove(uint32_t segment);

  static constexpr size_t kBodyMax = size_t{16} << 20;

 private:
  struct Segment {
    std::unique_ptr<File> file;
    uint64_t bytes = 0;
    bool is_synced = true;
  };

  Result<Done> remove_unlisted() REQUIRES(mutex_);
  Result<Done> begin() REQUIRES(mutex_);
  Result<std::shared_ptr<Segment>> open_segment() REQUIRES(mutex_);
  [[nodiscard]] std::shared_ptr<const Segment> find(uint32_t number) const;

  const std::unique_ptr<Directory> directory_;
  const RecordSegmentsOptions options_;
  mutable Mutex mutex_;  // held while something is written; reads of a record do without
  bool is_open_ GUARDED_BY(mutex_) = false;
  std::map<uint32_t, std::shared_ptr<Segment>> segments_ GUARDED_BY(mutex_);
  uint32_t next_ GUARDED_BY(mutex_) = 1;
};

}  // namespace modiste
