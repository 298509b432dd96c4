#include "feeds/feed_adobe_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "feeds/feed_options.h"
#include "feeds/feed_text.h"
#include "vocabulary/size_context.h"

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

namespace {

constexpr std::string_view kMarksBetweenPairs = ",;|~^#:&\t";

// Whether a character stands within an enclosed value. A quote encloses where a value begins, until one
// before what ends it: in `bag_height=12",color=Red` it means inches. Two quotes within are one.
class Quotes {
 public:
  // Of the characters from left to right.
  bool enclose(std::string_view text, size_t at) {
    if (at < next_) return open_;
    if (text[at] != '"') return open_;
    if (!open_) {
      open_ = at == 0 || text[at - 1] == '=' || text[at - 1] == '|';
      return open_;
    }
    const std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('"')) {
      next_ = at + 2;
      return true;
    }
    open_ = !(trim(rest).empty() || rest.front() == '|' ||
              kMarksBetweenPairs.find(rest.front()) != std::string_view::npos);
    return true;
  }

 private:
  bool open_ = false;
  size_t next_ = 0;  // behind a doubled quote
};

// Where the first of the separators stands that ends a value: before another "name=", and outside quotes.
struct Boundary {
  size_t at, length;
};
Boundary next_boundary(std::string_view text, std::initializer_list<std::string_view> separators) {
  Quotes quotes;
  for (size_t at = 0; at < text.size(); ++at) {
    if (quotes.enclose(text, at)) continue;
    for (const auto separator : separators) {
      if (separator.empty() || !text.substr(at).starts_with(separator)) continue;
      if (begins_pair(trim(text.substr(at + separator.size())))) return {at, separator.size()};
    }
  }
  return {text.size(), 0};
}

// "\"Cotton\"|\"Linen\"" -> Cotton, Linen; two quotes within a value are one.
std::vector<std::string> enclosed_values(std::string_view text) {
  std::vector<std::string> values;
  for (auto value : split_list(text, "|")) {
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    for (size_t at = value.find("\"\""); at != std::string::npos; at = value.find("\"\"", at + 1))
      value.erase(at, 1);
    if (!trim(value).empty()) values.emplace_back(trim(value));
  }
  return values;
}

using AttributePairs = std::vector<std::pair<std::string, std::vector<std::string>>>;

AttributePairs parse_pairs(std::string_view cell, std::initializer_list<std::string_view> separators) {
  AttributePairs pairs;
  for (cell = trim(cell); begins_pair(cell);) {
    const Boundary end = next_boundary(cell, separators);
    const std::string_view pair = cell.substr(0, end.at);
    const size_t equals = pair.find('=');
    pairs.emplace_back(std::string(pair.substr(0, equals)), enclosed_values(pair.substr(equals + 1)));
    cell = trim(cell.substr(end.at + end.length));
  }
  return pairs;
}

// Counts what stands between the pairs of a cell.
void count_separators(std::string_view cell, std::map<std::string, size_t>& counts) {
  Quotes quotes;
  for (size_t at = 0; at < cell.size(); ++at) {
    if (quotes.enclose(cell, at) || kMarksBetweenPairs.find(cell[at]) == std::string_view::npos) continue;
    const size_t end = std::min(cell.find_first_not_of(kMarksBetweenPairs, at), cell.size());
    const std::string_view rest = trim(cell.substr(end));
    if (begins_pair(rest) && !rest.starts_with("sku=")) ++counts[std::string(cell.substr(at, end - at))];
    at = end - 1;
  }
}

}  // namespace

std::string adobe_separator(std::string_view head) {
  MemoryInput input("head", head.substr(0, head.rfind('\n') + 1));
  const GarmentSink no_sink;
  FeedRun run(input, {}, no_sink, {});
  std::map<std::string, size_t> counts;
  if (const auto table = CsvTable::detect(run); table.ok()) {
    while (true) {
      const auto more = (*table)->next();
      if (!more.ok() || !*more) break;
      for (const std::string_view column : {"configurable_variations", "additional_attributes"})
        count_separators((*table)->cell(column), counts);
    }
  }
  const auto most = std::max_element(counts.begin(), counts.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() ? "," : most->first;
}

std::vector<std::string> adobe_list(std::string_view cell, std::string_view separator) {
  std::vector<std::string> values;
  for (size_t at = 0; at <= cell.size();) {
    const size_t end = std::min(cell.find(separator, at), cell.size());
    for (auto& value : enclosed_values(cell.substr(at, end - at))) values.push_back(std::move(value));
    at = end + separator.size();
  }
  return values;
}

AttributePairs parse_adobe_attributes(std::string_view cell, std::string_view separator) {
  return parse_pairs(cell, {separator});
}

std::vector<AdobeVariation> parse_adobe_variations(FeedRun& run, size_t line, std::string_view cell,
                                                   std::string_view separator) {
  std::vector<AdobeVariation> variations;
  std::optional<VariantOptions> options;
  const auto end_variation = [&] {
    if (!options) return;
    variations.back().size = options->size();
    variations.back().colour = options->colour();
  };
  for (const auto& [name, values] : parse_pairs(cell, {separator, "|"})) {
    if (values.empty()) continue;
    if (name == "sku") {
      end_variation();
      variations.push_back({values.front(), "", ""});
      options.emplace(run, line);
    } else if (options) {
      options->add(name, values.front());
    }
  }
  end_variation();
  return variations;
}

std::string without_adobe_directives(std::string_view text) {
  std::string out;
  while (true) {
    const size_t open = text.find("{{"), close = text.find("}}", open);
    if (open == std::string_view::npos || close == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, open));
    text.remove_prefix(close + 2);
  }
}

