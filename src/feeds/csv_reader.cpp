#include "feeds/csv_reader.h"

#include <algorithm>

#include "base/check.h"

namespace modiste {
namespace {

// libcsv grows a cell by this much each time; its own 128 bytes copy a cell of many lines over and over.
constexpr size_t kCellGrowth = size_t{64} << 10;

// A cell that is written as a formula, so that no spreadsheet takes it for a number, is a quoted cell:
// ="00124" is "00124". line: the first of a record, where no quote is open.
std::string without_formulas(std::string_view line, char delimiter) {
  std::string plain;
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const bool begins_cell = !quoted && (i == 0 || line[i - 1] == delimiter);
    if (begins_cell && line.substr(i).starts_with("=\"")) continue;
    quoted ^= line[i] == '"';
    plain += line[i];
  }
  return plain;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

CsvReader::CsvReader(LineReader& lines, CsvDialect dialect, OnTorn on_torn)
    : lines_(lines), dialect_(dialect), on_torn_(std::move(on_torn)) {
  reset_parser();
}

CsvReader::~CsvReader() { csv_free(&parser_); }

void CsvReader::reset_parser() {
  if (parser_open_) csv_free(&parser_);
  CHECK(csv_init(&parser_, dialect_.strict_quotes ? CSV_STRICT : 0) == 0);
  csv_set_blk_size(&parser_, kCellGrowth);
  csv_set_delim(&parser_, static_cast<unsigned char>(dialect_.delimiter));
  parser_open_ = true;
  cells_.clear();
  row_ended_ = false;
  held_.clear();
  held_bytes_ = 0;
}

Result<bool> CsvReader::next_line(Line& line) {
  if (again_.empty()) return lines_.next(line);
  line = std::move(again_.front());
  again_.pop_front();
  return true;
}

// Lines are fed one by one, so that a record can only end where a line does.
CsvReader::Fed CsvReader::feed(const Line& line) {
  const auto on_cell = [](void* text, size_t size, void* self) {
    auto& cells = static_cast<CsvReader*>(self)->cells_;
    if (cells.size() <= kCellsMax) cells.emplace_back(static_cast<const char*>(text), size);
  };
  const auto on_row = [](int, void* self) { static_cast<CsvReader*>(self)->row_ended_ = true; };
  std::string_view text = line.text;
  std::string plain, ended;  // the file's last line may lack its end
  if (dialect_.strict_quotes && held_.size() == 1 && text.find("=\"") != std::string_view::npos)
    text = plain = without_formulas(text, dialect_.delimiter);
  if (text.back() != '\n' && text.back() != '\r') text = ended = std::string(text) + "\n";
  const size_t parsed = csv_parse(&parser_, text.data(), text.size(), on_cell, on_row, this);
  if (parsed != text.size()) return Fed::kTorn;
  return row_ended_ ? Fed::kComplete : Fed::kOpen;
}

void CsvReader::give_up(std::string_view reason, bool read_again) {
  on_torn_(held_.front().number, reason);
  if (read_again && rescanned_bytes_ + held_bytes_ <= kRescanBytesMax) {
    rescanned_bytes_ += held_bytes_;
    again_.insert(again_.begin(), std::make_move_iterator(held_.begin() + 1),
                  std::make_move_iterator(held_.end()));
  }
  reset_parser();
}

// Adds a line to the record in hand; true when it is whole.
bool CsvReader::take(Line&& line) {
  if (!line.problem.empty()) {
    if (!held_.empty()) give_up("the record runs into a line that cannot be read", true);
    on_torn_(line.number, line.problem);
    return false;
  }
  if (held_.empty() && is_blank(line.text)) return false;
  held_bytes_ += line.text.size();
  held_.push_back(std::move(line));
  const Fed fed = feed(held_.back());
  if (fed == Fed::kTorn)
    give_up("text stands beside a quoted cell, or a quote inside an unquoted one", true);
  else if (fed == Fed::kOpen && held_bytes_ > kLineBytesMax)
    give_up("the record is longer than 4 MiB; perhaps a quote opens here and never closes", true);
  else if (fed == Fed::kComplete && cells_.size() > kCellsMax)
    give_up("the record has more than 2,000 cells", false);
  else
    return fed == Fed::kComplete;
  return false;
}

Result<bool> CsvReader::next(CsvRecord& record) {
  reset_parser();
  while (true) {
    Line line;
    TRY_ASSIGN(const bool more, next_line(line));
    if (more) {
      if (!take(std::move(line))) continue;
      record.line = held_.front().number;
      record.cells = std::move(cells_);
      return true;
    }
    if (held_.empty()) return false;
    give_up("a quote opens here and never closes", true);
  }
}

}  // namespace modiste
