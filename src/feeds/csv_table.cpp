#include "feeds/csv_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "feeds/feed_text.h"
#include "feeds/feed_words.h"

namespace modiste {

std::string CsvTable::column_key(std::string_view name) {
  std::string key;
  name = trim_blanks(name);
  if (name.starts_with("g:")) name.remove_prefix(2);  // Google's prefix of XML, in tables of some tools
  for (const char c : name) {
    if (c == ' ' || c == '_')
      key += '_';
    else
      key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

namespace {

constexpr std::string_view kDelimiters = ",;\t|";

// What stands most often between the cells of the first line.
char delimiter_of(std::string_view line) {
  size_t counts[kDelimiters.size()] = {};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if ((c == '\n' || c == '\r') && !quoted) break;
    if (const size_t known = kDelimiters.find(c); known != std::string_view::npos && !quoted) ++counts[known];
  }
  return kDelimiters[static_cast<size_t>(std::max_element(std::begin(counts), std::end(counts)) - counts)];
}

// ="00124", as some write numbers that a spreadsheet must leave as they are.
void take_out_of_formula(std::string& cell) {
  constexpr size_t kShortest = 3;  // =""
  if (cell.size() >= kShortest && cell.starts_with("=\"") && cell.ends_with('"'))
    cell = cell.substr(2, cell.size() - kShortest);
}

// Meta's template explains its columns; what writes a feed may have put out an empty line first.
bool stands_before_header(std::string_view head) {
  const std::string_view line = head.substr(0, head.find_first_of("\r\n"));
  const bool is_blank = !head.empty() && line.size() < head.size() && trim(line).empty();
  return is_blank || head.starts_with('#') || head.starts_with("\"#");
}

}  // namespace

std::string CsvTable::mapped_column(std::string_view name, std::string_view platform) {
  const auto& names = FeedWords::standard().columns(platform);
  std::string letters = fold_letters(column_key(name));
  if (const auto found = names.find(letters); found != names.end()) return found->second;
  // A numbered column: "Attribut 2 Wert(e)".
  constexpr std::string_view kDigits = "0123456789";
  const size_t begin = letters.find_first_of(kDigits);
  if (begin == std::string::npos) return column_key(name);
  const size_t end = std::min(letters.find_first_not_of(kDigits, begin), letters.size());
  const std::string number = letters.substr(begin, end - begin);
  letters.erase(begin, end - begin);
  const auto found = names.find(letters);
  return found != names.end() && found->second.ends_with('_') ? found->second + number : column_key(name);
}

CsvTable::CsvTable(FeedRun& run, CsvDialect dialect)
    : run_(run),
      delimiter_(dialect.delimiter),
      reader_(run.lines(), dialect, [&run](size_t line, std::string_view reason) {
        run.count_row();
        run.refuse_unread(line, std::string(reason));
      }) {}

Result<std::unique_ptr<CsvTable>> CsvTable::open(FeedRun& run, CsvDialect dialect) {
  std::unique_ptr<CsvTable> table(new CsvTable(run, dialect));
  CsvRecord header;
  TRY_ASSIGN(const bool any, table->reader_.next(header));
  if (!any)
    return Error{Code::kInvalid, "the file has no header", run.name(), "a first line with column names"};
  for (const auto& name : header.cells) {
    table->columns_.push_back(column_key(name));
    table->index_.try_emplace(table->columns_.back(), table->columns_.size() - 1);
  }
  return table;
}

Result<std::unique_ptr<CsvTable>> CsvTable::detect(FeedRun& run, std::string_view platform,
                                                   ShortRows short_rows) {
  TRY_ASSIGN(std::string_view head, run.lines().peek());
  for (Line skipped; stands_before_header(head);) {
    TRY(run.lines().next(skipped));
    TRY_ASSIGN(head, run.lines().peek());
  }
  char delimiter = delimiter_of(head);
  constexpr std::string_view kTold = "sep=";  // a first line that Excel writes and reads
  if (head.size() > kTold.size() && ascii_lower(head.substr(0, kTold.size())) == kTold) {
    delimiter = head[kTold.size()];
    Line line;
    TRY(run.lines().next(line));
  }
  // Inches stand unquoted in what spreadsheets write with tabs.
  TRY_ASSIGN(auto table, open(run, {.delimiter = delimiter, .strict_quotes = delimiter != '\t'}));
  table->pads_short_rows_ = short_rows == ShortRows::kPadded;
  if (platform.empty()) return table;
  table->index_.clear();
  for (size_t i = 0; i < table->columns_.size(); ++i) {
    table->columns_[i] = mapped_column(table->columns_[i], platform);
    table->index_.try_emplace(table->columns_[i], i);
  }
  return table;
}

Result<bool> CsvTable::next() {
  while (true) {
    TRY_ASSIGN(const bool more, reader_.next(record_));
    if (!more) return false;
    run_.count_row();
    for (auto& cell : record_.cells) take_out_of_formula(cell);
    while (record_.cells.size() > columns_.size() && record_.cells.back().empty()) record_.cells.pop_back();
    if (record_.cells.size() == columns_.size()) return true;
    if (pads_short_rows_ && lacks_only_empty_cells()) {
      run_.note(record_.line, "a row's last cells are missing: taken as empty");
      record_.cells.resize(columns_.size());
      return true;
    }
    run_.refuse_unread(record_.line, fmt::format("the row has {} cells and the header {}",
                                                 record_.cells.size(), columns_.size()));
  }
}

// Editors and scripts strip the tabs and commas at a line's end. What tells a product from a piece of a torn
// row must be there.
bool CsvTable::lacks_only_empty_cells() const {
  static constexpr std::array<std::string_view, 10> kNeeded{
      "id", "itemid", "handle", "sku", "item", "title", "name", "type", "price", "regular_price"};
  const size_t given = record_.cells.size();
  if (given < 2 || given >= columns_.size()) return false;
  return std::all_of(kNeeded.begin(), kNeeded.end(), [&](std::string_view column) {
    const auto place = index_.find(std::string(column));
    return place == index_.end() || place->second < given;
  });
}

bool CsvTable::has(std::string_view column) const { return index_.count(std::string(column)) > 0; }

std::vector<std::string> CsvTable::cells(std::string_view column) const {
  std::vector<std::string> found;
  if (const auto first = cell(column); !first.empty()) found.emplace_back(first);
  if (index_.size() == columns_.size()) return found;
  const auto at = index_.find(std::string(column));
  for (size_t i = at == index_.end() ? columns_.size() : at->second + 1; i < columns_.size(); ++i)
    if (columns_[i] == column)
      if (const auto other = trim_blanks(record_.cells[i]); !other.empty()) found.emplace_back(other);
  return found;
}

std::string_view CsvTable::cell(std::string_view column) const {
  const auto found = index_.find(std::string(column));
  return found == index_.end() ? std::string_view() : trim_blanks(record_.cells[found->second]);
}

}  // namespace modiste
