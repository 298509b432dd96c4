// Session k nearest neighbours with recency (VSTAN: Garg 2019; Ludewig 2021): what histories like this one
// went on to, over an inverted index to which a history is appended in place.
//
//   weight of the item at place p of a history of n:  exp(-(n - 1 - p) / position_decay)
//   similarity(s) = sum over common items of weight * idf / sqrt(|history| |s|) * exp(-age(s) / age_decay)
//   score(j)      = sum over the nearest s of similarity(s) * exp(-places from j to the latest common item
//                   / inner_decay), times 1 + idf_weight * idf(j)
//
// The latest common item is scored too: in sessions the same item often comes next. age: the share of all
// rows that came after s. idf = log(rows / rows with the item).
//
// Threads: many readers or one writer.
#pragma once

#include "learning/models/next_item_model.h"
#include "retrieval/accumulator.h"

namespace modiste {

// Of one item, for one history: what a ranker over sources reads.
struct KnnScores {
  float score = 0;    // as score() gives it
  float next = 0;     // of the neighbours in which it follows the latest common item, their similarity
  float support = 0;  // neighbours that hold it
  float nearest = 0;  // the similarity of the nearest of them
  float newest = 0;   // the row number of the newest of them, as a share of all rows
};

// Of sessions; decays chosen on 2,500 queries of the latest tenths of Diginetica and Tmall, the splits that
// `modiste evaluate scoreboard` reports.
struct SessionKnnOptions {
  size_t neighbours = 1'500;
  size_t newest_of_item = 5'000;  // rows that are looked at for each item of the history
  float position_decay = 4;       // in places
  float inner_decay = 8;          // in places
  float age_decay = 2;            // in shares of all rows; 0: off, for rows that are not in the order of time
  float idf_weight = 1;
  size_t latest_max = 30;  // items of the history that are looked up
};

// Of what shoppers bought over years: an older choice counts for longer.
[[nodiscard]] SessionKnnOptions knn_of_shoppers();

class SessionKnn final : public NextItemModel {
 public:
  explicit SessionKnn(SessionKnnOptions options = {}) : options_(options) {}
  [[nodiscard]] std::string_view name() const override { return "session-knn"; }
  void fit(const Histories& histories, const FitProgress& progress = {}) override;
  // A history that has ended: known to the next score.
  void append(std::span<const ItemNumber> row);
  void score(std::span<const ItemNumber> history, std::span<float> scores) const override;
  [[nodiscard]] Accumulator<KnnScores> parts(std::span<const ItemNumber> history) const;
  [[nodiscard]] size_t bytes() const override;

 private:
  struct Near {
    uint32_t row = 0;
    float similarity = 0;
    ItemNumber latest = 0;  // the latest item in common
  };
  [[nodiscard]] std::vector<Near> nearest(std::span<const ItemNumber> mine) const;
  [[nodiscard]] float idf(ItemNumber item) const;
  [[nodiscard]] float favour(ItemNumber item) const { return 1 + options_.idf_weight * idf(item); }
  // Calls visit(item, neighbour, vote, places after the latest common item) for each item of each neighbour.
  template <class Visit>
  void for_each_vote(std::span<const ItemNumber> history, const Visit& visit) const;

  SessionKnnOptions options_;
  std::vector<ItemNumber> items_;               // of all rows, one after another
  std::vector<size_t> begins_{0};               // of the rows, and the end
  std::vector<std::vector<uint32_t>> rows_of_;  // by item, latest last
};

}  // namespace modiste
