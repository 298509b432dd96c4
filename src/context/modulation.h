// How a context enters a query: weights to add to the affinities of terms, a formality to aim at, and a shift
// of the query vector. It modulates what is asked before the search; nothing is filtered, no index is built
// for it.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/vector_math.h"
#include "catalog/item.h"
#include "context/context.h"

namespace modiste {

struct ModulationOptions {
  // Most that a term's weight can be; affinities lie in [-1, 1]. What was said counts four times what is
  // guessed.
  double said = 1.0;
  double guessed = 0.25;
  double warmth_tolerance = 0.35;    // distance of warmths at which a fabric is neither wanted nor unwanted
  double formality_tolerance = 0.2;  // likewise for the formality of a category
  double formality_share = 0.5;      // of the occasion's own weight
  // Length of the shift of a unit query: said occasions turn it by up to atan(0.5) = 27 degrees.
  double shift_said = 0.5;
  double shift_guessed = 0.12;
  double centroid_half = 20;  // garments of an occasion at which its direction is half trusted
};

struct TermWeight {
  TermId term = 0;
  float weight = 0;  // in [-1, 1]
};

struct Modulation {
  std::vector<TermWeight> terms;  // each once, none 0, by rising term
  double formality = 0;           // 0 lounge to 1 black tie: the mean over the occasions
};

[[nodiscard]] Modulation modulate(const Context& context, const Vocabulary& vocabulary,
                                  const ModulationOptions& options = {});

// The vocabulary's term of an occasion and of a season: the two lists are compared in a test.
[[nodiscard]] TermId term_of(Occasion occasion, const Vocabulary& vocabulary);
[[nodiscard]] TermId term_of(Season season, const Vocabulary& vocabulary);

// Occasions of garments, counted: a garment of two counts half for each. The clue "recent behaviour".
void count_occasions(std::span<const TermId> garment_terms, const Vocabulary& vocabulary,
                     OccasionCounts& counts);

// Which way in item space the garments of each occasion and season lie from the catalog's middle.
//
// Threads: immutable once built. Owns 14 vectors.
class ContextDirections {
 public:
  class Builder {
   public:
    explicit Builder(const Vocabulary& vocabulary);
    // vector: unit, all of one size; others are passed over.
    void add(std::span<const float> vector, std::span<const TermId> terms);
    [[nodiscard]] ContextDirections build(const ModulationOptions& options = {}) const;

   private:
    static constexpr size_t kCount = kOccasionCount + kSeasonCount;
    std::array<TermId, kCount> terms_{};
    std::array<std::vector<double>, kCount> sums_;
    std::array<double, kCount> counts_{};
    std::vector<double> total_;
    double count_ = 0;
  };

  // normalise(query + lambda * sum over occasions of p * direction, and over seasons likewise). An empty
  // query, of a shopper who has no taste yet, becomes the direction alone when occasion or season was said,
  // else stays empty.
  [[nodiscard]] Vector shift(const Vector& query, const Context& context,
                             const ModulationOptions& options = {}) const;

 private:
  std::array<Vector, kOccasionCount> occasions_;  // at most unit; empty when nothing is known of it
  std::array<Vector, kSeasonCount> seasons_;
};

}  // namespace modiste
