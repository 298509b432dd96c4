// Shopify's product export, under the column names of before and after 2024: rows of a handle are variants
// and photos of one product; only the first has its title.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "feeds/csv_table.h"
#include "feeds/feed_google.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_options.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_shopify_fields.h"
#include "feeds/feed_text.h"

namespace modiste {
namespace {

constexpr size_t kOptionCount = 3;

// The rows of a product follow each other, as Shopify's own import asks; so one product is held at a time.
class ShopifyReader {
 public:
  ShopifyReader(FeedRun& run, const CsvTable& table) : run_(run), table_(table) {}

  Result<Done> read_row() {
    const std::string handle(table_.cell("handle"));
    if (handle.empty()) {
      run_.refuse_unread(table_.line(), "the handle is empty, so the row belongs to no product");
      return kOk;
    }
    if (ascii_lower(table_.cell("command")) == "ignore") {
      run_.mention(handle);
      run_.note(table_.line(), "a row with the command IGNORE was passed over");
      return kOk;
    }
    if (handle != garment_.id) {
      TRY(finish());
      begin_product(handle);
      if (!hidden_because_.empty()) run_.withdraw(handle, table_.line(), "status", hidden_because_);
    } else if (!hidden_because_.empty()) {
      run_.refuse(table_.line(), "status", hidden_because_);
    }
    if (!hidden_because_.empty()) return kOk;
    const auto options = read_options();
    if (ascii_lower(table_.cell("variant_command")) == "delete") {
      is_any_deleted_ = true;
      run_.refuse(table_.line(), "variant_command", "the variant is to be deleted");
      return kOk;
    }
    if (!table_.cell("price").empty())
      read_variant(options);
    else if (!options.path().empty() || !table_.cell("sku").empty())
      run_.refuse(table_.line(), "price", "is empty");
    read_images(options);
    return kOk;
  }

  Result<Done> finish() {
    Garment done = std::exchange(garment_, Garment());
    const bool is_any_deleted = std::exchange(is_any_deleted_, false);
    if (done.id.empty() || !hidden_because_.empty()) return kOk;
    if (done.variants.empty() && is_any_deleted) {
      run_.withdraw(done.id, first_line_, "variant_command", "all variants of the product are to be deleted");
      return kOk;
    }
    take_colour_of_title(done);
    return run_.emit(std::move(done), first_line_);
  }

 private:
  [[nodiscard]] std::string unpublished() const {
    if (ascii_lower(table_.cell("command")) == "delete")
      return "the product is to be deleted";  // Matrixify's
    const std::string_view status = table_.cell("status");
    if (is_hidden(run_, table_.line(), {"status", status}))
      return fmt::format("the product's status is '{}'", ascii_lower(status));
    const std::string_view published = table_.cell("published");
    if (!published.empty() && FeedWords::standard().says(WordList::kNo, published))
      return "the product is not published";
    return is_yes(table_.cell("gift_card")) ? "the product is a gift card" : "";
  }

  void begin_product(const std::string& handle) {
    garment_.id = handle;
    know_as(garment_.supplier_attributes, table_.cell("id"), handle);
    run_.mention(handle);
    first_line_ = table_.line();
    hidden_because_ = unpublished();
    garment_.title = std::string(table_.cell("title"));
    garment_.description = std::string(table_.cell("description"));
    garment_.brand = std::string(table_.cell("vendor"));
    read_category();
    garment_.department = google_department(google_cell("google_gender", "gender"),
                                            google_cell("google_age_group", "age_group"));
    for (const auto& tag : split_list(table_.cell("tags"), ",")) add_attribute(garment_, "tags", tag);
    for (const auto& column : table_.columns())
      if (!read_links(column)) read_metafield(column);
    for (size_t i = 0; i < kOptionCount; ++i) {
      option_names_[i] = std::string(table_.cell(fmt::format("option_name_{}", i + 1)));
      option_links_[i] = std::string(table_.cell(fmt::format("option_linked_{}", i + 1)));
    }
  }

  // The shop's type, Shopify's category, or Google's.
  void read_category() {
    const std::string type(table_.cell("type")), path(table_.cell("category")),
        google = google_cell("google_category", "google_product_category");
    garment_.category = !type.empty() ? type : !path.empty() ? path : google;
    if (!type.empty()) add_attribute(garment_, "product_category", path);
    if (garment_.category != google) add_attribute(garment_, "google_product_category", google);
  }

  // "Google Shopping / Gender", or the metafield of Google's channel: "mm-google-shopping.gender".
  [[nodiscard]] std::string google_cell(std::string_view column, std::string_view field) const {
    if (const auto cell = table_.cell(column); !cell.empty()) return std::string(cell);
    const std::string name = fmt::format("{}.{}", kGoogleMetafields, field);
    for (const auto& other : table_.columns())
      if (other.find(name) != std::string::npos && !table_.cell(other).empty())
        return std::string(table_.cell(other));
    return "";
  }

  // What the merchant recommends beside the product, by handles: a complementary product is worn with it, a
  // related one in its place, so it is left. "gid://shopify/Product/1" names nothing that an export holds.
  bool read_links(const std::string& column) {
    if (column.find("--product_recommendation.") == std::string::npos) return false;
    if (column.find("complementary_products") == std::string::npos) return true;
    for (auto& handle : split_list(table_.cell(column), ",;\n"))
      if (!handle.starts_with("gid:")) garment_.goes_with.push_back(std::move(handle));
    return true;
  }

