// Nearest items by unit vector: an HNSW graph (Malkov & Yashunin 2018, by USearch) over compressed vectors.
//
// Vectors are stored in two 8-bit planes with one scale each (LVQ-8x8: Aguerrebere et al. 2023). The
// graph search compares the first plane in integers; the best results are scored again with both planes,
// 16 bits per component, against the float query. Takes half the memory of floats, without a measurable
// loss of recall (bench/ann).
//
// Threads: any thread may call any method. Searches run in parallel; a change waits for running searches
//          and goes before later ones, so that neither starves. A change takes as long as one insertion.
// Owns:    graph and vectors; after load(), vectors stay in the mapped file until they are replaced.
// Limits:  Slot < kAnnSlotsMax, k <= kCandidatesMax, AnnOptions::searchers_max searches at once; others wait.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/kept_bytes.h"
#include "base/result.h"
#include "base/vector_math.h"
#include "retrieval/candidate.h"

namespace modiste {

inline constexpr Slot kAnnSlotsMax = 100'000'000;

struct AnnOptions {
  size_t dimension = 128;
  std::string space{};           // Encoder::id() of the vectors; files of other spaces are refused
  size_t connectivity = 16;      // links per node and level (twice that at the bottom): HNSW's M
  size_t expansion_add = 128;    // candidates kept while a node is linked: HNSW's efConstruction
  size_t expansion_search = 64;  // candidates kept while searching: HNSW's ef; a query can set its own
  size_t searchers_max = 64;     // searches at once
};

struct AnnQuery {
  std::span<const float> vector;  // unit
  size_t k = 10;
  SlotFilter filter{};
  size_t expansion = 0;  // 0: AnnOptions::expansion_search; at least k
};

class AnnIndex {
 public:
  explicit AnnIndex(AnnOptions options);
  ~AnnIndex();

  // kCorrupt: incomplete or altered; kConflict: another dimension, space or format version. See
  // docs/formats/ann-index.md.
  static Result<std::unique_ptr<AnnIndex>> load(KeptBytes file, AnnOptions options);
  // Writes the index as it is now; changes wait meanwhile, searches do not. kUnavailable
  // when the sink refuses.
  [[nodiscard]] Result<Done> save(const ByteSink& sink) const;

  // Adds or replaces a vector. kInvalid: wrong dimension, not finite or not of length 1.
  Result<Done> put(Slot slot, std::span<const float> vector);
  // Adds many vectors at once, rows one after the other, on several threads; adds none if a row is invalid.
  // Searches get their turn in between.
  Result<Done> put_all(std::span<const Slot> slots, std::span<const float> rows, unsigned threads = 1);
  // Returns false if the slot was not in the index.
  bool remove(Slot slot);

  [[nodiscard]] bool contains(Slot slot) const;
  // The vector as stored: each component within 2^-15 of the largest component of what was put. Empty if the
  // slot is not in the index.
  [[nodiscard]] std::optional<Vector> vector(Slot slot) const;

  // At most k, best first, score = inner product in [-1, 1] (up to rounding). The filter is applied inside
  // the search; if it allows so few items that a graph search would cost more than an exhaustive one, all
  // items are scanned. kInvalid: wrong dimension or not finite.
  [[nodiscard]] Result<std::vector<Candidate>> search(const AnnQuery& query) const;
  // Inner product with each of these slots, in their order; slots without a vector are left out.
  [[nodiscard]] Result<std::vector<Candidate>> score(std::span<const float> vector,
                                                     std::span<const Slot> slots) const;

  [[nodiscard]] const AnnOptions& options() const;
  [[nodiscard]] size_t size() const;          // number of items
  [[nodiscard]] size_t memory_bytes() const;  // graph and vectors, including mapped ones

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modiste
