// The engine: the catalog, event and request paths over one shop. Holds everything in memory; what must last
// goes through the ports before it answers.
//
// Threads: every method from any thread. recommend, similar, search and style take no lock for long and do no
// I/O; upsert
//          and search_photo run neural nets; ingest waits for the log's fsync.
// Owns:    nothing of its ports, which must outlive it.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "base/rng.h"
#include "catalog/catalog.h"
#include "catalog/garment_store.h"
#include "catalog/normaliser.h"
#include "embedding/conflicts.h"
#include "embedding/encoder.h"
#include "events/event.h"
#include "events/event_log.h"
#include "identity/subject_store.h"
#include "ingest/recent_event_ids.h"
#include "ranking/select.h"
#include "retrieval/popularity.h"
#include "retrieval/user_knn.h"
#include "serving/catalog_indexes.h"
#include "serving/impression_log.h"
#include "serving/item_embeddings.h"
#include "serving/person_views.h"
#include "serving/profile_builder.h"
#include "serving/request_context.h"
#include "serving/requests.h"
#include "serving/stated_preferences.h"
#include "serving/style_clusters.h"
#include "style/shoppers.h"

namespace modiste {

struct EngineOptions {
  ProfileBuilderOptions profiles;
  ExplorationOptions exploration;
  SelectOptions select;  // count and epsilon are the request's
  RequestContextOptions context;
  StyleClustersOptions aesthetics;
  ImpressionOptions impressions;
  int thin_signals = 5;  // below it the crowd of her styles speaks in place of everybody
  size_t visual_candidates = 500;
  size_t content_candidates = 400;
  size_t neighbour_candidates = 200;
  size_t popular_candidates = 200;
  size_t explore_candidates = 60;
  double pass_fade_signals = 30;     // signals after which a once passed item has half of its place back
  uint64_t seed = 0x6d6f6469737465;  // of everything that is drawn when a request names no seed
  std::string currency = "USD";
};

// A stored image by the name that garments give it.
using ImageReader = std::function<Result<std::vector<std::byte>>(std::string_view name)>;

struct EnginePorts {
  Clock& clock;
  EventLog& log;
  GarmentStore& garments;
  SubjectStore& subjects;
  Encoder* encoder = nullptr;  // null: no vectors; search by words and the attribute sources remain
  ImageReader read_image = {};
  WeatherProvider* weather = nullptr;        // null: only the weather that requests tell
  const OccasionModel* occasions = nullptr;  // null: the prior table
};

struct Upserted {
  std::string garment_id;
  std::vector<std::string> photo_problems;  // photos that could not be read
  size_t items = 0;
  size_t embedded = 0;  // vectors made now; the others were known
  bool created = false;
  std::vector<PhotoConflict> conflicts;
};

// What stands at a slot, in the order of slots, and which vector of it.
struct IndexedItem {
  ItemKey key;
  uint64_t source_hash = 0;
};

struct VariantChange {
  std::optional<int> stock;
  std::optional<double> price, list_price;
};

class Engine {
 public:
  using Progress = std::function<void(std::string_view what, size_t done)>;

  Engine(const EnginePorts& ports, const Vocabulary& vocabulary, EngineOptions options = {});
  ~Engine();

  // Before load(): the vectors that an earlier process indexed, and what each slot was. What has changed
  // since is put again by load(); the slots stay.
  void adopt_index(std::vector<IndexedItem> items, std::unique_ptr<AnnIndex> vectors);
  // What every slot is now, to be kept beside the saved vectors.
  [[nodiscard]] std::vector<IndexedItem> indexed_items() const;

  // Once, before anything else: reads the catalog and folds the whole log.
  Result<Done> load(const Progress& progress = {});
  [[nodiscard]] CatalogIndexes& indexes() { return indexes_; }

