// The notations inside an Adobe Commerce CSV's cells, and its second shape, the sample-data fixture.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/garment.h"
#include "feeds/csv_table.h"
#include "feeds/feed_offer.h"

namespace modiste {

// What stands between several values of a cell is the merchant's choice at export: "," by default. Recognised
// from the attributes and variations in the first rows: "sku=MH01-XS;size=XS".
[[nodiscard]] std::string adobe_separator(std::string_view head);
// The values of a cell.
[[nodiscard]] std::vector<std::string> adobe_list(std::string_view cell, std::string_view separator);

struct AdobeVariation {
  std::string sku, size, colour;
};
// "sku=MH01-XS-Black,size=XS,color=Black|sku=...".
[[nodiscard]] std::vector<AdobeVariation> parse_adobe_variations(FeedRun& run, size_t line,
                                                                 std::string_view cell,
                                                                 std::string_view separator = ",");

// "material=Wool|Fleece,pattern=Solid": a separator counts only before another "name=". Values may be
// enclosed: material="Wool"|"Fleece".
[[nodiscard]] std::vector<std::pair<std::string, std::vector<std::string>>> parse_adobe_attributes(
    std::string_view cell, std::string_view separator = ",");

// Keeps what describes the garment; drops the shop's own switches (has_options and the like).
void add_adobe_attribute(Garment& garment, const std::string& name, std::string_view value);

// Without what the shop fills in when it shows the page: {{widget type="..."}}, {{block id="..."}}.
[[nodiscard]] std::string without_adobe_directives(std::string_view text);

// The value of the attribute that is the size or the colour (shops call theirs fashion_size, color_swatch).
[[nodiscard]] std::string adobe_axis(const Garment& row, OptionAxis axis);

// "Default Category/Men/Tops,Default Category/Collections/Eco": the deepest path that is neither a collection
// nor a promotion is the garment's category, the rest become the attributes "collection" and "promotion".
void read_adobe_categories(std::string_view cell, std::string_view separator, Garment& garment);

// price and special_price with its dates, qty, is_in_stock and backorders. where: the column.
Result<Offer> read_adobe_offer(FeedRun& run, const CsvTable& row);

// category,name,sku,price,qty,description,...: one simple garment a row, lists as lines of a cell, photos
// apart.
Result<Done> read_adobe_fixture(FeedRun& run, CsvTable& table);

}  // namespace modiste
