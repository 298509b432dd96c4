#include "identity/subject_id.h"

namespace modiste {

namespace {
constexpr std::string_view kHexDigits = "0123456789abcdef";
}

std::string subject_id(std::span<const std::byte, kSubjectBytes> random) {
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
    const size_t digit = kHexDigits.find(text[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    bytes[i / 2] = bytes[i / 2] << 4 | static_cast<std::byte>(digit);
  }
  return bytes;
}

bool is_subject_id(std::string_view text) { return parse_subject_id(text).has_value(); }

}  // namespace modiste
