#include "feeds/feed_google.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "feeds/csv_table.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"
#include "vocabulary/size.h"

namespace modiste {
namespace {

using Values = GoogleProducts::Values;

std::string first(const Values& values, std::string_view attribute) {
  auto all = values(attribute);
  return all.empty() ? std::string() : std::move(all.front());
}

// "female" and "kids" are two attributes of one word: girls.
std::string department_of(const Values& values) {
  const std::string gender = first(values, "gender"), age = first(values, "age_group");
  if (age.empty() || ascii_lower(age) == "adult") return gender;
  return gender.empty() ? age : gender + " " + age;
}

void describe(Garment& garment, const Values& values) {
  garment.title = html_to_text(first(values, "title"));
  garment.description = html_to_text(first(values, "description"));
  garment.brand = first(values, "brand");
  const std::string own = first(values, "product_type"), taxonomy = first(values, "google_product_category");
  garment.category = resolve_entities(own.empty() ? taxonomy : own);
  if (!own.empty()) add_attribute(garment, "google_product_category", resolve_entities(taxonomy));
  garment.department = department_of(values);
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

// Google's sizes name their system apart, beside letters too.
std::string size_of(const Values& values) {
  return size_with_system(first(values, "size"), first(values, "size_system"));
}

Result<int> stock_of(const Values& values) {
  const std::string availability = ascii_lower(first(values, "availability"));
  const bool available = availability.empty() || availability == "in_stock" || availability == "in stock" ||
                         availability == "limited availability";
  for (const std::string_view name : {"quantity", "sell_on_google_quantity"}) {
    TRY_ASSIGN(const auto quantity, parse_stock(first(values, name)));
    if (quantity) return available ? *quantity : 0;
  }
  return available ? 1 : 0;  // the feed says that there is some, not how much
}

struct Offer {
  Variant variant;
  std::string currency;
};

// where: the attribute at fault.
Result<Offer> read_offer(const Values& values) {
  const auto named = [](Error error, std::string attribute) {
    error.where = std::move(attribute);
    return error;
  };
  Offer offer;
  offer.variant.sku = first(values, "id");
  offer.variant.size = size_of(values);
  offer.variant.colour = first(values, "color");
  auto price = parse_money(first(values, "price"));
  if (!price.ok()) return named(std::move(price).error(), "price");
  offer.variant.price = price->amount;
  offer.currency = price->currency;
  if (const std::string sale_text = first(values, "sale_price"); !sale_text.empty()) {
    auto sale = parse_money(sale_text);
    if (!sale.ok()) return named(std::move(sale).error(), "sale_price");
    if (sale->amount < price->amount) {
      offer.variant.list_price = price->amount;
      offer.variant.price = sale->amount;
    }
  }
  auto stock = stock_of(values);
  if (!stock.ok()) return named(std::move(stock).error(), "quantity");
  offer.variant.stock = *stock;
  return offer;
}

void add_images(Garment& garment, const Values& values, const std::string& colour) {
  for (const std::string_view name : {"image_link", "additional_image_link"})
    for (const auto& list : values(name))
      for (const auto& url : split_list(list, ",")) add_image(garment, url, colour);
}

}  // namespace

Result<Done> GoogleProducts::add(const Values& values, size_t line) {
  const std::string id = first(values, "id");
  const auto refuse = [&](std::string attribute, std::string reason) {
    run_.refuse(line, std::move(attribute), std::move(reason));
    return kOk;
  };
  if (id.empty()) return refuse("id", "is empty");
  auto offer = read_offer(values);
  if (!offer.ok())
    return refuse(offer.error().where, offer.error().what + "; expected " + offer.error().expected);
  const std::string group = first(values, "item_group_id");
  TRY_ASSIGN(Garment* const garment, window_.open(group.empty() ? id : group, line));
  if (garment->variants.empty()) {
    describe(*garment, values);
    if (!offer->currency.empty()) garment->currency = offer->currency;
  }
  if (!offer->currency.empty() && offer->currency != garment->currency)
    return refuse("price",
                  fmt::format("is in {}, but its group is in {}", offer->currency, garment->currency));
  for (const auto& other : garment->variants)
    if (other.sku == id) return refuse("id", fmt::format("id '{}' stands twice", id));
  add_attributes(*garment, values);
  add_images(*garment, values, offer->variant.colour);
  add_variant_attributes(offer->variant, values);
  garment->variants.push_back(std::move(offer->variant));
  return kOk;
}

namespace {

Result<Done> read_google_merchant_tsv(FeedRun& run) {
  TRY_ASSIGN(const auto table, CsvTable::open(run, {.delimiter = '\t', .strict_quotes = false}));
  GoogleProducts products(run);
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return products.finish();
    const auto values = [&](std::string_view attribute) {
      const std::string_view cell = table->cell(attribute);
      return cell.empty() ? std::vector<std::string>() : std::vector<std::string>{std::string(cell)};
    };
    TRY(products.add(values, table->line()));
  }
}

}  // namespace

const FeedReader kGoogleMerchantTsv{"google-merchant-tsv",
                                    [](const FeedHead& head) {
                                      return head.has_tab_columns({"id", "title", "price"});
                                    },
                                    read_google_merchant_tsv};

}  // namespace modiste
