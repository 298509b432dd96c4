// A shop that trains a taste model on its own log, without the gate, and serves with it: what commands do
// that judge the model.
#pragma once

#include "learning/training/train_taste.h"
#include "serving/shop.h"

namespace modiste {

// The model is in use, and moved out of what is answered. Errors: as train_taste(), and the log's.
inline Result<TrainedTaste> serve_own_taste(const LoggedEvents& log, const GarmentStore& garments,
                                            Shop& shop) {
  const Vocabulary& vocabulary = shop.catalog().view().vocabulary();
  TRY_ASSIGN(const auto history, read_reaction_history(log, garments, vocabulary));
  TRY_ASSIGN(auto trained, train_taste(history, vocabulary));
  shop.recommender().use_learned_taste(
      std::make_shared<const LearnedTaste>(std::move(trained.model), vocabulary), 1);
  return trained;
}

}  // namespace modiste
