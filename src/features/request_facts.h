// What is known of a request before its candidates: who asks, what they like now, and in which situation.
// Candidate sources and features read it. Immutable.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "catalog/catalog.h"
#include "context/context.h"
#include "style/shopper_state.h"

namespace modiste {

class NextChoices;
class TasteWeights;

// A part of the present taste below this share gets no candidates and does not rank.
inline constexpr float kTasteShareMin = 0.02F;

// Borrowed for the request.
struct RequestFacts {
  TimePoint now{};
  const CatalogSnapshot& catalog;
  const Vocabulary& vocabulary;
  const StyleOptions& style;
  const ShopperState& shopper;         // empty for an unknown shopper
  std::span<const TasteShare> tastes;  // what the shopper likes now, in parts; includes the context
  std::span<const std::vector<float>> affinities;  // by taste, then by TermId; includes the context
  std::span<const float> affinity;                 // by TermId, of all tastes and the context
  std::span<const float> idf;                      // by TermId
  const std::optional<Context>& context;           // absent: the request has no context
  const TasteWeights* learned_taste = nullptr;     // learned_taste.h; null: none, or nothing is known of them
  const NextChoices* next_choices = nullptr;       // retrieval/next_choices.h; null: none
};

}  // namespace modiste
