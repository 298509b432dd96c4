#include "io/free_space.h"

#include <fmt/format.h>

namespace modiste {

std::optional<uint64_t> free_bytes(const std::filesystem::path& path) {
  std::error_code error;
  const auto space = std::filesystem::space(path, error);
  if (error || space.available == static_cast<uint64_t>(-1)) return std::nullopt;
  return space.available;
}

Result<Done> leave_reserve(const std::filesystem::path& path, uint64_t reserved) {
  const auto left = free_bytes(path);
  if (!left || *left >= reserved) return kOk;
  return Error{Code::kUnavailable, fmt::format("the disk has {} bytes left", *left), path.string(),
               fmt::format("{} bytes, which are left to the event log", reserved)};
}

}  // namespace modiste
