// PrestaShop's product CSV: the import's template, its fields by their names, and the list that the admin
// exports. The sizes and colours stand in a file of combinations beside it (combinations.h).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/contains.h"
#include "feeds/combinations.h"
#include "feeds/csv_table.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_options.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"
#include "feeds/feed_time.h"

namespace modiste {
namespace {

constexpr std::array<std::string_view, 10> kRoots{
    "home", "accueil", "startseite", "inicio", "início", "strona główna", "hem", "hjem", "root", "racine"};

// The import takes a number for the one that has this id in the shop, which the file does not name.
bool is_id_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "Tops/Shirts, Sale": the deepest path is the category, as the first of a depth; the others are attributes.
// "Accueil,Femme,Robes" without any path names the steps of one, as the admin's list does.
void read_categories(FeedRun& run, const CsvTable& table, Garment& garment) {
  size_t depth_best = 0;
  std::vector<std::string> paths;
  for (auto& path : split_list(table.cell("categories"), ",")) {
    if (is_id_number(path)) {
      run.note(table.line(), "categories are given by numbers, which the file does not explain: left out");
      continue;
    }
    const auto is_root = [](std::string_view step) { return contains(kRoots, fold_case(trim(step))); };
    if (const size_t slash = path.find('/'); slash != std::string::npos && is_root(path.substr(0, slash)))
      path.erase(0, slash + 1);
    if (is_root(path)) continue;
    const auto depth = static_cast<size_t>(std::count_if(path.begin(), path.end(),
                                                         [](char c) { return c == '/' || c == '>'; })) +
                       1;
    if (depth > depth_best) depth_best = depth, garment.category = path;
    paths.push_back(std::move(path));
  }
  if (depth_best == 1) {
    garment.category.clear();
    for (const auto& step : paths) garment.category += (garment.category.empty() ? "" : " > ") + step;
    return;
  }
  for (const auto& path : paths)
    if (path != garment.category) add_attribute(garment, "category", path);
}

// "Composition:Cotton:1, Style:Casual:2".
void read_features(std::string_view cell, Garment& garment) {
  for (const auto& feature : split_list(cell, ",")) {
    const auto parts = split_list(feature, ":");
    if (parts.size() >= 2) add_attribute(garment, fold_case(parts[0]), parts[1]);
  }
}

class PrestaShopReader {
 public:
  PrestaShopReader(FeedRun& run, const CsvTable& table) : run_(run), table_(table) {}

  Result<Done> read_row() {
    const std::string id(table_.cell("id"));
    if (id.empty()) {
      run_.refuse_unread(table_.line(), "the product id is empty");
      return kOk;
    }
    run_.mention(id);
    if (const auto [column, why] = hidden(); !why.empty()) {
      run_.withdraw(id, table_.line(), std::string(column), std::string(why));
      return kOk;
    }
    Garment garment;
    garment.id = id;
    describe(garment);
    const auto offer = read_row_offer();
    if (!offer.ok()) {
      run_.refuse(table_.line(), offer.error().where, offer.error());
      return kOk;
    }
    Variant& variant = garment.variants.emplace_back();
    variant.sku = table_.cell("reference").empty() ? id : table_.cell("reference");
    for (const auto& code : table_.cells("barcode"))
      know_as_barcode(variant.supplier_attributes, code, variant.sku);
    offer->put_into(variant);
    garment.currency = offer->currency;
    if (const auto* combined = combinations_of(id, variant.sku))
      apply_combinations(*combined, combined_price(*offer), garment);
    return run_.emit(std::move(garment), table_.line());
  }

 private:
  [[nodiscard]] std::pair<std::string_view, std::string_view> hidden() const {
    const FeedWords& words = FeedWords::standard();
    if (words.says(WordList::kNo, table_.cell("active"))) return {"active", "the product is not active"};
    if (is_hidden(run_, table_.line(), {"visibility", table_.cell("visibility")}))
      return {"visibility", "the product is not visible"};
    if (words.says(WordList::kNo, table_.cell("orderable")))
      return {"available_for_order", "the product cannot be ordered"};
    if (is_yes(table_.cell("virtual"))) return {"virtual", "a virtual product is nothing to wear"};
    return {};
  }

  void describe(Garment& garment) const {
    garment.title = table_.cell("name");
    const std::string_view text = table_.cell("description");
    garment.description = text.empty() ? table_.cell("short_description") : text;
    if (const auto brand = table_.cell("brand"); is_id_number(brand))
      run_.note(table_.line(), "brands are given by numbers, which the file does not explain: left out");
    else
      garment.brand = brand;
    read_categories(run_, table_, garment);
    read_features(table_.cell("features"), garment);
    for (const auto& tag : split_list(table_.cell("tags"), ",")) add_attribute(garment, "tags", tag);
    for (auto& other : split_list(table_.cell("accessories"), ","))
      garment.goes_with.push_back(std::move(other));
    for (const auto& url : split_addresses(table_.cell("images"), ",;|")) add_image(garment, url, "");
    if (const auto created = parse_feed_time(table_.cell("created"))) garment.created_at = created->begin;
  }