  // "Fabric (product.metafields.shopify.fabric)", or Matrixify's "Metafield: custom.fabric [type]".
  void read_metafield(const std::string& column) {
    if (column.find(kGoogleMetafields) != std::string::npos) return;  // read by google_cell
    if (const auto field = metafield_of_column(column, "", table_.cell(column)))
      return add_metafield(garment_.supplier_attributes, *field);
    const size_t at = column.find("_(product.metafields");
    if (at == std::string::npos) return;
    for (const auto& value : split_list(table_.cell(column), ";\n"))
      add_attribute(garment_, column.substr(0, at), value);
  }

  [[nodiscard]] VariantOptions read_options() {
    VariantOptions options(run_, table_.line());
    for (size_t i = 0; i < option_names_.size(); ++i) {
      const std::string_view value = table_.cell(fmt::format("option_value_{}", i + 1));
      if (value == "Default Title") continue;
      // An option linked to a metafield of Shopify's is known by the metafield, in whatever language its name
      // is: "product.metafields.shopify.color-pattern".
      const std::string& link = option_links_[i];
      if (FeedWords::standard().axis_of(option_names_[i]) == OptionAxis::kOther && !link.empty())
        options.add(link.substr(link.rfind('.') + 1), value);
      else
        options.add(option_names_[i], value);
    }
    return options;
  }

  // In all, or what is available at each place, as Matrixify exports it: "Inventory Available: Berlin".
  [[nodiscard]] std::string quantity() const {
    std::string in_all(table_.cell("quantity"));
    if (!in_all.empty()) return in_all;
    int sum = 0;
    bool is_told = false;
    for (const auto& column : table_.columns())
      if (column.starts_with("inventory_available:"))
        if (const auto pieces = parse_stock(table_.cell(column)); pieces.ok() && *pieces) {
          sum += **pieces;
          is_told = true;
        }
    return is_told ? std::to_string(sum) : std::string();
  }

  void read_variant(const VariantOptions& options) {
    Variant variant;
    variant.size = options.size();
    variant.colour = options.colour();
    variant.sku = std::string(table_.cell("sku"));
    if (variant.sku.empty()) variant.sku = garment_.id + options.path();
    // Shopify's own export has no numbers, Matrixify's has.
    know_as(variant.supplier_attributes, table_.cell("variant_id"), variant.sku);
    know_as_barcode(variant.supplier_attributes, table_.cell("barcode"), variant.sku);
    const std::string_view policy = table_.cell("policy");
    const std::string pieces = quantity();
    // What is not tracked, or may be sold past zero, is always there.
    const bool unlimited = (table_.has("tracker") && table_.cell("tracker").empty()) ||
                           ascii_lower(policy) == "continue" || is_yes(policy);
    const auto offer = read_offer(run_, table_.line(),
                                  {.price = {"price", table_.cell("price")},
                                   .list = {"compare_at", table_.cell("compare_at")},
                                   .quantity = {"quantity", pieces},
                                   .currency = {"currency", table_.cell("currency")},
                                   .unlimited = unlimited});
    if (!offer.ok()) return run_.refuse(table_.line(), offer.error().where, offer.error());
    offer->put_into(variant);
    if (!offer->currency.empty()) garment_.currency = offer->currency;
    options.put_others_into(variant);
    for (const auto& column : table_.columns())
      if (const auto field = metafield_of_column(column, "variant_", table_.cell(column)))
        add_metafield(variant.supplier_attributes, *field);
    for (const auto& other : garment_.variants)
      if (other.sku == variant.sku && other.size == variant.size && other.colour == variant.colour &&
          other.supplier_attributes == variant.supplier_attributes)
        return run_.refuse(table_.line(), "sku", fmt::format("sku '{}' stands twice", variant.sku));
    garment_.variants.push_back(std::move(variant));
  }

  void read_images(const VariantOptions& options) {
    for (const auto& url : split_addresses(table_.cell("image"), ";")) add_image(garment_, url, "");
    const std::string url(table_.cell("variant_image"));
    if (url.empty()) return;
    // A photo given to a variant shows its colour, even when the product listed it for all.
    std::erase_if(garment_.images,
                  [&](const GarmentImage& image) { return image.url == url && image.colour.empty(); });
    add_image(garment_, url, options.colour());
  }

  FeedRun& run_;
  const CsvTable& table_;
  Garment garment_;  // being put together; no id before the first
  size_t first_line_ = 0;
  std::string hidden_because_;   // empty: it is for sale
  bool is_any_deleted_ = false;  // a variant of it, by Matrixify's command
  std::array<std::string, kOptionCount> option_names_, option_links_;
};

Result<Done> read_shopify_csv(FeedRun& run) {
  TRY_ASSIGN(const auto table, CsvTable::detect(run, "shopify"));
  ShopifyReader reader(run, *table);
  run.let_skus_repeat();
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return reader.finish();
    TRY(reader.read_row());
  }
}

}  // namespace

const FeedReader kShopifyCsv{"shopify-csv",
                             [](const FeedHead& head) {
                               return head.has_columns_of("shopify", {"handle", "title", "price"});
                             },
                             read_shopify_csv};

}  // namespace modiste
