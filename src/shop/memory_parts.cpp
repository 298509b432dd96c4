#include "shop/memory_parts.h"

#include <malloc.h>

#include <array>
#include <fstream>
#include <string_view>
#include <utility>

namespace modiste {

std::vector<MemoryPart> memory_parts() {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kLines{
      {{"VmRSS:", "resident"}, {"RssFile:", "files"}, {"RssAnon:", "anonymous"}}};
  std::vector<MemoryPart> parts;
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word)
    for (const auto& [line, name] : kLines)
      if (uint64_t kilobytes = 0; word == line && status >> kilobytes)
        parts.push_back({std::string(name), kilobytes << 10});
  if (parts.empty()) return parts;
  const struct mallinfo2 heap = ::mallinfo2();
  parts.push_back({"heap_used", heap.uordblks + heap.hblkhd});
  parts.push_back({"heap_free", heap.fordblks});
  return parts;
}

}  // namespace modiste
