// WooCommerce's product export: rows of type variable are garments, rows of type variation are their variants
// and name their parent ("id:12", or its sku) before or after it; rows of type simple are both. The columns
// are named in the language of the shop's admin.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "feeds/csv_table.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_options.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"
#include "feeds/feed_time.h"

namespace modiste {
namespace {

// Products that wait for their other rows. A larger file than that is not an export.
constexpr size_t kOpenMax = 500'000;

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// "Black\, White | Red" by "," and "|": a comma of a value is written "\,".
std::vector<std::string> list_of(std::string_view cell, std::string_view marks) {
  constexpr std::string_view kEscaped = "\\,", kKept = "\x1f", kComma = ",";
  std::string kept(cell);
  replace_all(kept, kEscaped, kKept);
  auto values = split_list(kept, marks);
  for (auto& value : values) replace_all(value, kKept, kComma);
  return values;
}

// The export writes the line ends of a description as "\n", and what was written so as "\\n".
std::string with_line_ends(std::string_view text) {
  constexpr std::string_view kWritten = "\\\\n", kKept = "\x1f";
  std::string lines(text);
  replace_all(lines, kWritten, kKept);
  replace_all(lines, "\\n", "\n");
  replace_all(lines, kKept, "\\n");
  return lines;
}

struct WooProduct {
  Garment garment;  // no id: only variations were read so far
  size_t line = 0;
  std::string hidden_column, hidden_because;  // empty: it is for sale
  std::string size, colour;                   // one for all variations, which do not say it again
};

class WooCommerceReader {
 public:
  WooCommerceReader(FeedRun& run, const CsvTable& table) : run_(run), table_(table) {
    for (size_t i = 1; table.has(fmt::format("attribute_name_{}", i)); ++i) attribute_count_ = i;
    find_dates_of_sales();
  }

  Result<Done> read_row() {
    const std::string type = ascii_lower(cell("type"));
    const std::string id = key();
    if (id.empty()) {
      run_.refuse_unread(table_.line(), "the row has neither an id nor a sku");
      return kOk;
    }
    if (order_.size() >= kOpenMax)
      return Error{Code::kInvalid, "too many products", run_.name(), fmt::format("at most {}", kOpenMax)};
    const auto is = [&](std::string_view name) {
      return (", " + type + ",").find(fmt::format(" {},", name)) != std::string::npos;
    };
    const bool is_nothing_to_wear = is("virtual") || is("downloadable");
    if (is("variation") && !is_nothing_to_wear) return read_variation();
    if (is("variation")) {
      run_.refuse(table_.line(), "type", "a virtual or downloadable variation is nothing to wear");
      return kOk;
    }
    run_.mention(id);
    if (is_nothing_to_wear) {
      run_.withdraw(id, table_.line(), "type", "a virtual or downloadable product is nothing to wear");
      return kOk;
    }
    if (is("simple") || is("external")) return read_simple(id);  // external: sold by another shop
    if (is("variable")) return read_variable(id);
    run_.refuse(
        table_.line(), "type",
        fmt::format("'{}' is not sold by size and colour; simple, external, variable and variation are read",
                    type.substr(0, 40)));
    return kOk;
  }

  Result<Done> finish() {
    for (const auto& id : order_) {
      auto& [garment, line, column, because, size, colour] = products_.at(id);
      if (garment.id.empty()) {
        run_.refuse(line, "parent", fmt::format("the parent '{}' is in no row that could be read", id));
      } else if (!because.empty()) {
        run_.withdraw(garment.id, line, column, because);
      } else if (garment.variants.empty()) {
        run_.refuse(line, "type", "the variable product has no variation that can be sold");
      } else {
        for (Variant& variant : garment.variants) {
          if (variant.size.empty()) variant.size = size;
          if (variant.colour.empty()) variant.colour = colour;
        }
        TRY(run_.emit(std::move(garment), line));
      }
    }
    return kOk;
  }

