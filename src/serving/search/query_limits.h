// What a query limits (sizes, prices, what is not wanted), and which of it gives way where the shop cannot
// meet it all.
//
// Threads: pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "serving/request/request_state.h"
#include "serving/search/query_match.h"

namespace modiste {

struct QueryLimits {
  std::optional<SizeSet> sizes;
  std::optional<float> price_min, price_max;
  Veto unwanted;

  [[nodiscard]] bool any() const { return sizes || price_min || price_max || unwanted != Veto{}; }
};

// Narrows the request by the limits. The kind of garment that the query names is stronger than they are:
// where nothing of it in stock meets them all, drops the sizes, else the prices, else both, and what is not
// wanted last; says which ("size", "price", "unwanted"). In place of prices that were dropped come the
// nearest ones, of enough items for the answer.
[[nodiscard]] std::vector<std::string> narrow(RequestState& request, const QueryLimits& limits,
                                              const QueryMatch& match);

}  // namespace modiste
