// The candidate sources of recommendations. A new source is a new file in sources/ that defines
// make_NAME_source, and a line here.
#pragma once

#include <memory>
#include <vector>

#include "retrieval/candidate_source.h"
#include "retrieval/co_choices.h"
#include "retrieval/popularity.h"
#include "retrieval/popularity_by_time.h"
#include "serving/state/catalog_indexes.h"
#include "serving/state/item_embeddings.h"
#include "serving/state/style_clusters.h"

namespace modiste {

// The indexes that sources search. Borrowed; outlives them.
struct SourceParts {
  const CatalogIndexes& indexes;
  const ItemEmbeddings& embeddings;
  const CoChoices& co_choices;
  const Popularity& popularity;
  const PopularityByTime& popularity_by_time;
  const StyleClusters& style_clusters;
};

// clang-format off
#define MODISTE_SOURCES(SOURCE)                                                   \
  SOURCE(visual)         /* near the taste vectors */                             \
  SOURCE(attributes)     /* under the terms that the shopper likes most */        \
  SOURCE(neighbours)     /* what is chosen together */                            \
  SOURCE(next_choices)   /* what comes next, by the network that the shop trained */ \
  SOURCE(learned_taste)  /* what the shopper likes best, by the taste model that the shop trained */ \
  SOURCE(style_clusters) /* cold start: popular within the shopper's styles */    \
  SOURCE(popularity)     /* popular in the whole shop */                          \
  SOURCE(explore)        /* at random */
// clang-format on

#define MODISTE_DECLARE(name) \
  [[nodiscard]] std::unique_ptr<CandidateSource> make_##name##_source(const SourceParts&);
MODISTE_SOURCES(MODISTE_DECLARE)
#undef MODISTE_DECLARE

[[nodiscard]] inline std::vector<std::unique_ptr<CandidateSource>> make_sources(const SourceParts& parts) {
  std::vector<std::unique_ptr<CandidateSource>> sources;
#define MODISTE_MAKE(name) sources.push_back(make_##name##_source(parts));
  MODISTE_SOURCES(MODISTE_MAKE)
#undef MODISTE_MAKE
  return sources;
}

}  // namespace modiste
