// Nearest items by unit vector: an HNSW graph (Malkov & Yashunin 2018, by USearch) over compressed vectors.
//
// Vectors are kept in two 8-bit planes with one scale each (LVQ-8x8: Aguerrebere et al. 2023): the walk over
// the graph compares the first plane in integers, the best are scored again with both planes, 16 bits a
// component, against the float query. Half the memory of floats, and of no measurable loss in recall
// (bench/ann).
//
// Threads: any thread may call anything. Searches run side by side; a change waits for the searches that run
// and
//          goes before those that come, so that neither starves. A change takes as long as one insertion.
// Owns:    graph and vectors; after load(), vectors stay where the file was mapped until they are replaced.
// Limits:  Slot < kAnnSlotsMax, k <= kCandidatesMax, AnnOptions::searchers_max searches at once, others wait.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/vector_math.h"
#include "retrieval/candidate.h"

namespace modiste {

inline constexpr Slot kAnnSlotsMax = 100'000'000;

struct AnnOptions {
  size_t dimension = 128;
  std::string space{};         // names what made the vectors (Encoder::id()); other spaces' files are refused
  size_t connectivity = 16;    // links per node and level (twice that at the bottom): HNSW's M
  size_t expansion_add = 128;  // candidates kept while a node is linked: HNSW's efConstruction
  size_t expansion_search = 64;  // candidates kept while searching: HNSW's ef; queries may ask for another
  size_t searchers_max = 64;     // searches at once
};

struct AnnQuery {
  std::span<const float> vector;  // unit
  size_t k = 10;
  SlotFilter filter{};
  size_t expansion = 0;  // 0: AnnOptions::expansion_search; raised to k when below
};

// A file that load() reads in place. keeper: whatever must live as long as the bytes (a mapping).
struct AnnFile {
  std::span<const std::byte> bytes;
  std::shared_ptr<const void> keeper;
};

// Takes the next bytes of a file; false stops the writing (disk full).
using ByteSink = std::function<bool(std::span<const std::byte>)>;

class AnnIndex {
 public:
  explicit AnnIndex(AnnOptions options);
  ~AnnIndex();

  // kCorrupt: torn or altered; kConflict: another dimension, space or format version. See
  // docs/formats/ann-index.md.
  static Result<std::unique_ptr<AnnIndex>> load(AnnFile file, AnnOptions options);
  // The file as it is now; changes wait meanwhile, searches do not. kUnavailable when the sink refuses.
  [[nodiscard]] Result<Done> save(const ByteSink& sink) const;

  // Adds or replaces. kInvalid: not of this dimension, not finite or not of unit length.
  Result<Done> put(Slot slot, std::span<const float> vector);
  // Many at once, rows one after the other, on so many threads; all or nothing when a row is invalid.
  // Searches get their turn in between.
  Result<Done> put_all(std::span<const Slot> slots, std::span<const float> rows, unsigned threads = 1);
  // False when it was not there.
  bool remove(Slot slot);

  [[nodiscard]] bool contains(Slot slot) const;
  // As stored: within 2^-15 of its largest component of what was put. Empty when it is not there.
  [[nodiscard]] std::optional<Vector> vector(Slot slot) const;

  // At most k, best first, score = inner product in [-1, 1] (give or take rounding). The filter is asked
  // inside the search; when it admits so few that a walk would be dearer than looking at each, each is looked
  // at. kInvalid: vector not of this dimension or not finite.
  [[nodiscard]] Result<std::vector<Candidate>> search(const AnnQuery& query) const;
  // Inner product with each of these; slots without a vector are left out. In the order of slots.
  [[nodiscard]] Result<std::vector<Candidate>> score(std::span<const float> vector,
                                                     std::span<const Slot> slots) const;

  [[nodiscard]] const AnnOptions& options() const;
  [[nodiscard]] size_t size() const;          // items that can be found
  [[nodiscard]] size_t memory_bytes() const;  // of graph and vectors, mapped ones included

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modiste
