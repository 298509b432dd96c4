// State shared by the services of a shop: everything held in memory about garments and shoppers.
//
// Threads: each part states its own rule. Only the services change the state, and they keep these rules.
#pragma once

#include "catalog/catalog.h"
#include "catalog/normaliser.h"
#include "events/event_log.h"
#include "outfits/body_rules.h"
#include "retrieval/co_choices.h"
#include "retrieval/popularity.h"
#include "retrieval/popularity_by_time.h"
#include "serving/state/catalog_indexes.h"
#include "serving/state/curated_outfits.h"
#include "serving/state/garment_quality.h"
#include "serving/state/item_embeddings.h"
#include "serving/state/photo_conflicts.h"
#include "serving/state/photo_kinds.h"
#include "serving/state/profile_builder.h"
#include "serving/state/request_context.h"
#include "serving/state/sizing.h"
#include "serving/state/style_clusters.h"

namespace modiste {

struct ShopStateOptions {
  ProfileBuilderOptions profiles;
  RequestContextOptions context;
  StyleClustersOptions clusters;
};

struct ShopState {
  // space, dimension: of the encoder's vectors; 0 without one. profile_store: null: in memory.
  ShopState(const Vocabulary& vocabulary, TextEmbedder embed, std::string space, size_t dimension,
            const LoggedEvents& log, ProfileStore* profile_store, WeatherProvider* weather,
            const ShopStateOptions& options)
      : catalog(vocabulary),
        normaliser(vocabulary, std::move(embed)),
        indexes(vocabulary, std::move(space), dimension),
        photo_kinds(catalog, embeddings),
        sizing(catalog),
        style_clusters(vocabulary, options.clusters),
        profiles({catalog, embeddings, log, co_choices, popularity, popularity_by_time, sizing,
                  style_clusters, quality, profile_store},
                 options.profiles),
        contexts(vocabulary, weather, options.context),
        body_rules(vocabulary) {}

  Catalog catalog;
  Normaliser normaliser;
  ItemEmbeddings embeddings;
  PhotoConflicts conflicts;
  CatalogIndexes indexes;
  PhotoKinds photo_kinds;
  CoChoices co_choices;
  Popularity popularity;
  PopularityByTime popularity_by_time;
  Sizing sizing;
  StyleClusters style_clusters;
  GarmentQuality quality;
  ProfileBuilder profiles;
  RequestContexts contexts;
  CuratedOutfits curated;
  const outfits::BodyRules body_rules;
};

}  // namespace modiste
