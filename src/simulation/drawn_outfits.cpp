#include "simulation/drawn_outfits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace modiste {
namespace {

constexpr double kNeutralChroma = 16;

struct Piece {
  const DrawnItem* item = nullptr;
  size_t colour = 0;
  [[nodiscard]] const Lab& lab() const { return item->colours[colour].colourway.ground.lab; }
};

struct Plan {
  std::string_view occasion, season;
  std::vector<OutfitSlot> slots;
  double formality;  // what the occasion asks for
};

bool has(const std::vector<std::string_view>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Occasions by how often people dress for them, with the formality they ask for.
struct OccasionShare {
  std::string_view name;
  double share, formality;
  bool dress;  // a dress is usual
};
constexpr std::array<OccasionShare, 8> kOccasions{{{"casual", 0.3, 0.28, true},
                                                   {"work", 0.22, 0.55, true},
                                                   {"date", 0.12, 0.56, true},
                                                   {"party", 0.1, 0.68, true},
                                                   {"travel", 0.09, 0.28, false},
                                                   {"wedding", 0.07, 0.76, true},
                                                   {"formal", 0.05, 0.85, true},
                                                   {"sport", 0.05, 0.12, false}}};
constexpr std::array<std::string_view, 4> kSeasons{"spring", "summer", "autumn", "winter"};

Plan make_plan(bool women, Rng& rng) {
  double at = rng.uniform();
  const OccasionShare* occasion = kOccasions.data();
  for (const auto& o : kOccasions) {
    occasion = &o;
    if ((at -= o.share) < 0) break;
  }
  Plan plan{occasion->name, kSeasons[rng.below(kSeasons.size())], {}, occasion->formality};
  if (women && occasion->dress && rng.chance(0.45))
    plan.slots = {OutfitSlot::kDress, OutfitSlot::kShoes};
  else
    plan.slots = {OutfitSlot::kTop, OutfitSlot::kBottom, OutfitSlot::kShoes};
  const bool cold = plan.season == "autumn" || plan.season == "winter";
  const bool outer_fits = plan.occasion != "wedding" && plan.occasion != "formal" && plan.occasion != "sport";
  if (cold && outer_fits) plan.slots.push_back(OutfitSlot::kOuter);
  if (plan.occasion == "work" && !cold && rng.chance(0.5))
    plan.slots.push_back(OutfitSlot::kOuter);  // a blazer
  if (women || rng.chance(0.4)) plan.slots.push_back(OutfitSlot::kBag);
  if (rng.chance(0.4) && plan.occasion != "formal") plan.slots.push_back(OutfitSlot::kAccessory);
  return plan;
}

// Candidates by department (women, men) and slot.
class Wardrobe {
 public:
  explicit Wardrobe(std::span<const DrawnItem> items) {
    for (const DrawnItem& item : items) {
      if (item.department != DrawnDepartment::kMen) slots_[{true, item.slot}].push_back(&item);
      if (item.department != DrawnDepartment::kWomen) slots_[{false, item.slot}].push_back(&item);
    }
  }
  [[nodiscard]] const std::vector<const DrawnItem*>& of(bool women, OutfitSlot slot) const {
    static const std::vector<const DrawnItem*> kNone;
    const auto found = slots_.find({women, slot});
    return found == slots_.end() ? kNone : found->second;
  }

 private:
  std::map<std::pair<bool, OutfitSlot>, std::vector<const DrawnItem*>> slots_;
};

bool allowed(const Piece& piece, const Plan& plan, const std::vector<Piece>& worn) {
  const DrawnItem& item = *piece.item;
  if (!has(item.seasons, plan.season) || !has(item.occasions, plan.occasion)) return false;
  const bool patterned = item.design.print != drawing::Print::kPlain;
  double low = item.formality, high = item.formality;
  for (const Piece& other : worn) {
    if (other.item->id == item.id) return false;
    if (patterned && other.item->design.print != drawing::Print::kPlain) return false;
    if (colour_harmony(piece.lab(), other.lab()) < kHarmonyMin) return false;
    low = std::min(low, other.item->formality), high = std::max(high, other.item->formality);
  }
  return high - low <= kFormalitySpreadMax;
}

// Taste within the rules: colour, one brand world, one price level, the occasion's formality.
double liking(const Piece& piece, const Plan& plan, const std::vector<Piece>& worn) {
  double score = -1.5 * std::abs(piece.item->formality - plan.formality);
  for (const Piece& other : worn) {
    score += colour_harmony(piece.lab(), other.lab()) / static_cast<double>(worn.size());
    if (other.item->brand == piece.item->brand) score += 0.3 / static_cast<double>(worn.size());
    score -=
        0.25 * std::abs(std::log(piece.item->price / other.item->price)) / static_cast<double>(worn.size());
  }
  return score;
}

constexpr int kTriesPerSlot = 48;

bool choose_piece(const Wardrobe& wardrobe, bool women, OutfitSlot slot, const Plan& plan,
                  std::vector<Piece>& worn, Rng& rng) {
  const auto& candidates = wardrobe.of(women, slot);
  if (candidates.empty()) return false;
  Piece best;
  double best_score = -1e9;
  for (int i = 0; i < kTriesPerSlot; ++i) {
    const DrawnItem* item = candidates[rng.below(candidates.size())];
    const Piece piece{item, rng.below(item->colours.size())};
    if (!allowed(piece, plan, worn)) continue;
    const double score = liking(piece, plan, worn) + rng.uniform(0, 0.3);
    if (score > best_score) best = piece, best_score = score;
  }
  if (best.item == nullptr) return false;
  worn.push_back(best);
  return true;
}

bool required(OutfitSlot slot) { return slot != OutfitSlot::kBag && slot != OutfitSlot::kAccessory; }

CuratedOutfit written(const std::vector<Piece>& worn, const Plan& plan, bool women, size_t number) {
  CuratedOutfit outfit{fmt::format("OF{:05}", number),
                       women ? "women" : "men",
                       std::string(plan.occasion),
                       std::string(plan.season),
                       {}};
  for (const Piece& piece : worn)
    outfit.pieces.push_back({piece.item->id, std::string(piece.item->colours[piece.colour].dye->name),
                             std::string(name_of(piece.item->slot))});
  return outfit;
}

}  // namespace

double colour_harmony(const Lab& a, const Lab& b) {
  const double chroma_a = std::hypot(a.a, a.b), chroma_b = std::hypot(b.a, b.b),
               lightness = std::abs(a.l - b.l);
  if (std::min(chroma_a, chroma_b) < kNeutralChroma) return 0.75 + 0.25 * std::min(1.0, lightness / 40);
  double hue = std::abs(std::atan2(a.b, a.a) - std::atan2(b.b, b.a)) * 57.29577951308232;
  hue = std::min(hue, 360 - hue);
  // Muted pairs forgive more than bright ones.
  const double loud = std::clamp((std::min(chroma_a, chroma_b) - kNeutralChroma) / 50, 0.0, 1.0);
  if (hue <= 35) return 0.95 - 0.15 * hue / 35;
  if (hue >= 150) return 0.85 - 0.2 * loud;
  const double clash = 1 - std::abs(hue - 92.5) / 57.5;  // worst half-way between
  return 0.7 - 0.3 * clash - 0.45 * loud;
}

std::vector<CuratedOutfit> curate_outfits(std::span<const DrawnItem> items, size_t count, Rng& rng) {
  const Wardrobe wardrobe(items);
  std::vector<CuratedOutfit> outfits;
  for (size_t tries = 0; outfits.size() < count && tries < count * 6; ++tries) {
    const bool women = rng.chance(0.6);
    const Plan plan = make_plan(women, rng);
    std::vector<Piece> worn;
    bool whole = true;
    for (const OutfitSlot slot : plan.slots) {
      const bool found = choose_piece(wardrobe, women, slot, plan, worn, rng);
      if (!found && required(slot)) {
        whole = false;
        break;
      }
    }
    if (whole) outfits.push_back(written(worn, plan, women, outfits.size() + 1));
  }
  return outfits;
}

}  // namespace modiste
