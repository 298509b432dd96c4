// How merchants write things: markup in descriptions, prices with currencies, lists in one cell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "catalog/garment.h"

namespace modiste {

// Plain text of an HTML fragment: tags dropped, entities resolved, block ends and <br> become line ends,
// white space collapsed. Scripts and styles vanish. Never fails: what is not markup is text.
[[nodiscard]] std::string html_to_text(std::string_view html);
// Resolves entities only: "LumaTech&trade;" -> "LumaTech™".
[[nodiscard]] std::string resolve_entities(std::string_view text);

struct Money {
  double amount = 0;
  std::string currency;  // ISO 4217; empty when not written
};
// "12.00 USD", "USD 12", "$1,299.00", "12,50 €". Refuses negative, infinite and NaN amounts.
Result<Money> parse_money(std::string_view text);

// "100", "100.0000", "-3" (oversold, so 0). Empty: nothing.
Result<std::optional<int>> parse_stock(std::string_view text);

// Appends unless that photo of that colour is there already.
void add_image(Garment& garment, std::string_view url, std::string_view colour);
// Adds to supplier_attributes[name] each value that is not there yet.
void add_attribute(Garment& garment, const std::string& name, std::string_view value);

}  // namespace modiste
