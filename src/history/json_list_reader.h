// A JSON list too large to be held, entry by entry.
#pragma once

#include <string>

#include "feeds/utf8_input.h"

namespace modiste {

struct JsonListEntry {
  size_t line = 0;   // where it begins, from 1
  std::string text;  // empty when it is longer than kLineBytesMax: it was skipped
};

// Finds where entries end by their brackets and quotes; the caller checks that an entry is JSON.
// Threads: one owner.
class JsonListReader {
 public:
  explicit JsonListReader(Utf8Input& input) : input_(input) {}

  // False at the list's end. Errors: the input's; kInvalid: not a list, or it ends in the middle.
  Result<bool> next(JsonListEntry& entry);

 private:
  Result<bool> peek(char& c);  // false at the end of the text
  void take();
  Result<bool> skip_blank(char& c);
  Result<Done> begin();
  Result<bool> read_value(JsonListEntry& entry);
  [[nodiscard]] Error torn() const;

  Utf8Input& input_;
  std::string_view piece_;
  size_t pos_ = 0, line_ = 1;
  bool begun_ = false, ended_ = false, first_ = true;
};

}  // namespace modiste
