// For our own bugs: CHECK ends the program and prints file and line, in release builds too.
#pragma once

namespace modiste {
[[noreturn]] void check_failed(const char* expression, const char* file, int line);
}

#define CHECK(expression) \
  ((expression) ? static_cast<void>(0) : ::modiste::check_failed(#expression, __FILE__, __LINE__))
