// A Google Merchant product, from a row of a table or an XML element alike; Meta's catalog has the same
// attributes.
//
// Products with one item_group_id are the variants of one garment, whose title, description and category are
// the first one's. Attribute names as in Google's product data specification, without the "g:".
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/feed_run.h"
#include "feeds/garment_window.h"

namespace modiste {

// "female" and "kids" are two attributes of one word: girls.
[[nodiscard]] std::string google_department(const std::string& gender, const std::string& age_group);

class GoogleProducts {
 public:
  // All values of a product's attribute, trimmed; none when it is not given.
  using Values = std::function<std::vector<std::string>(std::string_view attribute)>;

  // image_separators: what may stand between the addresses of one value; empty: a value is one address.
  GoogleProducts(FeedRun& run, std::string_view image_separators)
      : run_(run), window_(run), image_separators_(image_separators) {}

  // Errors: the sink's only. A product that is refused is in the report.
  Result<Done> add(const Values& values, size_t line);
  Result<Done> finish() { return window_.finish(); }

 private:
  void add_images(Garment& garment, const Values& values, const std::string& colour) const;

  FeedRun& run_;
  GarmentWindow window_;
  std::string_view image_separators_;
};

// A table of products, a variant a row, whose columns have the platform's names for these attributes
// (FeedWords::columns).
Result<Done> read_table_of(std::string_view platform, FeedRun& run);

}  // namespace modiste
