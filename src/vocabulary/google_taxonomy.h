// Numbers of Google's product taxonomy, which stand for a category in feeds of any language.
//
// Data: google_taxonomy.toml, compiled in. Immutable: any thread may read.
#pragma once

#include <optional>
#include <string_view>

#include "vocabulary/vocabulary.h"

namespace modiste {

struct GoogleCategory {
  int number = 0;
  const Term* category = nullptr;    // null: outside the fashion branches, or nothing to wear
  const Term* department = nullptr;  // baby, where the number says so
  bool fashion = false;              // the number is in a fashion branch
};

// "2271" or "2271 - Apparel & Accessories > Clothing > Dresses"; empty when the text does not begin with such
// a number.
[[nodiscard]] std::optional<GoogleCategory> google_category(std::string_view text);

}  // namespace modiste
