// Small text operations that every folder needs. Bytes are UTF-8; only ASCII letters change case.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace modiste {

// Removes ASCII white space at both ends. Returns a view of the argument.
[[nodiscard]] std::string_view trim(std::string_view text);
// Converts ASCII letters to lower case.
[[nodiscard]] std::string ascii_lower(std::string_view text);
// The parts between any of the separators, trimmed, without empty parts.
[[nodiscard]] std::vector<std::string> split_list(std::string_view text, std::string_view separators);
// True for "1", "yes", "true", "y", "on" in any case.
[[nodiscard]] bool is_yes(std::string_view text);
// Two lower-case digits per byte.
[[nodiscard]] std::string to_hex(std::span<const std::byte> bytes);
// Whether text is valid UTF-8. may_be_cut: the last character may be incomplete, because more text follows.
[[nodiscard]] bool is_utf8(std::string_view text, bool may_be_cut = false);

// "an undo", "a one piece": a lower-case English word of ours with its indefinite article.
[[nodiscard]] std::string with_article(std::string_view word);

}  // namespace modiste
