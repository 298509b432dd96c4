#include "vocabulary/size.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <tuple>
#include <unordered_map>

#include "base/check.h"
#include "vocabulary/size_tables.h"

namespace modiste {
namespace {

namespace tables = size_tables;

constexpr size_t kChartCount = 4;

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t from = 0; from <= text.size();) {
    const size_t to = std::min(text.find(separator, from), text.size());
    if (to > from) parts.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return parts;
}

// 7 -> "7", 7.5 -> "7.5".
std::string half_steps(double value) { return fmt::format("{}", value); }

bool is_shoe(SizeChart chart) { return chart == SizeChart::kShoesWomen || chart == SizeChart::kShoesMen; }

// All sizes, and for each chart the rows they stand in.
class Charts {
 public:
  static const Charts& instance() {
    static const Charts kCharts;
    return kCharts;
  }

  [[nodiscard]] std::span<const Size> sizes() const { return sizes_; }

  [[nodiscard]] std::optional<SizeId> find(SizeSystem system, const std::string& name) const {
    const auto found = ids_.find(key(system, name));
    if (found == ids_.end()) return std::nullopt;
    return found->second;
  }

  [[nodiscard]] const std::vector<std::vector<SizeId>>& rows(SizeChart chart) const {
    return rows_[static_cast<size_t>(chart)];
  }

 private:
  Charts() {
    add_lists();
    add_clothes_rows(SizeChart::kWomen, tables::kWomen);
    add_clothes_rows(SizeChart::kMen, tables::kMen);
    add_shoe_rows(SizeChart::kShoesWomen, tables::kShoesWomen);
    add_shoe_rows(SizeChart::kShoesMen, tables::kShoesMen);
    CHECK(sizes_.size() <= kSizeCountMax);
  }

  static std::string key(SizeSystem system, std::string_view name) {
    return fmt::format("{}:{}", static_cast<int>(system), name);
  }

  void add(SizeSystem system, std::string name) {
    const auto id = static_cast<SizeId>(sizes_.size());
    ids_.emplace(key(system, name), id);
    sizes_.push_back({id, system, std::move(name)});
  }

  void add_range(SizeSystem system, double from, double to, double step) {
    for (double value = from; value <= to; value += step) add(system, half_steps(value));
  }

  void add_lists() {
    add(SizeSystem::kOneSize, "One size");
    for (auto& name : split(tables::kAlpha, ' ')) add(SizeSystem::kAlpha, name);
    add_range(SizeSystem::kEu, 30, 68, 1);
    add_range(SizeSystem::kUk, 2, 60, 2);
    add(SizeSystem::kUs, "00");
    add_range(SizeSystem::kUs, 0, 60, 1);
    add_range(SizeSystem::kIt, 34, 66, 2);
    for (int waist = tables::kWaistMin; waist <= tables::kWaistMax; ++waist) {
      add(SizeSystem::kWaistLength, std::to_string(waist));
      for (const auto& length : split(tables::kLengths, ' '))
        add(SizeSystem::kWaistLength, fmt::format("{}/{}", waist, length));
    }
    add_range(SizeSystem::kShoeEu, 15, 33, 1);
    add_range(SizeSystem::kShoeEu, 34, 52, 0.5);
    add_range(SizeSystem::kShoeUk, 1, 16, 0.5);
    add_range(SizeSystem::kShoeUs, 1, 18, 0.5);
  }

  void add_to_row(std::vector<SizeId>& row, SizeSystem system, std::string_view names) const {
    for (const auto& name : split(names, ' ')) {
      const auto id = find(system, name);
      if (id) row.push_back(*id);
    }
  }

  void add_clothes_rows(SizeChart chart, std::span<const tables::ClothesRow> lines) {
    for (const auto& line : lines) {
      std::vector<SizeId> row;
      add_to_row(row, SizeSystem::kAlpha, line.alpha);
      for (const std::string_view pair : {"XS/S", "S/M", "M/L", "L/XL"})  // fits where either letter does
        for (const auto& letter : split(pair, '/'))
          for (const auto& alpha : split(line.alpha, ' '))
            if (alpha == letter) add_to_row(row, SizeSystem::kAlpha, pair);
      add_to_row(row, SizeSystem::kEu, line.eu);
      add_to_row(row, SizeSystem::kUk, line.uk);
      add_to_row(row, SizeSystem::kUs, line.us);
      add_to_row(row, SizeSystem::kIt, line.it);
      for (const auto& waist : split(line.waist, ' ')) {
        add_to_row(row, SizeSystem::kWaistLength, waist);
        for (const auto& length : split(tables::kLengths, ' '))
          add_to_row(row, SizeSystem::kWaistLength, waist + "/" + length);
      }
      rows_[static_cast<size_t>(chart)].push_back(std::move(row));
    }
  }

