#include "serving/query_limits.h"

#include <algorithm>
#include <cmath>

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
    keeps_kind_ = match_.names_kind() && is_met(true);
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
      if (!is_met(keeps_kind_)) continue;
      if ((kept & kPrices) == 0 && priced) take_nearest_prices();
      return dropped;
    }
    request_.veto = own;
    dropped.emplace_back("unwanted");
    if (priced) take_nearest_prices();
    return dropped;
  }

 private:
  template <class Visit>  // until it returns true
  bool for_each_admitted(bool of_kind, const Visit& visit) const {
    for (Slot slot = 0; slot < request_.catalog->slot_count(); ++slot) {
      const ItemFacts& item = request_.catalog->facts(slot);
      if (request_.filter.admits(item, *request_.vocabulary) &&
          !request_.veto.forbids(item, *request_.vocabulary) && (!of_kind || match_.is_of_kind(item)) &&
          visit(item))
        return true;
    }
    return false;
  }
  [[nodiscard]] bool is_met(bool of_kind) const {
    return for_each_admitted(of_kind, [](const ItemFacts&) { return true; });
  }

  // Of items that have all that is stated, where there are some.
  void take_nearest_prices() {
    std::vector<float> all, best;
    for_each_admitted(keeps_kind_, [&](const ItemFacts& item) {
      const float distance = distance_of(item.price, limits_);
      all.push_back(distance);
      if (match_.has_all(item)) best.push_back(distance);
      return false;
    });
    auto& distances = best.empty() ? all : best;
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