 private:
  // The export writes an apostrophe before what a spreadsheet would take for a formula: "'-1", "'=SUM".
  [[nodiscard]] std::string_view cell(std::string_view column) const {
    const std::string_view text = table_.cell(column);
    const bool guarded = text.size() > 1 && text[0] == '\'' &&
                         std::string_view("=+-@").find(text[1]) != std::string_view::npos;
    return guarded ? text.substr(1) : text;
  }

  // The export has one order of columns in every language: the dates of a sale follow the description. So
  // they are found under names that nobody knows, where the cells hold dates.
  void find_dates_of_sales() {
    std::unordered_set<std::string> known;
    for (const auto& [letters, name] : FeedWords::standard().columns("woocommerce")) known.insert(name);
    const auto& columns = table_.columns();
    const auto after = [&](std::string_view name) {
      const auto at = std::find(columns.begin(), columns.end(), name);
      const bool is_unknown = at != columns.end() && at + 1 != columns.end() && !known.contains(*(at + 1));
      return is_unknown ? *(at + 1) : std::string();
    };
    if (!table_.has(sale_from_)) sale_from_ = after("description");
    if (!table_.has(sale_to_)) sale_to_ = after(sale_from_);
  }

  // The date of a sale in a column that may hold something else.
  [[nodiscard]] std::string_view date_in(const std::string& column, std::string_view usual) const {
    const std::string_view text = cell(column);
    if (column == usual || text.empty()) return text;
    if (!parse_feed_time(text)) return {};
    run_.note(table_.line(), fmt::format("the column '{}' was read as the dates of sales, by its place",
                                         column.substr(0, 60)));
    return text;
  }

  // How variations name their parent: by "id:12", or by sku.
  [[nodiscard]] std::string key() const {
    const std::string_view sku = cell("sku"), id = cell("id");
    return std::string(sku.empty() ? id : sku);
  }

  // What a product is known by within the file: one's sku may be another's number.
  [[nodiscard]] std::string name_in_file(const std::string& id) const {
    return cell("sku").empty() ? "id:" + id : id;
  }

  WooProduct& open(const std::string& name) {
    const auto [product, is_new] = products_.try_emplace(name);
    if (is_new) {
      product->second.line = table_.line();
      order_.push_back(name);
    }
    return product->second;
  }

  // Published is 1, 0 (private), -1 (draft).
  void judge(WooProduct& product) {
    const std::string_view published = cell("published");
    if (published == "-1" || FeedWords::standard().says(WordList::kNo, published)) {
      product.hidden_column = "published";
      product.hidden_because = published == "-1" ? "the product is a draft" : "the product is not published";
    } else if (is_hidden(run_, table_.line(), {"visibility", cell("visibility")})) {
      product.hidden_column = "visibility";
      product.hidden_because = "the product is hidden in the catalog";
    }
  }

  void describe(Garment& garment) const {
    garment.title = cell("name");
    const std::string_view text = cell("description");
    garment.description = with_line_ends(text.empty() ? cell("short_description") : text);
    // "Fjord > Fjord Kids, Moda": the first, by its own name.
    if (const auto brands = list_of(cell("brands"), ","); !brands.empty())
      garment.brand = trim(std::string_view(brands.front()).substr(brands.front().rfind('>') + 1));
    read_categories(garment);
    for (const auto& tag : list_of(cell("tags"), ",")) add_attribute(garment, "tags", tag);
    for (const auto& url : split_addresses(cell("images"), ",")) add_image(garment, url, "");
    for (auto& sku : split_list(cell("cross_sells"), ","))
      if (!sku.starts_with("id:")) garment.goes_with.push_back(std::move(sku));
  }

  // "Women > Tops, Women > Sale": the deepest path is the category.
  void read_categories(Garment& garment) const {
    std::ptrdiff_t depth_best = -1;
    const auto paths = list_of(cell("categories"), ",");
    for (const auto& path : paths) {
      const std::ptrdiff_t depth = std::count(path.begin(), path.end(), '>');
      if (depth > depth_best) depth_best = depth, garment.category = path;
    }
    for (const auto& path : paths)
      if (path != garment.category) add_attribute(garment, "category", path);
  }

