#include "feeds/feed_adobe_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "feeds/feed_text.h"

namespace modiste {
namespace {

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Whether "name=" begins here.
bool begins_pair(std::string_view text) {
  size_t i = 0;
  while (i < text.size() && is_name_char(text[i])) ++i;
  return i > 0 && i < text.size() && text[i] == '=';
}

// Branches of the tree that gather garments for a while: "collection", "promotion"; empty for a category.
std::string gathering_of(std::string_view path) {
  const std::string root = ascii_lower(path.substr(0, path.find('/')));
  if (root == "collections") return "collection";
  static constexpr std::array<std::string_view, 7> kPromotions{
      "promotions", "sale", "new", "outlet", "featured", "specials", "what's new"};
  return std::find(kPromotions.begin(), kPromotions.end(), root) == kPromotions.end() ? "" : "promotion";
}

std::string last_step(std::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace

std::vector<std::pair<std::string, std::vector<std::string>>> parse_adobe_attributes(std::string_view cell) {
  std::vector<std::pair<std::string, std::vector<std::string>>> pairs;
  while (begins_pair(cell)) {
    size_t end = cell.find(',');
    while (end != std::string_view::npos && !begins_pair(cell.substr(end + 1))) end = cell.find(',', end + 1);
    const std::string_view pair = cell.substr(0, end);
    const size_t equals = pair.find('=');
    pairs.emplace_back(std::string(pair.substr(0, equals)), split_list(pair.substr(equals + 1), "|"));
    cell = end == std::string_view::npos ? std::string_view() : cell.substr(end + 1);
  }
  return pairs;
}

std::vector<AdobeVariation> parse_adobe_variations(std::string_view cell) {
  std::vector<AdobeVariation> variations;
  for (const auto& part : split_list(cell, "|")) {
    AdobeVariation variation;
    for (const auto& [name, values] : parse_adobe_attributes(part)) {
      if (values.empty()) continue;
      if (name == "sku")
        variation.sku = values.front();
      else if (name.find("size") != std::string::npos)
        variation.size = resolve_entities(values.front());
      else if (name.find("color") != std::string::npos || name.find("colour") != std::string::npos)
        variation.colour = resolve_entities(values.front());
    }
    if (!variation.sku.empty()) variations.push_back(std::move(variation));
  }
  return variations;
}

void add_adobe_attribute(Garment& garment, const std::string& name, std::string_view value) {
  static constexpr std::array<std::string_view, 7> kSwitches{
      "has_options",  "required_options", "ts_dimensions_length", "gift_message_available",
      "tax_class_id", "msrp_enabled",     "options_container"};
  if (std::find(kSwitches.begin(), kSwitches.end(), name) != kSwitches.end()) return;
  add_attribute(garment, name, resolve_entities(value));
}

std::string adobe_axis(const Garment& row, std::string_view axis) {
  for (const auto& [name, values] : row.supplier_attributes)
    if (name.find(axis) != std::string::npos && !values.empty()) return values.front();
  return "";
}

void read_adobe_categories(std::string_view cell, Garment& garment) {
  constexpr std::string_view kRoot = "Default Category";
  size_t depth_best = 0;
  for (std::string_view path : split_list(cell, ",")) {
    if (path.starts_with(kRoot)) path.remove_prefix(kRoot.size());
    if (path.starts_with('/')) path.remove_prefix(1);
    if (path.empty()) continue;
    if (const std::string gathering = gathering_of(path); !gathering.empty()) {
      add_attribute(garment, gathering, resolve_entities(last_step(path)));
      continue;
    }
    const auto depth = static_cast<size_t>(std::count(path.begin(), path.end(), '/')) + 1;
    if (depth <= depth_best) continue;
    depth_best = depth;
    garment.category = resolve_entities(path);
  }
}

Result<Done> read_adobe_price(const CsvTable& row, Variant& variant) {
  auto price = parse_money(row.cell("price"));
  if (!price.ok()) return json_detail::at(std::move(price).error(), "price");
  variant.price = price->amount;
  if (row.cell("special_price").empty() || !row.cell("special_price_to_date").empty()) return kOk;
  auto special = parse_money(row.cell("special_price"));
  if (!special.ok()) return json_detail::at(std::move(special).error(), "special_price");
  if (special->amount >= price->amount) return kOk;
  variant.list_price = price->amount;
  variant.price = special->amount;
  return kOk;
}

std::optional<TimePoint> parse_adobe_time(std::string_view text) {
  const std::string copy(text.substr(0, 40));
  int month = 0, day = 0, year = 0, hour = 0, minute = 0;
  char half[3] = "";
  std::string rfc3339;
  if (std::sscanf(copy.c_str(), "%d/%d/%d, %d:%d %2s", &month, &day, &year, &hour, &minute, half) == 6) {
    if (year < 100) year += 2000;
    if (hour < 1 || hour > 12) return std::nullopt;
    hour = hour % 12 + (half[0] == 'P' || half[0] == 'p' ? 12 : 0);
    rfc3339 = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:00Z", year, month, day, hour, minute);
  } else if (copy.size() == 19 && copy[10] == ' ') {
    rfc3339 = copy.substr(0, 10) + "T" + copy.substr(11) + "Z";
  } else {
    return std::nullopt;
  }
  const auto time = parse_rfc3339(rfc3339);
  if (!time.ok()) return std::nullopt;
  return *time;
}

namespace {

// Flat words in the order of the tree: "Gear, Bags, Collections, Erin Recommends".
void read_fixture_category(std::string_view cell, Garment& garment) {
  std::string gathering;
  for (const auto& word : split_list(cell, "\n")) {
    if (const std::string begins = gathering_of(word); !begins.empty())
      gathering = begins;
    else if (!gathering.empty())
      add_attribute(garment, gathering, word);
    else
      garment.category += (garment.category.empty() ? "" : "/") + word;
  }
}

Result<Garment> read_fixture_row(const CsvTable& table) {
  static constexpr std::array<std::string_view, 8> kOwnFields{
      "category", "name", "sku", "price", "qty", "special_price", "description", "attribute_set"};
  Garment garment;
  garment.id = std::string(table.cell("sku"));
  garment.title = html_to_text(table.cell("name"));
  garment.description = html_to_text(table.cell("description"));
  read_fixture_category(table.cell("category"), garment);
  for (const auto& column : table.columns()) {
    if (std::find(kOwnFields.begin(), kOwnFields.end(), column) != kOwnFields.end()) continue;
    for (const auto& value : split_list(table.cell(column), "\n"))
      add_adobe_attribute(garment, column, value);
  }
  Variant variant;
  variant.sku = garment.id;
  variant.colour = adobe_axis(garment, "color");
  TRY(read_adobe_price(table, variant));
  auto stock = parse_stock(table.cell("qty"));
  if (!stock.ok()) return json_detail::at(std::move(stock).error(), "qty");
  variant.stock = stock->value_or(1);
  garment.variants.push_back(std::move(variant));
  return garment;
}

}  // namespace

Result<Done> read_adobe_fixture(FeedRun& run, CsvTable& table) {
  while (true) {
    TRY_ASSIGN(const bool more, table.next());
    if (!more) return kOk;
    auto garment = read_fixture_row(table);
    if (garment.ok())
      TRY(run.emit(std::move(garment).value(), table.line()));
    else
      run.refuse(table.line(), garment.error().where.substr(1), garment.error());
  }
}

}  // namespace modiste
