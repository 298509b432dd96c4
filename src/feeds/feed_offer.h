// What a row says about price and stock, read in one way for every format.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "catalog/garment.h"
#include "feeds/feed_run.h"
#include "feeds/feed_words.h"
#include "feeds/money.h"

namespace modiste {

// A cell and the name under which it is reported.
struct FeedCell {
  std::string_view column, text;
};

struct OfferCells {
  FeedCell price;             // the regular price
  FeedCell sale = {};         // what is paid while the sale lasts
  FeedCell list = {};         // "compare at": the price before a reduction
  FeedCell sale_window = {};  // from and to in one cell
  FeedCell sale_from = {}, sale_to = {};
  FeedCell availability = {}, quantity = {};
  FeedCell currency = {};  // of prices that name none themselves
  bool unlimited = false;  // the stock is not counted, or may be sold past zero
};

struct Offer {
  double price = 0;
  std::optional<double> list_price;
  int stock = 0;
  std::string currency;  // empty: the cells name none

  void put_into(Variant& variant) const;
};

// Errors: kInvalid, where: the column at fault. What is assumed or left out becomes a note: a sale at another
// time, a currency's sign that several use, a sale's or list price that cannot be read, a quantity that is
// not given or cannot be read (it counts as one piece).
Result<Offer> read_offer(FeedRun& run, size_t line, const OfferCells& cells);

inline constexpr std::string_view kNoQuantity = "no quantity is given: taken as one piece in stock";

// "100.0000", "1,000", "10+", "-3" (oversold, so 0). Empty: nothing.
Result<std::optional<int>> parse_stock(std::string_view text);

// Whether a status or visibility hides the product; says once which words are not known.
[[nodiscard]] bool is_hidden(FeedRun& run, size_t line, const FeedCell& status);

}  // namespace modiste
