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

// Correlation of the leanings to every term that either knows, in [-1, 1]; 0 when either has none. Unlike the
// divergence it counts passes, and it ignores what everybody likes: a session that passes the garments of one
// taste and likes those of another agrees with the other, however similar their likes are. (Without passes
// all leanings are positive. A cosine would call any two tastes alike; a correlation does not.)
[[nodiscard]] float agreement(const Taste& a, const Taste& b, const StyleOptions& options);

// How far the sessions of one shopper usually are from the mode that they belong to. Those who pass much,
// those who like many garments a visit and those who buy one now and then differ more in it than two tastes
// do.
struct UsualDistance {
  int sessions = 0;            // learned from
  float mean = 0, spread = 0;  // spread: standard deviation

  friend bool operator==(const UsualDistance&, const UsualDistance&) = default;
};
void learn(UsualDistance& usual, float distance, const StyleOptions& options);

// How a session compares with a mode.
struct ModeMatch {
  // Divergence minus agreement_weight * agreement: says which of two modes is the nearer one.
  float unlike = 0;
  // The same with the divergence reduced for a mode with little evidence, whose predictions are imprecise.
  float distance = 0;
  // How unusual the distance is: 0 or less as for most sessions of the shopper; below 1 the session belongs
  // to the mode; 1 at unusual_from standard deviations.
  float share = 0;
  [[nodiscard]] bool near() const { return share < 1; }
};
[[nodiscard]] ModeMatch match_mode(const Taste& session, const Taste& mode, const UsualDistance& usual,
                                   const StyleModel& model);

}  // namespace modiste
