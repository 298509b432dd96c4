#include "base/decimal_number.h"

#include <charconv>
#include <cmath>
#include <string>

namespace modiste {

std::optional<double> decimal_number(std::string_view text) {
  std::string pointed(text);
  if (const size_t comma = pointed.find(','); comma != std::string::npos && pointed.size() - comma - 1 <= 2)
    pointed[comma] = '.';
  double value = 0;
  const char* const last = pointed.data() + pointed.size();
  const auto [end, error] = std::from_chars(pointed.data(), last, value);
  const bool read = error == std::errc() && end == last && std::isfinite(value);
  return read ? std::optional(value) : std::nullopt;
}

}  // namespace modiste