  void add_shoe_rows(SizeChart chart, const tables::ShoeRule& rule) {
    for (double uk = rule.uk_min; uk <= rule.uk_max; uk += 0.5) {
      std::vector<SizeId> row;
      add_to_row(row, SizeSystem::kShoeUk, half_steps(uk));
      add_to_row(row, SizeSystem::kShoeEu, half_steps(uk + rule.eu_of_uk));
      add_to_row(row, SizeSystem::kShoeUs, half_steps(uk + rule.us_of_uk));
      rows_[static_cast<size_t>(chart)].push_back(std::move(row));
    }
  }

  std::vector<Size> sizes_;
  std::unordered_map<std::string, SizeId> ids_;
  std::array<std::vector<std::vector<SizeId>>, kChartCount> rows_;
};

// Upper case, decimal points, without spaces, hyphens and dots: "X-Large" -> "XLARGE".
std::string compact(std::string_view word) {
  std::string out;
  for (size_t i = 0; i < word.size(); ++i) {
    const auto c = static_cast<unsigned char>(word[i]);
    const bool decimal = (c == '.' || c == ',') && i + 1 < word.size() && std::isdigit(word[i + 1]) != 0 &&
                         !out.empty() && std::isdigit(static_cast<unsigned char>(out.back())) != 0;
    if (decimal)
      out += '.';
    else if (!std::isspace(c) && c != '-' && c != '.' && c != ',' && c != '_')
      out += static_cast<char>(std::toupper(c));
  }
  return out;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value) || std::isalpha(static_cast<unsigned char>(text[0])) != 0) return std::nullopt;
  return value;
}

std::optional<SizeId> find_number(SizeSystem system, std::string_view text) {
  if (system == SizeSystem::kUs && text == "00") return Charts::instance().find(system, "00");
  const auto value = number(text);
  if (!value) return std::nullopt;
  return Charts::instance().find(system, half_steps(*value));
}

// "EU38", "38EU", "USW8": the rest after a system's mark.
std::optional<SizeId> parse_marked(std::string_view word, SizeChart chart) {
  struct Mark {
    std::string_view text;
    SizeSystem clothes, shoes;
  };
  static constexpr Mark kMarks[] = {
      {"EUR", SizeSystem::kEu, SizeSystem::kShoeEu}, {"EU", SizeSystem::kEu, SizeSystem::kShoeEu},
      {"DE", SizeSystem::kEu, SizeSystem::kShoeEu},  {"UK", SizeSystem::kUk, SizeSystem::kShoeUk},
      {"GB", SizeSystem::kUk, SizeSystem::kShoeUk},  {"USA", SizeSystem::kUs, SizeSystem::kShoeUs},
      {"US", SizeSystem::kUs, SizeSystem::kShoeUs},  {"IT", SizeSystem::kIt, SizeSystem::kShoeEu}};
  for (const auto& [text, clothes, shoes] : kMarks) {
    const SizeSystem system = is_shoe(chart) ? shoes : clothes;
    if (word.size() <= text.size()) continue;
    if (word.substr(0, text.size()) == text) return find_number(system, word.substr(text.size()));
    if (word.substr(word.size() - text.size()) == text)
      return find_number(system, word.substr(0, word.size() - text.size()));
  }
  return std::nullopt;
}

// "W32L34", "32WX34L", "32/34", "32X34", "W32", "32IN".
std::optional<SizeId> parse_waist_length(std::string_view word) {
  std::vector<std::string> numbers;
  bool marked = false;
  for (size_t i = 0; i < word.size();) {
    size_t end = i;
    while (end < word.size() && std::isdigit(static_cast<unsigned char>(word[end])) != 0) ++end;
    if (end > i) {
      numbers.emplace_back(word.substr(i, end - i));
      i = end;
      continue;
    }
    static constexpr std::string_view kAllowed = "WLX/\"IN";
    if (kAllowed.find(word[i]) == std::string_view::npos) return std::nullopt;
    marked = true;
    ++i;
  }
  if (!marked || numbers.empty() || numbers.size() > 2) return std::nullopt;
  if (numbers.size() == 1) return Charts::instance().find(SizeSystem::kWaistLength, numbers[0]);
  return Charts::instance().find(SizeSystem::kWaistLength, numbers[0] + "/" + numbers[1]);
}

// A number alone means what most labels of the chart mean by it.
std::optional<SizeId> parse_bare_number(std::string_view word, SizeChart chart) {
  const auto value = number(word);
  if (!value) return std::nullopt;
  constexpr double kShoeEuFrom = 19;  // no adult's UK or US shoe is larger than 18
  if (is_shoe(chart))
    return find_number(*value >= kShoeEuFrom ? SizeSystem::kShoeEu : SizeSystem::kShoeUs, word);
  if (chart == SizeChart::kWomen) {
    // Dresses run to US 22 and EU from 32 on; between them stand the waists of jeans.
    if (*value < 23) return find_number(SizeSystem::kUs, word);
    return find_number(*value < 32 ? SizeSystem::kWaistLength : SizeSystem::kEu, word);
  }
  return find_number(*value < 43 ? SizeSystem::kWaistLength : SizeSystem::kEu, word);
}

