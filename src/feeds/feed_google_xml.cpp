// Google Merchant XML (RSS 2.0 and Atom): elements <item> or <entry>, cut out of the stream one by one.
//
// Each is bounded by kLineBytesMax and parsed by pugixml, which knows no DTD and loads nothing.
#include <fmt/format.h>

#include <pugixml.hpp>

#include "feeds/feed_google.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"
#include "feeds/xml_elements.h"

namespace modiste {
namespace {

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
  XmlElements cutter(run.text(), {"item", "entry"});
  GoogleProducts products(run, "");  // each element is one address
  XmlElement element;
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
