// The help of a command's options.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace modiste {

// With the default behind it: what the variable of the option holds before the command line is read. So it
// stands once, where the option's constants do.
template <class T>
[[nodiscard]] std::string with_default(std::string_view help, const T& value) {
  return fmt::format("{} ({})", help, value);
}

}  // namespace modiste