std::optional<SizeId> parse_compact(const std::string& word, SizeChart chart) {
  const Charts& charts = Charts::instance();
  const auto& one = tables::kOneSizeWords;
  if (std::find(one.begin(), one.end(), word) != one.end())
    return charts.find(SizeSystem::kOneSize, "One size");
  if (const auto alpha = charts.find(SizeSystem::kAlpha, word)) return alpha;
  for (const auto& alias : tables::kAlphaAliases)
    if (alias.word == word) return charts.find(SizeSystem::kAlpha, std::string(alias.name));
  if (const auto marked = parse_marked(word, chart)) return marked;
  if (word == "00" && chart == SizeChart::kWomen) return charts.find(SizeSystem::kUs, word);
  if (const auto bare = parse_bare_number(word, chart)) return bare;
  return is_shoe(chart) ? std::nullopt : parse_waist_length(word);
}

// The rows a size stands in, by position in the chart.
std::vector<size_t> rows_of(SizeId size, SizeChart chart) {
  std::vector<size_t> found;
  const auto& rows = Charts::instance().rows(chart);
  for (size_t i = 0; i < rows.size(); ++i)
    if (std::find(rows[i].begin(), rows[i].end(), size) != rows[i].end()) found.push_back(i);
  return found;
}

// "S" and "S/M", either way round; not "32" and "32/34".
bool is_half_of(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.find('/') == std::string_view::npos || std::isdigit(static_cast<unsigned char>(b[0])) != 0)
    return false;
  return a == b.substr(0, b.find('/')) || a == b.substr(b.find('/') + 1);
}

double middle(const std::vector<size_t>& rows) { return static_cast<double>(rows.front() + rows.back()) / 2; }

}  // namespace

std::span<const Size> all_sizes() { return Charts::instance().sizes(); }

std::optional<SizeId> parse_size(std::string_view word, SizeChart chart) {
  constexpr size_t kWordMax = 60;
  if (word.size() > kWordMax || word.starts_with('-')) return std::nullopt;
  std::string text = compact(word);
  if (text.starts_with("SIZE") && text.size() > 4) text.erase(0, 4);
  if (const auto size = parse_compact(text, chart)) return size;
  // "M (US 8)", "US 8 / EU 40": the first part that is a size.
  for (const char separator : {'(', '/', '|'}) {
    const auto parts = split(text, separator);
    if (parts.size() < 2) continue;
    for (auto part : parts) {
      std::erase(part, ')');
      if (part.empty()) continue;
      if (const auto size = parse_compact(part, chart)) return size;
    }
  }
  return std::nullopt;
}

std::vector<SizeId> convert_size(SizeId size, SizeSystem to, SizeChart chart) {
  const auto own_rows = rows_of(size, chart);
  if (own_rows.empty()) return {};
  const double at = middle(own_rows);
  std::vector<std::tuple<bool, double, SizeId>> found;  // "M" before "S/M", "32" before "32/34"
  for (const size_t row : own_rows)
    for (const SizeId other : Charts::instance().rows(chart)[row]) {
      if (all_sizes()[other].system != to) continue;
      const std::tuple entry{all_sizes()[other].name.find('/') != std::string::npos,
                             std::abs(middle(rows_of(other, chart)) - at), other};
      if (std::find(found.begin(), found.end(), entry) == found.end()) found.push_back(entry);
    }
  std::sort(found.begin(), found.end());
  std::vector<SizeId> sizes;
  for (const auto& entry : found) sizes.push_back(std::get<SizeId>(entry));
  return sizes;
}

SizeSet equivalent_sizes(SizeId size, SizeChart chart) {
  SizeSet set;
  set.set(size);
  const Size& own = all_sizes()[size];
  const auto slash = own.name.find('/');
  const bool has_length = own.system == SizeSystem::kWaistLength && slash != std::string::npos;
  for (const size_t row : rows_of(size, chart))
    for (const SizeId other : Charts::instance().rows(chart)[row]) {
      const Size& candidate = all_sizes()[other];
      // "S" and "M" share a row, but M is not S; "S/M" is both.
      if (candidate.system != own.system || is_half_of(own.name, candidate.name)) set.set(other);
    }
  if (own.system != SizeSystem::kWaistLength) return set;
  // Another length does not fit, but a waist alone says nothing of the length.
  for (const auto& candidate : all_sizes()) {
    if (candidate.system != SizeSystem::kWaistLength) continue;
    const bool same_waist = candidate.name == own.name.substr(0, slash);
    const bool any_length = !has_length && candidate.name.starts_with(own.name + "/");
    if (same_waist || any_length) set.set(candidate.id);
  }
  return set;
}

std::optional<double> size_position(SizeId size, SizeChart chart) {
  const auto rows = rows_of(size, chart);
  if (rows.empty()) return std::nullopt;
  return middle(rows);
}

}  // namespace modiste
