// The notations inside an Adobe Commerce CSV's cells, and its second shape, the sample-data fixture.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/garment.h"
#include "feeds/csv_table.h"

namespace modiste {

struct AdobeVariation {
  std::string sku, size, colour;
};
// "sku=MH01-XS-Black,size=XS,color=Black|sku=...".
[[nodiscard]] std::vector<AdobeVariation> parse_adobe_variations(std::string_view cell);

// "material=Wool|Fleece,pattern=Solid": a comma separates only before another "name=".
[[nodiscard]] std::vector<std::pair<std::string, std::vector<std::string>>> parse_adobe_attributes(
    std::string_view cell);

// Keeps what describes the garment; drops the shop's own switches (has_options and the like).
void add_adobe_attribute(Garment& garment, const std::string& name, std::string_view value);

// The value of the attribute whose name holds "size" or "color" (shops call theirs fashion_size,
// color_swatch).
[[nodiscard]] std::string adobe_axis(const Garment& row, std::string_view axis);

// "Default Category/Men/Tops,Default Category/Collections/Eco": the deepest path that is neither a collection
// nor a promotion is the garment's category, the rest become the attributes "collection" and "promotion".
void read_adobe_categories(std::string_view cell, Garment& garment);

// price, special_price. A special price with an end date is not believed: there is no clock here. where:
// "/column".
Result<Done> read_adobe_price(const CsvTable& row, Variant& variant);

// "11/21/14, 3:27 PM", "2014-11-21 15:27:00"; nothing when it is neither.
[[nodiscard]] std::optional<TimePoint> parse_adobe_time(std::string_view text);

// category,name,sku,price,qty,description,...: one simple garment a row, lists as lines of a cell, photos
// apart.
Result<Done> read_adobe_fixture(FeedRun& run, CsvTable& table);

}  // namespace modiste
