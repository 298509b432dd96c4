// A Google Merchant product, from a TSV row or an XML element alike.
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

class GoogleProducts {
 public:
  // All values of a product's attribute, trimmed; none when it is not given.
  using Values = std::function<std::vector<std::string>(std::string_view attribute)>;

  explicit GoogleProducts(FeedRun& run) : run_(run), window_(run) {}

  // Errors: the sink's only. A product that is refused is in the report.
  Result<Done> add(const Values& values, size_t line);
  Result<Done> finish() { return window_.finish(); }

 private:
  FeedRun& run_;
  GarmentWindow window_;
};

}  // namespace modiste
