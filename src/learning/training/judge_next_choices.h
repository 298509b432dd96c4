// What a network of next choices (retrieval/next_choices.h) is worth beside the neighbours of the same time
// (retrieval/co_choices.h, with what was popular), and beside the network that serves.
//
// Shoppers who chose before a time and after it are asked, in a drawn order: all items that anybody chose
// before are ranked for them, also those that the network does not know, and NDCG says where their next new
// choice stands. Half of the shoppers choose the share of the neighbours' weight that the network gets, the
// other half says what that mix is worth.
//
// Deterministic in history, network and options.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "learning/datasets/choice_history.h"
#include "learning/evaluation/bootstrap.h"
#include "learning/models/sequence_model.h"
#include "retrieval/next_choices.h"

namespace modiste {

// The spectral bag at half its width: 4 bytes * 64 an item are read for each request.
[[nodiscard]] SequenceModelOptions next_choices_network();

struct JudgeNextChoicesOptions {
  size_t asked_max = 2'000;  // shoppers
  size_t count = 20;         // places that NDCG looks at
  size_t resamples = 1'000;  // of the bootstrap
  uint64_t seed = 1;         // of the order of the shoppers and of the bootstrap
  // The network that serves, which is compared too, and until when it learned. Borrowed; null: none serves.
  const NextChoicesModel* champion = nullptr;
  TimePoint champion_until{};
};

struct NextChoicesVerdict {
  float share = 0;                      // of the neighbours' weight, which the other half chose
  size_t asked = 0;                     // shoppers of the half that judged the share
  Interval mixed, neighbours, network;  // NDCG of the mix, of the neighbours alone, of the network alone
  Interval gain;                        // of the mix over the neighbours, paired
  size_t asked_champion = 0;            // of these shoppers: chose something that the champion does not know
  Interval champion, champion_gain;     // NDCG of the champion's mix; of this mix over it, paired
};

// network: learned from what was chosen before `from`. number_of: by slot of the history, the network's
// number of the item; UINT32_MAX: it does not know it.
[[nodiscard]] NextChoicesVerdict judge_next_choices(const ChoiceHistoryRows& history,
                                                    const SequenceNetwork& network,
                                                    const std::vector<uint32_t>& number_of, TimePoint from,
                                                    const JudgeNextChoicesOptions& options);

// For the manifest, by the names that the gate reads (learning/registry/metric_names.h).
[[nodiscard]] std::map<std::string, double> metrics_of(const NextChoicesVerdict& verdict);

}  // namespace modiste
