// Shopify's products as JSON: a storefront's /products.json, the Admin API's products, its webhooks
// (products/create, products/update), alone, in a list or one a line; the GraphQL APIs' too.
// https://shopify.dev/docs/api/admin-rest/latest/resources/product
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

#include "base/json.h"
#include "feeds/feed_google.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_options.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_shopify_fields.h"
#include "feeds/feed_shopify_graphql.h"
#include "feeds/feed_text.h"
#include "feeds/json_objects.h"

namespace modiste {
namespace {

std::string cell_at(const json::object& object, std::string_view member) {
  return cell_of(object.if_contains(member));
}

const json::array& array_at(const json::object& object, std::string_view member) {
  static const json::array kNone;
  const auto* found = object.if_contains(member);
  return found != nullptr && found->is_array() ? found->get_array() : kNone;
}

// Shopify's limits, with room: a file of 4 MiB could name a hundred thousand.
constexpr size_t kOptionsMax = 10, kTagsMax = 1'000, kMetafieldsMax = 1'000;

std::span<const json::value> first(const json::array& list, size_t most) {
  return {list.data(), std::min(list.size(), most)};
}

class ShopifyProduct {
 public:
  ShopifyProduct(FeedRun& run, const json::object& product, size_t line)
      : run_(run), product_(product), line_(line) {}

  Result<Done> read() {
    garment_.id = cell_at(product_, "handle");
    if (garment_.id.empty()) garment_.id = cell_at(product_, "id");
    if (garment_.id.empty()) {
      run_.refuse_unread(line_, "the product has neither a handle nor an id");
      return kOk;
    }
    run_.mention(garment_.id);
    if (const std::string why = hidden(); !why.empty()) {
      run_.withdraw(garment_.id, line_, "status", why);
      return kOk;
    }
    describe();
    read_metafields();
    currency_ = cell_at(product_, "currency");  // of an answer of GraphQL
    know_as(garment_.supplier_attributes, cell_at(product_, "id"), garment_.id);
    for (const auto& variant : array_at(product_, "variants")) {
      if (garment_.variants.size() > kVariantsMax) break;  // and is refused
      if (const auto* object = variant.if_object()) read_variant(*object);
    }
    read_images();
    take_colour_of_title(garment_);
    return run_.emit(std::move(garment_), line_);
  }

 private:
  [[nodiscard]] std::string hidden() const {
    const std::string status = cell_at(product_, "status");
    if (is_hidden(run_, line_, {"status", status}))
      return fmt::format("the product's status is '{}'", status);
    const auto* published = product_.if_contains("published_at");
    if (published != nullptr && published->is_null()) return "the product is not published";
    const auto* gift = product_.if_contains("gift_card");
    return gift != nullptr && gift->is_bool() && gift->get_bool() ? "the product is a gift card" : "";
  }

  void describe() {
    garment_.title = cell_at(product_, "title");
    garment_.description = cell_at(product_, product_.contains("body_html") ? "body_html" : "description");
    garment_.brand = cell_at(product_, "vendor");
    garment_.category = cell_at(product_, product_.contains("product_type") ? "product_type" : "type");
    if (const auto* category = product_.if_contains("category");
        category != nullptr && category->is_object()) {
      const std::string path = cell_at(category->get_object(), "full_name");
      if (garment_.category.empty()) garment_.category = path;
      add_attribute(garment_, "product_category", path);
    }
    auto tags = split_list(cell_at(product_, "tags"), ",");
    if (tags.size() > kTagsMax) tags.resize(kTagsMax);
    for (const auto& tag : tags) add_attribute(garment_, "tags", tag);
    for (const auto& tag : first(array_at(product_, "tags"), kTagsMax))
      add_attribute(garment_, "tags", cell_of(&tag));
    for (const auto& option : first(array_at(product_, "options"), kOptionsMax))
      options_.push_back(option.is_object() ? cell_at(option.get_object(), "name") : cell_of(&option));
  }

  // Of an answer of GraphQL, or as the Admin API gives them.
  void read_metafields() {
    std::string gender, age_group;
    for (const auto& entry : first(array_at(product_, "metafields"), kMetafieldsMax)) {
      if (!entry.is_object()) continue;
      add_metafield_to(garment_.supplier_attributes, entry.get_object());
      const auto& field = entry.get_object();
      if (cell_at(field, "namespace") != kGoogleMetafields) continue;
      const std::string key = cell_at(field, "key"), value = cell_at(field, "value");
      if (key == "gender") gender = value;
      if (key == "age_group") age_group = value;
      if (key != "google_product_category") continue;
      if (garment_.category.empty())
        garment_.category = value;
      else
        add_attribute(garment_, key, value);
    }
    garment_.department = google_department(gender, age_group);
  }

  static void add_metafield_to(std::map<std::string, std::vector<std::string>>& attributes,
                               const json::object& field) {
    const std::string name_space = cell_at(field, "namespace"), key = cell_at(field, "key"),
                      type = cell_at(field, "type"), value = cell_at(field, "value");
    add_metafield(attributes, {name_space, key, type, value});
  }

  [[nodiscard]] VariantOptions options_of(const json::object& from) const {
    VariantOptions options(run_, line_);
    for (size_t i = 0; i < options_.size(); ++i) {
      const std::string value = cell_at(from, fmt::format("option{}", i + 1));
      if (!value.empty() && value != "Default Title") options.add(options_[i], value);
    }
    return options;
  }

