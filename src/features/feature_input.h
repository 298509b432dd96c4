// The input of a streaming feature: a request and one item.
#pragma once

#include <limits>

#include "features/request_facts.h"

namespace modiste {

// What serving computes for all candidates of a request together: the item's rank among them by each hybrid
// feature, 0 to 1 (source_shares.h); how well it fits (FitModel::fit_share); how often it is liked
// (Popularity::rates); the score of the hybrid ranker; how well what the shopper has completes an outfit
// with it (serving/answer/completability.h); and how likely it comes next (NextChoices::shares). NaN:
// unknown.
struct SourceValues {
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  double content = 0, neighbours = 0, visual = 0, popularity = 0;
  double fit = kUnknown, like_rate = kUnknown, hybrid = kUnknown;
  double wardrobe = kUnknown, next_choices = kUnknown;
};

// Borrowed for the call.
struct FeatureInput {
  const RequestFacts& request;
  const Item& item;
  SourceValues sources;
};

}  // namespace modiste
