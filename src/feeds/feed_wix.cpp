// Wix Stores' product export, of today and the one before. A row of field type Product has the options with
// all their choices; rows of field type Variant follow it where pieces are counted by variant. Source:
// support.wix.com, "Preparing your CSV file to import".
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "feeds/csv_table.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_options.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"
#include "feeds/money.h"

namespace modiste {
namespace {

struct WixOption {
  std::string name;
  std::vector<std::string> choices;
};

// "#FF0000:Red": what a colour is painted with, and its name.
std::string without_paint(std::string_view choice) {
  const size_t colon = choice.find(':');
  const bool painted = choice.starts_with('#') && colon != std::string_view::npos;
  return std::string(trim(painted ? choice.substr(colon + 1) : choice));
}

class WixReader {
 public:
  WixReader(FeedRun& run, const CsvTable& table) : run_(run), table_(table) {}

  Result<Done> read_row() {
    const std::string type = ascii_lower(table_.cell("row"));
    if (type == "product") return begin_product();
    if (type != "variant") {
      run_.refuse(table_.line(), "fieldType",
                  fmt::format("'{}' is not read; Product and Variant are", type.substr(0, 40)));
    } else if (table_.cell("id") != product_ || product_.empty()) {
      run_.refuse_unread(table_.line(), "the variant follows another product than its own");
    } else if (!garment_.id.empty()) {
      has_variant_rows_ = true;
      read_variant();
    }
    return kOk;
  }

  Result<Done> finish() {
    Garment done = std::exchange(garment_, Garment());
    if (done.id.empty()) return kOk;
    if (!has_variant_rows_) make_all_variants(done);
    if (done.variants.empty()) {  // a refused one says nothing of whether the product is sold
      if (!has_refused_variant_) run_.withdraw(done.id, first_line_, "visible", "no variant is visible");
      return kOk;
    }
    return run_.emit(std::move(done), first_line_);
  }

 private:
  Result<Done> begin_product() {
    TRY(finish());
    product_ = table_.cell("id");
    options_.clear();
    has_variant_rows_ = has_refused_variant_ = false;
    if (product_.empty()) {
      run_.refuse_unread(table_.line(), "the product has no handle");
      return kOk;
    }
    run_.mention(product_);
    if (FeedWords::standard().says(WordList::kNo, table_.cell("visible"))) {
      run_.withdraw(product_, table_.line(), "visible", "the product is not visible");
      return kOk;
    }
    own_ = Variant();
    if (!read_own_price() || !read_stock(own_)) return kOk;
    own_.sku = table_.cell("sku");
    first_line_ = table_.line();
    garment_.id = product_;
    describe();
    read_options();
    return kOk;
  }

  void describe() {
    garment_.title = table_.cell("name");
    garment_.description = table_.cell("description");
    garment_.brand = table_.cell("brand");
    const auto collections = split_list(table_.cell("collection"), ";");
    if (!collections.empty()) garment_.category = collections.front();
    for (const auto& other : collections)
      if (other != garment_.category) add_attribute(garment_, "category", other);
    for (const auto& url : split_list(table_.cell("images"), ";")) add_image(garment_, url, "");
    for (size_t i = 1; table_.has(fmt::format("info_title_{}", i)); ++i)
      if (const auto title = fold_case(table_.cell(fmt::format("info_title_{}", i))); !title.empty())
        add_attribute(garment_, title, plain_line(table_.cell(fmt::format("info_text_{}", i))));
  }

  void read_options() {
    for (size_t i = 1; table_.has(fmt::format("option_name_{}", i)); ++i) {
      WixOption option{std::string(table_.cell(fmt::format("option_name_{}", i))), {}};
      for (const auto& choice : split_list(table_.cell(fmt::format("option_choice_{}", i)), ";"))
        option.choices.push_back(without_paint(choice));
      options_.push_back(std::move(option));
    }
  }

  // False: the product is refused.
  bool read_own_price() {
    const auto whole = money_in("price");
    if (!whole.ok()) {
      run_.refuse(table_.line(), "price", whole.error());
      return false;
    }
    whole_ = *whole;
    is_percent_ = ascii_lower(table_.cell("discount_mode")) == "percent";
    const auto discount = money_in("discount_value");
    discount_ = !discount.ok() ? 0 : is_percent_ ? std::min(*discount, 100.0) : *discount;
    put_price(own_, whole_);
    return true;
  }

