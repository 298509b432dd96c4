// Maps features of the frozen towers to the item space: an image head, a text
// head, and attribute classifiers.
//
// The vector of a photo is three blocks. Each has length 1 before it is multiplied by the root of its share,
// so that the cosine of two photos is the weighted mean of three cosines:
//   learned  image features -> standardise -> Linear -> GELU -> Linear: tells the types apart that training
//   saw kept     image features projected on their main directions: keeps apart what training never saw
//   colours  roots of the photo's colour shares; the cosine is Bhattacharyya's coefficient
// The vector of a text is learned as a whole: text features -> standardise -> Linear -> GELU -> Linear ->
// unit. Each attribute head is one Linear over the image head's hidden layer. File: safetensors in fp16 with
// its description as JSON in the header's metadata (docs/formats/heads.md).
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nn/linear_classifier.h"
#include "nn/weights.h"

namespace modiste {

struct AttributeHead {
  std::string facet;               // "category", "pattern", ...
  std::vector<std::string> terms;  // in the order of the head's outputs; at least 2
  double temperature = 1;          // calibrates: its logits are divided by it to get probabilities
  // Calibrated probability from which an answer is kept; above 1: none is. With it, the share of kept answers
  // that were right on photos of sets that were left out of training; 0: not measured.
  double keep_from = 0.5, precision = 0;
};

// A kind of contradiction between a photo and the supplier's words that was right often enough to be reported
// (embedding/conflict_rule.h).
struct HeadsConflict {
  std::string kind;
  double report_from = 0;  // least strength that is reported
  double precision = 0;    // share of those reported that were right, on sets left out of training
  double caught = 0;       // share of exchanged photos that it reports, on the same sets
};

struct HeadsInfo {
  size_t image_features = 2048;
  size_t text_features = 384;
  size_t image_hidden = 256;
  size_t text_hidden = 256;
  size_t dimension = 128;  // of the whole vector: learned + kept + colours
  size_t kept = 0;         // 0: without the block
  size_t colours = 0;      // the last image features are the colour shares, this many; 0: without the block
  double kept_share = 0, colour_share = 0;  // of the squared length; the learned block has the rest
  // Names colours from finer shares of their own (embedding/towers.h); none: the heads do not name colours.
  std::vector<std::string> colour_terms;
  size_t colour_inputs = 0;
  float temperature = 0.07F;              // cosines are divided by it to get logits
  std::vector<AttributeHead> attributes;  // facets are unique
  std::vector<HeadsConflict> conflicts;   // those that are reported
  std::string name;        // identity of these weights: vectors of two names are not comparable
  std::string towers;      // the networks whose features it maps; empty: not said
  std::string trained_on;  // free text: data sets and their sizes
};

struct HeadLayer;
template <class Linear>
struct HeadNetwork;

// Immutable. Threads: any.
class ProjectionHeads {
 public:
  static constexpr std::string_view kKind = "modiste-heads";
  static constexpr int kFormatVersion = 3;

  // kCorrupt when the file is incomplete or has another version, or when a tensor is missing, unknown
  // or has another shape.
  static Result<ProjectionHeads> parse(std::span<const std::byte> file);
  [[nodiscard]] std::vector<std::byte> serialize() const;

  // Weights as training leaves them (nn/head_network.h), rounded to the precision that a file holds.
  explicit ProjectionHeads(const HeadNetwork<HeadLayer>& network);
  ProjectionHeads(ProjectionHeads&&) noexcept;
  ProjectionHeads& operator=(ProjectionHeads&&) noexcept;
  ~ProjectionHeads();

  [[nodiscard]] const HeadsInfo& info() const;
  // The same weights under another description, whose sizes, facets and terms must be the same.
  [[nodiscard]] ProjectionHeads described_as(HeadsInfo info) const;

  // The same heads naming colours by the classifier, one class per term.
  [[nodiscard]] ProjectionHeads with_colour_names(std::vector<std::string> terms,
                                                  const LinearClassifier& classifier) const;

  // rows x colour_inputs -> rows x colour_terms, each row sums to 1. Empty when the heads do not name
  // colours.
  [[nodiscard]] std::vector<float> colour_probabilities(std::span<const float> shares) const;
  // rows x image_features (ResNet50::features) -> rows x dimension, each row of length 1.
  [[nodiscard]] std::vector<float> image(std::span<const float> features) const;
  // rows x text_features (MiniLm::embed) -> rows x dimension, each row of length 1.
  [[nodiscard]] std::vector<float> text(std::span<const float> features) const;
  // One matrix per attribute head, in the order of info().attributes: rows x terms, each row sums to 1. Not
  // yet calibrated by the head's temperature.
  [[nodiscard]] std::vector<std::vector<float>> attribute_probabilities(
      std::span<const float> features) const;

 private:
  explicit ProjectionHeads(std::shared_ptr<const HeadNetwork<HeadLayer>> network);
  std::shared_ptr<const HeadNetwork<HeadLayer>> network_;
};

}  // namespace modiste
