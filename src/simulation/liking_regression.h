// What a shopper's likes say at best of their taste: a learner that knows what simulated likes depend on
// (shopper_model.h). It shows how much of a result the likes themselves limit, and how much the shop does.
//
// Logistic regression on attributes and brand with a Gaussian prior, by gradient ascent. Positive examples:
// what was liked. Negative: the whole stock, each item at a small weight, so that nothing has to be passed.
#pragma once

#include <span>
#include <vector>

#include "catalog/item.h"

namespace modiste {

// The utility of each item of the stock, in its order. Any range; all 0 without likes. Pointers: not null.
[[nodiscard]] std::vector<double> learned_likings(std::span<const ItemFacts* const> liked,
                                                  std::span<const ItemFacts* const> stock);

}  // namespace modiste