  // Catalog path. One result per garment, in their order; the outer error means that none was taken.
  Result<std::vector<Result<Upserted>>> upsert(std::vector<Garment> garments);
  Result<Done> remove(std::string_view garment_id);
  Result<Variant> change_variant(std::string_view sku, const VariantChange& change);
  [[nodiscard]] const Catalog& catalog() const { return catalog_; }
  [[nodiscard]] const Normaliser& normaliser() const { return normaliser_; }
  [[nodiscard]] const ItemEmbeddings& embeddings() const { return embeddings_; }

  // Event path. One result per event, in their order; the outer error means that none was taken. What is
  // accepted is durable and the next answer reflects it.
  Result<std::vector<Result<IngestResult>>> ingest(std::vector<Event> events,
                                                   Arrival arrival = Arrival::kLive);

  // Appends what was answered since the last time to the log; ingest takes some of it along. To be called
  // about once a second, and at the end. On an error of the log what was at hand is lost and counted.
  Result<Done> flush_impressions();
  [[nodiscard]] uint64_t impressions_lost() const { return impressions_.lost(); }

  // Request path.
  Result<Answer> recommend(const RecommendRequest& request);
  Result<Answer> similar(const SimilarRequest& request);
  Result<Answer> search(const SearchRequest& request);
  Result<Answer> search_photo(const RgbImage& photo, int count, const Who& who);

  [[nodiscard]] Result<StyleView> style(const Identifier& shopper) const;

  // A shopper's rights, and an operator's tools (privacy.cpp). kNotFound for one that was never heard of.
  [[nodiscard]] Result<IdentityView> identity(const Identifier& shopper) const;
  // Everything that is held on her. Reads the whole log: seconds for every few hundred thousand events.
  Result<ShopperExport> export_shopper(const Identifier& shopper) const;
  // Her style, and the ways from her identifiers to her events. The log keeps its facts; nobody can say whose
  // they were.
  Result<Done> erase(const Identifier& shopper);
  // Parts what a link of hers had merged, or takes that back: durable, and both sides are what their events
  // make of them.
  Result<IdentityView> set_link(const Identifier& shopper, std::string_view link, bool merges);
  // The folded state as bytes: equal for equal logs. For tests of replay; nothing may be ingested meanwhile.
  void write_state(std::string& out) const { profiles_.write(out); }
  [[nodiscard]] Quiz quiz() const;

 private:
  // What one request works with; catalog and shopper are fixed at its start.
  struct Request {
    std::shared_ptr<const CatalogSnapshot> catalog;
    std::shared_ptr<const ShopperState> shopper;  // never null: an unknown shopper has an empty state
    std::vector<IdentityKey> subjects;            // of who asks; empty ones were never heard of
    FitProfile fit;
    ItemFilter filter;
    Rng rng{0};
    uint64_t seed = 0;
    size_t count = 0;
    bool deck = false;
    SourceWeights weights{};
    std::vector<TasteShare> tastes;    // what she likes now, in parts; empty for a stranger
    std::vector<float> idf, affinity;  // by TermId: what a term tells, and what the shopper thinks of it
    std::vector<std::vector<float>> affinities;  // the same for each of tastes
    std::optional<Context> context;              // when the request told its situation
    std::vector<float> situation;  // by TermId: what the context added to the affinities; empty without one
    std::unordered_map<Slot, std::pair<float, ColdItem>> cold;  // of a thin shopper: its rank in [0, 1]
    std::vector<std::string> degraded;
  };

  // catalog_path.cpp
  struct Embedding;
  std::vector<Embedding> changed(const std::vector<Garment>& garments) const;
  void embed(std::vector<Embedding>& work) const;
  void add_photo_words(Garment& garment, std::span<const Embedding> work, Upserted& report) const;
  uint64_t source_hash(const Garment& garment, std::string_view colour) const;
  Result<std::optional<RgbImage>> main_photo(const Garment& garment, std::string_view colour) const;
  void index_items(const std::vector<std::vector<Slot>>& slots);
  void fill_indexes(const Progress& progress);
  void put_embedding(const StoredEmbedding& embedding);

