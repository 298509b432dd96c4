// The port of models that say whether items are worn together: they learn from outfits, score a whole set,
// and score answers to a blank. Evaluation asks them all the same way.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "learning/datasets/outfit_task.h"

namespace modiste {

struct OutfitTraining {
  const OutfitItems& items;
  std::span<const ItemList> outfits;
  uint64_t seed = 1;
  // A line for people at each step that takes long; may be empty.
  std::function<void(const std::string&)> progress;
};

// Threads: scores from any thread after fit(). Scores are comparable within one model only; higher is better.
class OutfitModel {
 public:
  virtual ~OutfitModel() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  // False: the same for every seed.
  [[nodiscard]] virtual bool is_drawn() const { return false; }
  // Forgets what it knew. Borrows training.items until the next fit().
  virtual void fit(const OutfitTraining& training) = 0;
  // Of items that stand together, also of an outfit with one item or of unknown categories.
  [[nodiscard]] virtual double score_set(std::span<const OutfitItemNumber> set) const = 0;
  // A score for each answer.
  [[nodiscard]] virtual std::vector<double> score_answers(const OutfitQuestion& question) const = 0;
};

}  // namespace modiste
