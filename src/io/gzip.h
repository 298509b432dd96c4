// Gzip in memory (zlib). Files are unpacked by io/file_input.h.
#pragma once

#include <string>
#include <string_view>

namespace modiste {

// As small as zlib makes it (level 9): for what is packed once and read often.
[[nodiscard]] std::string gzip(std::string_view bytes);

}  // namespace modiste