  template <class Visit>
  void for_each_attribute(const Visit& visit) const {
    for (size_t i = 1; i <= attribute_count_; ++i) {
      const std::string_view name = cell(fmt::format("attribute_name_{}", i)),
                             values = cell(fmt::format("attribute_values_{}", i));
      if (!name.empty() && !values.empty()) visit(name, values);
    }
  }

  Result<Offer> offer() const {
    const std::string_view in_stock = cell("in_stock"), backorders = cell("backorders");
    return read_offer(run_, table_.line(),
                      {.price = {"regular_price", cell("regular_price")},
                       .sale = {"sale_price", cell("sale_price")},
                       .sale_from = {"sale_from", date_in(sale_from_, "sale_from")},
                       .sale_to = {"sale_to", date_in(sale_to_, "sale_to")},
                       .availability = {"in_stock", in_stock},
                       .quantity = {"stock", ascii_lower(cell("stock")) == "parent" ? "" : cell("stock")},
                       .currency = {"currency", cell("currency")},
                       .unlimited = is_yes(backorders) || ascii_lower(backorders) == "notify"});
  }

  Result<Done> add_variant(WooProduct& product, const VariantOptions& options, const std::string& sku) {
    const auto offer = this->offer();
    if (!offer.ok()) {
      run_.refuse(table_.line(), offer.error().where, offer.error());
      return kOk;
    }
    Variant variant;
    variant.sku = sku;
    know_as(variant.supplier_attributes, cell("id"), sku);
    know_as_barcode(variant.supplier_attributes, cell("gtin"), sku);
    variant.size = options.size();
    variant.colour = options.colour();
    offer->put_into(variant);
    if (!offer->currency.empty()) product.garment.currency = offer->currency;
    options.put_others_into(variant);
    product.garment.variants.push_back(std::move(variant));
    return kOk;
  }

  // The product that this row describes; nullptr, and refused, if an earlier row described it.
  WooProduct* begin(const std::string& id) {
    WooProduct& product = open(name_in_file(id));
    if (!product.garment.id.empty()) {
      run_.refuse(table_.line(), "id", fmt::format("'{}' was already used at line {}", id, product.line));
      return nullptr;
    }
    // The sku of one that was read before may be this one's number, or the other way round.
    product.garment.id = ids_.insert(id).second ? id : fmt::format("id:{}", cell("id"));
    know_as(product.garment.supplier_attributes, cell("id"), product.garment.id);
    product.line = table_.line();
    judge(product);
    return &product;
  }

  // An attribute with one value is an option of the only variant; with several it describes the garment.
  Result<Done> read_simple(const std::string& id) {
    WooProduct* opened = begin(id);
    if (opened == nullptr) return kOk;
    WooProduct& product = *opened;
    describe(product.garment);
    VariantOptions options(run_, table_.line());
    for_each_attribute([&](std::string_view name, std::string_view values) {
      const auto all = list_of(values, ",|");
      if (all.size() == 1 && FeedWords::standard().axis_of(name) != OptionAxis::kOther)
        options.add(name, all.front());
      else
        for (const auto& value : all) add_attribute(product.garment, fold_case(name), value);
    });
    return add_variant(product, options, product.garment.id);
  }

  Result<Done> read_variable(const std::string& id) {
    const std::string row_id(cell("id"));
    if (!row_id.empty()) name_of_id_[row_id] = name_in_file(id);
    WooProduct* opened = begin(id);
    if (opened == nullptr) return kOk;
    WooProduct& product = *opened;
    if (!cell("sku").empty()) adopt("id:" + row_id, product);
    const auto images = std::exchange(product.garment.images, {});
    describe(product.garment);
    for (const auto& image : images) add_colour_photo(product.garment, image.url, image.colour);
    // What variations choose from is theirs, what is one for all stands here alone; the rest describes the
    // garment.
    VariantOptions shared(run_, table_.line());
    for_each_attribute([&](std::string_view name, std::string_view values) {
      const auto all = list_of(values, ",|");
      if (FeedWords::standard().axis_of(name) == OptionAxis::kOther)
        for (const auto& value : all) add_attribute(product.garment, fold_case(name), value);
      else if (all.size() == 1)
        shared.add(name, all.front());
    });
    product.size = shared.size();
    product.colour = shared.colour();
    for (const auto& [name, value] : shared.others()) add_attribute(product.garment, name, value);
    return kOk;
  }

