// Adobe Commerce (Magento) product CSV: rows of product_type simple are variants, which a row of product_type
// configurable claims by sku, before or after it; visible simple rows are garments of their own.
#include <fmt/format.h>

#include <algorithm>
#include <list>
#include <unordered_set>

#include "feeds/csv_table.h"
#include "feeds/feed_adobe_text.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"
#include "feeds/feed_time.h"
#include "vocabulary/size.h"

namespace modiste {
namespace {

// Simple rows that wait for their configurable row, and the reverse. A feed that leaves more open is not an
// export.
constexpr size_t kWaitingMax = 500'000;

struct SimpleRow {
  Variant variant;
  std::vector<std::string> images;
  Garment alone;  // what it is when nobody claims it; without variants
  bool visible = false;
  size_t line = 0;
};

struct ConfigurableRow {
  Garment garment;
  std::vector<AdobeVariation> variations;
  std::vector<std::optional<SimpleRow>> found;  // one per variation
  size_t missing = 0;
  size_t line = 0;
  bool sold_out = false;  // as a whole, whatever its variations have
};

class AdobeReader {
 public:
  AdobeReader(FeedRun& run, const CsvTable& table, std::string separator)
      : run_(run), table_(table), separator_(std::move(separator)) {}

  Result<Done> read_row() {
    const std::string_view type = table_.cell("product_type");
    const std::string sku(table_.cell("sku"));
    if (sku.empty()) {
      run_.refuse_unread(table_.line(), "the sku is empty");
      return kOk;
    }
    run_.mention(sku);
    const auto view = table_.cell("store_view_code");
    const bool is_first = own_rows_.insert(sku).second;
    if (!view.empty() && !(is_first && is_view_of_all(view)))
      return refuse("store_view_code",
                    fmt::format("is a translation for store view '{}', which is not read", view));
    for (const std::string_view column : {"product_online", "status"})
      if (const auto value = table_.cell(column);
          value == "2" || FeedWords::standard().says(WordList::kNo, value)) {
        run_.withdraw(sku, table_.line(), std::string(column), "the product is disabled");
        return kOk;
      }
    if (simples_.size() + waiting_.size() >= kWaitingMax)
      return Error{Code::kInvalid, "too many simple products wait for their configurable one", run_.name(),
                   "an export in which they stand near each other"};
    if (type == "configurable") return read_configurable();
    if (type == "simple" || type.empty()) return read_simple(sku);
    if (type == "virtual" || type == "downloadable" || type == "giftcard") {
      run_.withdraw(sku, table_.line(), "product_type", fmt::format("a {} product is nothing to wear", type));
      return kOk;
    }
    return refuse("product_type",
                  fmt::format("'{}' is not sold by size and colour; simple and configurable are read",
                              type.substr(0, 40)));
  }

