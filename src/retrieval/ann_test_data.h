// Reference data for the tests of the ANN index.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/rng.h"
#include "retrieval/ann_index.h"

namespace modiste {

// Unit vectors around random centres, similar to embeddings of garments.
class ClusteredVectors {
 public:
  ClusteredVectors(size_t dimension, size_t centres, uint64_t seed) {
    Rng rng(seed);
    for (size_t i = 0; i < centres; ++i) centres_.push_back(around(Vector(dimension, 0.0F), 1, rng));
  }
  [[nodiscard]] Vector draw(Rng& rng) const { return draw_of(rng.below(centres_.size()), rng); }
  [[nodiscard]] Vector draw_of(size_t centre, Rng& rng) const { return around(centres_[centre], 0.15, rng); }

 private:
  static Vector around(Vector v, double spread, Rng& rng) {
    for (float& x : v) x += static_cast<float>(spread * rng.normal());
    normalise(v);
    return v;
  }
  std::vector<Vector> centres_;
};

class NaiveIndex {
 public:
  void put(Slot slot, Vector vector) { vectors_[slot] = std::move(vector); }
  bool remove(Slot slot) { return vectors_.erase(slot) > 0; }
  [[nodiscard]] bool contains(Slot slot) const { return vectors_.contains(slot); }
  [[nodiscard]] const Vector& vector(Slot slot) const { return vectors_.at(slot); }
  [[nodiscard]] size_t size() const { return vectors_.size(); }
  [[nodiscard]] std::vector<Candidate> search(std::span<const float> query, size_t k,
                                              const SlotFilter& filter) const {
    std::vector<Candidate> all;
    for (const auto& [slot, v] : vectors_)
      if (filter(slot)) all.push_back({slot, dot_scalar(query, v)});
    std::sort(all.begin(), all.end(), better);
    all.resize(std::min(k, all.size()));
    return all;
  }

 private:
  std::map<Slot, Vector> vectors_;
};

// Share of the ten true neighbours that are found (a result as near as the tenth counts); fails the test on a
// result outside the filter, a repetition or a missing result.
inline double recall_of(const AnnIndex& index, const NaiveIndex& naive, const Vector& query,
                        const SlotFilter& filter) {
  constexpr size_t kCount = 10;
  constexpr float kTie = 5e-5F;  // two roundings to 16 bits
  const auto truth = naive.search(query, kCount, filter);
  const auto found = index.search({.vector = query, .k = kCount, .filter = filter});
  EXPECT_TRUE(found.ok());
  EXPECT_EQ(found->size(), truth.size());
  std::map<Slot, int> seen;
  size_t hits = 0;
  for (const Candidate& c : *found) {
    EXPECT_TRUE(filter(c.slot)) << "leaked " << c.slot;
    EXPECT_TRUE(naive.contains(c.slot)) << "removed " << c.slot;
    EXPECT_EQ(++seen[c.slot], 1);
    hits += dot_scalar(query, naive.vector(c.slot)) >= truth.back().score - kTie;
  }
  return truth.empty() ? 1 : static_cast<double>(hits) / static_cast<double>(truth.size());
}

inline double mean_recall(const AnnIndex& index, const NaiveIndex& naive, const ClusteredVectors& vectors,
                          Rng& rng, const SlotFilter& filter) {
  constexpr int kQueries = 50;
  double sum = 0;
  for (int i = 0; i < kQueries; ++i) sum += recall_of(index, naive, vectors.draw(rng), filter);
  return sum / kQueries;
}

}  // namespace modiste
