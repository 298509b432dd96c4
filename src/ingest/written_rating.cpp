#include "ingest/written_rating.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace modiste {
namespace {

constexpr double kStars = 5;

size_t count_of(std::string_view text, std::string_view sign) {
  size_t count = 0;
  for (size_t at = text.find(sign); at != std::string_view::npos; at = text.find(sign, at + sign.size()))
    ++count;
  return count;
}

std::optional<double> drawn_stars(std::string_view text) {
  const size_t full = count_of(text, "★") + count_of(text, "⭐"), empty = count_of(text, "☆");
  const auto best = static_cast<double>(std::max<size_t>(full + empty, static_cast<size_t>(kStars)));
  return full == 0 ? std::nullopt : std::optional(rating_of_five(static_cast<double>(full), best));
}

// Every number of the text; a comma is a decimal point.
std::vector<double> numbers_in(std::string_view text) {
  std::string pointed(text);
  std::replace(pointed.begin(), pointed.end(), ',', '.');
  std::vector<double> numbers;
  const char* const end = pointed.data() + pointed.size();
  for (const char* at = pointed.data(); at < end;) {
    double number = 0;
    const auto [next, error] = std::from_chars(at, end, number, std::chars_format::fixed);
    const bool read = error == std::errc() && *at >= '0' && *at <= '9';
    if (read) numbers.push_back(number);
    at = read ? next : at + 1;
  }
  return numbers;
}

std::optional<double> rating_in_text(std::string_view text) {
  constexpr double kBestMax = 100;
  text = trim(text);
  if (const auto stars = drawn_stars(text)) return stars;
  const auto numbers = numbers_in(text);
  if (text.starts_with('-') || numbers.empty() || numbers.size() > 2) return std::nullopt;
  if (numbers.size() == 1) return text.ends_with('%') ? rating_of_five(numbers[0], kBestMax) : numbers[0];
  const bool is_scale = numbers[1] > 1 && numbers[1] <= kBestMax && numbers[0] <= numbers[1];
  return is_scale ? std::optional(rating_of_five(numbers[0], numbers[1])) : std::nullopt;
}

const json::value* first_of(const json::object& object, std::initializer_list<std::string_view> members) {
  for (const std::string_view member : members)
    if (const auto* found = object.if_contains(member); found != nullptr && !found->is_null()) return found;
  return nullptr;
}

}  // namespace

double rating_of_five(double rating, double best) { return std::max(1.0, rating * kStars / best); }

std::optional<double> written_rating(const json::value& value) {
  if (value.is_number()) return value.to_number<double>();
  if (const auto* text = value.if_string()) return rating_in_text(*text);
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  const auto* given = first_of(*object, {"ratingValue", "rating_value", "value", "rating", "score"});
  const auto rating = given == nullptr || given->is_object() ? std::nullopt : written_rating(*given);
  const auto* most = first_of(*object, {"bestRating", "best_rating", "max", "scale", "out_of"});
  const auto best = most == nullptr || most->is_object() ? std::nullopt : written_rating(*most);
  return rating && best && *best > 1 && *rating <= *best ? rating_of_five(*rating, *best) : rating;
}

}  // namespace modiste
