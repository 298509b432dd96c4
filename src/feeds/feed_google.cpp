#include "feeds/feed_google.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "catalog/category_choice.h"
#include "feeds/csv_table.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_options.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"
#include "feeds/feed_time.h"
#include "vocabulary/size_context.h"

namespace modiste {
namespace {

using Values = GoogleProducts::Values;

std::string first(const Values& values, std::string_view attribute) {
  auto all = values(attribute);
  return all.empty() ? std::string() : std::move(all.front());
}

std::string first_of(const Values& values, std::initializer_list<std::string_view> attributes) {
  for (const auto attribute : attributes)
    if (auto value = first(values, attribute); !value.empty()) return value;
  return "";
}

// Texts that a model wrote stand in structured_title and structured_description, with their source before
// them: "trained_algorithmic_media:Linen Dress", or the text in quotes.
std::string text_of(const Values& values, const std::string& attribute) {
  std::string text = first(values, attribute);
  if (!text.empty()) return text;
  text = first(values, "structured_" + attribute);
  for (const std::string_view source : {"trained_algorithmic_media:", "default:"})
    if (text.starts_with(source)) text.erase(0, source.size());
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return text;
}

// Without what stands between a title and what is said after it.
std::string_view without_marks_at_end(std::string_view text) {
  static constexpr std::array<std::string_view, 15> kMarks{" ", ",", "-", "/", "|", "(", ")", "[",
                                                           "]", ":", ";", "–", "—", "·", "•"};
  while (true) {
    const auto* const mark = std::find_if(kMarks.begin(), kMarks.end(),
                                          [&](std::string_view known) { return text.ends_with(known); });
    if (mark == kMarks.end()) return text;
    text.remove_suffix(mark->size());
  }
}

// What is left of "Linen Tee - White" before "white"; empty when it does not end so. Set apart by more than a
// space: "Dress in White" stays.
std::string_view before_option(std::string_view title, std::string_view option) {
  title = without_marks_at_end(title);
  if (option.empty() || option.size() >= title.size()) return {};
  const size_t at = title.size() - option.size();
  if (fold_case(title.substr(at)) != fold_case(option)) return {};
  const std::string_view left = without_marks_at_end(title.substr(0, at));
  const bool apart =
      title.substr(left.size(), at - left.size()).find_first_not_of(' ') != std::string_view::npos;
  return apart ? left : std::string_view();
}

// "Linen Tee - White, M" of a group: the title of a variant ends with what tells it from the others, as
// Google asks, and the garment is called "Linen Tee".
std::string title_of_group(std::string_view title, const std::string& colour, const std::string& size) {
  while (true) {
    std::string_view left = before_option(title, colour);
    if (left.empty()) left = before_option(title, size);
    if (left.empty()) return std::string(title);
    title = left;
  }
}

// Google's category, or the path of Meta's, which asks for either. Meta's numbers are not Google's.
std::string taxonomy_of(const Values& values) {
  std::string category = first(values, "google_product_category");
  if (!category.empty()) return category;
  category = first(values, "fb_product_category");
  const bool is_number = category.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? std::string() : category;
}

// Of several the first that is a path (unlike "Sale"), else the first; the others are looked at
// where it is not understood.
void read_product_types(Garment& garment, const Values& values) {
  const auto types = values("product_type");
  const auto path = std::find_if(types.begin(), types.end(),
                                 [](const std::string& type) { return category_steps(type).size() > 1; });
  const std::string taxonomy = taxonomy_of(values);
  if (types.empty()) {
    garment.category = taxonomy;
    return;
  }
  garment.category = path == types.end() ? types.front() : *path;
  for (const auto& type : types)
    if (type != garment.category) add_attribute(garment, "product_category", type);
  add_attribute(garment, "google_product_category", taxonomy);
}

void describe(Garment& garment, const Values& values) {
  garment.title = text_of(values, "title");
  if (!first(values, "item_group_id").empty())
    garment.title =
        title_of_group(garment.title, first_of(values, {"color", "colour"}), first(values, "size"));
  garment.description = text_of(values, "description");
  if (garment.description.empty())  // Meta's, Atom's own, and RSS's long one
    garment.description = first_of(values, {"rich_text_description", "summary", "encoded", "content"});
  garment.brand = first(values, "brand");
  read_product_types(garment, values);
  garment.department = google_department(first(values, "gender"), first(values, "age_group"));
}

// Material and pattern are the item's own: a group may sell a shirt plain in white and striped in blue.
void add_variant_attributes(Variant& variant, const Values& values) {
  for (const std::string_view name : {"material", "pattern"})
    for (const auto& value : values(name))
      for (auto& word : split_list(value, "/"))
        variant.supplier_attributes[std::string(name)].push_back(std::move(word));
}

void add_attributes(Garment& garment, const Values& values) {
  for (const std::string_view name : {"size_type", "product_highlight"})
    for (const auto& value : values(name))
      for (const auto& word : split_list(value, name == "product_highlight" ? "\n" : "/"))
        add_attribute(garment, std::string(name), word);
  // "General:Neckline:V-neck": section, name, value.
  for (const auto& detail : values("product_detail")) {
    const auto parts = split_list(detail, ":");
    if (parts.size() >= 2) add_attribute(garment, ascii_lower(parts[parts.size() - 2]), parts.back());
  }
}

// Google's sizes name their system apart, beside letters too. Where the gender is said it counts: a man's
// "32"
// + EU is the waist of jeans.
std::string size_of(const Values& values) {
  const std::string size = first(values, "size"), system = first(values, "size_system");
  const std::string gender = ascii_lower(first(values, "gender")),
                    age = ascii_lower(first(values, "age_group"));
  const bool of_adults = age.empty() || age == "adult";
  if (of_adults && gender == "male") return size_with_system(size, system, SizeChart::kMen);
  if (of_adults && gender == "female") return size_with_system(size, system, SizeChart::kWomen);
  return size_with_system(size, system);
}

// What Google's own checkout could sell says nothing about the shop when it is nothing.
std::string quantity_of(const Values& values) {
  if (auto own = first_of(values, {"quantity", "quantity_to_sell_on_facebook", "inventory"}); !own.empty())
    return own;
  auto of_google = first(values, "sell_on_google_quantity");
  const bool is_nothing = of_google.find_first_not_of("0") == std::string::npos;
  return is_nothing && !first(values, "availability").empty() ? std::string() : of_google;
}

// Pinterest's options: names "Color,Size" and values "Red,M", where no column of their own says them.
void read_named_options(FeedRun& run, size_t line, const Values& values, Variant& variant) {
  const auto names = split_list(first(values, "variant_names"), ","),
             chosen = split_list(first(values, "variant_values"), ",");
  if (names.empty() || names.size() != chosen.size()) return;
  VariantOptions options(run, line);
  for (size_t i = 0; i < names.size(); ++i) options.add(names[i], chosen[i]);
  if (variant.size.empty()) variant.size = options.size();
  if (variant.colour.empty()) variant.colour = options.colour();
  options.put_others_into(variant);
}

struct ReadOffer {
  Variant variant;
  std::string currency;
};

// where: the attribute at fault.
Result<ReadOffer> read_product_offer(FeedRun& run, size_t line, const Values& values) {
  ReadOffer read;
  read.variant.sku = first(values, "id");
  read.variant.size = size_of(values);
  read.variant.colour = first_of(values, {"color", "colour"});
  read_named_options(run, line, values, read.variant);
  const std::string price = first(values, "price"), sale = first(values, "sale_price"),
                    window = first(values, "sale_price_effective_date"),
                    availability = first(values, "availability"), quantity = quantity_of(values),
                    currency =
                        first_of(values, {"currency", "price_currency", "currency_code", "currencyCode"});
  TRY_ASSIGN(const Offer offer, read_offer(run, line,
                                           {.price = {"price", price},
                                            .sale = {"sale_price", sale},
                                            .sale_window = {"sale_price_effective_date", window},
                                            .availability = {"availability", availability},
                                            .quantity = {"quantity", quantity},
                                            .currency = {"currency", currency}}));
  offer.put_into(read.variant);
  for (const auto& gtin : values("gtin"))
    know_as_barcode(read.variant.supplier_attributes, gtin, read.variant.sku);
  know_as_part_number(read.variant.supplier_attributes, first(values, "mpn"), read.variant.sku);
  read.currency = offer.currency;
  return read;
}

// Why the product is not for sale, and the attribute that says so; nothing when it is.
std::optional<std::pair<std::string_view, std::string>> hidden(FeedRun& run, size_t line,
                                                               const Values& values) {
  for (const std::string_view attribute : {"status", "visibility"}) {
    const std::string word = first(values, attribute);
    if (FeedWords::standard().says(WordList::kYes, word)) continue;  // "active": 1
    if (FeedWords::standard().says(WordList::kNo, word) || is_hidden(run, line, {attribute, word}))
      return std::pair{attribute, fmt::format("the product is {}", word)};
  }
  const std::string expires = first(values, "expiration_date");
  if (window_state("", expires, run.options().now) == WindowState::kAfter)
    return std::pair<std::string_view, std::string>{"expiration_date", "the product has expired"};
  return std::nullopt;
}

}  // namespace

std::string google_department(const std::string& gender, const std::string& age_group) {
  if (age_group.empty() || ascii_lower(age_group) == "adult") return gender;
  return gender.empty() ? age_group : gender + " " + age_group;
}

void GoogleProducts::add_images(Garment& garment, const Values& values, const std::string& colour) const {
  add_image(garment, first(values, "image_link"), colour);
  for (const auto& list : values("additional_image_link"))
    for (const auto& url : split_addresses(list, image_separators_)) add_image(garment, url, colour);
  constexpr int kNumberedImages = 20;  // Meta's: image[0].url
  for (int i = 0; i < kNumberedImages; ++i)
    add_image(garment, first(values, fmt::format("image[{}].url", i)), colour);
}

Result<Done> GoogleProducts::add(const Values& values, size_t line) {
  const std::string id = first_of(values, {"id", "itemid"});
  const auto refuse = [&](std::string attribute, std::string reason) {
    run_.refuse(line, std::move(attribute), std::move(reason));
    return kOk;
  };
  if (id.empty()) {
    run_.refuse_unread(line, "the id is empty");
    return kOk;
  }
  std::string group = first(values, "item_group_id");
  if (group.empty()) group = id;
  run_.mention(group);
  if (!first_of(values, {"store_code", "store code"}).empty())
    return refuse("store_code",
                  "is the stock of one store (a local inventory), which is not a product; expected the "
                  "product feed");
  if (const auto why = hidden(run_, line, values)) {
    run_.withdraw(group, line, std::string(why->first), why->second);
    return kOk;
  }
  auto offer = read_product_offer(run_, line, values);
  if (!offer.ok())
    return refuse(offer.error().where, offer.error().what + "; expected " + offer.error().expected);
  TRY_ASSIGN(Garment* const garment, window_.open(group, line));
  if (garment->variants.empty()) {
    describe(*garment, values);
    if (!offer->currency.empty()) garment->currency = offer->currency;
  }
  if (!offer->currency.empty() && !garment->currency.empty() && offer->currency != garment->currency)
    return refuse("price",
                  fmt::format("is in {}, but its group is in {}", offer->currency, garment->currency));
  for (const auto& other : garment->variants)
    if (other.sku == id)
      return refuse("id", fmt::format("id '{}' stands twice; expected a number for each variant, and what "
                                      "they share in a column item_group_id",
                                      id));
  add_attributes(*garment, values);
  add_images(*garment, values, offer->variant.colour);
  add_variant_attributes(offer->variant, values);
  garment->variants.push_back(std::move(offer->variant));
  return kOk;
}

namespace {

// A plain table may number variants and garments: beside a sku the id is the garment's.
std::vector<std::string> plain_cells(const CsvTable& table, std::string_view attribute) {
  auto own = table.cells(attribute);
  if (attribute != "id" && attribute != "item_group_id") return own;
  auto skus = table.cells("sku");
  if (skus.empty()) return own;
  if (attribute == "id") return skus;
  return own.empty() ? table.cells("id") : own;
}

}  // namespace

Result<Done> read_table_of(std::string_view platform, FeedRun& run) {
  TRY_ASSIGN(const auto table, CsvTable::detect(run, platform));
  GoogleProducts products(run, ",;|");  // a cell may hold a list of addresses
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return products.finish();
    const auto values = [&](std::string_view attribute) {
      return platform == "plain" ? plain_cells(*table, attribute) : table->cells(attribute);
    };
    TRY(products.add(values, table->line()));
  }
}