  // Variations that stood before their parent may have named it by its number.
  void adopt(const std::string& number, WooProduct& product) {
    const auto waiting = products_.find(number);
    if (waiting == products_.end()) return;
    Garment& early = waiting->second.garment;
    std::move(early.variants.begin(), early.variants.end(), std::back_inserter(product.garment.variants));
    std::move(early.images.begin(), early.images.end(), std::back_inserter(product.garment.images));
    if (product.garment.currency.empty()) product.garment.currency = early.currency;
    std::erase(order_, number);
    products_.erase(waiting);
  }

  // A photo given to a variation shows its colour, even when the parent listed it for all.
  static void add_colour_photo(Garment& garment, const std::string& url, const std::string& colour) {
    std::erase_if(garment.images,
                  [&](const GarmentImage& image) { return image.url == url && image.colour.empty(); });
    add_image(garment, url, colour);
  }

  Result<Done> read_variation() {
    std::string parent(cell("parent"));
    if (parent.empty()) {
      run_.refuse_unread(table_.line(), "the variation names no parent");
      return kOk;
    }
    if (parent.starts_with("id:"))
      if (const auto known = name_of_id_.find(parent.substr(3)); known != name_of_id_.end())
        parent = known->second;
    WooProduct& product = open(parent);
    const std::string_view published = cell("published");
    if (published == "-1" || FeedWords::standard().says(WordList::kNo, published)) {
      run_.refuse(table_.line(), "published", "the variation is not published");
      return kOk;
    }
    VariantOptions options(run_, table_.line());
    for_each_attribute([&](std::string_view name, std::string_view values) {
      std::string value(values);
      replace_all(value, "\\,", ",");
      options.add(name, value);
    });
    for (size_t i = 1; i <= attribute_count_; ++i)
      if (const auto name = cell(fmt::format("attribute_name_{}", i));
          !name.empty() && cell(fmt::format("attribute_values_{}", i)).empty())
        run_.note(table_.line(),
                  fmt::format("a variation is sold in any '{}': left open", name.substr(0, 60)));
    std::string sku(cell("sku"));
    if (sku.empty()) sku = cell("id").empty() ? parent + options.path() : std::string(cell("id"));
    for (const auto& url : split_addresses(cell("images"), ","))
      add_colour_photo(product.garment, url, options.colour());
    return add_variant(product, options, sku);
  }

  FeedRun& run_;
  const CsvTable& table_;
  size_t attribute_count_ = 0;
  std::string sale_from_ = "sale_from", sale_to_ = "sale_to";  // columns
  std::unordered_map<std::string, WooProduct>
      products_;  // by sku, or "id:12" without one or while only variations are known
  std::unordered_map<std::string, std::string> name_of_id_;
  std::unordered_set<std::string> ids_;  // of garments
  std::vector<std::string> order_;
};

Result<Done> read_woocommerce_csv(FeedRun& run) {
  TRY_ASSIGN(const auto table, CsvTable::detect(run, "woocommerce"));
  WooCommerceReader reader(run, *table);
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return reader.finish();
    TRY(reader.read_row());
  }
}

}  // namespace

const FeedReader kWooCommerceCsv{
    "woocommerce-csv",
    [](const FeedHead& head) {
      return head.has_columns_of("woocommerce", {"type", "name", "published", "regular_price"});
    },
    read_woocommerce_csv};

}  // namespace modiste
