// The learned blend: sources propose, trees order (docs/adr/0022). The trees learn on choices that the
// sources have not seen: sessions, the latest tenth of the rows; shoppers, the last choice of each. Then the
// sources learn again from all rows.
//
// Threads: score() from any thread after fit().
#pragma once

#include "learning/models/blend_sources.h"
#include "learning/models/boosted_trees.h"

namespace modiste {

struct BlendOptions {
  double share_held_out = 0.1;  // of sessions
  size_t queries_max = 30'000;  // that the trees learn from, drawn from more
  size_t others_max = 60;       // candidates kept beside the one that was chosen, drawn
  size_t queries_min = 20;      // with fewer the sources' places are added up
  BoostedTreesOptions trees;
  uint64_t seed = 7;
};

// Slow trees of great leaves: faster ones have learned a few thousand choices by heart after 30 rounds.
// Chosen on Tmall's rows 81 to 90 % and on Amazon's last choice but one (docs/adr/0022). Of shoppers all are
// asked: each has one choice held out, and few of these are among the candidates.
[[nodiscard]] BlendOptions blend_options(HistoryKind kind);

class BlendModel final : public NextItemModel {
 public:
  explicit BlendModel(HistoryKind kind) : kind_(kind), options_(blend_options(kind)), sources_(kind) {}
  [[nodiscard]] std::string_view name() const override { return "blend"; }
  void fit(const Histories& histories, const FitProgress& progress = {}) override;
  // What no source proposes keeps 0.
  void score(std::span<const ItemNumber> history, std::span<float> scores) const override;
  [[nodiscard]] size_t bytes() const override { return sources_.bytes() + trees_.bytes(); }

 private:
  void fit_trees(const Histories& histories, const FitProgress& progress);

  HistoryKind kind_;
  BlendOptions options_;
  BlendSources sources_;
  BoostedTrees trees_;
};

}  // namespace modiste
