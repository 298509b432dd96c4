#include "drawn_shop/outfits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "drawn_shop/words.h"
#include "outfits/colour_harmony.h"
#include "outfits/outfit_rules.h"

namespace modiste::drawn_shop {
namespace {

using outfits::CuratedOutfit;

// What is worn so far, as the shop sold it and as the rules see it; the two lists run side by side.
struct Worn {
  struct Choice {
    const DrawnItem* item = nullptr;
    size_t colour = 0;
  };
  std::vector<Choice> choices;
  std::vector<outfits::Piece> pieces;
};

struct Plan {
  outfits::Setting setting;
  std::vector<OutfitRole> roles;
  double formality;  // what the occasion asks for
};

outfits::Piece piece_of(const Worn::Choice& choice) {
  const DrawnItem& item = *choice.item;
  return {.garment_id = item.id,
          .role = item.role,
          .colour = item.colours[choice.colour].colourway.ground.lab,
          .patterned = item.design.print != drawing::Print::kPlain,
          .formality = item.formality,
          .seasons = item.seasons,
          .occasions = item.occasions};
}

constexpr std::array<std::string_view, 4> kSeasons{"spring", "summer", "autumn", "winter"};

Plan make_plan(bool women, Rng& rng) {
  double at = rng.uniform();
  const OccasionHabit* occasion = nullptr;
  for (const auto& habit : occasion_habits()) {
    occasion = &habit;
    if ((at -= habit.share) < 0) break;
  }
  Plan plan{{occasion->name, kSeasons[rng.below(kSeasons.size())]}, {}, occasion->formality};
  plan.roles = outfits::base_template(women && occasion->one_piece && rng.chance(0.45));
  const bool blazer = plan.setting.occasion == "work" && plan.setting.season != "autumn" &&
                      plan.setting.season != "winter" && rng.chance(0.5);
  if (outfits::wears_outer(plan.setting) || blazer) plan.roles.push_back(OutfitRole::kOuter);
  if (women || rng.chance(0.4)) plan.roles.push_back(OutfitRole::kBag);
  if (rng.chance(0.4) && plan.setting.occasion != "formal") plan.roles.push_back(OutfitRole::kAccessory);
  return plan;
}

// Candidates by department (women, men) and role.
class Wardrobe {
 public:
  explicit Wardrobe(std::span<const DrawnItem> items) {
    for (const DrawnItem& item : items) {
      if (item.department != Department::kMen) by_role_[{true, item.role}].push_back(&item);
      if (item.department != Department::kWomen) by_role_[{false, item.role}].push_back(&item);
    }
  }
  [[nodiscard]] const std::vector<const DrawnItem*>& of(bool women, OutfitRole role) const {
    static const std::vector<const DrawnItem*> kNone;
    const auto found = by_role_.find({women, role});
    return found == by_role_.end() ? kNone : found->second;
  }

 private:
  std::map<std::pair<bool, OutfitRole>, std::vector<const DrawnItem*>> by_role_;
};

// Taste within the rules: colour, one brand world, one price level, the occasion's formality.
double liking(const Worn::Choice& choice, const Lab& colour, const Plan& plan, const Worn& worn) {
  const auto count = static_cast<double>(worn.pieces.size());
  double score = -1.5 * std::abs(choice.item->formality - plan.formality);
  for (size_t i = 0; i < worn.pieces.size(); ++i) {
    const DrawnItem& other = *worn.choices[i].item;
    score += outfits::colour_harmony(colour, worn.pieces[i].colour) / count;
    if (other.brand == choice.item->brand) score += 0.3 / count;
    score -= 0.25 * std::abs(std::log(choice.item->price / other.price)) / count;
  }
  return score;
}

constexpr int kTriesPerRole = 48;

bool choose_piece(const std::vector<const DrawnItem*>& candidates, const Plan& plan, Worn& worn, Rng& rng) {
  if (candidates.empty()) return false;
  Worn::Choice best;
  double best_score = -1e9;
  for (int i = 0; i < kTriesPerRole; ++i) {
    const DrawnItem* item = candidates[rng.below(candidates.size())];
    const Worn::Choice choice{item, rng.below(item->colours.size())};
    const outfits::Piece piece = piece_of(choice);
    if (!outfits::may_join(piece, worn.pieces, plan.setting)) continue;
    const double score = liking(choice, piece.colour, plan, worn) + rng.uniform(0, 0.3);
    if (score > best_score) best = choice, best_score = score;
  }
  if (best.item == nullptr) return false;
  worn.choices.push_back(best);
  worn.pieces.push_back(piece_of(best));
  return true;
}

CuratedOutfit written(const Worn& worn, const Plan& plan, bool women, size_t number) {
  CuratedOutfit outfit{fmt::format("OF{:05}", number),
                       women ? "women" : "men",
                       std::string(plan.setting.occasion),
                       std::string(plan.setting.season),
                       {}};
  for (const auto& [item, colour] : worn.choices)
    outfit.pieces.push_back({item->id, std::string(item->colours[colour].dye->name), item->role});
  return outfit;
}

}  // namespace

bool keeps_rules(std::span<const outfits::OutfitPiece> pieces, const outfits::Setting& setting,
                 std::span<const DrawnItem> items) {
  std::vector<outfits::Piece> worn;
  for (const outfits::OutfitPiece& piece : pieces) {
    const auto item = std::find_if(items.begin(), items.end(),
                                   [&](const DrawnItem& one) { return one.id == piece.garment_id; });
    if (item == items.end()) return false;
    const auto colour = std::find_if(item->colours.begin(), item->colours.end(), [&](const ItemColour& one) {
      return std::string_view(one.dye->name) == piece.colour;
    });
    if (colour == item->colours.end()) return false;
    outfits::Piece next = piece_of({&*item, static_cast<size_t>(colour - item->colours.begin())});
    next.role = piece.role;  // as it is worn: a blazer may be the layer under a coat
    if (!outfits::may_join(next, worn, setting)) return false;
    worn.push_back(next);
  }
  return !worn.empty();
}

std::vector<CuratedOutfit> curate_outfits(std::span<const DrawnItem> items, size_t count, Rng& rng) {
  const Wardrobe wardrobe(items);
  std::vector<CuratedOutfit> curated;
  for (size_t tries = 0; curated.size() < count && tries < count * 6; ++tries) {
    const bool women = rng.chance(0.6);
    const Plan plan = make_plan(women, rng);
    Worn worn;
    const bool whole = std::all_of(plan.roles.begin(), plan.roles.end(), [&](OutfitRole role) {
      return choose_piece(wardrobe.of(women, role), plan, worn, rng) || !outfits::is_required(role);
    });
    if (whole) curated.push_back(written(worn, plan, women, curated.size() + 1));
  }
  return curated;
}

}  // namespace modiste::drawn_shop
