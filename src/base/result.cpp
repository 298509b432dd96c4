#include "base/result.h"

#include <cstdio>
#include <cstdlib>

namespace modiste {

std::string_view to_string(Code code) {
  switch (code) {
    case Code::kInvalid:
      return "invalid";
    case Code::kNotFound:
      return "not_found";
    case Code::kConflict:
      return "conflict";
    case Code::kUnavailable:
      return "unavailable";
    case Code::kCorrupt:
      return "corrupt";
    case Code::kInternal:
      return "internal";
  }
  return "internal";
}

std::string Error::message() const {
  std::string text = what;
  if (!where.empty()) text += " (" + where + ")";
  if (!expected.empty()) text += "; expected " + expected;
  return text;
}

void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: this is a bug in Modiste: CHECK(%s) failed\n", file, line, expression);
  std::abort();
}

}  // namespace modiste
