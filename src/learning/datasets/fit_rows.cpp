#include "learning/datasets/fit_rows.h"

#include <array>
#include <charconv>
#include <string_view>

#include "io/file_input.h"
#include "io/read_file.h"

namespace modiste {
namespace {

constexpr std::array<std::string_view, 11> kColumns{
    "user_id",       "item_id",          "fit",       "category",  "size", "age", "body_type",
    "bust_size_num", "bust_size_letter", "height_in", "weight_lbs"};
enum Column { kUser, kItem, kFit, kCategory, kSizeColumn, kAge, kBodyType, kBand, kCup, kHeight, kWeight };

// The set quotes nothing.
std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (size_t from = 0; from <= line.size();) {
    const size_t to = std::min(line.find(',', from), line.size());
    cells.push_back(line.substr(from, to - from));
    from = to + 1;
  }
  return cells;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

constexpr double kCmPerInch = 2.54, kKgPerPound = 0.4536;

// US cups grow by an inch over the band: aa 0.5, a 1, b 2, ...
std::optional<double> bust_cm(std::optional<double> band, std::string_view cup) {
  if (!band || cup.empty()) return std::nullopt;
  const double inches = cup == "aa" ? 0.5 : static_cast<double>(cup[0] - 'a' + 1);
  return (*band + inches) * kCmPerInch;
}

// What people mistype (an age of 117, 5 inches of height) is as good as not said.
std::optional<double> within(std::optional<double> value, double factor, double low, double high) {
  if (!value || *value * factor < low || *value * factor > high) return std::nullopt;
  return *value * factor;
}

std::optional<FitFeedback> outcome_of(std::string_view word) {
  if (word == "small") return FitFeedback::kTooSmall;
  if (word == "fit") return FitFeedback::kFits;
  if (word == "large") return FitFeedback::kTooLarge;
  return std::nullopt;
}

std::optional<FitRow> row_of(const std::array<std::string_view, kColumns.size()>& cell) {
  const auto size = number(cell[kSizeColumn]);
  const auto outcome = outcome_of(cell[kFit]);
  if (cell[kUser].empty() || cell[kItem].empty() || !size || !outcome) return std::nullopt;
  FitRow row;
  row.shopper = cell[kUser];
  const auto band = number(cell[kBand]);
  row.body.height_cm = within(number(cell[kHeight]), kCmPerInch, 130, 210);
  row.body.weight_kg = within(number(cell[kWeight]), kKgPerPound, 35, 160);
  row.body.bust_cm = within(bust_cm(band, cell[kCup]), 1, 60, 150);
  row.body.age = within(number(cell[kAge]), 1, 13, 90);
  row.body.body_type = cell[kBodyType];
  constexpr double kHalfUsSizesPerPosition = 4, kPositionOfUsZero = 1;  // catalog/size_tables.h, women
  row.observation = {std::string(cell[kItem]),
                     std::string(cell[kCategory]),
                     SizeChart::kWomen,
                     kPositionOfUsZero + *size / kHalfUsSizesPerPosition,
                     true,
                     outcome};
  return row;
}

}  // namespace

Result<FitRows> read_fit_rows(const std::filesystem::path& file) {
  TRY_ASSIGN(const std::string text, read_unpacked(file, kFileBytesMax));
  std::array<size_t, kColumns.size()> place{};
  FitRows out;
  bool header = true;
  for (size_t from = 0; from < text.size();) {
    const size_t to = std::min(text.find('\n', from), text.size());
    std::string_view line = std::string_view(text).substr(from, to - from);
    from = to + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto cells = cells_of(line);
    if (header) {
      for (size_t c = 0; c < kColumns.size(); ++c) {
        const auto found = std::find(cells.begin(), cells.end(), kColumns[c]);
        if (found == cells.end())
          return Error{Code::kInvalid, "the header lacks a column", file.string(), std::string(kColumns[c])};
        place[c] = static_cast<size_t>(found - cells.begin());
      }
      header = false;
      continue;
    }
    std::array<std::string_view, kColumns.size()> cell;
    for (size_t c = 0; c < kColumns.size(); ++c)
      if (place[c] < cells.size()) cell[c] = cells[place[c]];
    if (auto row = row_of(cell))
      out.rows.push_back(std::move(*row));
    else
      ++out.refused;
  }
  return out;
}

}  // namespace modiste
