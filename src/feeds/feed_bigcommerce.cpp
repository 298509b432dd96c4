// BigCommerce's product exports. Since 2023: rows of item Product, Variant, Image and Video, with options as
// "Type=Swatch|Name=Color|Value=Red[#f00]". Before: rows of item type Product, SKU and Rule, with options in
// the name, "[S]Size=M,[CS]Color=Red:#f00". The rows of a product follow it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/json.h"
#include "feeds/csv_table.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_options.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"

namespace modiste {
namespace {

using OptionPairs = std::vector<std::pair<std::string, std::string>>;

// "Red[#f00]" and "Red:#f00": a swatch's value and what it is painted with.
std::string without_swatch(std::string_view value) {
  size_t end = value.size();
  if (value.ends_with(']')) end = std::min(end, value.rfind('['));
  end = std::min(end, value.find(":#"));
  return std::string(trim(value.substr(0, end)));
}

OptionPairs options_of_cell(std::string_view cell) {
  OptionPairs options;
  constexpr std::string_view kName = "Name=", kValue = "|Value=", kNext = "Type=";
  for (size_t at = cell.find(kName); at != std::string_view::npos; at = cell.find(kName, at)) {
    const size_t value = cell.find(kValue, at);
    if (value == std::string_view::npos) break;
    const size_t end = std::min(cell.find(kNext, value), cell.size());
    std::string_view text = cell.substr(value + kValue.size(), end - value - kValue.size());
    while (!text.empty() && std::string_view(" |;,\n").find(text.back()) != std::string_view::npos)
      text.remove_suffix(1);
    options.emplace_back(trim(cell.substr(at + kName.size(), value - at - kName.size())),
                         without_swatch(text));
    at = end;
  }
  return options;
}

// "[S]Size=M,[CS]Color=Red:#f00": a comma separates only before another "[".
OptionPairs options_of_name(std::string_view name) {
  OptionPairs options;
  while (name.starts_with('[')) {
    const size_t end = std::min(name.find(",[", 1), name.size());
    const std::string_view option = name.substr(0, end);
    const size_t close = option.find(']'), equals = option.find('=');
    if (close == std::string_view::npos || equals == std::string_view::npos || equals < close) break;
    options.emplace_back(trim(option.substr(close + 1, equals - close - 1)),
                         without_swatch(option.substr(equals + 1)));
    name = end == name.size() ? std::string_view() : name.substr(end + 1);
  }
  return options;
}

// "Category Name: Tops, Category Path: Women/Tops|..." or "Women/Tops; Sale".
std::vector<std::string> categories_of(std::string_view cell) {
  constexpr std::string_view kPath = "Category Path:";
  std::vector<std::string> paths;
  const bool detailed = cell.find(kPath) != std::string_view::npos;
  for (auto& part : split_list(cell, detailed ? "|" : ";")) {
    if (const size_t at = part.find(kPath); at != std::string::npos)
      part = trim(std::string_view(part).substr(at + kPath.size()));
    paths.push_back(std::move(part));
  }
  return paths;
}

// A photo of a product, with where the shop shows it.
struct PlacedPhoto {
  std::string url;
  bool is_thumbnail = false;  // the one that lists show
  int place = 0;
};

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789 ") == std::string_view::npos;
}

class BigCommerceReader {
 public:
  BigCommerceReader(FeedRun& run, const CsvTable& table) : run_(run), table_(table) {}

  Result<Done> read_row() {
    const std::string item = ascii_lower(table_.cell("row"));
    if (item == "product" || !table_.has("row")) return begin_product();
    if (garment_.id.empty() && !skipping_) {
      run_.refuse_unread(table_.line(), "the row follows no product");
      return kOk;
    }
    if (skipping_) {
      run_.refuse(table_.line(), "item", "its product was refused");
      return kOk;
    }
    if (item == "variant" || item == "sku") return read_variant();
    if (item == "rule") return apply_rule();
    if (item == "image") return add_photo(), kOk;
    if (item != "video")
      run_.refuse(table_.line(), "item", fmt::format("'{}' is not read", item.substr(0, 40)));
    return kOk;
  }

  Result<Done> finish() {
    Garment done = std::exchange(garment_, Garment());
    const auto photos = std::exchange(photos_, {});
    if (done.id.empty()) return kOk;
    put_photos(photos, done);
    if (done.variants.empty()) {
      own_.sku = own_.sku.empty() ? done.id : own_.sku;
      done.variants.push_back(own_);
    } else {
      know_as(done.supplier_attributes, own_.sku, done.id);  // events may name the product by it
    }
    return run_.emit(std::move(done), first_line_);
  }

