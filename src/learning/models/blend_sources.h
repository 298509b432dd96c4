// What the learned blend knows of a candidate: the sources propose items for a history, and describe each by
// their scores, by its place among the proposals, and by how the item fared of late.
//
// Time is the place of a row in the file ("latest last" for sessions). Shoppers' rows have no order; what is
// recent is then not read. Threads: describe() from any thread after fit().
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <memory>
#include <vector>

#include "learning/models/counts_model.h"
#include "learning/models/ease.h"
#include "learning/models/next_item_models.h"
#include "learning/models/sequence_model.h"
#include "learning/models/session_knn.h"

namespace modiste {

// Of one item, by all sources; 0 where a source says nothing.
struct SourceScores {
  KnnScores knn;
  KnnScores late_knn;  // of the neighbours of what came last
  KnnScores slow_knn;  // of those of the whole session
  CountScores counts;
  float recent_forward = 0, recent_last = 0;  // counts of the latest rows
  float ease = 0;
  float network = 0;  // of the network over the order of choices
  bool proposed = false;
};

// Proposals for one history and a row of features for each, in the same order.
struct BlendCandidates {
  std::vector<ItemNumber> items;
  std::vector<float> features;  // items x BlendSources::columns()
  std::vector<float> plain;     // by item: sum over the sources of 1 / rank, for where nothing was learned
};

// What a history says of each item, looked up once for all candidates.
struct HistoryFacts {
  struct Place {
    float times = 0, steps = 0;  // steps: later choices than its last
  };
  explicit HistoryFacts(std::span<const ItemNumber> of);

  std::span<const ItemNumber> items;  // borrowed
  boost::unordered_flat_map<ItemNumber, Place> places;
};

class BlendSources {
 public:
  explicit BlendSources(HistoryKind kind);
  // again: after a fit of most of these rows, by which it was chosen how long the network learns.
  void fit(const Histories& histories, const FitProgress& progress = {}, bool again = false);
  [[nodiscard]] BlendCandidates describe(std::span<const ItemNumber> history) const;
  [[nodiscard]] static size_t columns();
  [[nodiscard]] size_t bytes() const;

 private:
  // How an item fared in the rows.
  struct ItemPast {
    float choices = 0;    // all
    float recent = 0;     // in the latest twentieth of the rows
    float rows = 0;       // that hold it
    float repeats = 0;    // of them, hold it more than once
    float last_row = -1;  // place of the latest row with it; -1: none
    float first_row = -1;
    [[nodiscard]] float repeat_share() const { return rows > 0 ? repeats / rows : 0; }
  };
  void count_past(const Histories& histories);
  [[nodiscard]] Accumulator<SourceScores> signals_of(std::span<const ItemNumber> history) const;
  void add_network(std::span<const ItemNumber> history, Accumulator<SourceScores>& found) const;
  void add_place_in_history(const HistoryFacts& history, ItemNumber item, std::vector<float>& features) const;
  void add_past(ItemNumber item, std::vector<float>& features) const;

  HistoryKind kind_;
  SessionKnn knn_, late_knn_;
  SessionKnn slow_knn_;  // of sessions
  CountsModel counts_;
  CountsModel recent_counts_;        // of the latest tenth of sessions
  std::unique_ptr<Ease> ease_;       // of shoppers
  SequenceModel network_;            // of shoppers a bag, of sessions a transformer
  std::vector<ItemPast> past_;       // by item
  std::vector<ItemNumber> popular_;  // of late, most first
  size_t rows_ = 0;
};

}  // namespace modiste
