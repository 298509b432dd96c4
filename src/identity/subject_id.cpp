#include "identity/subject_id.h"

#include <algorithm>

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

bool is_subject_id(std::string_view text) {
  return text.size() == 2 * kSubjectBytes &&
         std::ranges::all_of(text, [](char c) { return kHexDigits.find(c) != std::string_view::npos; });
}

}  // namespace modiste
