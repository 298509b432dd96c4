// What is known of one shopper: a fold of the signals she gave, never reset.
//
// Two readings of every attribute value are kept. The EMA (alpha 0.3, ledger C3) answers at once and forgets
// soon; the decayed evidence (how often liked, how often not) moves slowly and says how sure it is.
// affinity() blends them. Values are immutable once published: a fold makes a new one. About 2 to 6 KB each.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "base/vector_math.h"
#include "catalog/item.h"
#include "events/event.h"

namespace modiste {

struct StyleOptions {
  float ema_alpha = 0.3F;  // weight of the newest interaction (ledger C3)
  float ema_share =
      0.25F;  // of affinity(); the rest is evidence. Chosen in simulation, docs/reports/simulation.md
  float evidence_decay = 0.995F;  // per signal: half of it is left after 140
  float prior_strength = 2.0F;    // signals a term must collect before it counts for half
  float quiz_evidence = 3.0F;     // one quiz answer speaks like three likes
  float taste_decay = 0.98F;      // per signal, of the taste vector
  size_t recent_passes = 3;       // smart exclusion (ledger C5)
  size_t undo_window = 16;        // signals that an undo can still reach
  size_t liked_max = 500;
  size_t passed_max = 2'000;
  size_t history_every = 5;  // signals between two points of the history
  size_t history_max = 60;   // then every second point is dropped
};

struct Evidence {
  float ema = 0;
  float positive = 0;
  float negative = 0;
};

struct PassRecord {
  int count = 0;
  int at_signal = 0;  // of the latest
};

struct HistoryPoint {
  int signals = 0;
  std::vector<std::pair<TermId, float>> affinities;  // strongest first, at most 12
};

// Quiz answers in the catalog's terms.
struct Wishes {
  bool answered = false;
  std::vector<TermId> departments;
  std::vector<TermId> terms;  // categories, colours, styles
  std::vector<BrandId> brands;
  std::vector<std::string> sizes;  // as she said them
  SizeSet sizes_fitting;           // with their equivalents
  SizeSet sizes_comparable;        // every size of the kinds she named: outside it nothing is known
  std::optional<float> budget_max;
};

struct ShopperState {
  uint32_t subject = UINT32_MAX;  // dense index, for the neighbours; the maximum is nobody's
  int signals = 0, likes = 0, passes = 0, saves = 0, purchases = 0;
  Wishes wishes;
  std::map<TermId, Evidence> terms;
  std::map<BrandId, Evidence> brands;
  float positive_total = 0, negative_total = 0;
  Vector taste;  // decayed sum of signal weight * item vector; empty until the first
  float log_price_sum = 0, log_price_square_sum = 0, price_weight = 0;
  std::vector<Slot> recent_passes;  // latest last
  std::map<Slot, PassRecord> passed;
  std::vector<Slot> liked;      // liked, saved or in the cart; latest last, unique
  std::vector<Slot> purchased;  // latest last, unique
  std::vector<HistoryPoint> history;

  // Positive: leans to it; negative: away from it; 0: nothing known or no different from the rest. In (-1,
  // 1).
  [[nodiscard]] float affinity(TermId term, const StyleOptions& options) const;
  [[nodiscard]] float brand_affinity(BrandId brand, const StyleOptions& options) const;
  [[nodiscard]] std::optional<float> price_typical() const;
};

// One event as the style reads it.
struct Signal {
  EventType type{};
  uint64_t event_hash = 0;  // of the event id, for undo
  Slot slot = kNoSlot;
  float weight = 0;                  // taste_weight(event)
  const ItemFacts* facts = nullptr;  // null when the garment is gone: counted, not learned from
  std::span<const float> vector;     // empty when there is none
};

// Folds one signal into the state. Pure: the same state and signal give the same result.
void fold(ShopperState& state, const Signal& signal, const StyleOptions& options);
void fold_quiz(ShopperState& state, Wishes wishes, const StyleOptions& options);

}  // namespace modiste
