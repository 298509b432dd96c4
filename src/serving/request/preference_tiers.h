// What a request and its shopper ask for beyond the filter that holds, in order of weight: the department, a
// price near the budget, the situation (occasion, season, weather), a price within the budget, the size.
//
// None of it hides anything while the page would not be full without: what fits all comes first, then what
// comes nearest. The retrieval stage loosens step by step until it has found enough; the tier of each item
// says what it is short of, and selection shows a tier only when the one before has run out.
#pragma once

#include <string_view>
#include <vector>

#include "serving/request/request_state.h"
#include "serving/state/stated_preferences.h"

namespace modiste {

// A step of retrieval: what may be missed.
struct Loosening {
  int misfit_max = kMisfitMax;  // see context/suitability.h
  Relaxation relaxed = Relaxation::kNone;
  std::string_view says = {};  // what this step gave up; empty for the first
};

// From the strictest to the loosest; only steps that change something.
[[nodiscard]] std::vector<Loosening> loosenings(const RequestState& request);

class PreferenceTiers {
 public:
  // asked: the request's own filter, before the shopper's preferences were added. Borrows the request.
  PreferenceTiers(const ItemFilter& asked, const RequestState& request);

  // 0 for an item that fits all; lower goes first. Above the budget each percent of the price is a tier of
  // its own, so that the nearest price comes first.
  [[nodiscard]] uint32_t tier(const ItemFacts& item) const;
  // What an item of this tier is short of, as Loosening::says has it: "size", "budget", "context",
  // "department".
  [[nodiscard]] static bool is_short_of(uint32_t tier, std::string_view what);

 private:
  [[nodiscard]] double over_budget(const ItemFacts& item) const;  // 1: twice the budget; at most 0: within

  const RequestState& request_;
  std::optional<Situation> situation_;
  ItemFilter department_, size_;  // one preference each
  std::optional<float> budget_;
};

}  // namespace modiste
