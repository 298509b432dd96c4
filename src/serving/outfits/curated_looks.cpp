#include "serving/outfits/curated_looks.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/contains.h"
#include "outfits/outfit_templates.h"
#include "serving/request/outfit_looks.h"
#include "serving/request/slot_in.h"
#include "serving/state/stated_preferences.h"

namespace modiste {
namespace {

using outfits::Composed;
using outfits::exclude_each_other;
using outfits::OutfitTemplate;

constexpr size_t kLookedAt = 64;        // of the shop's outfits
constexpr double kSuitsOccasion = 0.5;  // least mean context_fit of an outfit that names no occasion
constexpr size_t kLinkedMax = 24;

// What this shopper may be shown and prefers. The composer relaxes what it must; the shop's outfits are shown
// where they fit.
class Preferred {
 public:
  explicit Preferred(const RequestState& request) : request_(request), wanted_(request.filter) {
    add_preferences(wanted_, request.shopper->preferences, request.departments, Relaxation::kNone);
  }
  [[nodiscard]] bool admits(Slot slot) const {
    return slot_in(*request_.catalog, slot) != kNoSlot && request_.admits(slot) &&
           wanted_.admits(request_.catalog->facts(slot), *request_.vocabulary);
  }

 private:
  const RequestState& request_;
  ItemFilter wanted_;
};

// The garment's colour that is asked for, or the first that this shopper prefers.
Slot preferred_slot(const ShopOutfitItem& item, const ShopState& shop, const RequestState& request,
                    const Preferred& preferred) {
  for (const Slot slot : shop.catalog.slots(item.garment_id)) {
    if (!preferred.admits(slot)) continue;
    if (item.colour.empty() || request.catalog->item(slot).colour == item.colour) return slot;
  }
  return kNoSlot;
}

// Whether a piece of the look is plainly against the weather: sandals in frost, whatever the occasion. Tops
// are worn under others.
bool is_against_weather(const CuratedLook& look, const RequestState& request) {
  if (!request.context) return false;
  Context weather = *request.context;
  weather.occasions_known = {};
  constexpr std::array kJudged{OutfitRole::kBottom, OutfitRole::kOnePiece, OutfitRole::kSuit,
                               OutfitRole::kShoes, OutfitRole::kOuter};
  for (size_t i = 0; i < look.pieces.size(); ++i)
    if (contains(kJudged, look.taken[i]) &&
        context_fit(request.catalog->facts(look.pieces[i]), weather, *request.vocabulary) <= kUnsuited)
      return true;
  return false;
}

bool suits(const ShopOutfit& outfit, const CuratedLook& look, const RequestState& request) {
  if (is_against_weather(look, request)) return false;
  const auto worn = outfits::WornFor(worn_for(request.context));
  if (!worn.occasion) return true;
  if (!outfit.occasion.empty()) return outfit.occasion == name_of(*worn.occasion);
  double sum = 0;
  for (const Slot slot : look.pieces)
    sum += context_fit(request.catalog->facts(slot), request.context, *request.vocabulary);
  return sum >= kSuitsOccasion * static_cast<double>(look.pieces.size());
}

std::optional<CuratedLook> look_of(const ShopOutfit& outfit, const OutfitRequest& asked,
                                   const ShopState& shop, const RequestState& request,
                                   const OutfitPlan& plan) {
  CuratedLook look{outfit.id, outfit.title, {}, {}, {}, {}};
  const Preferred preferred(request);
  std::set<std::string> named;
  std::vector<OutfitRole> roles;
  for (size_t i = 0; i < plan.anchors.size(); ++i) {
    if (plan.anchors[i].slot == kNoSlot) return std::nullopt;
    named.emplace(request.catalog->item(plan.anchors[i].slot).garment.id());
    roles.push_back(plan.fixed[i].look.role);
  }
  size_t anchors = 0;
  for (const ShopOutfitItem& item : outfit.items) {
    if (named.contains(item.garment_id)) {
      ++anchors;
      continue;
    }
    const Slot known = slot_in(*request.catalog, shop.catalog.slot_ever(item.garment_id, item.colour));
    if (known == kNoSlot) continue;
    const OutfitRole role = role_of(request.catalog->facts(known), *request.vocabulary);
    const bool open = role != OutfitRole::kNone && (asked.roles.empty() || contains(asked.roles, role)) &&
                      std::none_of(roles.begin(), roles.end(),
                                   [&](OutfitRole taken) { return exclude_each_other(taken, role); });
    if (!open) continue;
    const Slot slot = preferred_slot(item, shop, request, preferred);
    if (slot == kNoSlot) {
      look.left_out.push_back(request.catalog->facts(known).garment);
      if (!contains(look.replaced, role)) look.replaced.push_back(role);
      continue;
    }
    look.pieces.push_back(slot);
    look.taken.push_back(role);
    roles.push_back(role);
  }
  // Another piece of the outfit took its place.
  std::erase_if(look.replaced, [&](OutfitRole role) {
    return std::any_of(roles.begin(), roles.end(),
                       [&](OutfitRole taken) { return exclude_each_other(taken, role); });
  });
  if (anchors < named.size() || look.pieces.empty() || look.pieces.size() + anchors < kShopOutfitItemsMin)
    return std::nullopt;
  if (!suits(outfit, look, request)) return std::nullopt;
  return look;
}

// The plan's templates around the look: what it lacks, and nothing at will. The shop decided.
std::vector<OutfitTemplate> templates_around(const CuratedLook& look, const OutfitPlan& plan) {
  std::vector<OutfitTemplate> shapes;
  for (const OutfitTemplate& shape : plan.templates) {
    const auto clashes = [&](OutfitRole role) {
      return std::any_of(look.taken.begin(), look.taken.end(),
                         [&](OutfitRole taken) { return taken != role && exclude_each_other(taken, role); });
    };
    if (std::any_of(shape.required.begin(), shape.required.end(), clashes)) continue;
    OutfitTemplate around;
    around.required = look.taken;
    for (const auto* roles : {&shape.required, &look.replaced})
      for (const OutfitRole role : *roles)
        if (!contains(around.required, role) && !clashes(role)) around.required.push_back(role);
    shapes.push_back(std::move(around));
  }
  // Where the shop has nothing for the rest, the look stands for itself.
  shapes.push_back({look.taken, {}});
  return shapes;
}

}  // namespace

std::vector<CuratedLook> curated_looks(const OutfitRequest& asked, const ShopState& shop,
                                       const RequestState& request, const OutfitPlan& plan, size_t most) {
  std::vector<CuratedLook> looks;
  if (!asked.current.empty() || asked.swap || shop.curated.empty()) return looks;
  std::vector<ShopOutfit> known;
  if (plan.anchors.empty())
    known = shop.curated.some(request.seed, kLookedAt);
  else if (plan.anchors.front().slot != kNoSlot)
    known =
        shop.curated.with_garment(request.catalog->item(plan.anchors.front().slot).garment.id(), kLookedAt);
  for (const ShopOutfit& outfit : known)
    if (auto look = look_of(outfit, asked, shop, request, plan)) looks.push_back(std::move(*look));
  // Whole ones first.
  std::stable_sort(looks.begin(), looks.end(), [](const CuratedLook& a, const CuratedLook& b) {
    return a.replaced.size() < b.replaced.size();
  });
  if (looks.size() > most) looks.resize(most);
  return looks;
}

std::vector<Slot> linked_items(const ShopState& shop, const RequestState& request, const OutfitPlan& plan) {
  std::vector<Slot> linked;
  const Preferred preferred(request);
  for (const FixedPiece& anchor : plan.anchors) {
    if (anchor.slot == kNoSlot) continue;
    const auto garment = request.catalog->item(anchor.slot).garment.read();
    for (const std::string& other : garment->goes_with) {
      const Slot slot = preferred_slot({other, {}}, shop, request, preferred);
      if (slot != kNoSlot && linked.size() < kLinkedMax) linked.push_back(slot);
    }
  }
  return linked;
}

std::optional<Composed> complete_look(const CuratedLook& look, const OutfitPlan& plan,
                                      const OutfitCandidates& candidates, std::optional<double> budget,
                                      const outfits::Compatibility& compatibility,
                                      const outfits::ExplicitCompatibility& rules) {
  std::vector<outfits::Option> options;
  std::vector<uint32_t> places;
  std::set<uint64_t> by_shop;
  for (const Slot slot : look.pieces) {
    const auto place = candidates.place_of(slot);
    if (!place) return std::nullopt;
    options.push_back(candidates.options()[*place]);
    by_shop.insert(options.back().look.garment);
    places.push_back(*place);
  }
  for (const outfits::Option& fixed : plan.fixed) by_shop.insert(fixed.look.garment);
  for (uint32_t i = 0; i < candidates.options().size(); ++i) {
    const outfits::Option& option = candidates.options()[i];
    if (contains(look.taken, option.look.role) || contains(look.left_out, option.garment)) continue;
    options.push_back(option);
    places.push_back(i);
  }
  for (OutfitTemplate& shape : templates_around(look, plan)) {
    outfits::ComposeInput input;
    const std::vector<OutfitTemplate> one{std::move(shape)};
    input.fixed = plan.fixed;
    input.options = options;
    input.templates = one;
    input.budget = budget;
    input.currency = plan.currency;
    input.forbids = [&](const outfits::Wearable& a, const outfits::Wearable& b) {
      return !(by_shop.contains(a.garment) && by_shop.contains(b.garment)) && rules.forbids(a, b);
    };
    auto composed = outfits::compose(input, compatibility);
    if (composed.empty()) continue;
    for (uint32_t& option : composed.front().options) option = places[option];
    return std::move(composed.front());
  }
  return std::nullopt;
}

}  // namespace modiste