  // event_path.cpp
  Result<Done> check(const Event& event, TimePoint now, Arrival arrival) const;
  Result<Done> hide_identifiers(std::span<Event*> events);
  Result<Done> append_and_fold(std::vector<Event> events, TimePoint now, std::span<const uint64_t> flying);
  // Of a person: her name in the log, kNotFound; and her identifiers as a shop knows them.
  Result<std::string> person_of(const Identifier& shopper) const;
  Result<std::vector<Identifier>> identifiers_of_person(std::string_view person) const;
  std::vector<IdentityKey> subjects_of(std::span<const Identifier> who) const;
  std::shared_ptr<const ShopperState> shopper_state(const std::optional<std::string>& person) const;
  void land(std::span<const uint64_t> flying, std::span<const Event> events, bool durable);
  Result<Done> await_landing(std::span<const uint64_t> ids);

  // recommend.cpp
  Request begin_for(std::span<const Identifier> who) const;
  Result<Request> begin(const RecommendRequest& request) const;
  Result<Done> enter_context(const std::optional<RequestContext>& asked, Request& request) const;
  bool admits(Slot slot, const Request& request) const;
  bool excluded(Slot slot, const Request& request) const;
  std::vector<Slot> sample(size_t count, Request& request) const;
  std::vector<ScoredItem> gather(Request& request) const;
  bool start_cold(Request& request, const SlotFilter& filter) const;
  std::vector<ScoredItem> gather_relaxing(Request& request) const;
  void score(std::vector<ScoredItem>& items, Request& request) const;
  void score_tastes(std::vector<ScoredItem>& items, const Request& request) const;
  float content_value(const ItemFacts& facts, const Request& request, size_t taste) const;
  // Of the mixture.
  float content_value(const ItemFacts& facts, const Request& request) const;
  std::vector<Picked> choose(const std::vector<ScoredItem>& ranked, Request& request) const;

  // served.cpp
  void log_impressions(const RecommendRequest& asked, const Request& request, std::span<const Picked> picked,
                       const Answer& answer);

  // search.cpp
  struct Blend;
  Result<Request> begin_search(std::span<const Identifier> who, const Filter& filter, int count) const;
  Answer answer_blend(Blend& blend, Request& request);

  // style_view.cpp
  std::string taste_name(const Taste& taste) const;
  StyleModeView view_of(const Mode& mode, const TasteShare& part, const ShopperState& shopper,
                        const CatalogSnapshot& snapshot) const;
  void show_style(StyleView& view, const ShopperState& shopper, std::span<const TasteShare> tastes,
                  const CatalogSnapshot& snapshot) const;

  // present.cpp
  AnswerItem present(const Item& item) const;
  struct Leaning {
    std::string begin;
    std::span<const float> affinity;  // of the request
  };
  Leaning leaning(const ItemFacts& facts, const Request& request) const;
  std::vector<std::string> reasons(const ScoredItem& item, const Request& request) const;
  std::string next_request_id();

  EnginePorts ports_;
  EngineOptions options_;
  Catalog catalog_;
  Normaliser normaliser_;
  ItemEmbeddings embeddings_;
  CatalogIndexes indexes_;
  UserKnn neighbours_;
  Popularity popularity_;
  Sizing sizing_;
  StyleClusters style_clusters_;
  ProfileBuilder profiles_;
  RequestContexts contexts_;
  ImpressionQueue impressions_;

  std::vector<uint64_t> adopted_hashes_;  // by slot; only until load() ends
  std::mutex upsert_mutex_;               // catalog changes reach the store and the memory in the same order

  std::mutex ids_mutex_;
  RecentEventIds recent_ids_;
  std::condition_variable landed_;
  std::unordered_set<uint64_t> in_flight_;  // appended but not yet durable
  std::unordered_set<uint64_t> lost_;       // whose append failed; few, and gone when they are sent again
  std::mutex fold_mutex_;
  std::condition_variable fold_turn_;
  uint64_t fold_next_ = 0;  // offset of the event to be folded next
  std::atomic<uint64_t> request_counter_{0};
};

}  // namespace modiste
