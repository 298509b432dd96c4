#include "feeds/line_reader.h"

#include <algorithm>

namespace modiste {
namespace {

constexpr std::string_view kTooLong = "the record is longer than 4 MiB";
constexpr std::string_view kHasNul = "the text holds a NUL byte";

std::string_view problem_of(std::string_view text) {
  return text.find('\0') != std::string_view::npos ? kHasNul : std::string_view();
}

}  // namespace

// Appends the next piece; false at the end.
Result<bool> LineReader::fill() {
  if (ended_) return false;
  buffer_.erase(0, pos_);
  pos_ = 0;
  TRY_ASSIGN(const std::string_view piece, input_.read());
  ended_ = piece.empty();
  buffer_ += piece;
  return !ended_;
}

Result<std::string_view> LineReader::peek() {
  while (pos_ == buffer_.size()) {
    TRY_ASSIGN(const bool more, fill());
    if (!more) break;
  }
  return std::string_view(buffer_).substr(pos_);
}

Result<size_t> LineReader::find_end() {
  size_t searched = 0;
  while (true) {
    const size_t end = buffer_.find_first_of("\r\n", pos_ + searched);
    const bool found = end != std::string::npos;
    const bool cut_after_cr = found && end + 1 == buffer_.size() && buffer_[end] == '\r' && !ended_;
    if (found && !cut_after_cr) {
      const bool crlf = buffer_[end] == '\r' && end + 1 < buffer_.size() && buffer_[end + 1] == '\n';
      return end + (crlf ? 2 : 1);
    }
    searched = (found ? end : buffer_.size()) - pos_;
    if (searched > kLineBytesMax) return std::string::npos;
    TRY_ASSIGN(const bool more, fill());
    if (!more && !found) return buffer_.size();
  }
}

Result<Done> LineReader::skip_long_line() {
  while (true) {
    const size_t end = buffer_.find_first_of("\r\n", pos_);
    if (end != std::string::npos && (end + 1 < buffer_.size() || ended_)) {
      const bool crlf = buffer_[end] == '\r' && end + 1 < buffer_.size() && buffer_[end + 1] == '\n';
      pos_ = end + (crlf ? 2 : 1);
      return kOk;
    }
    pos_ = end == std::string::npos ? buffer_.size() : end;
    TRY_ASSIGN(const bool more, fill());
    if (!more && pos_ == buffer_.size()) return kOk;
  }
}

Result<bool> LineReader::next(Line& line) {
  TRY_ASSIGN(const size_t end, find_end());
  if (end == pos_) return false;
  line.number = ++number_;
  line.text.clear();
  line.problem = {};
  if (end == std::string::npos || end - pos_ > kLineBytesMax) {
    line.problem = kTooLong;
    if (end != std::string::npos)
      pos_ = end;
    else
      TRY(skip_long_line());
    return true;
  }
  line.text.assign(buffer_, pos_, end - pos_);
  pos_ = end;
  line.problem = problem_of(line.text);
  if (!line.problem.empty()) line.text.clear();
  return true;
}

}  // namespace modiste
