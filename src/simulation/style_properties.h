// Checks that profiles follow lasting changes of taste and ignore one-off sessions. Three properties,
// measured over simulated shoppers:
//
//   gift    after some sessions in the shopper's own taste, one session of shopping for somebody else changes
//           the top 20 of the next session by under 15% on average. Change: share of the 20 that were not in
//           the top 20 before the gift session.
//   shift   the shopper changes to another taste for good: after three sessions at least 70% of the top
//           20 are in it. (The other taste is the least similar of eight drawn for the same department.)
//   return  the shopper goes back to the first taste: after one session at least 70% of the top 20 are in it.
//
// A garment is in taste X, not Y, when its like probability is higher under X than under Y, and higher than
// the median of the department's garments under X. By chance this holds for about a third of a shop.
//
// A session: half of the garments come from the shop's page, half from searching with words of the current
// taste. Whether the shopper likes a garment is drawn from (seed, shopper, garment) and hidden from the
// shop. What the shop then hears depends on the shopper's habit (ShopperHabit). In the gift session the
// shopper looks only at what the words of the recipient's taste find in the recipient's department, and buys
// or likes the best. More than an hour lies between sessions.
//
// The same shoppers use two shops: one as it is shipped, and one whose sessions never close, which keeps a
// single accumulated taste. Exploration is off: its random cards would count as change. A newcomer who only
// ever had the other taste shows what three sessions teach the shop when no session can be put into a wrong
// mode. For that newcomer other ways to choose 20 garments are judged too (StyleCeiling).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "serving/shop.h"
#include "simulation/shopper_model.h"

namespace modiste {

// What shoppers tell the shop of the garments that they see. The properties must hold for each: nobody can be
// made to pass what they do not like.
enum class ShopperHabit : uint8_t {
  kPasses,  // views and likes what they like, saves it, puts it in the cart or buys it; often passes the rest
  kLikesOnly,  // likes what they like
  kBuysOnly    // buys what they like
};
template <>
struct EnumNames<ShopperHabit> {
  static constexpr std::array<std::string_view, 3> kNames{"likes and passes", "likes only", "buys only"};
};

struct StylePropertiesOptions {
  ShopperHabit habit = ShopperHabit::kPasses;
  size_t shoppers = 500;
  size_t sessions_before = 5;  // in the first taste
  size_t page = 12;            // garments of the shop's page in a session
  size_t found = 12;           // garments found by searching
  uint64_t seed = 7;
  ShopperModelOptions model;
};

// A moment of the story: for every shopper, the share of the top 20 in the first taste and in the other.
struct StyleMoment {
  std::string name;
  std::vector<double> first, other;
};

// What the share of the newcomer's top 20 in their taste would be, chosen from garments they have not bought:
//   stock       by their hidden taste, of all garments of the department: what the measure can reach
//   candidates  by their hidden taste, of the first 100 of the shop's answer: what retrieval leaves
//   regression  of all garments of the department, by what they liked so far (liking_regression.h)
struct StyleCeiling {
  std::string name;
  std::vector<double> other;  // by shopper
};

struct StyleStory {
  std::string name;
  std::vector<double> gift_change;  // by shopper
  std::vector<StyleMoment> moments;
  std::vector<double> newcomer;  // share of the top 20 in the other taste
  std::vector<StyleCeiling> ceilings;
  std::map<std::string, std::map<std::string, int>> outcomes;  // of sessions by kind: how they were merged
};

inline constexpr double kGiftChangeMax = 0.15;
inline constexpr double kFollowedMin = 0.7;

// The three properties as measured; share: of the shoppers for which it holds.
struct StyleProperty {
  std::string name;
  double mean = 0;
  double share = 0;
};
[[nodiscard]] std::vector<StyleProperty> properties(const StyleStory& story);

// A shop with the catalog, no shopper and this style; its clock is the one given.
struct StyleWorld {
  Shop& shop;
  ManualClock& clock;
};

// The baseline: one taste that every session is added to.
[[nodiscard]] StyleOptions single_accumulator();

using StyleProgress = std::function<void(size_t done, size_t total)>;

// The same options and seed give the same story.
Result<StyleStory> tell_style_story(const StyleWorld& world, std::string name,
                                    const StylePropertiesOptions& options,
                                    const StyleProgress& progress = {});

// What docs/reports/style.json holds of a story: means over shoppers.
[[nodiscard]] json::object to_report_json(const StyleStory& story);

}  // namespace modiste
