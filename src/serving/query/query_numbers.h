// The prices and sizes of a query.
//
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "serving/query/query_text.h"

namespace modiste {

// used: by token; both functions skip tokens in use and mark those that they understand.
struct QueryPrices {
  std::optional<double> min, max;
  std::string currency;  // ISO 4217; empty when none is named
};
[[nodiscard]] QueryPrices read_prices(const QueryWords& words, const std::vector<QueryToken>& tokens,
                                      std::string_view home, std::vector<bool>& used);

// As written: "M", "EU 38".
[[nodiscard]] std::vector<std::string> read_query_sizes(const QueryWords& words,
                                                        const std::vector<QueryToken>& tokens,
                                                        std::vector<bool>& used);

}  // namespace modiste
