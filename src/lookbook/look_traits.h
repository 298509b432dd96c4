// Vibe, trend and dare: three numbers that say where a garment, a look and a shopper stand among what a shop
// sells. Defined by data, learned from the catalog; each is a percentile, so 0.5 is the shop's middle.
//
//   vibe   how dressy a garment is, of its category first and then its cut and fabric: 0 the most at ease,
//          1 the most dressed up. A look's is the mean of its pieces.
//   trend  how much its attributes gain favour: the mean over its terms of ln(share of what is chosen around
//          now / share of what was chosen twelve weeks before). A look's is the mean of its pieces. Without a
//          history everything has 0.5.
//   dare   how rare its colour, print and cut are: the mean over these terms of -log2(share of the garments
//          on sale that have the term), the information of each. A look's is 0.7 of its rarest piece and 0.3
//          of the strongest contrast between two pieces: the distance of their colours in CIELAB / 100.
//
// A shopper's is the mean of what they chose, less the middle, with passes counted against it. It has a
// direction and not a place: cosine() compares it with a look's, also less the middle.
//
// Immutable after learning. Threads: any. Pure.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "catalog/item.h"
#include "lookbook/look.h"

namespace modiste::lookbook {

// A garment on sale to learn from; borrowed for the call.
struct TraitItem {
  const ItemFacts* facts = nullptr;
  std::optional<double> dressiness;          // 0 lounge to 1 black tie; empty: unknown
  double chosen_now = 0, chosen_before = 0;  // its share of what was chosen then
};

class GarmentTraits {
 public:
  // Everything has the middle.
  GarmentTraits() = default;
  [[nodiscard]] static GarmentTraits learn(std::span<const TraitItem> items, const Vocabulary& vocabulary);

  [[nodiscard]] LookTraits of(const ItemFacts& facts, std::optional<double> dressiness) const;

 private:
  // Ascending values at equal steps of the share of garments below them.
  struct Scale {
    std::vector<float> steps;
    static Scale of(std::vector<float> values);
    // The share of garments below, and half of those equal; 0.5 without any.
    [[nodiscard]] double place(double value) const;
  };
  [[nodiscard]] std::optional<double> mean(const ItemFacts& facts, const std::vector<float>& by_term) const;

  std::vector<float> rise_, surprise_;  // by TermId; NaN where the term does not count
  Scale vibe_, trend_, dare_;
};

// Of a look from its pieces' own, and their colours where they are known.
[[nodiscard]] LookTraits traits_of_look(std::span<const LookTraits> pieces,
                                        std::span<const std::optional<Lab>> colours);

// Less the middle: vibe, trend, dare, each -0.5 to 0.5.
using TraitDirection = std::array<double, 3>;
[[nodiscard]] TraitDirection direction_of(const LookTraits& traits);

// A garment that a shopper chose (weight > 0) or passed (weight < 0).
struct TraitSignal {
  LookTraits traits;
  double weight = 1;
};
// Of few signals little: n / (n + kTraitPrior) of their mean.
inline constexpr double kTraitPrior = 3;
[[nodiscard]] TraitDirection direction_of(std::span<const TraitSignal> signals);

// -1 to 1; 0 where one of them has no direction.
[[nodiscard]] double cosine(const TraitDirection& a, const TraitDirection& b);

}  // namespace modiste::lookbook
