#include "storage/event_log/crc32c.h"

#include <nmmintrin.h>

#include <cstring>

namespace modiste {

uint32_t crc32c(std::span<const std::byte> bytes, uint32_t before) {
  uint64_t crc = static_cast<uint32_t>(~before);
  while (bytes.size() >= sizeof(uint64_t)) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    crc = _mm_crc32_u64(crc, word);
    bytes = bytes.subspan(sizeof word);
  }
  auto tail = static_cast<uint32_t>(crc);
  for (const std::byte byte : bytes) tail = _mm_crc32_u8(tail, std::to_integer<unsigned char>(byte));
  return ~tail;
}

}  // namespace modiste