  // The Ajax API of themes (/products/HANDLE.js), whose prices are whole numbers of hundredths in every
  // currency. The others write text.
  [[nodiscard]] bool is_of_ajax() const {
    return product_.contains("type") && !product_.contains("product_type") && !product_.contains("body_html");
  }

  [[nodiscard]] std::string money_at(const json::object& from, std::string_view member) const {
    const auto* value = from.if_contains(member);
    const bool is_whole = value != nullptr && value->is_int64();
    if (!is_whole || !is_of_ajax()) return cell_of(value);
    constexpr int kHundredths = 100;
    const auto amount = value->get_int64();
    return amount < 0 ? cell_of(value) : fmt::format("{}.{:02}", amount / kHundredths, amount % kHundredths);
  }

  // What can be bought although nothing is left is not counted, or may be sold past zero; answers need not
  // say which.
  [[nodiscard]] static std::string quantity_of_variant(const json::object& from) {
    const auto* available = from.if_contains("available");
    std::string quantity = cell_at(from, "inventory_quantity");
    const bool is_sold = available != nullptr && available->is_bool() && available->get_bool();
    return is_sold && (quantity == "0" || quantity.starts_with('-')) ? std::string() : quantity;
  }

  void read_variant(const json::object& from) {
    const VariantOptions options = options_of(from);
    Variant variant;
    variant.size = options.size();
    variant.colour = options.colour();
    variant.sku = cell_at(from, "sku");
    if (variant.sku.empty()) variant.sku = cell_at(from, "id");
    if (variant.sku.empty()) variant.sku = garment_.id + options.path();
    const auto* manager = from.if_contains("inventory_management");
    const auto* available = from.if_contains("available");
    const std::string price = money_at(from, "price"), list_price = money_at(from, "compare_at_price"),
                      quantity = quantity_of_variant(from);
    const bool is_told = available != nullptr && available->is_bool();
    const auto offer = read_offer(run_, line_,
                                  {.price = {"price", price},
                                   .list = {"compare_at_price", list_price},
                                   .availability = {"available", !is_told                ? ""
                                                                 : available->get_bool() ? "in stock"
                                                                                         : "out of stock"},
                                   .quantity = {"inventory_quantity", quantity},
                                   .currency = {"currency", currency_},
                                   .unlimited = (manager != nullptr && manager->is_null()) ||
                                                cell_at(from, "inventory_policy") == "continue"});
    if (!offer.ok()) return run_.refuse(line_, offer.error().where, offer.error());
    offer->put_into(variant);
    if (!offer->currency.empty()) garment_.currency = offer->currency;
    options.put_others_into(variant);
    for (const auto& field : first(array_at(from, "metafields"), kMetafieldsMax))
      if (field.is_object()) add_metafield_to(variant.supplier_attributes, field.get_object());
    know_as(variant.supplier_attributes, cell_at(from, "id"), variant.sku);
    know_as_barcode(variant.supplier_attributes, cell_at(from, "barcode"), variant.sku);
    colour_of_[cell_at(from, "id")] = variant.colour;
    if (const auto* photo = from.if_contains("featured_image"); photo != nullptr && photo->is_object())
      add_image(garment_, cell_at(photo->get_object(), "src"), variant.colour);
    if (const std::string photo = cell_at(from, "image_id"); !photo.empty())
      colour_of_photo_[photo] = variant.colour;
    garment_.variants.push_back(std::move(variant));
  }

  // A photo given to variants shows their colour.
  void read_images() {
    for (const auto& value : first(array_at(product_, "images"), kImagesMax)) {
      const auto* image = value.if_object();
      if (image == nullptr) {
        add_image(garment_, cell_of(&value), "");
        continue;
      }
      std::string colour;
      for (const auto& variant : first(array_at(*image, "variant_ids"), kVariantsMax))
        if (const auto known = colour_of_.find(cell_of(&variant)); known != colour_of_.end())
          colour = known->second;
      if (const auto known = colour_of_photo_.find(cell_at(*image, "id"));
          colour.empty() && known != colour_of_photo_.end())
        colour = known->second;
      const std::string url = cell_at(*image, "src");
      const bool known = std::any_of(garment_.images.begin(), garment_.images.end(),
                                     [&](const GarmentImage& other) { return other.url == url; });
      if (!known) add_image(garment_, url, colour);
    }
  }

  FeedRun& run_;
  const json::object& product_;
  const size_t line_;
  Garment garment_;
  std::string currency_;                                            // of prices that name none
  std::vector<std::string> options_;                                // names
  std::map<std::string, std::string> colour_of_, colour_of_photo_;  // by the variant's id, by the photo's
};

Result<Done> read_shopify_json(FeedRun& run) {
  run.let_skus_repeat();
  const auto read = [&](const json::object& product, size_t line) {
    return ShopifyProduct(run, product, line).read();
  };
  ShopifyGraphqlProducts graphql(read);
  TRY(for_each_product(run, [&](const json::object& product, size_t line) {
    return is_shopify_graphql(product) ? graphql.add(product, line) : read(product, line);
  }));
  return graphql.finish();
}

}  // namespace

const FeedReader kShopifyJson{"shopify-json",
                              [](const FeedHead& head) {
                                return head.is_json() &&
                                       (head.contains("\"body_html\"") || head.contains("\"option1\"") ||
                                        head.contains("\"selectedOptions\"") ||
                                        head.contains("gid://shopify/Product"));
                              },
                              read_shopify_json};

}  // namespace modiste
