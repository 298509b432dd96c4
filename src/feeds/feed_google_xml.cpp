// Google Merchant XML (RSS 2.0 and Atom): elements <item> or <entry>, cut out of the stream one by one.
//
// Each is bounded by kLineBytesMax and parsed by pugixml, which knows no DTD and loads nothing.
#include <fmt/format.h>

#include <pugixml.hpp>

#include <algorithm>

#include "feeds/feed_google.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"

namespace modiste {
namespace {

struct Element {
  size_t line = 0;
  std::string text;  // empty when it was too long
};

// Finds the products in a text that arrives in pieces. CDATA and comments may hold anything.
class ElementCutter {
 public:
  explicit ElementCutter(Utf8Input& input) : input_(input) {}

  // False at the end; torn() tells whether an element was open there.
  Result<bool> next(Element& element) {
    while (true) {
      TRY_ASSIGN(const bool more, seek('<'));
      if (!more) return false;
      TRY_ASSIGN(const bool skipped, skip_opaque());
      if (skipped) continue;
      const std::string_view rest = std::string_view(buffer_).substr(pos_);
      if (name_.empty() && opens(rest)) begin(rest);
      if (!name_.empty() && closes(rest)) {
        advance(name_.size() + 3);
        element.line = line_of_element_;
        element.text = std::move(element_);
        element_.clear();
        name_ = {};
        return true;
      }
      advance(1);
    }
  }
  [[nodiscard]] bool torn() const { return !name_.empty(); }
  [[nodiscard]] size_t line_of_element() const { return line_of_element_; }

 private:
  static constexpr size_t kLookAhead = 16;  // the longest of "<![CDATA[", "</entry>", "<entry "

  static bool opens(std::string_view rest) {
    for (const std::string_view name : {"<item", "<entry"})
      if (rest.starts_with(name) && rest.size() > name.size() &&
          std::string_view(" \t\r\n>").find(rest[name.size()]) != std::string_view::npos)
        return true;
    return false;
  }
  [[nodiscard]] bool closes(std::string_view rest) const {
    return rest.starts_with("</") && rest.substr(2).starts_with(name_) && rest.size() > name_.size() + 2 &&
           rest[name_.size() + 2] == '>';
  }
  void begin(std::string_view rest) {
    name_ = rest.starts_with("<item") ? "item" : "entry";
    line_of_element_ = line_;
    too_long_ = false;
  }

  // Passes characters on to the open element, while it is within bounds.
  void advance(size_t count) {
    count = std::min(count, buffer_.size() - pos_);
    line_ +=
        static_cast<size_t>(std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(pos_),
                                       buffer_.begin() + static_cast<std::ptrdiff_t>(pos_ + count), '\n'));
    if (!name_.empty() && !too_long_) element_.append(buffer_, pos_, count);
    if (element_.size() > kLineBytesMax) {
      too_long_ = true;
      element_ = std::string();
    }
    pos_ += count;
  }

  Result<bool> fill() {
    if (ended_) return false;
    buffer_.erase(0, pos_);
    pos_ = 0;
    TRY_ASSIGN(const std::string_view piece, input_.read());
    ended_ = piece.empty();
    buffer_ += piece;
    return !ended_;
  }

  // To the next such character, with kLookAhead characters behind it unless the text ends.
  Result<bool> seek(char c) {
    while (true) {
      const size_t at = buffer_.find(c, pos_);
      advance((at == std::string::npos ? buffer_.size() : at) - pos_);
      if (at != std::string::npos && (buffer_.size() - pos_ >= kLookAhead || ended_)) return true;
      TRY_ASSIGN(const bool more, fill());
      if (!more && pos_ == buffer_.size()) return false;
    }
  }

  // Passes over a CDATA section or a comment at pos_; false when there is none.
  Result<bool> skip_opaque() {
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

  Utf8Input& input_;
  std::string buffer_, element_;
  std::string_view name_;  // of the open element
  size_t pos_ = 0, line_ = 1, line_of_element_ = 0;
  bool ended_ = false, too_long_ = false;
};

std::string_view local_name(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string text_of_child(const pugi::xml_node& child, std::string_view attribute) {
  std::string text;
  // Section, name and value are children of the first, source and content of the others.
  if (attribute == "product_detail" || attribute.starts_with("structured_")) {
    for (const auto& part : child.children())
      text += std::string(text.empty() ? "" : ":") + part.text().get();
  } else {
    for (const auto& part : child.children())
      if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) text += part.value();
  }
  return std::string(trim_blanks(text));
}

// The texts of the product's own children by local name; "g:price" within "g:shipping" is not its price.
// Google's own come first, wherever they stand: Atom has an <id> and a <title> too.
std::vector<std::string> child_texts(const pugi::xml_node& product, std::string_view attribute) {
  std::vector<std::string> texts;
  for (const bool of_google : {true, false})
    for (const auto& child : product.children()) {
      const std::string_view name = child.name();
      if (local_name(name) != attribute || name.starts_with("g:") != of_google) continue;
      if (auto text = text_of_child(child, attribute); !text.empty()) texts.push_back(std::move(text));
    }
  return texts;
}

Result<Done> read_google_merchant_xml(FeedRun& run) {
  ElementCutter cutter(run.text());
  GoogleProducts products(run, "");  // each element is one address
  Element element;
  while (true) {
    TRY_ASSIGN(const bool more, cutter.next(element));
    if (!more) break;
    run.count_row();
    pugi::xml_document document;
    const auto parsed = document.load_buffer(element.text.data(), element.text.size(), pugi::parse_default,
                                             pugi::encoding_utf8);
    if (element.text.empty()) {
      run.refuse_unread(element.line, "the product is longer than 4 MiB");
    } else if (!parsed) {
      run.refuse_unread(element.line, fmt::format("is not well-formed XML: {}", parsed.description()));
    } else if (element.text.find('\0') != std::string::npos) {
      run.refuse_unread(element.line, "the text holds a NUL byte");
    } else {
      const auto product = document.first_child();
      TRY(products.add([&](std::string_view attribute) { return child_texts(product, attribute); },
                       element.line));
    }
  }
  if (cutter.torn()) {
    run.count_row();
    run.refuse_unread(cutter.line_of_element(), "the file ends inside this product");
  }
  return products.finish();
}

}  // namespace

const FeedReader kGoogleMerchantXml{"google-merchant-xml",
                                    [](const FeedHead& head) {
                                      return head.text.starts_with('<') &&
                                             (head.contains("<rss") || head.contains("<feed") ||
                                              head.contains("http://base.google.com/ns/1.0"));
                                    },
                                    read_google_merchant_xml};

}  // namespace modiste
