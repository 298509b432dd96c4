// Prices as merchants write them: any currency, its sign or code before or after the amount, and the
// thousands and decimal marks of any country.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace modiste {

struct Money {
  double amount = 0;
  std::string currency;      // ISO 4217; empty when none is written
  std::string assumed_sign;  // the sign that was read as `currency` although other currencies use it too
};

// "12.00 USD", "1.299,00 €", "CHF 1’299.–", "₹1,29,999", "12,500 KWD". home: the shop's currency, ISO 4217;
// it decides between the currencies of a sign ("kr", "$") and gives the number of decimals where no currency
// is written. Refuses (kInvalid) what is negative, a range, without tax, or can be read in two ways.
//
// A mark followed by exactly three digits separates thousands, except in currencies of three decimals.
Result<Money> parse_money(std::string_view text, std::string_view home = "");

// To what can be paid: 49.999999 is 50.00 EUR. A currency that is not known has two decimals.
[[nodiscard]] double rounded_to_currency(double amount, std::string_view currency);

}  // namespace modiste
