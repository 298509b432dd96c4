// Does a style follow her and not a whim? Three properties over simulated shoppers (domain.md "Style"):
//
//   gift    after some sessions in her own taste, one in which she shops for somebody else changes the next
//           session's top 20 by under 15% on average. Change: share of the 20 that are others than before; in
//           between nothing happens but her gift session.
//   shift   she takes to another taste for good: after three sessions at least 70% of the top 20 are in it.
//           (The other taste is the least alike of eight drawn for her department: a shift worth the name.)
//   return  she comes back to the first taste: after one session at least 70% of the top 20 are in it.
//
// A garment is in taste X, not Y, when she would like it likelier under X than under Y and likelier than the
// middle garment of her department under X. By chance about a third of a shop is.
//
// A session: half of what she meets is the engine's page, half she finds herself by words of the taste she is
// in. She likes by a coin that is drawn from (seed, shopper, garment) and known to nobody; what she likes she
// views and likes, saves or puts in the cart, sometimes buys; what she does not like on the page she often
// passes. In the gift session she looks only at what the words of the recipient's taste find, in the
// recipient's department, and buys the best. Between sessions lies more than an hour.
//
// The same shoppers meet two engines: one as it is shipped, and one whose sessions never close, which is the
// single accumulator of one taste. Exploration is off: its random cards would count as change. A newcomer who
// only ever had the other taste says how well three sessions can be learned at all.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "serving/shop.h"
#include "simulation/shopper_model.h"

namespace modiste {

struct StylePropertiesOptions {
  size_t shoppers = 500;
  size_t sessions_before = 5;  // in her first taste
  size_t page = 12;            // garments of the engine's page in a session
  size_t found = 12;           // garments she finds herself
  uint64_t seed = 7;
  ShopperModelOptions model;
};

// A moment of the story, of every shopper: share of the top 20 in her first taste and in the other.
struct StyleMoment {
  std::string name;
  std::vector<double> first, other;
};

struct StyleStory {
  std::string name;
  std::vector<double> gift_change;  // by shopper
  std::vector<StyleMoment> moments;
  std::vector<double> newcomer;                                // share of the top 20 in the other taste
  std::map<std::string, std::map<std::string, int>> outcomes;  // of sessions by kind: how they were merged
};

inline constexpr double kGiftChangeMax = 0.15;
inline constexpr double kFollowedMin = 0.7;

// What the story says of the three properties; share: of shoppers for whom it holds.
struct StyleProperty {
  std::string name;
  double mean = 0;
  double share = 0;
};
[[nodiscard]] std::vector<StyleProperty> properties(const StyleStory& story);

// An engine with the catalog, no shopper and this style; its clock is the one given.
struct StyleWorld {
  Shop& shop;
  ManualClock& clock;
};

using StyleProgress = std::function<void(size_t done, size_t total)>;

// The same options and seed give the same story.
Result<StyleStory> tell_style_story(const StyleWorld& world, std::string name,
                                    const StylePropertiesOptions& options,
                                    const StyleProgress& progress = {});

// What docs/reports/style.json holds of a story: means over shoppers.
[[nodiscard]] json::object to_report_json(const StyleStory& story);

}  // namespace modiste
