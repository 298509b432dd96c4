#include "events/log_position.h"

#include <fmt/format.h>

#include <charconv>

namespace modiste {

std::array<std::byte, LogPosition::kBytes> LogPosition::to_bytes() const {
  std::array<std::byte, kBytes> bytes{};
  for (size_t i = 0; i < kBytes; ++i) bytes[i] = static_cast<std::byte>(raw_ >> (8 * (kBytes - 1 - i)));
  return bytes;
}

std::string LogPosition::to_text() const { return fmt::format("{:016x}", raw_); }

Result<LogPosition> LogPosition::from_bytes(std::span<const std::byte> bytes) {
  if (bytes.size() != kBytes)
    return Error{Code::kInvalid, fmt::format("a log position of {} bytes", bytes.size()), "",
                 fmt::format("{} bytes", kBytes)};
  uint64_t raw = 0;
  for (const std::byte byte : bytes) raw = raw << 8 | std::to_integer<uint64_t>(byte);
  return LogPosition(raw);
}

Result<LogPosition> LogPosition::from_text(std::string_view text) {
  constexpr size_t kDigits = 2 * kBytes;
  uint64_t raw = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), raw, 16);
  if (error == std::errc() && end == text.data() + text.size() && LogPosition(raw).to_text() == text)
    return LogPosition(raw);
  return Error{Code::kInvalid, fmt::format("'{}' is not a log position", text), "",
               fmt::format("{} hex digits", kDigits)};
}

}  // namespace modiste
