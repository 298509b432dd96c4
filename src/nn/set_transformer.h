// A small transformer over a set of items that are worn together (Vaswani et al. 2017, norms before): each
// item is a category and, where they are known, words or a vector. Three heads:
//
//   categories  what stands at the blank: log p(category | rest) - log q(category), q the share in training
//   items       which item stands there: the product of what the blank asks for and the item's key
//   set         whether all of them belong together: the logit of a set against one of drawn items
//
// File: safetensors in fp16 with its description as JSON in the header's metadata (docs/formats/outfits.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace modiste {

struct SetShape {
  size_t categories = 0;  // an item of none of them has the number `categories`
  size_t words = 0;       // buckets that words are hashed to; 0: without
  size_t features = 0;    // of an item's vector; 0: without
  size_t positions = 0;   // 0: items are a set, and their order says nothing
  size_t width = 64, heads = 4, hidden = 128, layers = 2;

  [[nodiscard]] bool has_content() const { return words > 0 || features > 0; }
  [[nodiscard]] uint32_t unknown() const { return static_cast<uint32_t>(categories); }
  [[nodiscard]] uint32_t blank() const { return static_cast<uint32_t>(categories + 1); }
};

// Borrows. An item without words and features is known by its category alone.
struct SetToken {
  uint32_t category = 0;
  std::span<const uint32_t> words;  // below shape.words
  std::span<const float> features;  // shape.features, or empty
};

struct SetTensor {
  std::string name;
  size_t rows = 0, columns = 0;  // x W + b, with W stored as in x out
};
// All tensors in the order of the layers; the only place that knows their names and sizes.
[[nodiscard]] std::vector<SetTensor> set_tensors(const SetShape& shape);
using SetWeights = std::map<std::string, std::vector<float>>;

struct SetInfo {
  SetShape shape;
  std::vector<std::string> categories;  // by number; as many as the shape has, or none
  std::string trained_on;               // for people
};

// Immutable. Threads: any.
class SetTransformer {
 public:
  static constexpr std::string_view kKind = "modiste-outfits";
  static constexpr int kFormatVersion = 1;
  static constexpr size_t kItemsMax = 64;  // of a set; further ones are not looked at

  SetTransformer(SetInfo info, SetWeights weights);

  // kCorrupt: incomplete, another version, or a tensor is missing, unknown or of another shape.
  static Result<SetTransformer> parse(std::span<const std::byte> file);
  [[nodiscard]] std::vector<std::byte> serialize() const;

  [[nodiscard]] const SetInfo& info() const { return info_; }

  // The set head's logit. 0 for fewer than two items.
  [[nodiscard]] double set_logit(std::span<const SetToken> set) const;
  // For each answer: log p(category | rest) - log q(category) and, where the shape has content, what the item
  // head adds. `blank`: how many of rest stand before it.
  [[nodiscard]] std::vector<double> blank_scores(std::span<const SetToken> rest, size_t blank,
                                                 std::span<const SetToken> answers) const;

 private:
  struct Math;

  SetInfo info_;
  SetWeights weights_;
};

}  // namespace modiste
