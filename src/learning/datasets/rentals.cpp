#include "learning/datasets/rentals.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "io/file_input.h"

namespace modiste {
namespace {

constexpr std::pair<std::string_view, Occasion> kRentedFor[] = {
    {"wedding", Occasion::kWedding}, {"formal affair", Occasion::kFormal},
    {"party", Occasion::kParty},     {"everyday", Occasion::kCasual},
    {"work", Occasion::kWork},       {"date", Occasion::kDate},
    {"vacation", Occasion::kTravel}};

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const size_t comma = line.find(',');
    cells.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

std::string_view next_line(std::string_view& text) {
  const size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<std::chrono::year_month_day> read_date(std::string_view text) {
  const auto number = [&](size_t from, size_t count) {
    int value = -1;
    const auto* end = text.data() + from + count;
    return std::from_chars(text.data() + from, end, value).ptr == end ? value : -1;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(number(0, 4)),
                                         std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                         std::chrono::day(static_cast<unsigned>(number(8, 2))));
  return date.ok() ? std::optional(date) : std::nullopt;
}

// Categories by name and synonym: "sheath" is the sheath dress.
std::map<std::string, TermId, std::less<>> category_words(const Vocabulary& vocabulary) {
  std::map<std::string, TermId, std::less<>> words;
  for (const auto& term : vocabulary.terms(Facet::kCategory)) {
    words.emplace(term.name, term.id);
    for (const auto& synonym : term.synonyms) words.emplace(synonym, term.id);
  }
  return words;
}

struct Columns {
  size_t user = 0, rented_for = 0, category = 0, date = 0, count = 0;
};

Result<Columns> find_columns(std::string_view header) {
  const auto names = cells_of(header);
  Columns columns;
  columns.count = names.size();
  for (const auto& [name, place] : {std::pair<std::string_view, size_t*>{"user_id", &columns.user},
                                    {"rented_for", &columns.rented_for},
                                    {"category", &columns.category},
                                    {"review_date", &columns.date}}) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      return Error{Code::kCorrupt, fmt::format("no column {}", name), "line 1", "Rent the Runway's CSV"};
    *place = static_cast<size_t>(found - names.begin());
  }
  return columns;
}

}  // namespace

Result<Rentals> parse_rentals(std::string_view csv, const Vocabulary& vocabulary) {
  TRY_ASSIGN(const Columns columns, find_columns(next_line(csv)));
  const auto words = category_words(vocabulary);
  Rentals rentals;
  while (!csv.empty()) {
    const auto cells = cells_of(next_line(csv));
    ++rentals.rows_read;
    if (cells.size() != columns.count) {
      ++rentals.dropped["a row of another length"];
      continue;
    }
    const auto date = read_date(cells[columns.date]);
    const std::string_view said = cells[columns.rented_for];
    const auto* occasion = std::find_if(std::begin(kRentedFor), std::end(kRentedFor),
                                        [&](const auto& known) { return known.first == said; });
    if (!date || occasion == std::end(kRentedFor)) {
      ++rentals.dropped[!date ? "no date" : said.empty() ? "nothing said" : std::string(said)];
      continue;
    }
    Rental rental{std::string(cells[columns.user]), *date, occasion->second, {}};
    std::string_view word = cells[columns.category];
    auto category = words.find(word);
    if (category == words.end() && word.ends_with('s'))
      category = words.find(word.substr(0, word.size() - 1));
    if (category != words.end())
      rental.category = category->second;
    else
      ++rentals.categories_unknown[std::string(word)];
    rentals.rows.push_back(std::move(rental));
  }
  std::stable_sort(rentals.rows.begin(), rentals.rows.end(),
                   [](const Rental& a, const Rental& b) { return a.date < b.date; });
  return rentals;
}

Result<Rentals> read_rentals(const std::filesystem::path& file, const Vocabulary& vocabulary) {
  TRY_ASSIGN(const std::string text, read_unpacked(file, kRentalBytesMax));
  return parse_rentals(text, vocabulary);
}

}  // namespace modiste
