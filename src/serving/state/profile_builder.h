// Builds each person's profile by replaying the log: style, sizes and stated preferences.
//
// PersonTimeline says which person an event belongs to and whether it may be learned from; the events of a
// person, in the order of the log, are folded into a ShopperFold. When identities merge or split, the
// profiles of the persons that changed are built again from their events: no merge loses a style, and an undo
// restores what would have been. So when a quiz is taken again: the earlier quiz's answers go, its vetoes
// stay until others are stated. A click that slipped is taken back.
//
// Threads: fold() and settle() one caller at a time, in the order of the log; readers any number beside it.
// Memory:  that of the timeline and of the store, and some 200 bytes for each person who sent a time zone or
//          a size.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/mutex.h"
#include "catalog/catalog.h"
#include "events/event_log.h"
#include "events/person_timeline.h"
#include "retrieval/co_choices.h"
#include "retrieval/popularity.h"
#include "retrieval/popularity_by_time.h"
#include "serving/state/counted_orders.h"
#include "serving/state/garment_quality.h"
#include "serving/state/item_embeddings.h"
#include "serving/state/sizing.h"
#include "serving/state/style_clusters.h"
#include "style/memory_profile_store.h"

namespace modiste {

// Views of the keys; they must outlive it.
[[nodiscard]] std::vector<NodeRef> refs_of(std::span<const IdentityKey> identity_keys);

// What the shopper chose, and what the quiz, purchases and returns tell of their sizes.
struct DeclaredProfile {
  Consent consent;
  FitProfile fit;
};

struct ProfileBuilderOptions {
  StyleOptions style;
  TrafficFilterOptions traffic;
  // PersonTimelineOptions::sessions_max: those of two weeks, in a shop of a million visits a month.
  size_t sessions_max = 500'000;
};

struct ProfileBuilderPorts {
  const Catalog& catalog;
  const ItemEmbeddings& embeddings;
  const LoggedEvents& log;
  CoChoices& co_choices;
  Popularity& popularity;
  PopularityByTime& popularity_by_time;
  Sizing& sizing;
  StyleClusters& style_clusters;
  GarmentQuality& quality;
  ProfileStore* store = nullptr;  // null: in memory
};

class ProfileBuilder {
 public:
  ProfileBuilder(const ProfileBuilderPorts& ports, ProfileBuilderOptions options);

  // Answers what the timeline made of the event; valid until the next call. A profile that the store could
  // not change is due.
  const PersonEvent& fold(const LoggedEvent& logged);
  // Builds the profiles again that a merge, a split or a late mark changed; before it they are not up to
  // date. On an error of the log or the store they stay due.
  Result<Done> settle();

  // Null when nothing is known, or the store does not answer.
  [[nodiscard]] std::shared_ptr<const ShopperState> find(std::string_view person, TimePoint now) const {
    return state_at(state_of(person), now, model_);
  }
  [[nodiscard]] std::optional<std::string> person_of(std::span<const NodeRef> who) const {
    return timeline_.person_of(who);
  }
  [[nodiscard]] std::vector<IdentityKey> identity_keys(std::string_view person) const {
    return timeline_.identity_keys(person);
  }
  [[nodiscard]] std::vector<Explanation> explain(std::string_view person) const {
    return timeline_.explain(person);
  }
  [[nodiscard]] DeclaredProfile declared(std::string_view person) const;
  // Where each person with a profile was last, of those whose events say.
  [[nodiscard]] std::map<std::string, Whereabouts, std::less<>> whereabouts() const;
  // Whether an operator's undo of this link would find it.
  [[nodiscard]] bool has_link(std::string_view person, std::string_view link) const;

  // For snapshots. Nobody folds meanwhile, and nothing is due.
  [[nodiscard]] bool is_settled() const { return due_.empty(); }
  // Everything but the profiles and what the ports hold. load() replaces it, of a builder that folded
  // nothing; kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);
  [[nodiscard]] ProfileStore& store() const { return store_; }
  // Hashes of the ids of garments that events named before the catalog knew them: had it known them, the
  // profiles would be others. Nothing once they were too many to be kept.
  [[nodiscard]] const std::optional<std::unordered_set<uint64_t>>& garments_unknown() const {
    return garments_unknown_;
  }

