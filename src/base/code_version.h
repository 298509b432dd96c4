// Which program this is: the release, and the commit that it was configured from where that is known.
#pragma once

#include <string_view>

namespace modiste {

// "0.1.0+5b8217a"; "0.1.0" when it was not built from a repository.
[[nodiscard]] std::string_view code_version();

}  // namespace modiste
