// Yandex Market's YML, which other marketplaces of the region read too: a tree of <category>, then the
// <offer>s. An offer is one size and colour; offers with one group_id are the variants of a garment. Source:
// yandex.ru/support/marketplace, "YML format".
#include <fmt/format.h>

#include <array>
#include <map>
#include <pugixml.hpp>

#include "base/contains.h"
#include "feeds/csv_table.h"
#include "feeds/feed_google.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"
#include "feeds/feed_words.h"
#include "feeds/xml_elements.h"

namespace modiste {
namespace {

// A tree of a shop is smaller than that; a path is cut at this depth, so that a circle ends.
constexpr size_t kCategoriesMax = 100'000, kDepthMax = 12;

// Units of sizes that Google knows too; "INT" says letters.
constexpr std::array<std::string_view, 12> kSizeSystems{"AU", "BR", "CN", "DE", "EU",  "FR",
                                                        "IT", "JP", "UK", "US", "MEX", "INT"};

class YandexCategories {
 public:
  void add(const pugi::xml_node& category) {
    const std::string id = category.attribute("id").value();
    if (id.empty() || categories_.size() >= kCategoriesMax) return;
    categories_[id] = {std::string(trim_blanks(category.text().get())),
                       category.attribute("parentId").value()};
  }

  // "Clothes > Dresses"; empty for an id that the file does not explain.
  [[nodiscard]] std::string path_of(std::string id) const {
    std::string path;
    for (size_t depth = 0; depth < kDepthMax; ++depth) {
      const auto found = categories_.find(id);
      if (found == categories_.end()) break;
      path = found->second.name + (path.empty() ? "" : " > ") + path;
      id = found->second.parent;
    }
    return path;
  }

 private:
  struct Category {
    std::string name, parent;
  };
  std::map<std::string, Category> categories_;
};

// An offer as Google's reader asks for it.
class YandexOffer {
 public:
  YandexOffer(const pugi::xml_node& offer, const YandexCategories& categories)
      : offer_(offer), categories_(categories) {
    for (const auto& param : offer.children("param")) read_param(param);
  }

  [[nodiscard]] std::vector<std::string> values(std::string_view attribute) const {
    if (const auto of_params = params_.find(attribute); of_params != params_.end()) return of_params->second;
    if (attribute == "product_type") return product_types();
    if (attribute == "additional_image_link") return children("picture", 1);
    std::string value = single(attribute);
    return value.empty() ? std::vector<std::string>() : std::vector{std::move(value)};
  }

 private:
  [[nodiscard]] std::string child(const char* name) const {
    return std::string(trim_blanks(offer_.child(name).text().get()));
  }

  [[nodiscard]] std::vector<std::string> children(const char* name, size_t from) const {
    std::vector<std::string> texts;
    size_t place = 0;
    for (const auto& one : offer_.children(name))
      if (place++ >= from) texts.emplace_back(trim_blanks(one.text().get()));
    return texts;
  }

  [[nodiscard]] std::string single(std::string_view attribute) const {
    if (attribute == "id") return offer_.attribute("id").value();
    if (attribute == "item_group_id") return offer_.attribute("group_id").value();
    if (attribute == "title") return title();
    if (attribute == "description") return child("description");
    if (attribute == "brand") return child("vendor");
    if (attribute == "gtin") return child("barcode");
    if (attribute == "mpn") return child("vendorCode");
    if (attribute == "image_link") return child("picture");
    if (attribute == "price") return child(has_old_price() ? "oldprice" : "price");
    if (attribute == "sale_price") return has_old_price() ? child("price") : "";
    if (attribute == "currency") return currency();
    if (attribute == "quantity") return child("count");
    // An offer that says nothing is for sale.
    if (attribute == "availability")
      return offer_.attribute("available").as_bool(true) ? "in stock" : "out of stock";
    if (attribute == "status") return is_yes(child("disabled")) ? "hidden" : "";
    return "";
  }

  // Of type vendor.model the title is in parts: "Dress", "Fleur", "Summer".
  [[nodiscard]] std::string title() const {
    if (auto name = child("name"); !name.empty()) return name;
    std::string title;
    for (const char* const part : {"typePrefix", "vendor", "model"})
      if (const auto text = child(part); !text.empty()) title += (title.empty() ? "" : " ") + text;
    return title;
  }

  [[nodiscard]] bool has_old_price() const { return !child("oldprice").empty(); }

  [[nodiscard]] std::string currency() const {
    const std::string code = child("currencyId");
    return code == "RUR" ? "RUB" : code;  // the code of before 1998, which the format keeps
  }

  [[nodiscard]] std::vector<std::string> product_types() const {
    std::vector<std::string> paths;
    for (const auto& id : children("categoryId", 0))
      if (auto path = categories_.path_of(id); !path.empty()) paths.push_back(std::move(path));
    return paths;
  }

  // <param name="Размер" unit="RU">44</param>: size and colour by the words for options, what Google has an
  // attribute for by feed_words.toml, all else as a detail.
  void read_param(const pugi::xml_node& param) {
    const std::string name(trim_blanks(param.attribute("name").value()));
    const std::string value(trim_blanks(param.text().get())), unit = param.attribute("unit").value();
    if (name.empty() || value.empty()) return;
    const std::string known = CsvTable::mapped_column(name, "yandex");
    if (known == "material" || known == "gender" || known == "age_group" || known == "pattern") {
      params_[known].push_back(value);
      return;
    }
    const OptionAxis axis = FeedWords::standard().axis_of(name);
    if (axis == OptionAxis::kColour) {
      params_["color"].push_back(value);
    } else if (axis == OptionAxis::kSize && !params_.contains("size")) {
      // A country's number that is not known (RU 44 is EU 38) must not be read as another's.
      const bool is_known = contains(kSizeSystems, unit) || unit.empty();
      params_["size"].push_back(is_known ? value : fmt::format("{} {}", unit, value));
      if (is_known && !unit.empty()) params_["size_system"].push_back(unit);
    } else {
      params_["product_detail"].push_back(fmt::format("{}:{}", fold_case(name), value));
    }
  }

  pugi::xml_node offer_;
  const YandexCategories& categories_;
  std::map<std::string, std::vector<std::string>, std::less<>> params_;
};

Result<Done> read_yandex_yml(FeedRun& run) {
  XmlElements elements(run.text(), {"category", "offer"});
  YandexCategories categories;
  GoogleProducts products(run, "");  // each element is one address
  XmlElement element;
  while (true) {
    TRY_ASSIGN(const bool more, elements.next(element));
    if (!more) break;
    pugi::xml_document document;
    const auto parsed = document.load_buffer(element.text.data(), element.text.size(), pugi::parse_default,
                                             pugi::encoding_utf8);
    if (element.name == "category") {
      if (parsed) categories.add(document.first_child());
      continue;
    }
    run.count_row();
    if (element.text.empty()) {
      run.refuse_unread(element.line, "the offer is longer than 4 MiB");
    } else if (!parsed) {
      run.refuse_unread(element.line, fmt::format("is not well-formed XML: {}", parsed.description()));
    } else {
      const YandexOffer offer(document.first_child(), categories);
      TRY(products.add([&](std::string_view attribute) { return offer.values(attribute); }, element.line));
    }
  }
  if (elements.torn()) {
    run.count_row();
    run.refuse_unread(elements.line_of_element(), "the file ends inside this offer");
  }
  return products.finish();
}

}  // namespace

const FeedReader kYandexYml{
    "yandex-yml",
    [](const FeedHead& head) { return head.text.starts_with('<') && head.contains("<yml_catalog"); },
    read_yandex_yml};

}  // namespace modiste
