// The stage of the style story (simulation/style_properties.h): a shop, shoppers with two tastes, and what
// they do in it.
//
// Threads: one owner.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "simulation/style_properties.h"

namespace modiste {

// A shopper with each of their two tastes, and the recipient of the gift.
struct StyleCast {
  SimulatedShopper first, other, recipient;
  double first_middle = 0, other_middle = 0;  // median like probability in the department
};

class StyleStage {
 public:
  static constexpr size_t kTop = 20;  // places of an answer that are judged
  static constexpr std::array<std::string_view, 3> kCeilings{"stock", "candidates", "regression"};

  // Borrows the world.
  StyleStage(const StyleWorld& world, const StylePropertiesOptions& options)
      : world_(world),
        options_(options),
        snapshot_(world.shop.catalog().view().snapshot()),
        rng_(options.seed) {}

  const Vocabulary& words() const { return world_.shop.catalog().view().vocabulary(); }
  ManualClock& clock() { return world_.clock; }

  std::vector<StyleCast> draw_cast();
  // By the quiz.
  Result<Done> introduce(const SimulatedShopper& shopper);
  // What the shop recommends.
  Result<std::vector<Slot>> page(const SimulatedShopper& shopper, size_t count);
  // One session in a taste; more than an hour passes after it.
  Result<Done> session(const SimulatedShopper& shopper);
  // Shopping for somebody else: the events are the giver's, the liking is the recipient's.
  Result<Done> gift_session(const SimulatedShopper& giver, const SimulatedShopper& recipient);
  // The ceilings for somebody who has shopped in the cast's other taste only, by their shares; in the order
  // of kCeilings.
  Result<std::vector<double>> ceilings(const SimulatedShopper& newcomer, const StyleCast& cast);
  // Share of the garments that are in the first taste, or in the other.
  double share_in(const std::vector<Slot>& slots, const StyleCast& cast, bool first) const;
  // What the latest session was for the shopper's style; "none": none has closed.
  Result<std::string> outcome(const SimulatedShopper& shopper) const;

 private:
  uint32_t garment_of(Slot slot) const { return snapshot_->facts(slot).garment; }

  std::vector<const ItemFacts*> facts_of(const std::vector<Slot>& slots) const;
  // The kTop of largest value, one colour per garment.
  std::vector<Slot> best(const std::vector<Slot>& slots, const std::vector<double>& values) const;
  std::vector<Slot> department_of(const SimulatedShopper& shopper) const;
  // Of the department's garments, in the order of their slots.
  std::vector<double> likings_of(const SimulatedShopper& shopper) const;
  // Garments that match most of the shopper's search words: their two best colours, aesthetics and
  // categories.
  std::vector<Slot> found_by(const SimulatedShopper& shopper);
  bool likes(const SimulatedShopper& shopper, Slot slot) const;
  Result<Done> react(const SimulatedShopper& shopper, Slot slot, bool on_page);
  // As the app reports what came into view.
  Result<Done> show(const SimulatedShopper& shopper, const std::vector<Slot>& slots);
  Result<Done> act(const SimulatedShopper& shopper, EventType type, Slot slot);
  Event event_of(const SimulatedShopper& shopper, EventType type, Slot slot);
  Result<Done> send(std::vector<Event> events);
  Result<Done> leave();

  StyleWorld world_;
  StylePropertiesOptions options_;
  std::shared_ptr<const CatalogSnapshot> snapshot_;
  Rng rng_;
  uint64_t events_ = 0;
  std::map<std::string, std::vector<Slot>> liked_;     // by shopper: what they stated a liking of
  std::set<std::pair<std::string, uint32_t>> bought_;  // shopper and garment
};

// 0 without values.
[[nodiscard]] double mean_of(const std::vector<double>& values);

}  // namespace modiste
