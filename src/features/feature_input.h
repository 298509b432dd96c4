// What streaming features are computed from: the state of one request and one item of its answer.
#pragma once

#include <span>

#include "catalog/catalog.h"
#include "context/context.h"
#include "style/shopper_state.h"

namespace modiste {

// What each candidate source thinks of the item, as the ranker saw it: 0 to 1.
struct SourceValues {
  double content = 0, neighbours = 0, visual = 0, popularity = 0;
};

// Borrowed for the call.
struct FeatureInput {
  TimePoint now{};
  const Vocabulary& vocabulary;
  const StyleOptions& style;
  const ShopperState& shopper;
  std::span<const TasteShare> tastes;  // what she likes now
  std::span<const float> affinity;     // by TermId, of all tastes and the context
  const Context* context = nullptr;    // null: the request told nothing of its situation
  const Item& item;
  SourceValues sources;
};

}  // namespace modiste
