// Records of a delimited text (RFC 4180, by libcsv), with the line each begins at.
//
// A record that cannot be read (a quote that never closes, text after a closing quote, too long) is reported
// and reading goes on at the line after its first, so that one torn row costs itself and not the rest of the
// file. Such second readings are bounded by kRescanBytesMax per file; past it, the whole torn stretch is
// given up.
#pragma once

#include <csv.h>

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/line_reader.h"

namespace modiste {

struct CsvRecord {
  size_t line = 0;
  std::vector<std::string> cells;
};

// Quotes inside an unquoted cell are torn in a CSV, but inches in a TSV.
struct CsvDialect {
  char delimiter = ',';
  bool strict_quotes = true;
};

// Threads: one owner.
class CsvReader {
 public:
  using OnTorn = std::function<void(size_t line, std::string_view reason)>;
  static constexpr size_t kCellsMax = 2'000;
  static constexpr size_t kRescanBytesMax = 4 * kLineBytesMax;

  CsvReader(LineReader& lines, CsvDialect dialect, OnTorn on_torn);
  ~CsvReader();
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  // False at the end. Errors: the input's.
  Result<bool> next(CsvRecord& record);

 private:
  enum class Fed { kComplete, kOpen, kTorn };
  void reset_parser();
  Result<bool> next_line(Line& line);
  Fed feed(const Line& line);
  bool take(Line&& line);
  void give_up(std::string_view reason, bool read_again);

  LineReader& lines_;
  CsvDialect dialect_;
  OnTorn on_torn_;
  csv_parser parser_{};
  bool parser_open_ = false;
  std::vector<std::string> cells_;  // of the record being read
  bool row_ended_ = false;
  std::vector<Line> held_;  // the record's lines so far
  size_t held_bytes_ = 0;
  std::deque<Line> again_;  // to be read before lines_
  size_t rescanned_bytes_ = 0;
};

}  // namespace modiste
