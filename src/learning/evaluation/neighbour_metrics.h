// How well nearest neighbours and text prompts agree with labels.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/vector_math.h"

namespace modiste {

// A photo of the test: its unit vector and what is true of it. Borrowed.
struct Seen {
  std::span<const float> vector;
  std::string_view label;
  std::string_view group;  // a photo never finds its own group: the same bed, the same hands
};

struct LabelScore {
  double sum = 0;
  size_t count = 0;
  [[nodiscard]] double mean() const { return count == 0 ? 0 : sum / static_cast<double>(count); }
};

// Sums over queries, kept by label so that both means can be computed.
struct ScoreByLabel {
  std::map<std::string, LabelScore, std::less<>> labels;

  void add(std::string_view label, double score);
  [[nodiscard]] size_t count() const;
  [[nodiscard]] double micro() const;  // mean over queries
  [[nodiscard]] double macro() const;  // mean over labels of their means
};

// For each query the share of its k nearest gallery photos (by inner product, other groups only) that carry
// its label. A gallery with fewer than k such photos counts the missing ones as wrong.
void add_precision_at_k(std::span<const Seen> queries, std::span<const Seen> gallery, size_t k,
                        ScoreByLabel& into);

// 1 for each query whose nearest prompt is its label's. prompts: unit vector by label.
void add_zero_shot_accuracy(std::span<const Seen> queries, const std::map<std::string, Vector>& prompts,
                            ScoreByLabel& into);

}  // namespace modiste
