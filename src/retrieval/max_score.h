// Top k of a disjunction of postings without reading all of them (MaxScore: Turtle & Flood 1995).
//
// A group is one query word together with its substitutes; an item's score is the sum over groups of the best
// member of each group, so that synonyms do not count twice.
#pragma once

#include <vector>

#include "retrieval/postings.h"
#include "retrieval/top_candidates.h"

namespace modiste {

struct Bm25 {
  float k1 = 1.2F, b = 0.5F;

  // The share of a term's weight that an item gets: weight / (weight + k1 * norm), in [0, 1).
  [[nodiscard]] float norm(float length, float length_mean) const {
    return k1 * (1 - b + b * length / length_mean);
  }
  // An upper bound of it, whatever the item's length.
  [[nodiscard]] float share_max(float weight_max) const { return weight_max / (weight_max + k1 * (1 - b)); }
  // ln(1 + (N - n + .5) / (n + .5)): never below 0.
  [[nodiscard]] static float idf(size_t items, size_t having);
};

struct GroupMember {
  TermIndex term = 0;
  float weight = 0;  // idf times the discount of a substitute
};
using Group = std::vector<GroupMember>;

struct DisjunctionQuery {
  const std::vector<Group>& groups;
  Bm25 bm25;
  SlotFilter filter{};
  Deadline deadline{};
};

// Returns false when the deadline passed before the end.
bool collect_best(const Postings& postings, const DisjunctionQuery& query, TopCandidates& top);

}  // namespace modiste