  [[nodiscard]] const std::vector<Combination>* combinations_of(const std::string& id,
                                                                const std::string& reference) const {
    if (run_.options().combinations == nullptr) return nullptr;
    for (const std::string& name : {id, reference})
      if (const auto found = run_.options().combinations->find(name);
          found != run_.options().combinations->end())
        return &found->second;
    return nullptr;
  }

  // The product's discount counts for its combinations while it lasts.
  [[nodiscard]] CombinedPrice combined_price(const Offer& offer) const {
    CombinedPrice price;
    price.whole = offer.list_price.value_or(offer.price);
    if (offer.list_price) {
      price.less_amount = readable("discount_amount");
      price.less_share = readable("discount_percent") / 100;
    }
    const double without_tax = readable("price_without_tax"), with_tax = readable("price_with_tax");
    if (without_tax > 0 && with_tax > 0) price.tax_factor = with_tax / without_tax;
    price.orderable = is_orderable();
    return price;
  }

  // 0 where the cell is empty, a number with or without a percent sign or currency elsewhere.
  [[nodiscard]] Result<double> number(std::string_view column) const {
    std::string text(trim(table_.cell(column)));
    std::erase_if(text, [](char c) { return c == '%'; });
    if (trim(text).empty()) return 0.0;
    TRY_ASSIGN(const Money money, parse_money(trim(text), run_.options().currency));
    return money.amount;
  }

  // The same, where what cannot be read has been refused or is not needed.
  [[nodiscard]] double readable(std::string_view column) const {
    const auto read = number(column);
    return read.ok() ? *read : 0;
  }

  [[nodiscard]] bool is_orderable() const { return table_.cell("backorders") == "1"; }

  // What remains of the price after the discount, as a cell that read_offer reads.
  [[nodiscard]] Result<std::string> discounted(const FeedCell& price) const {
    TRY_ASSIGN(const double amount, number("discount_amount"));
    TRY_ASSIGN(const double percent, number("discount_percent"));
    if (amount == 0 && percent == 0) return std::string();
    TRY_ASSIGN(const double whole, number(price.column));
    const double left = whole - amount - whole * percent / 100;
    return left > 0 && left < whole ? fmt::format("{:.2f}", left) : std::string();
  }

  [[nodiscard]] Result<Offer> read_row_offer() const {
    FeedCell price{"price_with_tax", table_.cell("price_with_tax")};
    if (price.text.empty()) {
      price = {"price_without_tax", table_.cell("price_without_tax")};
      if (!price.text.empty())
        run_.note(table_.line(),
                  "prices are without tax, since the file has no others: shoppers will see them so");
    }
    auto sale = discounted(price);
    if (!sale.ok()) return json_detail::at(std::move(sale).error(), "discount");
    auto offer = read_offer(run_, table_.line(),
                            {.price = price,
                             .sale = {"discount", *sale},
                             .sale_from = {"discount_from", table_.cell("discount_from")},
                             .sale_to = {"discount_to", table_.cell("discount_to")},
                             .quantity = {"quantity", table_.cell("quantity")},
                             .currency = {"currency", table_.cell("currency")},
                             .unlimited = is_orderable()});
    // Six decimals are kept of a price, and the page shows what can be paid: 49.999999 is 50.
    if (offer.ok()) {
      offer->price = payable(offer->price, offer->currency);
      if (offer->list_price) offer->list_price = payable(*offer->list_price, offer->currency);
    }
    return offer;
  }

  [[nodiscard]] double payable(double amount, const std::string& currency) const {
    return rounded_to_currency(amount, currency.empty() ? run_.options().currency : currency);
  }

  FeedRun& run_;
  const CsvTable& table_;
};

Result<Done> read_prestashop_csv(FeedRun& run) {
  TRY_ASSIGN(const auto table, CsvTable::detect(run, "prestashop"));
  PrestaShopReader reader(run, *table);
  run.let_skus_repeat();
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return kOk;
    TRY(reader.read_row());
  }
}

}  // namespace

const FeedReader kPrestaShopCsv{"prestashop-csv",
                                [](const FeedHead& head) {
                                  const auto has = [&](std::string_view name) {
                                    return head.has_columns_of("prestashop", {name});
                                  };
                                  return has("id") && has("name") && has("quantity") &&
                                         (has("price_with_tax") || has("price_without_tax")) &&
                                         (has("active") || has("reference")) && !has("option_names");
                                },
                                read_prestashop_csv};

}  // namespace modiste
