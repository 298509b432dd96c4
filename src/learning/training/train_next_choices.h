// Trains the network of next choices (retrieval/next_choices.h) on what shoppers chose, and measures how much
// it should count.
//
// The latest choices of the log judge (judge_next_choices.h): a network that learned from the earlier ones
// gets a share of the neighbours' weight, and is compared with the neighbours alone and with the network that
// serves, by choices later than that one learned from. Then a network learns from all choices, and is
// published with this share.
//
// Deterministic in history and options.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"
#include "learning/datasets/choice_history.h"
#include "learning/models/sequence_model.h"
#include "learning/registry/model_manifest.h"
#include "learning/training/judge_next_choices.h"
#include "retrieval/next_choices.h"

namespace modiste {

struct TrainNextChoicesOptions {
  SequenceModelOptions network = next_choices_network();
  size_t choosers_min = 3;        // of an item: a row of the table says little after fewer
  size_t items_max = 50'000;      // the most chosen: a request stays within a millisecond
  double judging = 0.1;           // of the choices, the latest: judge
  JudgeNextChoicesOptions judge;  // its seed is that of the network's training
  // The network that the training goes on from, and until when it learned. Then only shoppers who chose
  // something since teach, and only choices since judge. Borrowed; null: it begins with the spectrum.
  const NextChoicesModel* begin_from = nullptr;
  TimePoint begin_until{};
};

struct TrainedNextChoices {
  NextChoicesModel model;
  size_t shoppers = 0, choices = 0;  // that it learned from
  NextChoicesVerdict verdict;
  ModelDraft draft;
};

// kConflict: fewer than kSequenceRowsMin shoppers chose two items or more, of those who teach; or begin_from
// is of another width.
Result<TrainedNextChoices> train_next_choices(const ChoiceHistoryRows& history,
                                              const TrainNextChoicesOptions& options = {},
                                              const FitProgress& progress = {});

}  // namespace modiste
