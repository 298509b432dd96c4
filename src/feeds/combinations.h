// PrestaShop's combinations: a file beside that of the products, one row per variant.
#pragma once

#include <string>
#include <vector>

#include "catalog/garment.h"
#include "feeds/feed.h"

namespace modiste {

struct Combination {
  std::string reference, size, colour;
  std::vector<std::pair<std::string, std::string>> others;  // further options, by name
  std::vector<std::string> images;
  std::vector<std::string> barcodes;
  std::vector<size_t> image_positions;  // from 1: which of the product's images show it
  double price_impact = 0;              // added to the product's price before its discount; without tax
  int stock = 1;
};

// Whether a header, as CsvTable::column_key makes it, is that of combinations.
[[nodiscard]] bool are_combinations(const std::vector<std::string>& columns);

// Adds the file's rows, in its order: by the id of their product, or its reference where they give no id.
// Errors: the input cannot be read.
Result<FeedReport> read_combinations(FeedInput& input, const FeedOptions& options,
                                     Combinations& combinations);

// A product's price and what it becomes in a combination.
struct CombinedPrice {
  double whole = 0;        // of the product, before its discount
  double less_amount = 0;  // the discount: an amount,
  double less_share = 0;   // and a share of the combination's own price, 0 to 1
  double tax_factor = 1;   // from the impacts' prices without tax to the product's
  bool orderable = false;  // a combination that is sold out can be ordered

  // price and list price of a variant
  void put_into(double impact, Variant& variant) const;
};

// Replaces the garment's only variant by its combinations.
void apply_combinations(const std::vector<Combination>& combinations, const CombinedPrice& price,
                        Garment& garment);

}  // namespace modiste
