// Elements of a few names, cut out of a stream of XML one by one: a feed of gigabytes is never parsed as a
// whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feeds/utf8_input.h"

namespace modiste {

struct XmlElement {
  size_t line = 0;   // where it begins
  std::string name;  // one of those asked for
  std::string text;  // with its tags; empty when it was longer than kLineBytesMax
};

// Threads: one owner. CDATA and comments may hold anything. Elements within one that was found belong to it.
class XmlElements {
 public:
  // names: borrowed, at most 12 characters each.
  XmlElements(Utf8Input& input, std::vector<std::string_view> names)
      : input_(input), names_(std::move(names)) {}

  // False at the end; torn() tells whether an element was open there. Errors: the input's.
  Result<bool> next(XmlElement& element);
  [[nodiscard]] bool torn() const { return !name_.empty(); }
  [[nodiscard]] size_t line_of_element() const { return line_of_element_; }

 private:
  void begin(std::string_view name);
  [[nodiscard]] std::string_view opened_by(std::string_view rest) const;  // the name; empty: none
  [[nodiscard]] bool closes(std::string_view rest) const;
  void advance(size_t count);
  Result<bool> fill();
  Result<bool> seek(char c);
  Result<bool> skip_opaque();

  Utf8Input& input_;
  std::vector<std::string_view> names_;
  std::string buffer_, element_;
  std::string_view name_;  // of the open element
  size_t pos_ = 0, line_ = 1, line_of_element_ = 0;
  bool ended_ = false, too_long_ = false;
};

}  // namespace modiste
