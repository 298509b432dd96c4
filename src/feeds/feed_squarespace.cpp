// Squarespace's product export. A row with a product's id begins it and is its first variant; rows without
// one are its further variants. Source: support.squarespace.com, "Importing products from a .csv file".
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "feeds/csv_table.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_options.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_text.h"

namespace modiste {
namespace {

class SquarespaceReader {
 public:
  SquarespaceReader(FeedRun& run, const CsvTable& table) : run_(run), table_(table) {}

  Result<Done> read_row() {
    if (!table_.cell("product_id").empty() || !table_.cell("title").empty()) TRY(begin_product());
    if (garment_.id.empty() && !skipping_)
      run_.refuse_unread(table_.line(), "the row follows no product");
    else if (!skipping_)
      read_variant();
    return kOk;
  }

  Result<Done> finish() {
    Garment done = std::exchange(garment_, Garment());
    if (done.id.empty() || done.variants.empty()) return kOk;
    return run_.emit(std::move(done), first_line_);
  }

 private:
  Result<Done> begin_product() {
    TRY(finish());
    skipping_ = true;
    std::string id(table_.cell("product_id"));
    if (id.empty()) id = table_.cell("url");  // a file made for an import has no ids yet
    if (id.empty()) id = table_.cell("sku");
    if (id.empty()) {
      run_.refuse_unread(table_.line(), "the product has neither an id nor a sku");
      return kOk;
    }
    run_.mention(id);
    if (const auto type = ascii_lower(table_.cell("type")); !type.empty() && type != "physical") {
      run_.withdraw(id, table_.line(), "product type",
                    fmt::format("'{}' is nothing to wear", type.substr(0, 40)));
      return kOk;
    }
    if (FeedWords::standard().says(WordList::kNo, table_.cell("visible"))) {
      run_.withdraw(id, table_.line(), "visible", "the product is not visible");
      return kOk;
    }
    skipping_ = false;
    first_line_ = table_.line();
    garment_.id = std::move(id);
    garment_.title = table_.cell("title");
    garment_.description = table_.cell("description");
    read_categories();
    for (const auto& tag : split_list(table_.cell("tags"), ",")) add_attribute(garment_, "tags", tag);
    for (const auto& url : split_addresses(table_.cell("images"), " \n,")) add_image(garment_, url, "");
    return kOk;
  }

  // "/men, /men/shirts": the deepest says the most.
  void read_categories() {
    size_t depth_best = 0;
    for (const auto& page : split_list(table_.cell("categories"), ",")) {
      const std::string path = page.substr(std::min(page.find_first_not_of('/'), page.size()));
      const auto depth = static_cast<size_t>(std::count(path.begin(), path.end(), '/')) + 1;
      if (!path.empty() && depth > depth_best) depth_best = depth, garment_.category = path;
    }
  }

  void read_variant() {
    VariantOptions options(run_, table_.line());
    for (size_t i = 1; table_.has(fmt::format("option_name_{}", i)); ++i)
      options.add(table_.cell(fmt::format("option_name_{}", i)),
                  table_.cell(fmt::format("option_value_{}", i)));
    Variant variant;
    variant.sku = table_.cell("sku");
    if (variant.sku.empty()) variant.sku = garment_.id + options.path();
    know_as(variant.supplier_attributes, table_.cell("variant_id"), variant.sku);
    variant.size = options.size();
    variant.colour = options.colour();
    options.put_others_into(variant);
    const bool on_sale = is_yes(table_.cell("on_sale"));
    const std::string stock = ascii_lower(table_.cell("stock"));
    const auto offer = read_offer(run_, table_.line(),
                                  {.price = {"price", table_.cell("price")},
                                   .sale = {"sale price", on_sale ? table_.cell("sale_price") : ""},
                                   .quantity = {"stock", stock == "unlimited" ? "" : table_.cell("stock")},
                                   .unlimited = stock == "unlimited"});
    if (!offer.ok()) {
      run_.refuse(table_.line(), offer.error().where, offer.error());
      return;
    }
    offer->put_into(variant);
    garment_.variants.push_back(std::move(variant));
  }

  FeedRun& run_;
  const CsvTable& table_;
  Garment garment_;  // being put together; no id before the first
  size_t first_line_ = 0;
  bool skipping_ = false;  // the rows of a product that was refused
};

Result<Done> read_squarespace_csv(FeedRun& run) {
  TRY_ASSIGN(const auto table, CsvTable::detect(run, "squarespace"));
  SquarespaceReader reader(run, *table);
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return reader.finish();
    TRY(reader.read_row());
  }
}

}  // namespace

const FeedReader kSquarespaceCsv{"squarespace-csv",
                                 [](const FeedHead& head) {
                                   return head.has_columns_of("squarespace", {"url", "title", "price"}) &&
                                          head.has_columns_of("squarespace", {"option_name_1", "on_sale"});
                                 },
                                 read_squarespace_csv};

}  // namespace modiste
