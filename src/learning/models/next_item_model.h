// The port of models that say what a shopper chooses next: they learn from histories and score every item for
// one history. Evaluation asks them all the same way; a ranker over sources reads the same scores.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "learning/models/histories.h"

namespace modiste {

using FitProgress = std::function<void(size_t done, size_t total)>;

// Threads: score() from any thread after fit().
class NextItemModel {
 public:
  virtual ~NextItemModel() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  // Forgets what it knew. May keep no reference to the histories.
  virtual void fit(const Histories& histories, const FitProgress& progress = {}) = 0;
  // Adds to scores, which has a place for each item and comes as zeros. Items that the model knows nothing
  // of keep 0. The history may be empty and may hold items that training did not see.
  virtual void score(std::span<const ItemNumber> history, std::span<float> scores) const = 0;
  // Of what fit() keeps, in memory.
  [[nodiscard]] virtual size_t bytes() const = 0;
};

}  // namespace modiste