 private:
  Result<Done> begin_product() {
    TRY(finish());
    options_.clear();
    skipping_ = true;
    std::string id(table_.cell("id"));
    if (id.empty()) id = table_.cell("sku");
    if (id.empty()) {
      run_.refuse_unread(table_.line(), "the product has neither an id nor a sku");
      return kOk;
    }
    run_.mention(id);
    const FeedWords& words = FeedWords::standard();
    for (const std::string_view column : {"visible", "purchasable"})
      if (words.says(WordList::kNo, table_.cell(column))) {
        run_.withdraw(id, table_.line(), std::string(column),
                      column == "visible" ? "the product is not visible" : "the product cannot be bought");
        return kOk;
      }
    if (const auto type = ascii_lower(table_.cell("type")); type == "digital" || type == "d") {
      run_.withdraw(id, table_.line(), "type", "a digital product is nothing to wear");
      return kOk;
    }
    const auto offer = read_row_offer(unlimited());
    if (!offer.ok()) {
      run_.refuse(table_.line(), offer.error().where, offer.error());
      return kOk;
    }
    skipping_ = false;
    first_line_ = table_.line();
    garment_.id = id;
    garment_.currency = offer->currency;
    describe();
    own_ = Variant();
    own_.sku = table_.cell("sku");
    know_barcodes(own_);
    offer->put_into(own_);
    tracking_ = ascii_lower(table_.cell("tracking"));
    return kOk;
  }

  void describe() {
    garment_.title = table_.cell("name");
    garment_.description = table_.cell("description");
    garment_.brand = table_.cell("brand");
    if (garment_.brand.empty() && !table_.cell("brand_id").empty())
      run_.note(table_.line(), "brands are given by numbers, which the file does not explain: left out");
    size_t depth_best = 0;
    const auto paths = categories_of(table_.cell("categories"));
    for (const auto& path : paths) {
      if (is_number(path)) {
        run_.note(table_.line(),
                  "categories are given by numbers, which the file does not explain: left out");
        continue;
      }
      const auto depth = static_cast<size_t>(std::count(path.begin(), path.end(), '/')) + 1;
      if (depth > depth_best) depth_best = depth, garment_.category = path;
    }
    for (const auto& path : paths)
      if (path != garment_.category && !is_number(path)) add_attribute(garment_, "category", path);
    for (const auto& word : split_list(table_.cell("keywords"), ",")) add_attribute(garment_, "tags", word);
    read_custom_fields(table_.cell("custom_fields"));
    for (size_t i = 1; table_.has(fmt::format("image_file_{}", i)); ++i)
      photos_.push_back({std::string(table_.cell(fmt::format("image_file_{}", i))),
                         is_yes(table_.cell(fmt::format("thumbnail_file_{}", i))), 0});
  }

  // [{"name":"Material","value":"Linen"}] or "Material=Linen;Fit=Slim".
  void read_custom_fields(std::string_view cell) {
    if (const auto parsed = parse_json(cell); parsed.ok() && parsed->is_array()) {
      for (const auto& field : parsed->get_array()) {
        const auto* object = field.if_object();
        const auto* name = object == nullptr ? nullptr : object->if_contains("name");
        const auto* value = object == nullptr ? nullptr : object->if_contains("value");
        if (name != nullptr && value != nullptr && name->is_string() && value->is_string())
          add_attribute(garment_, fold_case(std::string(name->get_string())),
                        std::string(value->get_string()));
      }
      return;
    }
    for (const auto& field : split_list(cell, ";"))
      if (const size_t equals = field.find('='); equals != std::string::npos)
        add_attribute(garment_, fold_case(trim(std::string_view(field).substr(0, equals))),
                      trim(std::string_view(field).substr(equals + 1)));
  }

  [[nodiscard]] bool unlimited() const {
    const std::string_view tracking = table_.cell("tracking");
    return ascii_lower(tracking) == "none" || FeedWords::standard().says(WordList::kNo, tracking);
  }

  [[nodiscard]] Result<Offer> read_row_offer(bool is_unlimited) const {
    return read_offer(
        run_, table_.line(),
        {.price = {"price", table_.cell("price")},
         .sale = {"sale_price", table_.cell("sale_price")},
         .list = {"retail_price", is_zero(table_.cell("list_price")) ? "" : table_.cell("list_price")},
         .quantity = {"current_stock", table_.cell("stock")},
         .currency = {"currency", table_.cell("currency")},
         .unlimited = is_unlimited});
  }

  static bool is_zero(std::string_view number) {
    return number.find_first_not_of("0.,") == std::string_view::npos;
  }

  void know_barcodes(Variant& variant) const {  // GTIN and UPC have a column each
    for (const auto& code : table_.cells("gtin"))
      know_as_barcode(variant.supplier_attributes, code, variant.sku);
  }

