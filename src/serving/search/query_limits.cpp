#include "serving/search/query_limits.h"

#include <algorithm>
#include <cmath>

#include "base/contains.h"
#include "catalog/filter_query.h"

namespace modiste {
namespace {

enum Limit : unsigned { kSizes = 1, kPrices = 2 };

ItemFilter narrowed(const ItemFilter& asked, const QueryLimits& limits, unsigned kept) {
  ItemFilter filter = asked;
  if ((kept & kSizes) != 0 && limits.sizes)
    filter.sizes = asked.sizes ? *asked.sizes & *limits.sizes : *limits.sizes;
  if ((kept & kPrices) != 0 && limits.price_min)
    filter.price_min = std::max(asked.price_min.value_or(0), *limits.price_min);
  if ((kept & kPrices) != 0 && limits.price_max)
    filter.price_max = asked.price_max ? std::min(*asked.price_max, *limits.price_max) : *limits.price_max;
  return filter;
}

// How far a price is outside the limits; 0 within.
float distance_of(float price, const QueryLimits& limits) {
  if (limits.price_max && price > *limits.price_max) return price - *limits.price_max;
  if (limits.price_min && price < *limits.price_min) return *limits.price_min - price;
  return 0;
}

class Narrowing {
 public:
  Narrowing(RequestState& request, const QueryLimits& limits, const QueryMatch& match)
      : request_(request), limits_(limits), match_(match) {}

  std::vector<std::string> narrow() {
    const ItemFilter asked = request_.filter;
    const Veto own = request_.veto;
    keeps_kind_ = match_.names_kind() && is_met(Asked::kKind);
    auto& [terms, brands] = request_.veto;
    terms.insert(terms.end(), limits_.unwanted.terms.begin(), limits_.unwanted.terms.end());
    brands.insert(brands.end(), limits_.unwanted.brands.begin(), limits_.unwanted.brands.end());
    const bool priced = limits_.price_min || limits_.price_max;
    std::vector<std::string> dropped;
    for (const unsigned kept : {kSizes | kPrices, +kPrices, +kSizes, 0U}) {
      request_.filter = narrowed(asked, limits_, kept);
      dropped.clear();
      if ((kept & kSizes) == 0 && limits_.sizes) dropped.emplace_back("size");
      if ((kept & kPrices) == 0 && priced) dropped.emplace_back("price");
      if (!is_met(kept_kind())) continue;
      if ((kept & kPrices) == 0 && priced) take_nearest_prices();
      return dropped;
    }
    request_.veto = own;
    dropped.emplace_back("unwanted");
    if (priced) take_nearest_prices();
    return dropped;
  }

 private:
  enum class Asked : uint8_t { kAny, kKind, kAll };  // what of the query an item must have

  // Items that the filter and the veto admit.
  [[nodiscard]] SlotBits admitted(Asked asked) const {
    const SlotColumns& columns = request_.catalog->columns();
    SlotQuery query = query_of(request_.filter, request_.veto, columns, *request_.vocabulary);
    if (asked != Asked::kAny) match_.require_kind(query, columns);
    if (asked == Asked::kAll) match_.require_all(query, columns);
    SlotBits found = request_.catalog->find(query);
    const auto& excluded = request_.filter.excluded_garments;
    for (Slot slot = found.next(0); !excluded.empty() && slot != kNoSlot; slot = found.next(slot + 1))
      if (contains(excluded, request_.catalog->garment_of(slot))) found.reset(slot);
    return found;
  }
  [[nodiscard]] Asked kept_kind() const { return keeps_kind_ ? Asked::kKind : Asked::kAny; }
  [[nodiscard]] bool is_met(Asked asked) const { return admitted(asked).next(0) != kNoSlot; }

  // Of items that have all that is stated, where there are some.
  void take_nearest_prices() {
    SlotBits items = admitted(Asked::kAll);
    if (items.next(0) == kNoSlot) items = admitted(kept_kind());
    std::vector<float> distances;
    for (Slot slot = items.next(0); slot != kNoSlot; slot = items.next(slot + 1))
      distances.push_back(distance_of(request_.catalog->facts(slot).price, limits_));
    if (distances.empty()) return;
    const auto last =
        distances.begin() + static_cast<std::ptrdiff_t>(std::min(request_.count, distances.size()) - 1);
    std::nth_element(distances.begin(), last, distances.end());
    QueryLimits wider = limits_;
    if (wider.price_max) *wider.price_max += *last;
    if (wider.price_min) *wider.price_min -= *last;
    request_.filter = narrowed(request_.filter, wider, kPrices);
  }

  RequestState& request_;
  const QueryLimits& limits_;
  const QueryMatch& match_;
  bool keeps_kind_ = false;  // the shop has what the query names
};

}  // namespace

std::vector<std::string> narrow(RequestState& request, const QueryLimits& limits, const QueryMatch& match) {
  if (!limits.any()) return {};
  return Narrowing(request, limits, match).narrow();
}

}  // namespace modiste
