// The constants of the style model, and the part of the vocabulary that they need.
//
// Values were chosen in simulation (`modiste simulate`, `modiste simulate style`;
// docs/adr/0006-style-modes.md).
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "catalog/item.h"
#include "vocabulary/vocabulary.h"

namespace modiste {

struct StyleOptions {
  // Evidence of one taste.
  float ema_alpha = 0.3F;         // weight of the newest interaction
  float ema_share = 0.25F;        // share in an affinity; the rest is decayed evidence
  float evidence_decay = 0.995F;  // per signal: half of it is left after 140
  float taste_decay = 0.98F;      // per signal, of the taste vector: half is left after 34
  float prior_strength = 2.0F;    // signals a term must collect before it counts for half
  float quiz_evidence = 3.0F;     // one quiz answer counts like three likes

  // Of a garment that was shown and left in a session with likes or saves. The smallest of the weights: it
  // may have been overlooked. (Beside purchases alone it does not count: who came for one thing leaves the
  // rest. With it, `modiste simulate style` has a gift change 30% of the top 20 of those who only buy, and
  // 7% without, in one shop of 1,500 garments.)
  float left_weight = 0.1F;
  size_t seen_max = 200;  // items of a session that are remembered as shown

  // Sessions and their merge (docs/adr/0006-style-modes.md).
  Micros session_idle = std::chrono::minutes(30);
  float rate_start = 0.15F;         // eta_0: share of the present taste that an unsurprising session takes
  float rate_max = 0.85F;           // eta_max
  float rate_gain = 1.0F;           // kappa: how much surprise raises the rate
  float surprise_min = 0.145F;      // tau, bits: divergence above which the profile follows faster
  float agreement_weight = 0.15F;   // bits, beside the divergence
  float loose_evidence = 4.0F;      // positive evidence of a mode at which divergences from it count half
  float loose_agreement = 2.0F;     // positive evidence of a mode at which its agreement counts twice
  float usual_distance = 0.04F;     // of sessions of the shopper's own taste, until their sessions tell
  float usual_spread = 0.035F;      // standard deviation of that
  float usual_spread_min = 0.015F;  // however alike the sessions are
  float usual_alpha = 0.2F;         // least weight of the newest session in the mean
  float usual_spread_alpha = 0.1F;  // weight of the newest session in the variance
  float usual_until = 1.5F;         // share of the limit beyond which a session says nothing of what is usual
  float return_from = 2.5F;         // share of the limit up to which a session wakes a dormant mode
  float twin_below = 0.5F;          // share of the limit below which a tentative mode was a confirmed one
  float unusual_from = 2.2F;        // standard deviations beyond which a session is not of the mode
  float doubt_from = 0.75F;         // share of that limit from which a session counts less and less
  float surprise_alpha = 0.4F;      // weight of the newest session in the smoothed divergence
  float session_prior = 2.0F;       // evidence per facet by which the prediction smooths a session
  float mode_prior = 1.0F;          // evidence per facet, spread evenly over its terms
  float facet_evidence_min = 2;     // below this a mode predicts nothing about a facet
  float look_facets = 3;            // weight of appearance, in facets of terms
  float evidence_half = 0.3F;       // positive evidence with which a session counts for half (w)
  float running_share_max = 0.9F;   // greatest share of the current session in the present taste
  float asleep_below = 0.5F;        // activity below which a confirmed mode is dormant
  float tentative_trust = 0.1F;
  // Weight w of the divergent sessions that must agree to become a mode, together: two with likes, saves or a
  // purchase, three of one long look each.
  float confirm_weight = 1.4F;
  float mode_fade = 0.9995F;  // per signal given to another mode: half of its evidence is left after 1,400
  Micros half_life = std::chrono::hours(24 * 365);  // after which half of the evidence is left, used or not
  Micros fade_step = std::chrono::hours(24);        // time is counted in steps of at least this
  size_t modes_max = 4;                             // confirmed modes
  size_t tentative_max = 2;

  // Memory of items.
  size_t recent_passes = 3;  // the latest passes are excluded from answers
  size_t undo_window = 16;   // signals that an undo can still reach
  size_t liked_max = 500;
  size_t owned_max = 300;         // garments of the shop in a wardrobe; the oldest leave first
  size_t owned_photos_max = 100;  // others; about 700 bytes each
  size_t passed_max = 2'000;
  size_t choices_max = 200;     // as many as CoChoicesOptions::items_max
  size_t mode_terms_max = 160;  // terms with the least evidence are removed first
  size_t history_every = 5;     // signals between two points of the history
  size_t history_max = 60;      // then every second point is dropped
  size_t drift_max = 60;        // closed sessions remembered
};

// Facets in which tastes are compared, by term. Immutable: any thread may read.
class StyleModel {
 public:
  static constexpr uint8_t kNotCompared = UINT8_MAX;
  static constexpr std::array kCompared{Facet::kCategory, Facet::kDepartment, Facet::kColour,
                                        Facet::kPattern,  Facet::kFabric,     Facet::kSilhouette,
                                        Facet::kOccasion, Facet::kAesthetic};

  explicit StyleModel(const Vocabulary& vocabulary, StyleOptions options = {});

  [[nodiscard]] const StyleOptions& options() const { return options_; }
  // Index into kCompared, or kNotCompared.
  [[nodiscard]] uint8_t facet(TermId term) const {
    return term < facets_.size() ? facets_[term] : kNotCompared;
  }
  [[nodiscard]] size_t term_count() const { return facets_.size(); }
  // Terms of kCompared[facet].
  [[nodiscard]] size_t facet_size(size_t facet) const { return facet_sizes_[facet]; }

 private:
  StyleOptions options_;
  std::vector<uint8_t> facets_;
  std::array<size_t, kCompared.size()> facet_sizes_{};
};

}  // namespace modiste
