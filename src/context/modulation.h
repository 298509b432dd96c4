// Applies a context to a query: weights added to term affinities, a target formality, and a shift of the
// query vector. It changes the query before retrieval; it filters nothing and needs no index.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/vector_math.h"
#include "catalog/item.h"
#include "context/context.h"

namespace modiste {

struct ModulationOptions {
  // Greatest weight of a term; affinities are in [-1, 1]. A stated part of the context counts four
  // times an inferred one.
  double said = 1.0;
  double guessed = 0.25;
  double warmth_tolerance = 0.35;    // difference in warmth at which a fabric is neither wanted nor unwanted
  double formality_tolerance = 0.2;  // the same for the formality of a category
  double formality_share = 0.5;      // share of the occasion's weight
  // Length of the shift for a unit query: stated occasions turn it by up to atan(0.5) = 27 degrees.
  double shift_said = 0.5;
  double shift_guessed = 0.12;
  double centroid_half = 20;  // garments of an occasion at which its direction has half its length
};

struct TermWeight {
  TermId term = 0;
  float weight = 0;  // in [-1, 1]
};

struct Modulation {
  std::vector<TermWeight> terms;  // each term once, no weight 0, by rising term
  double formality = 0;           // 0 (loungewear) to 1 (black tie): the mean over the occasions
};

[[nodiscard]] Modulation modulate(const Context& context, const Vocabulary& vocabulary,
                                  const ModulationOptions& options = {});

// The vocabulary's term for an occasion or a season; a test compares the two lists.
[[nodiscard]] TermId term_of(Occasion occasion, const Vocabulary& vocabulary);
[[nodiscard]] TermId term_of(Season season, const Vocabulary& vocabulary);

// Counts the occasions of garments: a garment with two counts half for each. The evidence "recent behaviour".
void count_occasions(std::span<const TermId> garment_terms, const Vocabulary& vocabulary,
                     OccasionCounts& counts);

// The directions in embedding space from the catalog's mean to the garments of each occasion and season.
//
// Threads: immutable once built. Owns 14 vectors.
class ContextDirections {
 public:
  class Builder {
   public:
    explicit Builder(const Vocabulary& vocabulary);
    // vector: unit length, all of one size; others are skipped.
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

  // For a saved index. kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  static Result<ContextDirections> load(std::string_view bytes);

  // normalise(query + lambda * sum over occasions of p * direction, and over seasons likewise). An empty
  // query, from a shopper without a taste yet, becomes the direction alone if occasion or season was stated,
  // else stays empty.
  [[nodiscard]] Vector shift(const Vector& query, const Context& context,
                             const ModulationOptions& options = {}) const;

 private:
  std::array<Vector, kOccasionCount> occasions_;  // length at most 1; empty if unknown
  std::array<Vector, kSeasonCount> seasons_;
};

}  // namespace modiste
