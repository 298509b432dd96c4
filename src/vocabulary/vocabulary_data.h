// The texts of the data files, compiled in.
#pragma once

#include <span>
#include <string_view>

namespace modiste {

[[nodiscard]] std::string_view vocabulary_toml();
[[nodiscard]] std::string_view google_taxonomy_toml();

struct LanguageFile {
  std::string_view code;  // "de", of words/de.toml
  std::string_view text;
};
// English first.
[[nodiscard]] std::span<const LanguageFile> language_files();

}  // namespace modiste
