// One shop: its state in memory and the services over it. Data that must last is written through the ports
// before a call returns.
//
// Threads: every method of every service from any thread, after load().
// Owns:    the state and the services. Borrows the ports, which must outlive it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "ingest/event_intake.h"
#include "ingest/recent_event_ids.h"
#include "serving/answer/recommender.h"
#include "serving/catalog/catalog_service.h"
#include "serving/catalog/catalog_views.h"
#include "serving/events/event_service.h"
#include "serving/lookbook/lookbook_service.h"
#include "serving/outfits/outfit_service.h"
#include "serving/search/search_service.h"
#include "serving/shopper/quiz.h"
#include "serving/shopper/shopper_service.h"
#include "serving/shopper/wardrobe_service.h"

namespace modiste {

struct ShopOptions {
  std::string name = "Modiste";
  CatalogOptions catalog;
  ShopStateOptions state;
  ImpressionOptions impressions;
  RecommenderOptions recommender;
  LookbookOptions lookbook;
};

struct ShopPorts {
  Clock& clock;
  EventLog& log;
  GarmentStore& garments;
  SubjectStore& subjects;
  Encoder* encoder = nullptr;            // null: no vectors; words and attributes remain
  ImageStore* images = nullptr;          // null: photos are neither stored nor encoded
  Deduplicator* deduplicator = nullptr;  // null: an in-memory one is used
  DeadLetters* letters = nullptr;        // null: refused events are not kept
  WeatherProvider* weather = nullptr;    // null: weather comes from requests only
  ProfileStore* profiles = nullptr;      // null: in memory. Empty, or as load()'s snapshot has it
  LookStore* looks = nullptr;            // null: no lookbook; looks are composed for each request
};

class Shop {
 public:
  using Progress = CatalogService::Progress;

  Shop(const ShopPorts& ports, const Vocabulary& vocabulary, ShopOptions options = {});

  // Call once, before anything but CatalogService::adopt(): reads the catalog and folds the log; with a
  // snapshot, the log after it. One that does not fit is left aside: `left_aside` says why. kCorrupt at
  // kSnapshotPlace: it is damaged, and the shop of no use any more; try another shop without it.
  struct Loaded {
    std::optional<Error> left_aside;
    LogPosition restored;  // begin(): nothing was
    uint64_t replayed = 0;
  };
  // left_aside: called with the reason when the snapshot is of no use, before anything is folded and so
  // before the store of profiles is written to; its error is load()'s.
  using LeftAside = std::function<Result<Done>(const Error&)>;
  Result<Loaded> load(const Progress& progress = {}, SnapshotBlocks* snapshot = nullptr,
                      const LeftAside& left_aside = {});

  // Trained models. A shop begins without: with the prior table and the default parameters, version 0. Each
  // may be replaced while requests run: a request ends with the model that it began with. Fit parameters
  // shape what load() folds, so the first should come before it.
  void use_occasions(std::shared_ptr<const OccasionModel> model, int version);  // null: the prior table
  void use_fit(FitParameters parameters, int version);
  [[nodiscard]] std::shared_ptr<const OccasionModel> occasions() const { return state_.contexts.occasions(); }

  [[nodiscard]] CatalogService& catalog() { return catalog_; }
  [[nodiscard]] EventService& events() { return events_; }
  [[nodiscard]] ShopperService& shoppers() { return shoppers_; }
  [[nodiscard]] Recommender& recommender() { return recommender_; }
  [[nodiscard]] SearchService& search() { return search_; }
  [[nodiscard]] OutfitService& outfits() { return outfits_; }
  [[nodiscard]] LookbookService& lookbook() { return lookbook_; }
  [[nodiscard]] WardrobeService& wardrobes() { return wardrobes_; }
  // Accepts request bodies of events and stores what is refused. Needs ShopPorts::letters.
  [[nodiscard]] EventIntake& intake();

  [[nodiscard]] Quiz quiz() const;
  [[nodiscard]] ShopInfo info() const {
    return make_shop_info(state_, options_.name, options_.catalog.currency);
  }
  // Visits that were taken for robots', of the whole log.
  [[nodiscard]] size_t robot_visits() const { return state_.profiles.robot_visits(); }
  // The garments whose returns say that something is wrong with them.
  [[nodiscard]] GarmentReturnsPage doubtful_garments(size_t count) const {
    return state_.quality.worst(state_.catalog, count);
  }
  // Contradictions between photos and words, for the merchant to settle (CatalogService::settle).
  [[nodiscard]] Result<ConflictPage> conflicts(ConflictState state, std::string_view after,
                                               size_t count) const {
    return state_.conflicts.page(state_.catalog, state, after, count);
  }
  // The profiles as bytes: equal logs give equal bytes. For tests of replay; do not ingest meanwhile.
  void write_profiles(std::string& out) const { state_.profiles.write(out); }

 private:
  Result<SnapshotAbout> begin_restore(SnapshotBlocks& snapshot);
  const ShopOptions options_;
  ShopState state_;
  RecentEventIds recent_ids_;  // the default deduplicator
  ImpressionQueue impressions_;
  CatalogService catalog_;
  EventService events_;
  ShopperService shoppers_;
  Recommender recommender_;
  SearchService search_;
  OutfitService outfits_;
  LookbookService lookbook_;
  WardrobeService wardrobes_;
  std::unique_ptr<EventIntake> intake_;  // null without ShopPorts::letters
};

}  // namespace modiste
