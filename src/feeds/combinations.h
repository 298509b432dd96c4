// PrestaShop's combinations: a file beside that of the products, one row per variant.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/garment.h"
#include "feeds/feed.h"

namespace modiste {

struct Combination {
  std::string reference, size, colour;
  std::vector<std::pair<std::string, std::string>> others;  // further options, by name
  std::vector<std::string> images;
  double price_impact = 0;  // added to the product's price
  int stock = 1;
};

// By the id of their product, or its reference where they give no id; in the file's order.
using Combinations = std::unordered_map<std::string, std::vector<Combination>>;

// Whether a header, as CsvTable::column_key makes it, is that of combinations.
[[nodiscard]] bool are_combinations(const std::vector<std::string>& columns);

// Adds the file's rows. Errors: the input cannot be read.
Result<FeedReport> read_combinations(FeedInput& input, const FeedOptions& options,
                                     Combinations& combinations);

// Replaces the garment's only variant by its combinations.
void apply_combinations(const std::vector<Combination>& combinations, Garment& garment);

}  // namespace modiste
