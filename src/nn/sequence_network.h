// A small network that reads what somebody chose, in order, and scores what comes next. Two readers of a
// history:
//
//   kBag        sum over the history of decay^age * read[item]: its state is updated in O(width) per choice
//   kAttention  one causal block with one head, a bias by distance, and a SwiGLU over rows of length 1 of
//               the table that it scores by (SASRec: Kang, McAuley 2018)
//
// The score of an item is a bias, which begins at half the log of its share, plus state . items[item] of a
// bag, and with attention e^log_scale * the cosine of both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace modiste {

enum class SequenceReader { kBag, kAttention };

struct SequenceShape {
  SequenceReader reader = SequenceReader::kAttention;
  size_t items = 0;
  size_t width = 64;
  size_t hidden = 128;     // of the SwiGLU
  size_t latest_max = 30;  // choices that are read; earlier ones are not
};

struct SequenceTensor {
  std::string name;
  size_t rows = 0, columns = 0;  // x W + b, with W stored as in x out
};
// All tensors; the only place that knows their names and sizes.
[[nodiscard]] std::vector<SequenceTensor> sequence_tensors(const SequenceShape& shape);
using SequenceWeights = std::map<std::string, std::vector<float>>;

// Immutable. Threads: any.
class SequenceNetwork {
 public:
  SequenceNetwork() = default;  // of no items
  SequenceNetwork(const SequenceShape& shape, SequenceWeights weights);

  [[nodiscard]] const SequenceShape& shape() const { return shape_; }
  // One score per item. Numbers that are not below shape.items are passed over; empty when none is left.
  [[nodiscard]] std::vector<float> scores(std::span<const uint32_t> history) const;
  [[nodiscard]] size_t bytes() const;
  [[nodiscard]] const SequenceWeights& weights() const { return weights_; }

 private:
  struct Math;

  SequenceShape shape_;
  SequenceWeights weights_;
};

}  // namespace modiste
