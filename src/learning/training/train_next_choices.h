// Trains the network of next choices (retrieval/next_choices.h) on what shoppers chose, and measures how much
// it should count.
//
// The latest choices of the log judge: a network that learned from the earlier ones, and the neighbours of
// the same time (retrieval/co_choices.h, with what was popular), rank all items that anybody chose before for
// shoppers who chose before and after, also items that the network does not know. Half of these shoppers
// choose the share of the neighbours' weight that the network gets, the other half says what that mix is
// worth beside the neighbours alone, and beside the network that serves, by choices later than it learned
// from. Then a network learns from all choices, and is published with this share.
//
// Deterministic in history and options.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"
#include "learning/datasets/choice_history.h"
#include "learning/evaluation/bootstrap.h"
#include "learning/models/sequence_model.h"
#include "learning/registry/model_manifest.h"
#include "retrieval/next_choices.h"

namespace modiste {

// The spectral bag at half its width: 4 bytes * 64 an item are read for each request.
[[nodiscard]] SequenceModelOptions next_choices_network();

struct TrainNextChoicesOptions {
  SequenceModelOptions network = next_choices_network();
  size_t choosers_min = 3;    // of an item: a row of the table says little after fewer
  size_t items_max = 50'000;  // the most chosen: a request stays within a millisecond
  double judging = 0.1;       // of the choices, the latest: judge
  size_t asked_max = 2'000;   // shoppers
  size_t count = 20;          // places that NDCG looks at
  size_t resamples = 1'000;   // of the bootstrap
  // The network that the training goes on from, and until when it learned. Then only shoppers who chose
  // something since teach, and only choices since judge. Borrowed; null: it begins with the spectrum.
  const NextChoicesModel* begin_from = nullptr;
  TimePoint begin_until{};
  // The network that serves, which is compared too, and until when it learned. Borrowed; null: none serves.
  const NextChoicesModel* champion = nullptr;
  TimePoint champion_until{};
};

struct TrainedNextChoices {
  NextChoicesModel model;
  size_t shoppers = 0, choices = 0;     // that it learned from
  size_t asked = 0;                     // shoppers of the half that judged the share
  Interval mixed, neighbours, network;  // NDCG of the mix, of the neighbours alone, of the network alone
  Interval gain;                        // of the mix over the neighbours, paired
  size_t asked_champion = 0;            // of these shoppers: chose something that the champion does not know
  Interval champion, champion_gain;     // NDCG of the champion's mix; of this mix over it, paired
  ModelDraft draft;
};

// kConflict: fewer than kSequenceRowsMin shoppers chose two items or more, of those who teach; or begin_from
// is of another width.
Result<TrainedNextChoices> train_next_choices(const ChoiceHistoryRows& history,
                                              const TrainNextChoicesOptions& options = {},
                                              const FitProgress& progress = {});

}  // namespace modiste