void add_adobe_attribute(Garment& garment, const std::string& name, std::string_view value) {
  static constexpr std::array<std::string_view, 7> kSwitches{
      "has_options",  "required_options", "ts_dimensions_length", "gift_message_available",
      "tax_class_id", "msrp_enabled",     "options_container"};
  if (std::find(kSwitches.begin(), kSwitches.end(), name) != kSwitches.end()) return;
  add_attribute(garment, name, resolve_entities(value));
}

// An attribute of the axis's own name before others that hold it: "size" before "fit_and_size".
std::string adobe_axis(const Garment& row, OptionAxis axis) {
  for (const std::string own_name : {"size", "color", "colour"})
    if (const auto own = row.supplier_attributes.find(own_name);
        FeedWords::standard().axis_of(own_name) == axis && own != row.supplier_attributes.end() &&
        !own->second.empty())
      return own->second.front();
  const FeedWords& words = FeedWords::standard();
  for (const bool alone : {true, false})  // "uk_size" before "stone_size"
    for (const auto& [name, values] : row.supplier_attributes)
      if (!values.empty() && words.axis_of(name) == axis && (!alone || words.names_nothing_else(name)))
        return axis == OptionAxis::kSize ? size_with_system(values.front(), system_in_name(name))
                                         : values.front();
  return "";
}

void read_adobe_categories(std::string_view cell, std::string_view separator, Garment& garment) {
  constexpr std::string_view kRoot = "Default Category";
  size_t depth_best = 0;
  constexpr char kSlash = '\x1f';  // of a category's name, written "\/"
  const auto named = [&](std::string_view path) {
    std::string name = resolve_entities(path);
    std::replace(name.begin(), name.end(), kSlash, '/');
    return name;
  };
  for (std::string& whole : adobe_list(cell, separator)) {
    for (size_t at = whole.find("\\/"); at != std::string::npos; at = whole.find("\\/", at))
      whole.replace(at, 2, 1, kSlash);
    std::string_view path = whole;
    if (path.starts_with(kRoot)) path.remove_prefix(kRoot.size());
    if (path.starts_with('/')) path.remove_prefix(1);
    if (path.empty()) continue;
    if (const std::string gathering = gathering_of(path); !gathering.empty()) {
      add_attribute(garment, gathering, named(last_step(path)));
      continue;
    }
    const auto depth = static_cast<size_t>(std::count(path.begin(), path.end(), '/')) + 1;
    if (depth <= depth_best) continue;
    depth_best = depth;
    garment.category = named(path);
  }
}

namespace {

// The last day of a special price is written as its midnight, and it lasts until that day ends.
std::string_view last_day(std::string_view text) {
  for (const std::string_view midnight : {" 00:00:00", " 00:00", ", 12:00 AM", " 12:00 AM"})
    if (text.ends_with(midnight)) return text.substr(0, text.size() - midnight.size());
  return text;
}

}  // namespace

Result<Offer> read_adobe_offer(FeedRun& run, const CsvTable& row) {
  // A product may leave each of these to the shop's configuration, which the file does not hold.
  const auto own = [&](std::string_view column) {
    return is_yes(row.cell(fmt::format("use_config_{}", column))) ? std::string_view() : row.cell(column);
  };
  const std::string_view backorders =
      own("backorders").empty() ? row.cell("allow_backorders") : own("backorders");
  // What is not counted keeps the 0 of a stock that it never had.
  const bool is_uncounted = own("manage_stock") == "0";
  return read_offer(
      run, row.line(),
      {.price = {"price", row.cell("price")},
       .sale = {"special_price", row.cell("special_price")},
       .list = {"msrp_price", row.cell("msrp_price")},
       .sale_from = {"special_price_from_date", row.cell("special_price_from_date")},
       .sale_to = {"special_price_to_date", last_day(row.cell("special_price_to_date"))},
       .availability = {"is_in_stock", is_uncounted ? std::string_view() : row.cell("is_in_stock")},
       .quantity = {"qty", row.cell("qty")},
       .currency = {"currency", row.cell("currency")},
       .unlimited = backorders == "1" || backorders == "2" || is_uncounted});
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

Result<Garment> read_fixture_row(FeedRun& run, const CsvTable& table) {
  static constexpr std::array<std::string_view, 8> kOwnFields{
      "category", "name", "sku", "price", "qty", "special_price", "description", "attribute_set"};
  Garment garment;
  garment.id = std::string(table.cell("sku"));
  garment.title = table.cell("name");
  garment.description = table.cell("description");
  read_fixture_category(table.cell("category"), garment);
  for (const auto& column : table.columns()) {
    if (std::find(kOwnFields.begin(), kOwnFields.end(), column) != kOwnFields.end()) continue;
    for (const auto& value : split_list(table.cell(column), "\n"))
      add_adobe_attribute(garment, column, value);
  }
  Variant variant;
  variant.sku = garment.id;
  variant.colour = adobe_axis(garment, OptionAxis::kColour);
  TRY_ASSIGN(const Offer offer, read_adobe_offer(run, table));
  offer.put_into(variant);
  garment.currency = offer.currency;
  garment.variants.push_back(std::move(variant));
  return garment;
}

}  // namespace

Result<Done> read_adobe_fixture(FeedRun& run, CsvTable& table) {
  while (true) {
    TRY_ASSIGN(const bool more, table.next());
    if (!more) return kOk;
    auto garment = read_fixture_row(run, table);
    if (garment.ok())
      TRY(run.emit(std::move(garment).value(), table.line()));
    else
      run.refuse(table.line(), garment.error().where, garment.error());
  }
}

}  // namespace modiste
