#include "base/clock.h"

#include <fmt/format.h>

#include <charconv>

#include "base/text.h"

namespace modiste {
namespace {

Error not_a_time(std::string_view text) {
  std::string_view shown = text.substr(0, 40);
  while (!is_utf8(shown)) shown.remove_suffix(1);  // whole characters
  return {Code::kInvalid, fmt::format("invalid time '{}'", shown), "",
          "RFC 3339, such as 2026-11-21T09:30:00Z"};
}

// Parses exactly `width` digits at `at`; -1 if there are fewer.
int digits(std::string_view text, size_t at, size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  const char* end = text.data() + at + width;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value);
  return error == std::errc{} && stop == end && text[at] != '-' ? value : -1;
}

}  // namespace

TimePoint SystemClock::now() const {
  return std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now());
}

std::string to_rfc3339(TimePoint time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                 clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (const auto micros = clock.subseconds().count(); micros != 0) text += fmt::format(".{:06}", micros);
  return text + "Z";
}

Result<TimePoint> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  const int y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
  const int h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
  const bool shaped = text.size() >= 20 && text[4] == '-' && text[7] == '-' &&
                      (text[10] == 'T' || text[10] == 't' || text[10] == ' ') && text[13] == ':' &&
                      text[16] == ':';
  const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
  if (!shaped || y < 1970 || !date.ok() || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60)
    return not_a_time(text);

  size_t at = 19;
  int64_t micros = 0;
  if (text[at] == '.') {
    int64_t scale = 100'000;
    const size_t first = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
      micros += (text[at] - '0') * scale;
    if (at == first) return not_a_time(text);
  }
  minutes offset{0};
  if (at < text.size() && (text[at] == 'Z' || text[at] == 'z')) {
    ++at;
  } else {
    // Many programs leave out the colon (+0900) or the minutes (+09): ISO 8601 allows both.
    if (at == text.size() || (text[at] != '+' && text[at] != '-')) return not_a_time(text);
    const bool colon = at + 3 < text.size() && text[at + 3] == ':';
    const bool hours_only = at + 3 == text.size();
    const int oh = digits(text, at + 1, 2), om = hours_only ? 0 : digits(text, at + (colon ? 4 : 3), 2);
    const size_t end = at + (hours_only ? 3 : colon ? 6 : 5);
    if (end != text.size() || oh < 0 || oh > 23 || om < 0 || om > 59) return not_a_time(text);
    offset = minutes{oh * 60 + om} * (text[at] == '+' ? 1 : -1);
    at = end;
  }
  if (at != text.size()) return not_a_time(text);
  return TimePoint{sys_days{date} + hours{h} + minutes{mi} + seconds{s} - offset + Micros{micros}};
}

}  // namespace modiste