  // Visits that were taken for robots', of the whole log. Any thread.
  [[nodiscard]] size_t robot_visits() const { return timeline_.robot_visits(); }
  [[nodiscard]] const StyleModel& model() const { return model_; }
  [[nodiscard]] const PersonTimeline& timeline() const { return timeline_; }

  // Appends everything, in an order of its own: two processes that folded the same log write the same bytes.
  // Nobody folds meanwhile.
  void write(std::string& out) const;

 private:
  struct Effect {  // on what is known to be chosen together
    uint64_t event_hash = 0;
    Slot slot = kNoSlot;
    float weight = 0;
    TimePoint at{};
  };
  // What a person's events are folded into.
  struct Draft {
    ShopperFold& shopper;
    FitProfile& fit;
    Whereabouts& where;
    std::vector<Effect>& effects;
    std::vector<StoredSignal>& undone;  // by the event
    std::set<uint64_t>& leave_out;      // events that were undone and are to be left out by a replay
    LogPosition quiz_from;              // earlier quizzes only state vetoes
  };
  // A person's events, played from the first.
  struct Replayed {
    ShopperFold shopper;
    FitProfile fit;
    Whereabouts where;
    std::vector<Effect> effects;
    bool declared = false;  // something that DeclaredProfile holds
    size_t events = 0;      // beside impressions
  };
  template <class Io, class Builder>
  static void fields(Io& io, Builder& builder) NO_THREAD_SAFETY_ANALYSIS;
  void note_unknown(const Event& event);
  void play(const Draft& draft, const LoggedEvent& logged, EventFate fate) const;
  void play_undo(const Draft& draft, uint64_t event_hash) const;
  void play_shown(const Draft& draft, const LoggedEvent& logged) const;
  void play_feedback(const Draft& draft, const LoggedEvent& logged) const;
  void play_live(const PersonEvent& of_person, const LoggedEvent& logged);
  void take_back(const std::string& person, const std::string& event_id);
  bool take_back_choices(const std::string& person, uint32_t index, std::span<const StoredSignal> undone);
  void count_crowd(const LoggedEvent& logged);
  void drop(const Event& erasure);
  Result<Done> remove_profile(const std::string& person);
  [[nodiscard]] ProfileStore::State state_of(std::string_view person) const;
  [[nodiscard]] bool replaces_a_quiz(const PersonEvent& of_person, const Event& event) const;
  Result<Done> rebuild(const std::string& person);
  [[nodiscard]] Result<Replayed> replay(const std::string& person, uint32_t index) const;
  [[nodiscard]] FitProfile fit_of(std::string_view person) const;
  void keep_whereabouts(const std::string& person, Whereabouts where);
  [[nodiscard]] StoredSignal signal_of(const Event& event, Slot slot, TimePoint at) const;
  [[nodiscard]] Slot acted_slot(const Event& event, std::string_view garment_id,
                                const ShopperState& shopper) const;
  [[nodiscard]] SignalResolver resolver() const;

  ProfileBuilderPorts ports_;
  StyleModel model_;
  MemoryProfileStore in_memory_;  // the store, when no other is given
  ProfileStore& store_;
  PersonTimeline timeline_;
  CountedOrders counted_orders_;
  LogPosition at_;             // of the latest event
  uint32_t index_next_ = 0;    // ShopperState::subject of the next new profile
  std::set<std::string> due_;  // persons to be built again
  std::optional<std::unordered_set<uint64_t>> garments_unknown_{std::in_place};

  mutable SharedMutex mutex_;
  std::map<std::string, FitProfile, std::less<>> fits_
      GUARDED_BY(mutex_);  // by person, of those who declared something
  std::map<std::string, Whereabouts, std::less<>> places_ GUARDED_BY(mutex_);
};

}  // namespace modiste
