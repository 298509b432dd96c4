// CRC-32C (Castagnoli, RFC 3720 appendix B.4): what guards the records of the event log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace modiste {

// By the CPU's own instruction, part of the x86-64-v3 that Modiste needs anyway; compared in tests with
// Boost.CRC.
// before: of the bytes before these.
[[nodiscard]] uint32_t crc32c(std::span<const std::byte> bytes, uint32_t before = 0);

}  // namespace modiste
