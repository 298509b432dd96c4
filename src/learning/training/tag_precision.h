// From which confidence a facet's tags are kept, measured on sets of photos that were left out of training.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "learning/training/head_fitting.h"

namespace modiste {

struct TagPrecisionOptions {
  double precision_min = 0.8;  // on every set that is measured: a wrong tag costs trust, a missing one little
  size_t examples_min = 30;    // of a facet in a set; with fewer the set is not measured
  size_t kept_min = 15;        // fewer kept tags of a set prove nothing: a higher bound is not tried
};

struct FacetPrecision {
  std::string facet;
  double keep_from = kTagNeverKept;
  double precision = 0;  // of the kept tags of all measured sets; of all tags when none are kept
  size_t kept = 0, examples = 0;
};

// Collects what heads answer for photos of a set that they did not learn from.
class TagTrials {
 public:
  explicit TagTrials(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  // A truth that the heads have no term for counts as well: whatever is answered is wrong then.
  void add(const ProjectionHeads& heads, std::span<const PhotoExample* const> unseen);

  // The lowest bound at which the tags of each measured set are right often enough; kTagNeverKept where no
  // bound is high enough, or no set was measured. One row for each facet that was answered.
  [[nodiscard]] std::vector<FacetPrecision> choose(const TagPrecisionOptions& options = {}) const;
  // The tags of all sets at the bound that the heads themselves have.
  [[nodiscard]] std::vector<FacetPrecision> at_own_bounds() const;

 private:
  struct Trial {
    std::string source, truth;
    std::vector<std::string> terms;
    std::vector<float> probabilities;  // calibrated
    float keep_from = 0;               // of the heads that answered
  };
  struct Count {
    size_t examples = 0, kept = 0, right = 0;
  };
  void judge(Facet facet, const Trial& trial, float keep_from, Count& into) const;
  [[nodiscard]] std::map<std::string, Count> count_by_source(Facet facet, float keep_from) const;

  const Vocabulary& vocabulary_;
  std::map<Facet, std::vector<Trial>> trials_;
};

}  // namespace modiste
