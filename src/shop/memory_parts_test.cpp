#include "shop/memory_parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace modiste {
namespace {

uint64_t part(std::string_view name) {
  const auto parts = memory_parts();
  const auto found = std::ranges::find(parts, name, &MemoryPart::name);
  return found == parts.end() ? 0 : found->bytes;
}

TEST(MemoryParts, GrowWithWhatIsAllocated) {
  constexpr size_t kBytes = size_t{32} << 20;
  const uint64_t resident = part("resident"), heap = part("heap_used");
  EXPECT_EQ(memory_parts().size(), 5U);
  const auto block = std::make_unique<char[]>(kBytes);
  std::fill_n(block.get(), kBytes, '1');
  EXPECT_GT(part("resident"), resident + kBytes / 2);
  EXPECT_GE(part("heap_used"), heap + kBytes);
}

}  // namespace
}  // namespace modiste
