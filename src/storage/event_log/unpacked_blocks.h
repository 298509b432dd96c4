// The blocks of a log that were read last, unpacked. A profile that is built again reads a shopper's events
// one by one, mostly from few blocks that were just written: each is read and unpacked once.
//
// Threads: any. Memory: kBytesMax; a larger block is not kept.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"

namespace modiste {

struct UnpackedBlock {
  uint64_t first_offset = 0;
  std::string place;             // segment and byte, for errors
  std::string lines;             // each with its newline
  std::vector<uint32_t> starts;  // of the lines

  [[nodiscard]] uint64_t end_offset() const { return first_offset + starts.size(); }
  // Of an offset in the block, without its newline.
  [[nodiscard]] std::string_view line(uint64_t offset) const;
};

class UnpackedBlocks {
 public:
  static constexpr size_t kBytesMax = size_t{8} << 20;  // some 30,000 events

  // The block that holds the offset; null when it is not kept.
  [[nodiscard]] std::shared_ptr<const UnpackedBlock> find(uint64_t offset);
  void keep(std::shared_ptr<const UnpackedBlock> block);

 private:
  using Blocks = std::list<std::shared_ptr<const UnpackedBlock>>;

  Mutex mutex_;
  Blocks latest_first_ GUARDED_BY(mutex_);
  std::map<uint64_t, Blocks::iterator> by_offset_ GUARDED_BY(mutex_);  // by their first
  size_t bytes_ GUARDED_BY(mutex_) = 0;
};

}  // namespace modiste
