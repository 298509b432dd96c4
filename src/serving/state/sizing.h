// Size and fit: what events say about a shopper's size and of how a garment runs, and which size a shopper is
// advised.
//
// Threads: learn() one caller at a time, in the order of the log; everything else from any.
// Memory:  48 bytes an outcome, from which a new model learns how garments run: of each item's latest 500,
// and
//          at most as many again until those before them are dropped.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/mutex.h"
#include "base/versioned.h"
#include "catalog/catalog.h"
#include "events/event.h"
#include "style/fit_model.h"
#include "style/kept_purchases.h"

namespace modiste {

// A shopper's size as far as it is known.
struct KnownSize {
  SizeChart chart{};
  // Of the sizes that they stated or kept the nearest to their true size, in the system that most garments of
  // the shop have on its chart.
  std::string size;
  int observations = 0;  // as SizeEvidence has them
};

class Sizing {
 public:
  static constexpr size_t kUncutOutcomes = 100'000;
  // Borrows the catalog. uncut_outcomes: so many are kept without a look at whose they are.
  explicit Sizing(const Catalog& catalog, size_t uncut_outcomes = kUncutOutcomes);

  // A fit model that goes on learning. A caller that advises several sizes together holds one meanwhile.
  class Model;
  [[nodiscard]] std::shared_ptr<const Model> model() const { return model_.get(); }
  [[nodiscard]] int version() const { return model_.version(); }
  // Advises by these parameters from now on. How garments run is learned again from the outcomes so far,
  // beside the model in use; profiles keep what they hold, which was folded by the parameters before.
  void use(FitParameters parameters, int version);

  // What the event says about a garment's fit. Nothing when it says nothing, or its size is not on the
  // garment's chart.
  [[nodiscard]] std::optional<FitObservation> observation(const Event& event) const;
  // What the shopper bought, sent back, reviewed, or said of their body.
  void fold(FitProfile& profile, const Event& event) const;
  // How a garment runs, from this event and the purchases that nobody sent back by then: whoever replays the
  // log learns the same, whatever identities have merged meanwhile. at: when it happened.
  void learn(const Event& event, TimePoint at);

  // For snapshots: the outcomes, from which load() learns again how garments run, and the purchases whose
  // outcome is open. Their items are in the catalog by then. kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

  struct Advice {
    std::string size;  // as the shop writes it
    double fit = 0;    // probability that it does
    SizeReason reason{};
  };
  // Of the sizes in stock. Nothing when the shopper is unknown or the garment has no size that can be placed.
  [[nodiscard]] std::optional<Advice> advise(const Model& model, const FitProfile& profile,
                                             const Item& item) const;
  // FitModel::fit_share() of each item in its sizes in stock; kUnknownFit where it is unknown. Empty for a
  // shopper of whose sizes and body nothing is known. Costs a microsecond an item.
  static constexpr float kUnknownFit = -1;
  [[nodiscard]] std::vector<float> fit_shares(const Model& model, const FitProfile& profile,
                                              const CatalogSnapshot& catalog,
                                              std::span<const Slot> items) const;
  [[nodiscard]] std::vector<KnownSize> sizes(const FitProfile& profile) const;
  // Those in memory.
  [[nodiscard]] size_t outcome_count() const;

 private:
  struct Outcome {
    Slot slot = kNoSlot;
    SizeChart chart{};
    bool chosen = false;
    FitFeedback outcome{};
    double position = 0;
    std::shared_ptr<const BodyProfile> body;  // null: not said
  };
  template <class Io, class Value>
  static void outcome_fields(Io& io, Value& outcome);
  void keep(Outcome outcome) REQUIRES(outcomes_mutex_);
  [[nodiscard]] size_t next_cut() const REQUIRES(outcomes_mutex_);
  void observe(const Outcome& outcome, Model& model) const;

  const Catalog& catalog_;
  Versioned<Model> model_;
  mutable Mutex outcomes_mutex_;  // also of which model learns from the outcomes
  std::vector<Outcome> outcomes_ GUARDED_BY(outcomes_mutex_);
  const size_t uncut_outcomes_;
  size_t cut_at_ GUARDED_BY(outcomes_mutex_);     // so many outcomes are cut to the latest of each item
  int learners_ GUARDED_BY(outcomes_mutex_) = 0;  // calls of use(), which know outcomes by their place
  KeptPurchases<Outcome> purchases_ GUARDED_BY(outcomes_mutex_);
};

class Sizing::Model {
 public:
  explicit Model(FitParameters parameters) : fit_(std::move(parameters)) {}

 private:
  friend class Sizing;
  mutable SharedMutex mutex_;
  FitModel fit_ GUARDED_BY(mutex_);
};

}  // namespace modiste
