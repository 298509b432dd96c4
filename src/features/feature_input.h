// The input of a streaming feature: a request and one item.
#pragma once

#include <limits>

#include "features/request_facts.h"

namespace modiste {

// What serving computes for all candidates of a request together: the item's rank among them by each hybrid
// feature, 0 to 1 (source_shares.h), and how well it fits (FitModel::fit_share; NaN: unknown).
struct SourceValues {
  double content = 0, neighbours = 0, visual = 0, popularity = 0;
  double fit = std::numeric_limits<double>::quiet_NaN();
};

// Borrowed for the call.
struct FeatureInput {
  const RequestFacts& request;
  const Item& item;
  SourceValues sources;
};

}  // namespace modiste
