// One taste: what a run of signals says of a shopper. A session has one, and so has every mode of her style.
//
// Two readings of every attribute value are kept. The EMA (alpha 0.3, ledger C3) answers at once and forgets
// soon; the decayed evidence (how often liked, how often not) moves slowly and says how sure it is.
// Affinities blend them. A value type, about 20 bytes a term and 4 a vector component.
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
  float ema_left = 1;  // what is left of an earlier EMA: (1 - alpha)^times met
  float positive = 0;
  float negative = 0;

  friend bool operator==(const Evidence&, const Evidence&) = default;
};
using EvidenceTable = std::vector<Evidence>;  // sorted by key, unique

[[nodiscard]] const Evidence* find_evidence(const EvidenceTable& table, uint32_t key);
// The entry of the key, put in when it is missing.
Evidence& evidence_of(EvidenceTable& table, uint32_t key);

// Positive and negative weights of signals on reduced garments and on those at their full price.
struct PriceResponse {
  float reduced_positive = 0, reduced_negative = 0, full_positive = 0, full_negative = 0;

  friend bool operator==(const PriceResponse&, const PriceResponse&) = default;
};

struct Taste {
  int signals = 0;  // learned from
  EvidenceTable terms;
  EvidenceTable brands;
  float positive_total = 0, negative_total = 0;
  Vector vector;  // decayed sum of signal weight * item vector; empty until the first
  float log_price_sum = 0, log_price_square_sum = 0, price_weight = 0;
  PriceResponse price_response;

  // What the evidence alone says of one of its terms or brands, without the EMA.
  [[nodiscard]] float known_affinity(const Evidence& evidence, const StyleOptions& options) const;
  // Of one of its terms or brands.
  [[nodiscard]] float affinity(const Evidence& evidence, const StyleOptions& options) const;
  [[nodiscard]] bool empty() const { return terms.empty() && brands.empty() && vector.empty(); }
  // Positive: leans to it; negative: away from it; 0: nothing known or no different from the rest. In (-1,
  // 1).
  [[nodiscard]] float affinity(TermId term, const StyleOptions& options) const;
  [[nodiscard]] float brand_affinity(BrandId brand, const StyleOptions& options) const;
  // How much more a reduced garment pleases than one at full price: difference of the two shares of positive
  // weight, each drawn to one half by prior_strength. In (-1, 1), 0: nothing known.
  [[nodiscard]] float discount_response(const StyleOptions& options) const;

  friend bool operator==(const Taste&, const Taste&) = default;
};

// What is learned from: a garment, and how much it pleased.
struct Observation {
  const ItemFacts& facts;
  std::span<const float> vector;  // empty when there is none
  float weight = 0;
  float price_paid = 0;  // for one piece; 0: its price of now
  bool reduced = false;  // below its list price
};

void learn(Taste& taste, const Observation& lesson, const StyleOptions& options);

// Adds a later taste to an earlier one. Learning signals one by one, or a part of them apart and adding it,
// comes to the same but for the rounding.
void add_later(Taste& earlier, const Taste& later, const StyleOptions& options);

// Multiplies all evidence; directions and typical price stay.
void fade(Taste& taste, float by);

}  // namespace modiste
