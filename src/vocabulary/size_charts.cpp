#include "vocabulary/size_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/check.h"

namespace modiste {
namespace {

namespace tables = size_tables;

std::string key(SizeSystem system, std::string_view name) {
  return fmt::format("{}:{}", static_cast<int>(system), name);
}

// The row of a child of this age, in months.
size_t row_of_age(int months) {
  const auto& rows = tables::kChildRows;
  size_t row = 0;
  for (size_t i = 0; i < rows.size(); ++i)
    if (rows[i].months >= 0 && rows[i].months <= months) row = i;
  return row;
}

}  // namespace

std::string size_number(double value) { return fmt::format("{}", value); }

std::vector<std::string> size_parts(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t from = 0; from <= text.size();) {
    const size_t to = std::min(text.find(separator, from), text.size());
    if (to > from) parts.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return parts;
}

std::string age_name(int from, int to, bool years) {
  const char unit = years ? 'Y' : 'M';
  return from == to ? fmt::format("{}{}", from, unit) : fmt::format("{}-{}{}", from, to, unit);
}

const SizeCharts& SizeCharts::instance() {
  static const SizeCharts kCharts;
  return kCharts;
}

SizeCharts::SizeCharts() {
  add_adult_sizes();
  add_child_sizes();
  add_clothes_rows(SizeChart::kWomen, tables::kWomen);
  add_clothes_rows(SizeChart::kMen, tables::kMen);
  add_shoe_rows(SizeChart::kShoesWomen, tables::kShoesWomen);
  add_shoe_rows(SizeChart::kShoesMen, tables::kShoesMen);
  add_child_rows();
  add_child_shoe_rows();
  CHECK(sizes_.size() <= kSizeCountMax);
}

std::optional<SizeId> SizeCharts::find(SizeSystem system, std::string_view name) const {
  const auto found = ids_.find(key(system, name));
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

void SizeCharts::add(SizeSystem system, std::string name) {
  const auto id = static_cast<SizeId>(sizes_.size());
  if (!ids_.emplace(key(system, name), id).second) return;
  sizes_.push_back({id, system, std::move(name)});
}

void SizeCharts::add_range(SizeSystem system, double from, double to, double step) {
  for (double value = from; value <= to; value += step) add(system, size_number(value));
}

void SizeCharts::add_adult_sizes() {
  add(SizeSystem::kOneSize, "One size");
  for (auto& name : size_parts(tables::kAlpha, ' ')) add(SizeSystem::kAlpha, name);
  add_range(SizeSystem::kEu, 30, 68, 1);
  add_range(SizeSystem::kUk, 2, 60, 2);
  add(SizeSystem::kUs, "00");
  add_range(SizeSystem::kUs, 0, 60, 1);
  add_range(SizeSystem::kIt, 34, 66, 2);
  for (int waist = tables::kWaistMin; waist <= tables::kWaistMax; ++waist) {
    add(SizeSystem::kWaistLength, std::to_string(waist));
    for (const auto& length : size_parts(tables::kLengths, ' '))
      add(SizeSystem::kWaistLength, fmt::format("{}/{}", waist, length));
  }
  add_range(SizeSystem::kShoeEu, 15, 33, 1);
  add_range(SizeSystem::kShoeEu, 34, 52, 0.5);
  add_range(SizeSystem::kShoeUk, 1, 16, 0.5);
  add_range(SizeSystem::kShoeUs, 1, 18, 0.5);
  add_range(SizeSystem::kShoeCm, 9, 32, 0.5);
  for (int girth = tables::kGirthMin; girth <= tables::kGirthMax; girth += 5)
    for (const auto cup : tables::kCups) add(SizeSystem::kBra, fmt::format("{}{}", girth, cup));
}

void SizeCharts::add_child_sizes() {
  for (const auto& row : tables::kChildRows) add(SizeSystem::kHeight, std::string(row.height));
  for (size_t i = 0; i + 1 < tables::kChildRows.size(); ++i)
    add(SizeSystem::kHeight,
        fmt::format("{}/{}", tables::kChildRows[i].height, tables::kChildRows[i + 1].height));
  for (int tens = 60; tens <= 160; tens += 10) add(SizeSystem::kHeight, std::to_string(tens));
  for (const std::string_view name : {"preemie", "newborn"}) add(SizeSystem::kAge, std::string(name));
  for (int months = 0; months <= 36; ++months) add(SizeSystem::kAge, age_name(months, months, false));
  for (const int from : tables::kMonths)
    for (const int to : tables::kMonths)
      if (from < to) add(SizeSystem::kAge, age_name(from, to, false));
  for (int from = 1; from <= tables::kYearsMax; ++from)
    for (int to = from; to <= std::min(from + 4, tables::kYearsMax); ++to)
      add(SizeSystem::kAge, age_name(from, to, true));
  for (const auto& row : tables::kChildShoes) {
    for (auto& name : size_parts(row.uk, ' ')) add(SizeSystem::kShoeUk, name);
    for (auto& name : size_parts(row.us, ' ')) add(SizeSystem::kShoeUs, name);
  }
}

void SizeCharts::add_to_row(std::vector<SizeId>& row, SizeSystem system, std::string_view names) const {
  for (const auto& name : size_parts(names, ' '))
    if (const auto id = find(system, name)) row.push_back(*id);
}

void SizeCharts::add_clothes_rows(SizeChart chart, std::span<const tables::ClothesRow> lines) {
  for (const auto& line : lines) {
    std::vector<SizeId> row;
    add_to_row(row, SizeSystem::kAlpha, line.alpha);
    for (const std::string_view pair : {"XS/S", "S/M", "M/L", "L/XL"})  // fits where either letter does
      for (const auto& letter : size_parts(pair, '/'))
        for (const auto& alpha : size_parts(line.alpha, ' '))
          if (alpha == letter) add_to_row(row, SizeSystem::kAlpha, pair);
    add_to_row(row, SizeSystem::kEu, line.eu);
    add_to_row(row, SizeSystem::kUk, line.uk);
    add_to_row(row, SizeSystem::kUs, line.us);
    add_to_row(row, SizeSystem::kIt, line.it);
    for (const auto& waist : size_parts(line.waist, ' ')) {
      add_to_row(row, SizeSystem::kWaistLength, waist);
      for (const auto& length : size_parts(tables::kLengths, ' '))
        add_to_row(row, SizeSystem::kWaistLength, fmt::format("{}/{}", waist, length));
    }
    rows_[static_cast<size_t>(chart)].push_back(std::move(row));
  }
}

void SizeCharts::add_shoe_rows(SizeChart chart, const tables::ShoeRule& rule) {
  for (double uk = rule.uk_min; uk <= rule.uk_max; uk += 0.5) {
    std::vector<SizeId> row;
    const double eu = uk + rule.eu_of_uk;
    add_to_row(row, SizeSystem::kShoeUk, size_number(uk));
    add_to_row(row, SizeSystem::kShoeEu, size_number(eu));
    add_to_row(row, SizeSystem::kShoeUs, size_number(uk + rule.us_of_uk));
    for (double cm = 20; cm <= 32; cm += 0.5)
      if (std::floor(2 * tables::shoe_eu_of_cm(cm)) / 2 == eu)
        add_to_row(row, SizeSystem::kShoeCm, size_number(cm));
    rows_[static_cast<size_t>(chart)].push_back(std::move(row));
  }
}

void SizeCharts::put(SizeChart chart, size_t row, SizeSystem system, std::string_view name) {
  if (const auto id = find(system, name)) rows_[static_cast<size_t>(chart)][row].push_back(*id);
}

void SizeCharts::add_child_rows() {
  constexpr auto kChart = SizeChart::kKids;
  const auto& rows = tables::kChildRows;
  rows_[static_cast<size_t>(kChart)].resize(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    put(kChart, i, SizeSystem::kAlpha, rows[i].alpha);
    put(kChart, i, SizeSystem::kHeight, rows[i].height);
    const int height = std::stoi(std::string(rows[i].height));
    for (int tens = 60; tens <= 160; tens += 10)  // stands between its neighbours
      if (tens != height && std::abs(tens - height) < 5)
        put(kChart, i, SizeSystem::kHeight, std::to_string(tens));
    if (i + 1 < rows.size())
      for (const size_t row : {i, i + 1})
        put(kChart, row, SizeSystem::kHeight, fmt::format("{}/{}", rows[i].height, rows[i + 1].height));
  }
  put(kChart, 0, SizeSystem::kAge, "preemie");
  for (const size_t row : {1, 2}) put(kChart, row, SizeSystem::kAge, "newborn");
  const auto put_age = [&](int from, int to, bool years) {
    const int unit = years ? 12 : 1;
    for (size_t row = row_of_age(from * unit); row <= row_of_age(to * unit); ++row)
      put(kChart, row, SizeSystem::kAge, age_name(from, to, years));
  };
  for (int months = 0; months <= 36; ++months) put_age(months, months, false);
  for (const int from : tables::kMonths)
    for (const int to : tables::kMonths)
      if (from < to) put_age(from, to, false);
  for (int from = 1; from <= tables::kYearsMax; ++from)
    for (int to = from; to <= std::min(from + 4, tables::kYearsMax); ++to) put_age(from, to, true);
}

void SizeCharts::add_child_shoe_rows() {
  for (const auto& line : tables::kChildShoes) {
    std::vector<SizeId> row;
    add_to_row(row, SizeSystem::kShoeEu, line.eu);
    add_to_row(row, SizeSystem::kShoeUk, line.uk);
    add_to_row(row, SizeSystem::kShoeUs, line.us);
    const double eu = std::stod(std::string(line.eu));
    for (double cm = 9; cm <= 26; cm += 0.5)
      if (std::floor(tables::shoe_eu_of_cm(cm)) == eu) add_to_row(row, SizeSystem::kShoeCm, size_number(cm));
    rows_[static_cast<size_t>(SizeChart::kShoesKids)].push_back(std::move(row));
  }
}

}  // namespace modiste
