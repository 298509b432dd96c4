// Lines of a text, each at most kLineBytesMax: longer ones are skipped without being held in memory.
#pragma once

#include <string>
#include <string_view>

#include "feeds/utf8_input.h"

namespace modiste {

struct Line {
  size_t number = 0;         // from 1
  std::string text;          // with its end of line, as written; empty when there is a problem
  std::string_view problem;  // why it cannot be used: too long, a NUL byte; else empty
};

// Ends of line: LF, CR LF, CR. Threads: one owner.
class LineReader {
 public:
  explicit LineReader(Utf8Input& input) : input_(input) {}

  // False at the end. Errors: the input's.
  Result<bool> next(Line& line);
  // What comes next, without taking it: at most one piece of the input, as much as a header needs. Valid
  // until the next call. Errors: the input's.
  Result<std::string_view> peek();
  [[nodiscard]] const std::string& encoding() const { return input_.encoding(); }

 private:
  Result<bool> fill();
  Result<size_t> find_end();  // of the line at pos_, past its terminator; fills as needed
  Result<Done> skip_long_line();

  Utf8Input& input_;
  std::string buffer_;
  size_t pos_ = 0;
  size_t number_ = 0;
  bool ended_ = false;
};

}  // namespace modiste
