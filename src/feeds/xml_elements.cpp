#include "feeds/xml_elements.h"

#include <algorithm>

#include "feeds/feed.h"

namespace modiste {
namespace {

constexpr size_t kLookAhead = 16;  // the longest of "<![CDATA[", "</", a name and ">"

}  // namespace

Result<bool> XmlElements::next(XmlElement& element) {
  while (true) {
    TRY_ASSIGN(const bool more, seek('<'));
    if (!more) return false;
    TRY_ASSIGN(const bool skipped, skip_opaque());
    if (skipped) continue;
    const std::string_view rest = std::string_view(buffer_).substr(pos_);
    if (name_.empty()) begin(opened_by(rest));
    if (!name_.empty() && closes(rest)) {
      advance(name_.size() + 3);
      element = {line_of_element_, std::string(name_), std::move(element_)};
      element_.clear();
      name_ = {};
      return true;
    }
    advance(1);
  }
}

std::string_view XmlElements::opened_by(std::string_view rest) const {
  for (const std::string_view name : names_)
    if (rest.substr(1).starts_with(name) && rest.size() > name.size() + 1 &&
        std::string_view(" \t\r\n>").find(rest[name.size() + 1]) != std::string_view::npos)
      return name;
  return {};
}

bool XmlElements::closes(std::string_view rest) const {
  return rest.starts_with("</") && rest.substr(2).starts_with(name_) && rest.size() > name_.size() + 2 &&
         rest[name_.size() + 2] == '>';
}

void XmlElements::begin(std::string_view name) {
  if (name.empty()) return;
  name_ = name;
  line_of_element_ = line_;
  too_long_ = false;
}

// Passes characters on to the open element, while it is within bounds.
void XmlElements::advance(size_t count) {
  count = std::min(count, buffer_.size() - pos_);
  line_ += static_cast<size_t>(std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(pos_),
                                          buffer_.begin() + static_cast<std::ptrdiff_t>(pos_ + count), '\n'));
  if (!name_.empty() && !too_long_) element_.append(buffer_, pos_, count);
  if (element_.size() > kLineBytesMax) {
    too_long_ = true;
    element_ = std::string();
  }
  pos_ += count;
}

Result<bool> XmlElements::fill() {
  if (ended_) return false;
  buffer_.erase(0, pos_);
  pos_ = 0;
  TRY_ASSIGN(const std::string_view piece, input_.read());
  ended_ = piece.empty();
  buffer_ += piece;
  return !ended_;
}

// To the next such character, with kLookAhead characters behind it unless the text ends.
Result<bool> XmlElements::seek(char c) {
  while (true) {
    const size_t at = buffer_.find(c, pos_);
    advance((at == std::string::npos ? buffer_.size() : at) - pos_);
    if (at != std::string::npos && (buffer_.size() - pos_ >= kLookAhead || ended_)) return true;
    TRY_ASSIGN(const bool more, fill());
    if (!more && pos_ == buffer_.size()) return false;
  }
}

// Passes over a CDATA section or a comment at pos_; false when there is none.
Result<bool> XmlElements::skip_opaque() {
  const std::string_view rest = std::string_view(buffer_).substr(pos_);
  const bool cdata = rest.starts_with("<![CDATA["), comment = rest.starts_with("<!--");
  if (!cdata && !comment) return false;
  const std::string_view end = cdata ? "]]>" : "-->";
  advance(cdata ? 9 : 4);
  while (true) {
    const size_t at = buffer_.find(end, pos_);
    if (at != std::string::npos) {
      advance(at + end.size() - pos_);
      return true;
    }
    advance(buffer_.size() - pos_ - std::min<size_t>(2, buffer_.size() - pos_));
    TRY_ASSIGN(const bool more, fill());
    if (!more) {
      advance(buffer_.size() - pos_);
      return true;
    }
  }
}

}  // namespace modiste