  // A variant says what it costs, or before 2025 what it costs more than the product. False: it is refused.
  bool read_variant_price(Variant& variant) {
    const bool is_surcharge = table_.has("surcharge");
    const std::string_view column = is_surcharge ? "surcharge" : "price";
    double price = whole_;
    if (!table_.cell(column).empty()) {
      const auto money = money_in(column);
      if (!money.ok()) {
        run_.refuse(table_.line(), std::string(column), money.error());
        return false;
      }
      price = *money + (is_surcharge ? whole_ : 0);
    }
    put_price(variant, price);
    return true;
  }

  [[nodiscard]] Result<double> money_in(std::string_view column) const {
    TRY_ASSIGN(const auto money, parse_money(table_.cell(column), run_.options().currency));
    return money.amount;
  }

  // With the product's discount; a price that was struck through is the one before it.
  void put_price(Variant& variant, double price) const {
    const double paid = is_percent_ ? price * (1 - discount_ / 100) : std::max(0.0, price - discount_);
    variant.price = std::round(paid * 100) / 100;
    if (variant.price < price) variant.list_price = price;
    if (const auto before = money_in("list_price"); before.ok() && *before > variant.price)
      variant.list_price = *before;
  }

  // "InStock", "OutOfStock" or a number of pieces; nothing: it is not counted.
  bool read_stock(Variant& variant) {
    const std::string_view cell = table_.cell("stock");
    if (const auto word = FeedWords::standard().availability_of(cell)) {
      variant.stock = word == Availability::kSoldOut ? 0 : 1;
      return true;
    }
    const auto stock = parse_stock(cell);
    if (!stock.ok()) {
      run_.refuse(table_.line(), "inventory", stock.error());
      return false;
    }
    variant.stock = stock->value_or(1);
    return true;
  }

  void read_variant() {
    VariantOptions options(run_, table_.line());
    for (size_t i = 0; i < options_.size(); ++i)
      options.add(options_[i].name, without_paint(table_.cell(fmt::format("option_choice_{}", i + 1))));
    Variant variant;
    if (FeedWords::standard().says(WordList::kNo, table_.cell("visible"))) return;
    if (!read_variant_price(variant) || !read_stock(variant)) {
      has_refused_variant_ = true;
      return;
    }
    variant.sku = table_.cell("sku");
    take_options(options, variant);
    garment_.variants.push_back(std::move(variant));
  }

  void take_options(const VariantOptions& options, Variant& variant) const {
    if (variant.sku.empty()) variant.sku = garment_.id + options.path();
    variant.size = options.size();
    variant.colour = options.colour();
    options.put_others_into(variant);
  }

  // Without rows of variants every choice of one option is sold with every one of the others.
  void make_all_variants(Garment& garment) {
    std::vector<std::vector<std::string>> chosen{{}};
    for (const auto& option : options_) {
      if (option.choices.empty()) continue;
      std::vector<std::vector<std::string>> longer;
      for (const auto& before : chosen)
        for (const auto& choice : option.choices) {
          if (longer.size() >= kVariantsMax) break;
          longer.push_back(before);
          longer.back().push_back(choice);
        }
      chosen = std::move(longer);
    }
    for (const auto& choices : chosen) {
      VariantOptions options(run_, first_line_);
      size_t place = 0;
      for (const auto& option : options_)
        if (!option.choices.empty()) options.add(option.name, choices[place++]);
      Variant variant = own_;
      if (variant.sku.empty() || chosen.size() > 1)
        variant.sku = (own_.sku.empty() ? garment.id : own_.sku) + options.path();
      variant.size = options.size();
      variant.colour = options.colour();
      options.put_others_into(variant);
      garment.variants.push_back(std::move(variant));
    }
  }

  FeedRun& run_;
  const CsvTable& table_;
  std::string product_;  // whose rows are being read
  Garment garment_;      // no id: the product was refused
  Variant own_;          // the product's own price and stock
  std::vector<WixOption> options_;
  bool has_variant_rows_ = false, has_refused_variant_ = false;
  double whole_ = 0, discount_ = 0;  // the product's price and what is taken off
  bool is_percent_ = false;
  size_t first_line_ = 0;
};

Result<Done> read_wix_csv(FeedRun& run) {
  TRY_ASSIGN(const auto table, CsvTable::detect(run, "wix"));
  WixReader reader(run, *table);
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return reader.finish();
    TRY(reader.read_row());
  }
}

}  // namespace

const FeedReader kWixCsv{"wix-csv",
                         [](const FeedHead& head) {
                           return head.has_columns_of("wix", {"id", "row", "name", "price"});
                         },
                         read_wix_csv};

}  // namespace modiste
