// What the process holds of the machine's memory, by part. Shown by /metrics and `modiste status`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace modiste {

struct MemoryPart {
  std::string name;
  uint64_t bytes = 0;
};

// Of this process, now: resident; of it files (programs, libraries, mapped indexes), which the system can
// take back, and anonymous memory; the allocator's: in use, and free but not given back. Parts overlap:
// resident is files and anonymous. Empty where /proc is missing. Threads: any.
[[nodiscard]] std::vector<MemoryPart> memory_parts();

}  // namespace modiste
