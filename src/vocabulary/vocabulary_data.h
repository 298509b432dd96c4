// The text of vocabulary.toml, compiled in.
#pragma once

#include <string_view>

namespace modiste {
[[nodiscard]] std::string_view vocabulary_toml();
}