namespace {

Result<Done> read_product_table(FeedRun& run) { return read_table_of("google", run); }

// What a shop's own system exports, a variant a row: "sku;name;price;stock". Tables that tell variants apart
// by options, and tables of orders, have columns that this reader does not know.
bool is_plain_table(const FeedHead& head) {
  constexpr std::string_view kOfOthers[] = {"option", "variant", "variation", "attribute",
                                            "handle", "parent",  "order",     "customer"};
  for (const auto& column : head.columns)
    for (const std::string_view word : kOfOthers)
      if (column.find(word) != std::string::npos) return false;
  if (!head.has_columns_of("plain", {"title", "price"})) return false;
  if (!head.has_columns_of("plain", {"id"}) && !head.has_columns_of("plain", {"sku"})) return false;
  for (const std::string_view column :
       {"quantity", "availability", "size", "color", "image_link", "additional_image_link", "product_type"})
    if (head.has_columns_of("plain", {column})) return true;
  return false;
}

// A store's inventory is Google's too: its rows are refused by name. Title, price and description alone may
// be anybody's.
bool is_product_table(const FeedHead& head) {
  if (head.has_columns({"store_code"}) && (head.has_columns({"id"}) || head.has_columns({"itemid"})))
    return true;
  if (!head.has_columns_of("google", {"id", "title", "price"})) return false;
  for (const std::string_view column : {"link", "image_link", "availability", "condition"})
    if (head.has_columns_of("google", {column})) return true;
  return false;
}

}  // namespace

const FeedReader kGoogleMerchantTsv{
    "google-merchant-tsv",
    [](const FeedHead& head) { return head.delimiter == '\t' && is_product_table(head); },
    read_product_table};

// Meta's catalog, and a Google feed that a spreadsheet saved with commas or semicolons.
const FeedReader kMetaCatalogCsv{
    "meta-catalog-csv", [](const FeedHead& head) { return head.delimiter != '\t' && is_product_table(head); },
    read_product_table};

const FeedReader kPlainTable{"plain-table", is_plain_table,
                             [](FeedRun& run) { return read_table_of("plain", run); }};

}  // namespace modiste
