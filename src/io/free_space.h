// What is left on a disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/result.h"

namespace modiste {

// What snapshots and backups leave free: the event log must still find room, because without it events are
// refused, while all else can be made again. A choice, not a measurement.
inline constexpr uint64_t kReservedBytes = uint64_t{256} << 20;

// Of the disk that a path is on, for this process; empty: the system does not say.
[[nodiscard]] std::optional<uint64_t> free_bytes(const std::filesystem::path& path);

// kUnavailable: less is free than is reserved. Costs one system call.
Result<Done> leave_reserve(const std::filesystem::path& path, uint64_t reserved = kReservedBytes);

}  // namespace modiste
