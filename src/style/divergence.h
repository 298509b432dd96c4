// How far a session is from what a style predicts.
#pragma once

#include <span>

#include "style/taste.h"

namespace modiste {

struct Prediction {
  const Taste* taste = nullptr;
  float share = 1;  // shares sum to 1
};

// Jensen-Shannon divergence in bits, in [0, 1], between what the session liked and what is predicted: per
// facet over its terms (positive evidence), then the mean over the facets that both know. What they look like
// counts as look_facets more: half of one minus the cosine of the taste vectors, which hold what was passed
// too.
//
// The session's distribution is smoothed by a Dirichlet prior whose mean is the prediction itself
// (session_prior; the look's part shrinks alike), so that a session of two likes is near to everything; the
// prediction by an even one (mode_prior), so that a term never met is no miracle. 0 when nothing can be
// compared.
[[nodiscard]] float divergence(const Taste& session, std::span<const Prediction> predictions,
                               const StyleModel& model);
[[nodiscard]] float divergence(const Taste& session, const Taste& mode, const StyleModel& model);

// Cosine of what the evidence says for and against every term, in [-1, 1]; 0 when one of them says nothing.
// What was passed speaks here, and what everybody likes does not: a session that passes the garments of one
// taste and likes those of another agrees with the other, however alike their likes are.
[[nodiscard]] float agreement(const Taste& a, const Taste& b, const StyleOptions& options);

// How a session stands to a mode.
struct Likeness {
  float unlike = 0;  // divergence less agreement_weight of the agreement, which counts as the mode is known
  float share = 0;   // of the limit: below 1 the session is of the mode. The limit is surprise_min for a mode
                     // known well, wider for one of little evidence, which predicts loosely
  [[nodiscard]] bool near() const { return share < 1; }
};
[[nodiscard]] Likeness likeness(const Taste& session, const Taste& mode, const StyleModel& model);

}  // namespace modiste