  Result<Done> finish() {
    for (auto& configurable : waiting_) TRY(emit(std::move(configurable)));
    waiting_.clear();
    std::vector<SimpleRow> left;
    for (auto& [sku, simple] : simples_) left.push_back(std::move(simple));
    std::sort(left.begin(), left.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    for (auto& simple : left) TRY(emit_alone(std::move(simple)));
    return kOk;
  }

 private:
  // Magento writes a product's own row without a view; files made by hand name the view of all shops in each.
  static bool is_view_of_all(std::string_view view) {
    const std::string name = ascii_lower(view);
    return name == "default" || name == "admin" || name == "all";
  }

  Result<Done> refuse(std::string column, std::string reason) {
    run_.refuse(table_.line(), std::move(column), std::move(reason));
    return kOk;
  }

  Garment read_garment() const {
    Garment garment;
    garment.id = std::string(table_.cell("sku"));
    garment.title = table_.cell("name");
    const std::string_view description = table_.cell("description");
    garment.description =
        without_adobe_directives(description.empty() ? table_.cell("short_description") : description);
    read_adobe_categories(table_.cell("categories"), separator_, garment);
    for (const auto& [name, values] :
         parse_adobe_attributes(table_.cell("additional_attributes"), separator_))
      for (const auto& value : values) add_adobe_attribute(garment, name, value);
    for (const std::string_view column : {"related_skus", "crosssell_skus"})
      for (auto& sku : adobe_list(table_.cell(column), separator_))
        garment.goes_with.push_back(std::move(sku));
    if (const auto created = parse_feed_time(table_.cell("created_at"))) garment.created_at = created->begin;
    return garment;
  }

  [[nodiscard]] std::vector<std::string> read_images() const {
    std::vector<std::string> images;
    for (const std::string_view column : {"base_image", "additional_images"})
      for (auto& image : read_addresses(table_.cell(column)))
        if (image != "no_selection" && std::find(images.begin(), images.end(), image) == images.end())
          images.push_back(std::move(image));
    return images;
  }

  // Addresses may hold the separator.
  [[nodiscard]] std::vector<std::string> read_addresses(std::string_view cell) const {
    return separator_ == "," ? split_addresses(cell, ",") : adobe_list(cell, separator_);
  }

  // "Not Visible Individually", or the number of it.
  [[nodiscard]] bool is_visible() const {
    const std::string_view visibility = table_.cell("visibility");
    return visibility != "1" && !is_hidden(run_, table_.line(), {"visibility", visibility});
  }

  Result<Variant> read_variant(const Garment& row, const std::string& sku) const {
    Variant variant;
    variant.sku = sku;
    variant.size = adobe_axis(row, OptionAxis::kSize);
    if (variant.size.empty())  // children's
      if (std::string age = adobe_axis(row, OptionAxis::kAge); !parse_sizes(age, SizeChart::kKids).empty())
        variant.size = std::move(age);
    variant.colour = adobe_axis(row, OptionAxis::kColour);
    TRY_ASSIGN(const Offer offer, read_adobe_offer(run_, table_));
    offer.put_into(variant);
    return variant;
  }

  Result<Done> read_simple(const std::string& sku) {
    SimpleRow simple;
    simple.alone = read_garment();
    auto variant = read_variant(simple.alone, sku);
    if (!variant.ok()) {
      run_.refuse(table_.line(), variant.error().where, variant.error());
      return kOk;
    }
    simple.variant = std::move(variant).value();
    simple.images = read_images();
    simple.visible = is_visible();
    simple.line = table_.line();
    if (const auto claim = claims_.find(sku); claim != claims_.end())
      return give(claim->second, std::move(simple));
    const auto [known, is_new] = simples_.try_emplace(sku, std::move(simple));
    if (!is_new)
      return refuse("sku", fmt::format("sku '{}' was already used at line {}", sku, known->second.line));
    return kOk;
  }

  Result<Done> read_configurable() {
    if (!is_visible()) {
      run_.withdraw(std::string(table_.cell("sku")), table_.line(), "visibility",
                    "the product is not visible");
      return kOk;
    }
    ConfigurableRow configurable;
    configurable.garment = read_garment();
    configurable.line = table_.line();
    configurable.variations =
        parse_adobe_variations(run_, configurable.line, table_.cell("configurable_variations"), separator_);
    configurable.sold_out = FeedWords::standard().availability_of(table_.cell("is_in_stock")) ==
                            std::optional(Availability::kSoldOut);
    for (const auto& image : read_images()) configurable.garment.images.push_back({image, ""});
    if (configurable.variations.empty())
      return refuse("configurable_variations", "names no variation, so nothing can be sold");
    configurable.found.resize(configurable.variations.size());
    for (size_t i = 0; i < configurable.variations.size(); ++i) {
      if (auto simple = simples_.extract(configurable.variations[i].sku); !simple.empty())
        configurable.found[i] = std::move(simple.mapped());
      else
        ++configurable.missing;
    }
    if (configurable.missing == 0) return emit(std::move(configurable));
    waiting_.push_back(std::move(configurable));
    const auto& kept = waiting_.back();
    for (size_t i = 0; i < kept.variations.size(); ++i)
      if (!kept.found[i])
        claims_.insert_or_assign(kept.variations[i].sku, std::pair{std::prev(waiting_.end()), i});
    return kOk;
  }

  using Waiting = std::list<ConfigurableRow>;

  Result<Done> give(std::pair<Waiting::iterator, size_t> claim, SimpleRow simple) {
    auto& [configurable, index] = claim;
    claims_.erase(simple.variant.sku);
    configurable->found[index] = std::move(simple);
    if (--configurable->missing > 0) return kOk;
    ConfigurableRow whole = std::move(*configurable);
    waiting_.erase(configurable);
    return emit(std::move(whole));
  }

  Result<Done> emit(ConfigurableRow configurable) {
    Garment& garment = configurable.garment;
    std::vector<GarmentImage> main_images = std::exchange(garment.images, {});
    for (size_t i = 0; i < configurable.variations.size(); ++i) {
      auto& variation = configurable.variations[i];
      if (!configurable.found[i]) {
        run_.refuse(configurable.line, "configurable_variations",
                    fmt::format("'{}' is in no row that could be read", variation.sku));
        continue;
      }
      SimpleRow& simple = *configurable.found[i];
      if (!variation.size.empty()) simple.variant.size = std::move(variation.size);
      if (!variation.colour.empty()) simple.variant.colour = std::move(variation.colour);
      for (const auto& image : simple.images) add_image(garment, image, simple.variant.colour);
      keep_own_attributes(simple, garment);
      if (configurable.sold_out) simple.variant.stock = 0;
      garment.variants.push_back(std::move(simple.variant));
    }
    if (garment.variants.empty()) return kOk;
    put_main_images_first(garment, main_images);
    return run_.emit(std::move(garment), configurable.line);
  }

  // What a simple row says otherwise than its configurable one describes the variant: "material=Silk".
  static void keep_own_attributes(SimpleRow& simple, const Garment& garment) {
    for (auto& [name, values] : simple.alone.supplier_attributes) {
      const bool is_place = name == "category" || name == "collection" || name == "promotion";
      const OptionAxis axis = FeedWords::standard().axis_of(name);  // a height may be a bag's
      if (is_place || (axis != OptionAxis::kOther && axis != OptionAxis::kHeight)) continue;
      const auto shared = garment.supplier_attributes.find(name);
      if (shared == garment.supplier_attributes.end() || shared->second != values)
        simple.variant.supplier_attributes.emplace(name, std::move(values));
    }
  }

  // The configurable row's photos are those of one of its colours; they keep that colour and come first.
  static void put_main_images_first(Garment& garment, const std::vector<GarmentImage>& main_images) {
    std::vector<GarmentImage> ordered;
    for (const auto& main : main_images) {
      const auto known = std::find_if(garment.images.begin(), garment.images.end(),
                                      [&](const GarmentImage& image) { return image.url == main.url; });
      if (known == garment.images.end()) {
        ordered.push_back(main);
      } else {
        ordered.push_back(std::move(*known));
        garment.images.erase(known);
      }
    }
    ordered.insert(ordered.end(), std::make_move_iterator(garment.images.begin()),
                   std::make_move_iterator(garment.images.end()));
    garment.images = std::move(ordered);
    if (garment.images.size() > kImagesMax) garment.images.resize(kImagesMax);
  }

  Result<Done> emit_alone(SimpleRow simple) {
    if (!simple.visible) {
      run_.refuse(simple.line, "sku", "is not visible by itself, and no configurable product names it");
      return kOk;
    }
    for (const auto& image : simple.images) add_image(simple.alone, image, simple.variant.colour);
    simple.alone.variants.push_back(std::move(simple.variant));
    return run_.emit(std::move(simple.alone), simple.line);
  }

  FeedRun& run_;
  const CsvTable& table_;
  std::string separator_;                     // of several values in a cell
  std::unordered_set<std::string> own_rows_;  // skus whose first row was seen
  std::unordered_map<std::string, SimpleRow> simples_;
  Waiting waiting_;
  std::unordered_map<std::string, std::pair<Waiting::iterator, size_t>> claims_;
};

Result<Done> read_adobe_commerce_csv(FeedRun& run) {
  TRY_ASSIGN(const std::string_view head, run.lines().peek());
  std::string separator = adobe_separator(head);
  TRY_ASSIGN(const auto table, CsvTable::detect(run));
  if (!table->has("product_type")) return read_adobe_fixture(run, *table);
  AdobeReader reader(run, *table, std::move(separator));
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return reader.finish();
    TRY(reader.read_row());
  }
}

}  // namespace

const FeedReader kAdobeCommerceCsv{"adobe-commerce-csv",
                                   [](const FeedHead& head) {
                                     return head.has_columns({"sku", "product_type", "name", "price"}) ||
                                            head.has_columns({"category", "name", "sku", "price", "qty"});
                                   },
                                   read_adobe_commerce_csv};

}  // namespace modiste
