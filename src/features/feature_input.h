// The input of a streaming feature: a request and one item.
#pragma once

#include "features/request_facts.h"

namespace modiste {

// The item's rank among the candidates by each hybrid feature, 0 to 1 (source_shares.h).
struct SourceValues {
  double content = 0, neighbours = 0, visual = 0, popularity = 0;
};

// Borrowed for the call.
struct FeatureInput {
  const RequestFacts& request;
  const Item& item;
  SourceValues sources;
};

}  // namespace modiste
