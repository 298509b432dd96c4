#include "outfits/outfit_templates.h"

#include <algorithm>
#include <array>

#include "base/contains.h"

namespace modiste::outfits {
namespace {

// Wanted warmth from which a coat belongs to the outfit, and from which a layer may.
constexpr double kCoatWarmth = 0.5, kLayerWarmth = 0.25, kHeatWarmth = 0.1;
constexpr double kWetCoat = 0.5;

enum class Coat : uint8_t { kWhenCold, kIfItSuits };  // the look for a party or sport has no coat

struct OccasionRow {
  FormalityRange formality;
  bool one_piece = true;
  bool bag = true, accessory = true;
  Coat coat = Coat::kWhenCold;
  // A suit is worn for it and, but in heat, a blazer belongs to it, whatever the weather.
  bool dressed = false;
};

// In the order of Occasion. Judgements, not measurements; the vocabulary's formality of each occasion lies
// within its range.
constexpr std::array<OccasionRow, kOccasionCount> kRows{{
    {{0.38, 0.85}, true, true, true, Coat::kWhenCold, true},   // work
    {{0.1, 0.58}},                                             // casual
    {{0.4, 0.92}, true, true, true, Coat::kIfItSuits},         // party
    {{0.68, 1}, true, true, true, Coat::kIfItSuits, true},     // formal
    {{0.55, 0.95}, true, true, true, Coat::kIfItSuits, true},  // wedding
    {{0.35, 0.8}, true, true, true, Coat::kWhenCold, true},    // date
    {{0, 0.25}, false, false, false, Coat::kIfItSuits},        // sport
    {{0.1, 0.55}},                                             // travel
    {{0, 0.42}, true, true, true, Coat::kIfItSuits},           // beach
    {{0, 0.32}, true, false, false, Coat::kIfItSuits},         // lounge
}};
constexpr OccasionRow kAnyOccasion{{0, 1}};

const OccasionRow& row_of(const std::optional<Occasion>& occasion) {
  return occasion ? kRows[static_cast<size_t>(*occasion)] : kAnyOccasion;
}

void add_layers(OutfitTemplate& shape, const WornFor& worn) {
  const double warmth = worn.warmth.value_or(0);
  // A shopper who says autumn wants to see a coat, although its middle is as warm as that of spring.
  const bool cold = warmth >= kCoatWarmth || (worn.wet >= kWetCoat && warmth > kHeatWarmth) ||
                    (worn.coat_season && warmth >= kLayerWarmth);
  if (cold && row_of(worn.occasion).coat == Coat::kWhenCold)
    shape.required.push_back(OutfitRole::kOuter);
  else if (cold || warmth >= kLayerWarmth)
    shape.optional.push_back(OutfitRole::kOuter);
  const bool blazer = row_of(worn.occasion).dressed && !(worn.warmth && warmth <= kHeatWarmth);
  if (warmth >= kLayerWarmth || blazer) shape.optional.push_back(OutfitRole::kMidLayer);
}

}  // namespace

bool OutfitTemplate::has(OutfitRole role) const {
  return contains(required, role) || contains(optional, role);
}

double FormalityRange::fit(double formality) const {
  const double beyond = std::max({0.0, from - formality, formality - to});
  return std::max(0.0, 1 - beyond / kBeyond);
}

FormalityRange formality_of(Occasion occasion) { return kRows[static_cast<size_t>(occasion)].formality; }

bool exclude_each_other(OutfitRole a, OutfitRole b) {
  // A suit is worn over a top.
  const auto takes_place = [](OutfitRole whole, OutfitRole part) {
    if (whole == OutfitRole::kOnePiece)
      return part == OutfitRole::kTop || part == OutfitRole::kBottom || part == OutfitRole::kSuit;
    return whole == OutfitRole::kSuit && part == OutfitRole::kBottom;
  };
  return a == b || takes_place(a, b) || takes_place(b, a);
}

std::vector<OutfitTemplate> templates_for(const WornFor& worn, const std::vector<OutfitRole>& fixed) {
  const OccasionRow& row = row_of(worn.occasion);
  std::vector<OutfitTemplate> shapes{{{OutfitRole::kTop, OutfitRole::kBottom, OutfitRole::kShoes}, {}}};
  if (row.one_piece || contains(fixed, OutfitRole::kOnePiece))
    shapes.push_back({{OutfitRole::kOnePiece, OutfitRole::kShoes}, {}});
  if (row.dressed || contains(fixed, OutfitRole::kSuit))
    shapes.push_back({{OutfitRole::kSuit, OutfitRole::kTop, OutfitRole::kShoes}, {}});
  for (OutfitTemplate& shape : shapes) {
    add_layers(shape, worn);
    if (row.bag) shape.optional.push_back(OutfitRole::kBag);
    if (row.accessory) shape.optional.push_back(OutfitRole::kAccessory);
  }
  const auto clashes = [&](const OutfitTemplate& shape) {
    return std::any_of(fixed.begin(), fixed.end(), [&](OutfitRole taken) {
      return std::any_of(shape.required.begin(), shape.required.end(),
                         [&](OutfitRole role) { return role != taken && exclude_each_other(role, taken); });
    });
  };
  std::erase_if(shapes, clashes);
  for (OutfitTemplate& shape : shapes) {
    const auto taken = [&](OutfitRole role) { return contains(fixed, role); };
    std::erase_if(shape.required, taken);
    std::erase_if(shape.optional, taken);
  }
  return shapes;
}

}  // namespace modiste::outfits
