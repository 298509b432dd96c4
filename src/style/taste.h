// One taste: what a series of signals says about a shopper. A session has one, and so has every
// mode of a style.
//
// Each attribute value has a fast estimate, the EMA (alpha 0.3), which reacts at once and forgets soon, and a
// slow one, the decayed evidence (how often liked, how often not), which also says how certain it is.
// Affinities blend both. A value type, about 20 bytes per term and 4 per vector component.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/vector_math.h"
#include "catalog/item.h"
#include "style/style_options.h"

namespace modiste {

struct Evidence {
  uint32_t key = 0;  // TermId or BrandId
  float ema = 0;
  float ema_left = 1;  // remaining weight of an earlier EMA: (1 - alpha)^occurrences
  float positive = 0;
  float negative = 0;

  friend bool operator==(const Evidence&, const Evidence&) = default;
};
using EvidenceTable = std::vector<Evidence>;  // sorted by key, unique

[[nodiscard]] const Evidence* find_evidence(const EvidenceTable& table, uint32_t key);
// The entry of the key; inserted if missing.
Evidence& evidence_of(EvidenceTable& table, uint32_t key);

// Positive and negative weights of signals on reduced garments and on those at their full price.
struct PriceResponse {
  float reduced_positive = 0, reduced_negative = 0, full_positive = 0, full_negative = 0;

  friend bool operator==(const PriceResponse&, const PriceResponse&) = default;
};

struct Taste {
  int signals = 0;  // number of signals
  EvidenceTable terms;
  EvidenceTable brands;
  float positive_total = 0, negative_total = 0;
  Vector vector;  // decayed sum of signal weight * item vector; empty until the first
  float log_price_sum = 0, log_price_square_sum = 0, price_weight = 0;
  PriceResponse price_response;

  // Affinity of a term or brand from the decayed evidence alone, without the EMA.
  [[nodiscard]] float known_affinity(const Evidence& evidence, const StyleOptions& options) const;
  // Affinity of a term or brand.
  [[nodiscard]] float affinity(const Evidence& evidence, const StyleOptions& options) const;
  [[nodiscard]] bool empty() const { return terms.empty() && brands.empty() && vector.empty(); }
  // Positive: liked; negative: avoided; 0: unknown or no different from the rest. In (-1, 1).
  [[nodiscard]] float affinity(TermId term, const StyleOptions& options) const;
  [[nodiscard]] float brand_affinity(BrandId brand, const StyleOptions& options) const;
  // How much more reduced garments are liked than those at full price: the difference of the two shares of
  // positive weight, each smoothed towards one half by prior_strength. In (-1, 1); 0: unknown.
  [[nodiscard]] float discount_response(const StyleOptions& options) const;

  friend bool operator==(const Taste&, const Taste&) = default;
};

// An observation to learn from: a garment and how much it was liked.
struct Observation {
  const ItemFacts& facts;
  std::span<const float> vector;  // empty when there is none
  float weight = 0;
  float price_paid = 0;  // for one piece; 0: the current price
  bool reduced = false;  // below its list price
};

void learn(Taste& taste, const Observation& lesson, const StyleOptions& options);

// Counts a garment that was shown and left: evidence against what describes it, no signal. A negative weight
// takes it back.
void learn_left(Taste& taste, const ItemFacts& facts, std::span<const float> vector, float weight);

// Adds a later taste to an earlier one. Learning signals one by one, or learning a part of them separately
// and adding it, gives the same result up to rounding.
void add_later(Taste& earlier, const Taste& later, const StyleOptions& options);

// Multiplies all evidence; directions and typical price stay the same.
void fade(Taste& taste, float by);

// Multiplies everything, the fast estimates and the vector too: what is learned next weighs more.
void forget(Taste& taste, float by);

}  // namespace modiste
