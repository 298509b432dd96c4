// Compatibility by rules that a person would give: colours, dressiness, season, prints and proportion. Each
// is a term of its own, so that an outfit can be explained and a shop can weigh them.
//
//   colour      half the mean, half the worst colour_harmony of the pairs
//   formality   1 where the garments are equally dressy, 0 from kFormalityGapMax on
//   season      1 where one season suits all; 0 for a coat for frost beside sandals for heat
//   pattern     1 for at most one print; less for two, by whether they are of one kind
//   proportion  wide over narrow and narrow over wide, by proportion_rules.h; can be switched off
//
// What is unknown has kUnknownValue, which is about the mean of what is known.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "outfits/compatibility.h"

namespace modiste::outfits {

inline constexpr double kFormalityEqual = 0.12, kFormalityGapMax = 0.6;
inline constexpr double kUnknownValue = 0.8;

// Judgements, not measurements.
struct ExplicitWeights {
  double colour = 0.35, formality = 0.25, season = 0.15, pattern = 0.15;
  double proportion = 0.1;  // 0: off
};

enum class CompatibilityTerm : uint8_t { kColour, kFormality, kSeason, kPattern, kProportion };
inline constexpr size_t kCompatibilityTerms = 5;

struct ExplicitTerms {
  // By CompatibilityTerm; empty: nothing known.
  std::array<std::optional<double>, kCompatibilityTerms> values;
  double score = 0;  // the weighted mean

  [[nodiscard]] std::optional<double> of(CompatibilityTerm term) const {
    return values[static_cast<size_t>(term)];
  }
};

[[nodiscard]] std::string_view name_of_term(CompatibilityTerm term);

// Threads: any. Borrows the vocabulary.
class ExplicitCompatibility final : public Compatibility {
 public:
  explicit ExplicitCompatibility(const Vocabulary& vocabulary, const ExplicitWeights& weights = {});

  [[nodiscard]] std::string_view name() const override { return "rules"; }
  [[nodiscard]] double pair(const Wearable& a, const Wearable& b) const override;
  [[nodiscard]] double set(std::span<const Wearable> pieces) const override;
  [[nodiscard]] ExplicitTerms terms(std::span<const Wearable> pieces) const;
  [[nodiscard]] double weight(CompatibilityTerm term) const { return weights_[static_cast<size_t>(term)]; }

  // True for prints that are seen from afar; a mélange is not.
  [[nodiscard]] bool is_print(const Wearable& piece) const;
  // -1 narrow to 1 wide, of a top, bottom, dress or layer; empty: unknown.
  [[nodiscard]] std::optional<double> volume(const Wearable& piece) const;
  // Hard: what nobody wears together, such as a tie without a shirt, a cardigan over a sweater, or a blazer
  // under a denim jacket.
  [[nodiscard]] bool forbids(const Wearable& a, const Wearable& b) const;

 private:
  std::array<double, kCompatibilityTerms> weights_{};
  std::vector<float> volumes_;    // by TermId; kNoVolume where the term says nothing
  std::vector<bool> muted_;       // by TermId: patterns that are not prints
  std::vector<bool> shirts_;      // by TermId: categories with a collar that takes a tie
  std::vector<bool> neckwear_;    // by TermId: ties and braces
  std::vector<bool> knits_;       // by TermId: categories as thick as a sweater, and the layers of their kind
  std::vector<bool> jackets_;     // by TermId: jackets, as a layer or as what is worn over it
  std::vector<bool> waistcoats_;  // by TermId: what is worn under a suit's jacket
  std::vector<bool> roomy_;       // by TermId: jackets that are made to be worn over another one
};

}  // namespace modiste::outfits
