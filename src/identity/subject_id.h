// Random subject ids: the event log holds them in place of a shopper's own id.
//
// 128 random bits written as 32 lower-case hex digits: two subjects of a shop with a billion shoppers have
// the same id with a probability below 2e-21, and nothing about the shopper can be computed from it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace modiste {

inline constexpr size_t kSubjectBytes = 16;

[[nodiscard]] std::string subject_id(std::span<const std::byte, kSubjectBytes> random);
// Parses the 128 bits; empty if the text is not a subject id in its only spelling.
[[nodiscard]] std::optional<std::array<std::byte, kSubjectBytes>> parse_subject_id(std::string_view text);

}  // namespace modiste
