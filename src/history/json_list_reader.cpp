#include "history/json_list_reader.h"

#include <fmt/format.h>

namespace modiste {

Result<bool> JsonListReader::peek(char& c) {
  if (pos_ == piece_.size()) {
    TRY_ASSIGN(piece_, input_.read());
    pos_ = 0;
    if (piece_.empty()) return false;
  }
  c = piece_[pos_];
  return true;
}

void JsonListReader::take() {
  if (piece_[pos_++] == '\n') ++line_;
}

Result<bool> JsonListReader::skip_blank(char& c) {
  while (true) {
    TRY_ASSIGN(const bool more, peek(c));
    if (!more) return false;
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return true;
    take();
  }
}

Error JsonListReader::torn() const {
  return {Code::kInvalid, "the list is incomplete or malformed", fmt::format("line {}", line_),
          "entries in brackets, with commas between them and ] at the end"};
}

Result<Done> JsonListReader::begin() {
  char c = 0;
  TRY_ASSIGN(const bool more, skip_blank(c));
  if (!more || c != '[') return Error{Code::kInvalid, "is not a JSON list", "line 1", "[ {...}, {...} ]"};
  take();
  begun_ = true;
  return kOk;
}

// Up to the comma or bracket behind it, which stays.
Result<bool> JsonListReader::read_value(JsonListEntry& entry) {
  size_t depth = 0;
  bool quoted = false, escaped = false, too_long = false;
  char c = 0;
  while (true) {
    TRY_ASSIGN(const bool more, peek(c));
    if (!more) return torn();
    if (!quoted && depth == 0 && (c == ',' || c == ']')) break;
    if (quoted) {
      if (!escaped && c == '"') quoted = false;
      escaped = !escaped && c == '\\';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return torn();
      --depth;
    }
    take();
    if (entry.text.size() < kLineBytesMax)
      entry.text += c;
    else
      too_long = true;
  }
  if (too_long) entry.text.clear();
  return true;
}

Result<bool> JsonListReader::next(JsonListEntry& entry) {
  if (ended_) return false;
  if (!begun_) TRY(begin());
  char c = 0;
  TRY_ASSIGN(bool more, skip_blank(c));
  if (more && c == ']') {
    ended_ = true;
    return false;
  }
  if (more && !first_) {
    if (c != ',') return torn();
    take();
    TRY_ASSIGN(more, skip_blank(c));
  }
  if (!more) return torn();
  first_ = false;
  entry.line = line_;
  entry.text.clear();
  return read_value(entry);
}

}  // namespace modiste
