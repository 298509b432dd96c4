#include "feeds/feed_offer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/contains.h"
#include "base/text.h"
#include "feeds/feed_text.h"
#include "feeds/feed_time.h"
#include "vocabulary/language.h"

namespace modiste {
namespace {

constexpr double kStockMax = 1e9;

Error in_column(Error error, std::string_view column) {
  error.where = std::string(column);
  return error;
}

// A price may hold markup: "&euro;89.00", "<span>89.00 EUR</span>". home: the currency of the row, or the
// shop's.
Result<Money> read_money(FeedRun& run, size_t line, const FeedCell& cell, std::string_view home) {
  auto money = parse_money(plain_line(cell.text), home);
  if (!money.ok()) return in_column(std::move(money).error(), cell.column);
  if (!money->assumed_sign.empty())
    run.note(line, fmt::format("'{}' in '{}' was read as {}; other currencies use this sign too",
                               money->assumed_sign, cell.column, money->currency));
  return money;
}

// The currency that a cell of its own names, "USD" or "€"; empty when nothing or nothing known stands there.
std::string currency_of_row(FeedRun& run, size_t line, const FeedCell& cell) {
  const std::string_view named = trim(cell.text);
  if (named.empty()) return "";
  const auto money = parse_money("1 " + std::string(named), run.options().currency);
  if (money.ok() && !money->currency.empty()) return money->currency;
  run.note(line, fmt::format("'{}' in '{}' is not a known currency: prices that name none are in the shop's",
                             named.substr(0, 40), cell.column));
  return "";
}

// Whether the sale price is what is paid now.
bool sale_is_on(FeedRun& run, size_t line, const OfferCells& cells, std::string_view currency) {
  auto [from, to] = split_window(cells.sale_window.text);
  if (from.empty() && to.empty()) from = cells.sale_from.text, to = cells.sale_to.text;
  const ToldOrder told = slash_order_of(from, to, currency);
  if (told.assumed)
    run.note(line, told.order == SlashOrder::kDayFirst
                       ? "the dates of a sale such as 05/12/2026 were read as day/month/year"
                       : "the dates of a sale such as 05/12/2026 were read as month/day/year");
  switch (window_state(from, to, run.options().now, told.order)) {
    case WindowState::kAlways:
      return true;
    case WindowState::kWithin:
      if (!to.empty())
        run.note(line, "a sale price that ends later was taken; import again when it has ended");
      return true;
    case WindowState::kBefore:
      run.note(line, "a sale price that begins later was left out; import again when it has begun");
      return false;
    case WindowState::kAfter:
      run.note(line, "a sale price that has ended was left out");
      return false;
    case WindowState::kUnreadable:
      run.note(line, fmt::format("a sale price was left out, since its dates '{}' cannot be read; expected "
                                 "2026-02-24T13:00+01:00",
                                 std::string(from.empty() ? to : from).substr(0, 40)));
      return false;
    case WindowState::kNoClock:
      break;
  }
  return false;
}

// A price that the row can do without: what cannot be read ("N/A", "-") is left out, and the report says so.
std::optional<Money> read_optional_money(FeedRun& run, size_t line, const FeedCell& cell,
                                         std::string_view home) {
  if (trim(cell.text).empty()) return std::nullopt;
  auto money = read_money(run, line, cell, home);
  if (money.ok()) return std::move(money).value();
  run.note(line, fmt::format("'{}' in '{}' was left out, since it is not one price that is paid",
                             std::string(trim(cell.text)).substr(0, 40), cell.column));
  return std::nullopt;
}

Result<Done> read_prices(FeedRun& run, size_t line, const OfferCells& cells, Offer& offer) {
  const bool sale_only = trim(cells.price.text).empty() && !trim(cells.sale.text).empty();
  const std::string of_row = currency_of_row(run, line, cells.currency);
  const std::string& home = of_row.empty() ? run.options().currency : of_row;
  TRY_ASSIGN(Money price, read_money(run, line, sale_only ? cells.sale : cells.price, home));
  if (price.currency.empty()) price.currency = of_row;
  if (!of_row.empty() && price.currency != of_row)
    run.note(line, fmt::format("the price is in {}, but '{}' says {}: the price's own was taken",
                               price.currency, cells.currency.column, of_row));
  offer.price = price.amount;
  offer.currency = price.currency;
  if (const auto sale = sale_only ? std::nullopt : read_optional_money(run, line, cells.sale, home)) {
    if (!sale->currency.empty() && !price.currency.empty() && sale->currency != price.currency)
      return in_column(
          {Code::kInvalid, fmt::format("is in {}, but the price is in {}", sale->currency, price.currency),
           "", "one currency"},
          cells.sale.column);
    const std::string_view currency = price.currency.empty() ? run.options().currency : price.currency;
    // A sale price of nothing means that there is none (exports of several shop systems), and so does a price
    // of nothing.
    const bool is_lower = sale->amount < price.amount || price.amount == 0;
    if (sale->amount > 0 && is_lower && sale_is_on(run, line, cells, currency)) {
      if (price.amount > 0) offer.list_price = price.amount;
      offer.price = sale->amount;
    }
  }
  if (offer.list_price) return kOk;
  const auto list = read_optional_money(run, line, cells.list, home);
  if (list && list->amount > offer.price) offer.list_price = list->amount;
  return kOk;
}

// A quantity's cell may hold a word, and an availability's a number.
struct Stock {
  std::optional<Availability> availability;
  std::optional<int> quantity;
};

// "n/a", "unbekannt": says no number, and not that there is none.
bool says_no_quantity(std::string_view text) {
  const std::string word = fold_case(text);
  return std::any_of(languages().begin(), languages().end(),
                     [&](const Language& language) { return contains(language.filler, word); });
}

Result<Stock> read_stock(FeedRun& run, size_t line, const OfferCells& cells) {
  Stock stock;
  const FeedWords& words = FeedWords::standard();
  const std::string_view said = trim(cells.availability.text);
  if (!said.empty()) {
    stock.availability = words.availability_of(said);
    if (!stock.availability)
      return in_column({Code::kInvalid, fmt::format("'{}' is not a known availability", said.substr(0, 40)),
                        "", "in_stock, out_of_stock, preorder or backorder"},
                       cells.availability.column);
  }
  const std::string_view counted = trim(cells.quantity.text);
  auto quantity = parse_stock(counted);
  if (quantity.ok()) {
    stock.quantity = *quantity;
    return stock;
  }
  const auto word = words.availability_of(counted);
  if (!stock.availability) stock.availability = word;
  if (!word && !says_no_quantity(counted))
    run.note(line, fmt::format("'{}' in '{}' was left out, since it is not a number of pieces",
                               counted.substr(0, 40), cells.quantity.column));
  return stock;
}

}  // namespace

void Offer::put_into(Variant& variant) const {
  variant.price = price;
  variant.list_price = list_price;
  variant.stock = stock;
}

Result<std::optional<int>> parse_stock(std::string_view text) {
  std::string number = fold_case(trim(text));
  std::erase_if(number, [](char c) { return c == ' ' || c == '\''; });
  if (number.empty()) return std::optional<int>();
  const auto wrong = [&] {
    return Error{Code::kInvalid, fmt::format("'{}' is not a stock", text.substr(0, 40)), "",
                 "a number of pieces up to 1e9"};
  };
  // "10+", ">10": at least as many. "<5": some.
  if (number.ends_with('+')) number.pop_back();
  const bool fewer = number.starts_with('<');
  if (number.starts_with('>') || fewer)
    number.erase(0, number.starts_with(">=") || number.starts_with("<=") ? 2 : 1);
  if (number.starts_with("\u2212")) number.replace(0, std::string_view("\u2212").size(), "-");
  // "1,000": thousands. "1,0" and "1.000": decimals of nothing, as databases write whole numbers.
  for (size_t comma = number.find(','); comma != std::string::npos; comma = number.find(',')) {
    const bool thousands = number.size() - comma == 4 || number.find(',', comma + 1) != std::string::npos;
    if (thousands)
      number.erase(comma, 1);
    else
      number[comma] = '.';
  }
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size() || !(value <= kStockMax)) return wrong();
  if (fewer) return std::optional<int>(value > 1 ? 1 : 0);
  return std::optional<int>(value < 0 ? 0 : static_cast<int>(value));
}

Result<Offer> read_offer(FeedRun& run, size_t line, const OfferCells& cells) {
  Offer offer;
  TRY(read_prices(run, line, cells, offer));
  TRY_ASSIGN(const Stock stock, read_stock(run, line, cells));
  const bool orderable = cells.unlimited || stock.availability == Availability::kOrderable;
  if (stock.availability == Availability::kSoldOut) {
    offer.stock = 0;
  } else if (stock.quantity) {
    offer.stock = std::max(*stock.quantity, orderable ? 1 : 0);
  } else {
    offer.stock = 1;  // the feed does not say how many
    if (!stock.availability && !cells.unlimited) run.note(line, std::string(kNoQuantity));
  }
  return offer;
}

bool is_hidden(FeedRun& run, size_t line, const FeedCell& status) {
  const std::string_view word = trim(status.text);
  if (word.empty()) return false;
  const FeedWords& words = FeedWords::standard();
  if (words.says(WordList::kHidden, word)) return true;
  if (!words.says(WordList::kShown, word))
    run.note(line, fmt::format("'{}' in '{}' is not understood: taken as for sale", word.substr(0, 40),
                               status.column));
  return false;
}

}  // namespace modiste
