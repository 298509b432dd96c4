// The retrieval stage: asks every candidate source and merges what they find.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/side_threads.h"
#include "retrieval/candidate_source.h"
#include "retrieval/slot_table.h"
#include "serving/request/request_state.h"
#include "serving/state/item_embeddings.h"

namespace modiste {

// The result of one source.
struct SourceResult {
  std::string_view source;
  SourceRole role = SourceRole::kPersonal;
  CandidateList list;
  size_t limit = 0;  // number of candidates that was asked for
  double took_ms = 0;
};

struct Candidates {
  std::vector<Slot> slots;  // without repeats, in source order
  std::vector<SourceResult> sources;
  SlotTable rows;               // where a slot stands in slots
  std::vector<uint32_t> tiers;  // by row, see preference_tiers.h; empty: all 0
  std::vector<Slot> open;       // what exploration may show, each once
  ItemVectors vectors;          // by row; looked up once for all stages (Recommender)

  // Null when the source was not asked.
  [[nodiscard]] const CandidateList* of(std::string_view source) const;
  // What the newcomers' source found; null when it was not asked or found nothing.
  [[nodiscard]] const CandidateList* cold_start() const;
  // A source's scores by row of `slots`; 0 where it did not find the item. Null: it found none.
  [[nodiscard]] std::vector<float> scores(const CandidateList* list) const;
};

// Borrowed. A source that takes long runs on a side thread, when one is idle.
struct RetrievalPorts {
  std::span<const std::unique_ptr<CandidateSource>> sources;
  const Clock& clock;
  SideThreads* side = nullptr;  // null: the caller does all
};

// Asks every source whose limit is not 0, under one deadline: the policy's time budget from now. A
// source that did not finish is named in request.degraded. The same with or without side threads.
[[nodiscard]] Candidates retrieve(const RetrievalPorts& ports, RequestState& request);

// Asks for what suits the situation and the shopper's own preferences, and loosens these one at a time until
// there are enough garments for the answer (preference_tiers.h). All that was found is kept, with its tier.
// When there is none at all, what the rules excluded comes back in the rules' order (liked, passed twice);
// what was bought and what the shopper vetoed never does. What was given up is named in request.degraded.
//
// For several requests that differ only in what they admit (role, price): the sources are asked for all of
// them at once, under the sum of their time budgets.
[[nodiscard]] std::vector<Candidates> retrieve_each_with_relaxation(const RetrievalPorts& ports,
                                                                    std::span<RequestState* const> requests);

}  // namespace modiste