  Result<Done> read_variant() {
    OptionPairs pairs = options_of_cell(table_.cell("options"));
    if (pairs.empty()) pairs = options_of_name(table_.cell("name"));
    VariantOptions options(run_, table_.line());
    for (const auto& [name, value] : pairs) options.add(name, value);
    Variant variant = own_;  // what the row leaves empty is the product's
    variant.sku = table_.cell("sku");
    if (variant.sku.empty()) variant.sku = garment_.id + options.path();
    variant.supplier_attributes.clear();  // its own barcode, not the product's
    know_as(variant.supplier_attributes, table_.cell("id"), variant.sku);
    know_barcodes(variant);
    variant.size = options.size();
    variant.colour = options.colour();
    if (!is_zero(table_.cell("price")) || !is_zero(table_.cell("sale_price"))) {
      const auto offer = read_row_offer(false);
      if (!offer.ok()) {
        run_.refuse(table_.line(), offer.error().where, offer.error());
        return kOk;
      }
      variant.price = offer->price;
      variant.list_price = offer->list_price;
      const double whole = own_.list_price.value_or(own_.price);  // of a variant that names its sale alone
      if (is_zero(table_.cell("price")) && variant.price < whole) variant.list_price = whole;
    }
    const auto stock = parse_stock(table_.cell("stock"));
    if (!stock.ok()) {
      run_.refuse(table_.line(), "current_stock", stock.error());
      return kOk;
    }
    // Counted by product, the pieces are those of all its variants.
    const bool by_variant = tracking_ != "none" && tracking_ != "n" && !tracking_.ends_with("product");
    if (by_variant && *stock) variant.stock = **stock;
    if (FeedWords::standard().says(WordList::kNo, table_.cell("purchasable"))) variant.stock = 0;
    options.put_others_into(variant);
    add_image(garment_, table_.cell("variant_image"), variant.colour);
    for (const auto& other : garment_.variants)
      if (other.sku == variant.sku) {
        run_.refuse(table_.line(), "sku", fmt::format("sku '{}' stands twice", variant.sku));
        return kOk;
      }
    garment_.variants.push_back(std::move(variant));
    options_.push_back(std::move(pairs));
    return kOk;
  }

  // "[ADD]5", "[REMOVE]5", "[FIXED]49.90", or a price: of the variants that have the rule's options.
  Result<Done> apply_rule() {
    const OptionPairs wanted = options_of_name(table_.cell("name"));
    std::string_view price = table_.cell("price");
    std::string how;
    if (price.starts_with('[')) {
      const size_t close = std::min(price.find(']'), price.size() - 1);
      how = ascii_lower(price.substr(1, close - 1));
      price.remove_prefix(close + 1);
    }
    const bool forbids = FeedWords::standard().says(WordList::kNo, table_.cell("purchasable")) ||
                         FeedWords::standard().says(WordList::kNo, table_.cell("visible"));
    double change = 0;
    if (!is_zero(price)) {
      const auto money = parse_money(price, run_.options().currency);
      if (!money.ok()) {
        run_.refuse(table_.line(), "price", money.error());
        return kOk;
      }
      change = money->amount;
    }
    for (size_t i = 0; i < garment_.variants.size(); ++i) {
      const bool applies =
          !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const auto& option) {
            return std::find(options_[i].begin(), options_[i].end(), option) != options_[i].end();
          });
      if (!applies) continue;
      Variant& variant = garment_.variants[i];
      if (forbids) variant.stock = 0;
      if (change == 0) continue;
      variant.price = how == "add"      ? variant.price + change
                      : how == "remove" ? std::max(0.0, variant.price - change)
                                        : change;
      if (variant.list_price && *variant.list_price <= variant.price) variant.list_price.reset();
    }
    return kOk;
  }

  void add_photo() {
    const std::string_view exported = table_.cell("image");
    const auto place = parse_stock(table_.cell("image_sort_order"));
    photos_.push_back({std::string(exported.empty() ? table_.cell("image_to_import") : exported),
                       is_yes(table_.cell("image_is_thumbnail")), place.ok() ? place->value_or(0) : 0});
  }

  // By the shop's order, and the thumbnail before all others.
  static void put_photos(std::vector<PlacedPhoto> photos, Garment& garment) {
    std::stable_sort(photos.begin(), photos.end(),
                     [](const PlacedPhoto& a, const PlacedPhoto& b) { return a.place < b.place; });
    for (const auto& photo : photos)
      if (photo.is_thumbnail && !photo.url.empty() && garment.images.size() < kImagesMax) {
        garment.images.insert(garment.images.begin(), {photo.url, ""});
        break;
      }
    for (const auto& photo : photos) add_image(garment, photo.url, "");
  }

  FeedRun& run_;
  const CsvTable& table_;
  Garment garment_;  // being put together; no id before the first
  Variant own_;      // the product's own price and stock
  std::string tracking_;
  std::vector<OptionPairs> options_;  // of each variant
  std::vector<PlacedPhoto> photos_;   // of the product, not of a variant
  size_t first_line_ = 0;
  bool skipping_ = false;  // the rows of a product that was refused
};

Result<Done> read_bigcommerce_csv(FeedRun& run) {
  TRY_ASSIGN(const auto table, CsvTable::detect(run, "bigcommerce"));
  BigCommerceReader reader(run, *table);
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return reader.finish();
    TRY(reader.read_row());
  }
}

}  // namespace

const FeedReader kBigCommerceCsv{"bigcommerce-csv",
                                 [](const FeedHead& head) {
                                   return head.has_columns_of("bigcommerce", {"name", "price", "sku"}) &&
                                          (head.has_columns({"item"}) || head.has_columns({"item_type"}) ||
                                           head.has_columns({"product_code/sku"}));
                                 },
                                 read_bigcommerce_csv};

}  // namespace modiste
