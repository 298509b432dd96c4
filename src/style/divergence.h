// How far a session is from what a style profile predicts.
#pragma once

#include <span>

#include "style/taste.h"

namespace modiste {

struct Prediction {
  const Taste* taste = nullptr;
  float share = 1;  // shares sum to 1
};

// Jensen-Shannon divergence in bits, in [0, 1], between what the session liked and what is predicted: per
// facet over its terms (positive evidence), then the mean over the facets that both have. Appearance counts
// as look_facets more facets: half of one minus the cosine of the taste vectors, which include passed items.
//
// Smoothing: the session's distribution by a Dirichlet prior whose mean is the prediction itself
// (session_prior; the appearance part shrinks in the same way), so that a session of two likes is near to
// everything; the prediction by a uniform prior (mode_prior), so that an unseen term does not dominate the
// divergence. 0 when nothing can be compared.
[[nodiscard]] float divergence(const Taste& session, std::span<const Prediction> predictions,
                               const StyleModel& model);
[[nodiscard]] float divergence(const Taste& session, const Taste& mode, const StyleModel& model);

// Cosine of the evidence for and against every term, in [-1, 1]; 0 when either has none. Unlike the
// divergence it counts passes, and it ignores what everybody likes: a session that passes the garments of one
// taste and likes those of another agrees with the other, however similar their likes are.
[[nodiscard]] float agreement(const Taste& a, const Taste& b, const StyleOptions& options);

// How a session compares with a mode.
struct ModeMatch {
  // Divergence minus agreement_weight * agreement; the agreement counts more the better the mode is known.
  float unlike = 0;
  // Share of the limit used: below 1 the session belongs to the mode. The limit is surprise_min for a
  // well-known mode and wider for one with little evidence, whose predictions are imprecise.
  float share = 0;
  [[nodiscard]] bool near() const { return share < 1; }
};
[[nodiscard]] ModeMatch match_mode(const Taste& session, const Taste& mode, const StyleModel& model);

}  // namespace modiste
