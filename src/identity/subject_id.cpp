#include "identity/subject_id.h"

namespace modiste {

std::string subject_id(std::span<const std::byte, kSubjectBytes> random) {
  static constexpr std::string_view kHexDigits = "0123456789abcdef";
  std::string id;
  id.reserve(2 * kSubjectBytes);
  for (const std::byte byte : random) {
    id += kHexDigits[std::to_integer<size_t>(byte >> 4)];
    id += kHexDigits[std::to_integer<size_t>(byte & std::byte{0x0f})];
  }
  return id;
}

std::optional<std::array<std::byte, kSubjectBytes>> parse_subject_id(std::string_view text) {
  if (text.size() != 2 * kSubjectBytes) return std::nullopt;
  std::array<std::byte, kSubjectBytes> bytes{};
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) return std::nullopt;
    bytes[i / 2] = bytes[i / 2] << 4 | static_cast<std::byte>(digit);
  }
  return bytes;
}

}  // namespace modiste
