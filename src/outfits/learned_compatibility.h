// Compatibility as a model learned it from outfits that people or stated rules put together
// (nn/set_transformer.h; docs/formats/outfits.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nn/set_transformer.h"
#include "outfits/compatibility.h"

namespace modiste::outfits {

// What the model reads of a garment beside its category and its vector. One definition for training and
// serving.
struct WearableReading {
  static constexpr size_t kNumbers = 15;

  std::vector<uint64_t> terms;  // hashes of "facet:name", of all facets but the category
  std::vector<float> numbers;   // kNumbers: each known one and whether it is known
};
[[nodiscard]] WearableReading read_wearable(const Wearable& look, const Vocabulary& vocabulary);

// Immutable. Threads: any. The model's categories are vocabulary names: one that it has not is read as the
// nearest above it that it has, else as unknown.
class LearnedCompatibility final : public Compatibility {
 public:
  // Its features are kNumbers and then the encoder's vector; vectors of another length are not read.
  // kCorrupt: a model of another shape, or one without names of categories.
  static Result<LearnedCompatibility> create(SetTransformer model, const Vocabulary& vocabulary);

  [[nodiscard]] std::string_view name() const override { return "learned"; }
  // By the categories alone, from a table: what the set head says of the two. 0.5 where one is unknown.
  [[nodiscard]] double pair(const Wearable& a, const Wearable& b) const override;
  // By all that is known. 0.5 for fewer than two pieces.
  [[nodiscard]] double set(std::span<const Wearable> pieces) const override;

 private:
  LearnedCompatibility(SetTransformer model, const Vocabulary& vocabulary);
  [[nodiscard]] uint32_t category_of(const Wearable& look) const;

  SetTransformer model_;
  const Vocabulary& vocabulary_;
  std::vector<uint32_t> category_of_term_;  // by TermId
  std::vector<float> pairs_;                // categories x categories
};

}  // namespace modiste::outfits
