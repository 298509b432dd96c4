#include "storage/event_log/unpacked_blocks.h"

#include <iterator>
#include <utility>

#include "base/check.h"

namespace modiste {
namespace {

size_t bytes_of(const UnpackedBlock& block) {
  return sizeof block + block.lines.capacity() + block.starts.capacity() * sizeof(uint32_t);
}

}  // namespace

std::string_view UnpackedBlock::line(uint64_t offset) const {
  CHECK(offset >= first_offset && offset < end_offset());
  const size_t place_in_block = static_cast<size_t>(offset - first_offset);
  const size_t begin = starts[place_in_block];
  const size_t end = place_in_block + 1 == starts.size() ? lines.size() : starts[place_in_block + 1];
  return std::string_view(lines).substr(begin, end - begin - 1);
}

std::shared_ptr<const UnpackedBlock> UnpackedBlocks::find(uint64_t offset) {
  const MutexLock lock(mutex_);
  const auto after = by_offset_.upper_bound(offset);
  if (after == by_offset_.begin()) return nullptr;
  const auto place = std::prev(after)->second;
  if (offset >= (*place)->end_offset()) return nullptr;
  latest_first_.splice(latest_first_.begin(), latest_first_, place);
  return *place;
}

void UnpackedBlocks::keep(std::shared_ptr<const UnpackedBlock> block) {
  const size_t bytes = bytes_of(*block);
  if (bytes > kBytesMax) return;
  const MutexLock lock(mutex_);
  const auto [known, is_new] = by_offset_.try_emplace(block->first_offset);
  if (!is_new) return;  // another reader was faster
  latest_first_.push_front(std::move(block));
  known->second = latest_first_.begin();
  bytes_ += bytes;
  while (bytes_ > kBytesMax) {
    bytes_ -= bytes_of(*latest_first_.back());
    by_offset_.erase(latest_first_.back()->first_offset);
    latest_first_.pop_back();
  }
}

}  // namespace modiste
