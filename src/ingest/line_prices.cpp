#include "ingest/line_prices.h"

#include <algorithm>
#include <cmath>

#include "feeds/money.h"
#include "ingest/sent_members.h"

namespace modiste {
namespace {

double in_hundredths(double amount) { return std::round(amount * 100) / 100; }

}  // namespace

double amount_at(const json::object& object, std::string_view path) {
  const auto* found = find_path(object, path);
  if (found == nullptr) return 0;
  if (found->is_number()) return found->to_number<double>();
  const auto* text = found->if_string();
  const auto money = text != nullptr ? parse_money(*text) : Result<Money>(Money{});
  return money.ok() ? money->amount : 0;
}

void take_off(json::object& event, double off_line) {
  const double price = amount_at(event, "price");
  if (!(off_line > 0 && price > 0)) return;
  const double pieces = event.contains("quantity") ? std::max(1.0, amount_at(event, "quantity")) : 1;
  const double off_one = std::min(price, in_hundredths(off_line / pieces));
  event["price"] = in_hundredths(price - off_one);
  event["discount"] = off_one;
}

}  // namespace modiste
