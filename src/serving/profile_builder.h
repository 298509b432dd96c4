// Whose every event is and what it makes of her: the fold of the log into persons.
//
// Every event is filed under its trail (identity_graph.h); a person is what the events of her trails, in the
// order of the log, make of a ShopperFold. When identities merge or part, the persons that moved are folded
// again from their events: no merge loses a style, and an undo restores what would have been.
//
// Noise is passed over: robots are not folded at all, a click that slipped is taken back. Without consent to
// personalisation nothing is folded; withdrawing it forgets the style.
//
// Threads: fold() and settle() one caller at a time, in the order of the log; readers any number beside it.
// Memory:  8 bytes for every event that tells of style, beside the persons' states and the graph.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <shared_mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/catalog.h"
#include "events/event_log.h"
#include "events/traffic_filter.h"
#include "identity/identity_graph.h"
#include "retrieval/popularity.h"
#include "retrieval/user_knn.h"
#include "serving/item_embeddings.h"
#include "serving/sizing.h"
#include "serving/style_clusters.h"
#include "style/shoppers.h"

namespace modiste {

// Views of the trails; they must outlive it.
[[nodiscard]] std::vector<NodeRef> refs_of(std::span<const IdentityKey> identity_keys);

struct Consent {
  bool personalisation = true;  // may a style be kept of her
  bool training = true;         // may models learn from what she does
};

// What she said of herself, and what her purchases tell of her size.
struct DeclaredProfile {
  Consent consent;
  FitProfile fit;
};

struct ProfileBuilderOptions {
  StyleOptions style;
  TrafficFilterOptions noise;
  Consent consent_default;  // until she says otherwise: opting out, or opting in
};

struct ProfileBuilderPorts {
  const Catalog& catalog;
  const ItemEmbeddings& embeddings;
  const LoggedEvents& log;
  UserKnn& neighbours;
  Popularity& popularity;
  Sizing& sizing;
  StyleClusters& aesthetics;
};

class ProfileBuilder {
 public:
  ProfileBuilder(const ProfileBuilderPorts& ports, ProfileBuilderOptions options);

  void fold(const LoggedEvent& logged);
  // Folds the persons again whose trails moved. Nobody who moved is answered rightly before it. On an error
  // of the log they stay due.
  Result<Done> settle();

  // Null when nothing is known.
  [[nodiscard]] std::shared_ptr<const ShopperState> find(std::string_view person, TimePoint now) const {
    return shoppers_.find(person, now);
  }
  [[nodiscard]] std::optional<std::string> person_of(std::span<const NodeRef> who) const;
  [[nodiscard]] std::vector<IdentityKey> identity_keys(std::string_view person) const;
  [[nodiscard]] std::vector<Explanation> explain(std::string_view person) const;
  [[nodiscard]] DeclaredProfile declared(std::string_view person) const;
  // Whether an operator's undo of this link would find it.
  [[nodiscard]] bool has_link(std::string_view person, std::string_view link) const;

  [[nodiscard]] size_t size() const { return shoppers_.size(); }
  [[nodiscard]] size_t bots() const { return traffic_filter_.bots(); }
  [[nodiscard]] const StyleModel& model() const { return shoppers_.model(); }
  [[nodiscard]] const ProfileBuilderOptions& options() const { return options_; }

  // Appends everything, in an order of its own: two processes that folded the same log write the same bytes.
  // Nobody folds meanwhile.
  void write(std::string& out) const;

 private:
  struct Effect {  // on what neighbours know of her
    Slot slot = kNoSlot;
    float weight = 0;  // negative: taken back
  };
  void play(ShopperFold& shopper, DeclaredProfile& declared, const LoggedEvent& logged,
            std::vector<Effect>& effects) const;
  void play_feedback(ShopperFold& shopper, const LoggedEvent& logged, std::vector<Effect>& effects) const;
  void play_live(const std::string& person, const LoggedEvent& logged);
  bool judge_noise(const std::string& identity_key, const std::string& person, const LoggedEvent& logged);
  void unfile(const std::string& identity_key, uint64_t offset);
  void take_back(const std::string& person, const std::string& event_id);
  void count_crowd(const LoggedEvent& logged);
  void forget(const Event& event);
  void relink(const Event& event);
  void note(std::span<const Move> moves);
  Result<Done> refold(const std::string& person);
  [[nodiscard]] StoredSignal signal_of(const Event& event, std::string_view garment_id, TimePoint at) const;
  [[nodiscard]] SignalResolver resolver() const;

  ProfileBuilderPorts ports_;
  ProfileBuilderOptions options_;
  Shoppers shoppers_;
  TrafficFilter traffic_filter_;
  std::unordered_map<std::string, std::vector<uint64_t>> filed_;  // trail -> offsets that tell of style
  std::set<std::string> due_;                                     // persons to be folded again
  std::vector<LateMark> late_;                                    // reused

  mutable std::shared_mutex mutex_;  // guards what follows
  IdentityGraph graph_;
  std::map<std::string, DeclaredProfile, std::less<>> declared_;  // by person, of those who said something
};

}  // namespace modiste
