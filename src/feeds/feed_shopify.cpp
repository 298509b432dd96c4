// Shopify's product export: rows of a handle are variants and photos of one product; only the first has its
// title.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "feeds/csv_table.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"

namespace modiste {
namespace {

constexpr size_t kOptionCount = 3;

enum class Axis { kSize, kColour, kOther };

// What shops call their options, in the languages Shopify's themes ship.
Axis axis_of(std::string_view option_name) {
  const std::string name = ascii_lower(option_name);
  for (const std::string_view word :
       {"size", "größe", "grösse", "taille", "talla", "taglia", "maat", "waist"})
    if (name.find(word) != std::string::npos) return Axis::kSize;
  for (const std::string_view word : {"color", "colour", "farbe", "couleur", "colore", "kleur", "shade"})
    if (name.find(word) != std::string::npos) return Axis::kColour;
  return Axis::kOther;
}

// The rows of a product follow each other, as Shopify's own import asks; so one product is held at a time.
class ShopifyReader {
 public:
  ShopifyReader(FeedRun& run, const CsvTable& table) : run_(run), table_(table) {}

  Result<Done> read_row() {
    const std::string handle(table_.cell("handle"));
    if (handle.empty()) return refuse("handle", "is empty, so the row belongs to no product");
    if (handle != garment_.id) {
      TRY(finish());
      begin_product(handle);
    }
    if (!hidden_because_.empty()) return refuse("status", std::string(hidden_because_));
    const auto options = read_options();
    if (!table_.cell("variant_price").empty()) read_variant(options);
    read_images(options);
    return kOk;
  }

  Result<Done> finish() {
    Garment done = std::exchange(garment_, Garment());
    if (done.id.empty() || !hidden_because_.empty()) return kOk;
    return run_.emit(std::move(done), first_line_);
  }

 private:
  struct Options {
    std::string size, colour, all;
    std::vector<std::pair<std::string, std::string>> others;
  };

  Result<Done> refuse(std::string column, std::string reason) {
    run_.refuse(table_.line(), std::move(column), std::move(reason));
    return kOk;
  }

  [[nodiscard]] std::string_view unpublished() const {
    const std::string status = ascii_lower(table_.cell("status"));
    if (status == "draft") return "the product is a draft";
    if (status == "archived") return "the product is archived";
    return ascii_lower(table_.cell("published")) == "false" ? "the product is not published" : "";
  }

  void begin_product(const std::string& handle) {
    garment_.id = handle;
    first_line_ = table_.line();
    hidden_because_ = unpublished();
    garment_.title = std::string(table_.cell("title"));
    garment_.description = html_to_text(table_.cell("body_(html)"));
    garment_.brand = std::string(table_.cell("vendor"));
    const std::string_view path = table_.has("product_category") ? table_.cell("product_category")
                                                                 : table_.cell("standardized_product_type");
    const std::string_view type = table_.cell("type");
    garment_.category = std::string(type.empty() ? path : type);
    if (!type.empty()) add_attribute(garment_, "product_category", path);
    for (const auto& tag : split_list(table_.cell("tags"), ",")) add_attribute(garment_, "tags", tag);
    for (const auto& column : table_.columns()) read_metafield(column);
    for (size_t i = 0; i < kOptionCount; ++i)
      option_names_[i] = std::string(table_.cell(fmt::format("option{}_name", i + 1)));
  }

  // "Fabric (product.metafields.shopify.fabric)".
  void read_metafield(const std::string& column) {
    const size_t at = column.find("_(product.metafields");
    if (at == std::string::npos) return;
    for (const auto& value : split_list(table_.cell(column), ";\n"))
      add_attribute(garment_, column.substr(0, at), value);
  }

  [[nodiscard]] Options read_options() const {
    Options options;
    for (size_t i = 0; i < option_names_.size(); ++i) {
      const std::string value(table_.cell(fmt::format("option{}_value", i + 1)));
      if (value.empty() || value == "Default Title") continue;
      options.all += "/" + value;
      switch (axis_of(option_names_[i])) {
        case Axis::kSize:
          options.size = value;
          break;
        case Axis::kColour:
          options.colour = value;
          break;
        case Axis::kOther:
          options.others.emplace_back(ascii_lower(option_names_[i]), value);
      }
    }
    return options;
  }

  void read_variant(const Options& options) {
    Variant variant;
    variant.size = options.size;
    variant.colour = options.colour;
    variant.sku = std::string(table_.cell("variant_sku"));
    if (variant.sku.empty()) variant.sku = garment_.id + options.all;
    const auto price = parse_money(table_.cell("variant_price"));
    if (!price.ok()) return run_.refuse(table_.line(), "variant_price", price.error());
    variant.price = price->amount;
    if (const auto before = table_.cell("variant_compare_at_price"); !before.empty()) {
      const auto list_price = parse_money(before);
      if (!list_price.ok()) return run_.refuse(table_.line(), "variant_compare_at_price", list_price.error());
      if (list_price->amount > variant.price) variant.list_price = list_price->amount;
    }
    const auto stock = parse_stock(table_.cell("variant_inventory_qty"));
    if (!stock.ok()) return run_.refuse(table_.line(), "variant_inventory_qty", stock.error());
    // What is not tracked, or may be sold past zero, is always there.
    const bool unlimited = table_.cell("variant_inventory_tracker").empty() ||
                           table_.cell("variant_inventory_policy") == "continue";
    variant.stock = std::max(stock->value_or(0), unlimited ? 1 : 0);
    for (const auto& [name, value] : options.others) add_attribute(garment_, name, value);
    for (const auto& other : garment_.variants)
      if (other.sku == variant.sku)
        return run_.refuse(table_.line(), "variant_sku", fmt::format("sku '{}' stands twice", variant.sku));
    garment_.variants.push_back(std::move(variant));
  }

  void read_images(const Options& options) {
    add_image(garment_, table_.cell("image_src"), "");
    const std::string url(table_.cell("variant_image"));
    if (url.empty()) return;
    // A photo given to a variant shows its colour, even when the product listed it for all.
    std::erase_if(garment_.images,
                  [&](const GarmentImage& image) { return image.url == url && image.colour.empty(); });
    add_image(garment_, url, options.colour);
  }

  FeedRun& run_;
  const CsvTable& table_;
  Garment garment_;  // being put together; no id before the first
  size_t first_line_ = 0;
  std::string_view hidden_because_;  // empty: it is for sale
  std::array<std::string, kOptionCount> option_names_;
};

Result<Done> read_shopify_csv(FeedRun& run) {
  TRY_ASSIGN(const auto table, CsvTable::open(run));
  ShopifyReader reader(run, *table);
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return reader.finish();
    TRY(reader.read_row());
  }
}

}  // namespace

const FeedReader kShopifyCsv{"shopify-csv",
                             [](const FeedHead& head) {
                               return head.has_columns({"handle", "title", "variant_price"});
                             },
                             read_shopify_csv};

}  // namespace modiste
