#include "simulation/drawn_kinds.h"

#include <algorithm>
#include <array>

namespace modiste {
namespace {

using namespace drawing;  // enums of the design

constexpr auto kTop = OutfitSlot::kTop, kBottom = OutfitSlot::kBottom, kDressSlot = OutfitSlot::kDress,
               kOuter = OutfitSlot::kOuter, kShoes = OutfitSlot::kShoes, kBag = OutfitSlot::kBag,
               kAccessory = OutfitSlot::kAccessory;

// In the order of Kind.
constexpr std::array<KindMarket, kKindCount> kMarket{{
    {"Tops/T-shirts", "T-shirt", kTop, Sizing::kAlpha, 26, 0.2, 9, 12, true},
    {"Tops/Long-sleeve tops", "Long-Sleeve Top", kTop, Sizing::kAlpha, 34, 0.25, 3, 4, true},
    {"Tops/Tank tops", "Tank Top", kTop, Sizing::kAlpha, 20, 0.15, 4, 1.2, false},
    {"Tops/Polo shirts", "Polo Shirt", kTop, Sizing::kAlpha, 48, 0.4, 1, 5, false},
    {"Tops/Shirts", "Shirt", kTop, Sizing::kAlpha, 62, 0.52, 5, 10, false},
    {"Tops/Blouses", "Blouse", kTop, Sizing::kNumeric, 64, 0.55, 8, 0, false},
    {"Tops/Sweaters", "Sweater", kTop, Sizing::kAlpha, 82, 0.4, 8, 8, false},
    {"Tops/Cardigans", "Cardigan", kTop, Sizing::kAlpha, 86, 0.4, 4, 2, false},
    {"Tops/Sweatshirts", "Sweatshirt", kTop, Sizing::kAlpha, 54, 0.15, 3, 4, true},
    {"Tops/Hoodies", "Hoodie", kTop, Sizing::kAlpha, 62, 0.12, 3, 5, true},
    {"Trousers/Trousers", "Trousers", kBottom, Sizing::kNumeric, 84, 0.52, 7, 8, false},
    {"Trousers/Jeans", "Jeans", kBottom, Sizing::kWaistLength, 82, 0.3, 6, 7, false},
    {"Trousers/Joggers", "Joggers", kBottom, Sizing::kAlpha, 52, 0.1, 2, 3, true},
    {"Trousers/Leggings", "Leggings", kBottom, Sizing::kAlpha, 42, 0.12, 2, 0, false},
    {"Shorts", "Shorts", kBottom, Sizing::kNumeric, 44, 0.2, 3, 5, false},
    {"Skirts", "Skirt", kBottom, Sizing::kNumeric, 68, 0.45, 8, 0, false},
    {"Dresses", "Dress", kDressSlot, Sizing::kNumeric, 104, 0.55, 15, 0, false},
    {"Jumpsuits", "Jumpsuit", kDressSlot, Sizing::kNumeric, 112, 0.5, 3, 0, false},
    {"Jackets/Blazers", "Blazer", kOuter, Sizing::kNumeric, 168, 0.68, 4, 4, false},
    {"Coats/Wool coats", "Coat", kOuter, Sizing::kNumeric, 240, 0.58, 4, 4, false},
    {"Coats/Trench coats", "Trench Coat", kOuter, Sizing::kNumeric, 220, 0.6, 1.6, 1.2, false},
    {"Jackets/Puffer jackets", "Puffer Jacket", kOuter, Sizing::kAlpha, 158, 0.2, 2, 3, true},
    {"Jackets/Bomber jackets", "Bomber Jacket", kOuter, Sizing::kAlpha, 118, 0.3, 1.5, 2.5, true},
    {"Jackets/Denim jackets", "Denim Jacket", kOuter, Sizing::kAlpha, 92, 0.27, 1.5, 2, false},
    {"Jackets/Leather jackets", "Leather Jacket", kOuter, Sizing::kAlpha, 290, 0.4, 1.5, 2, false},
    {"Coats/Parkas", "Parka", kOuter, Sizing::kAlpha, 185, 0.25, 1, 2, true},
    {"Shoes/Sneakers", "Sneakers", kShoes, Sizing::kShoe, 86, 0.2, 4, 6, true},
    {"Shoes/Ankle boots", "Ankle Boots", kShoes, Sizing::kShoe, 138, 0.42, 4, 3, false},
    {"Shoes/Boots", "Tall Boots", kShoes, Sizing::kShoe, 185, 0.48, 2, 0, false},
    {"Shoes/Loafers", "Loafers", kShoes, Sizing::kShoe, 124, 0.52, 2, 2.2, false},
    {"Shoes/Dress shoes", "Oxford Shoes", kShoes, Sizing::kShoe, 148, 0.68, 0.6, 3, false},
    {"Shoes/Heels", "Heels", kShoes, Sizing::kShoe, 112, 0.72, 4, 0, false},
    {"Shoes/Sandals", "Sandals", kShoes, Sizing::kShoe, 74, 0.3, 3, 1.2, false},
    {"Shoes/Flats", "Ballet Flats", kShoes, Sizing::kShoe, 82, 0.45, 3, 0, false},
    {"Bags/Totes", "Tote Bag", kBag, Sizing::kOneSize, 96, 0.4, 3, 1, true},
    {"Bags/Crossbody bags", "Crossbody Bag", kBag, Sizing::kOneSize, 88, 0.45, 3, 0.4, false},
    {"Bags/Backpacks", "Backpack", kBag, Sizing::kOneSize, 92, 0.2, 1, 2.2, true},
    {"Bags/Clutches", "Clutch", kBag, Sizing::kOneSize, 72, 0.75, 2, 0, false},
    {"Accessories/Scarves", "Scarf", kAccessory, Sizing::kOneSize, 46, 0.4, 2, 1.6, true},
    {"Accessories/Beanies", "Beanie", kAccessory, Sizing::kOneSize, 28, 0.2, 1, 1.6, true},
    {"Accessories/Hats", "Hat", kAccessory, Sizing::kOneSize, 56, 0.4, 1.2, 0.7, true},
    {"Accessories/Caps", "Cap", kAccessory, Sizing::kOneSize, 27, 0.15, 0.6, 1.6, true},
    {"Accessories/Belts", "Belt", kAccessory, Sizing::kAlpha, 42, 0.45, 1.2, 1.8, false},
    {"Accessories/Sunglasses", "Sunglasses", kAccessory, Sizing::kOneSize, 88, 0.35, 1.2, 1, true},
    {"Accessories/Watches", "Watch", kAccessory, Sizing::kOneSize, 158, 0.5, 1, 1.3, false},
}};

template <class T>
T pick(Rng& rng, std::initializer_list<T> from) {
  return from.begin()[rng.below(from.size())];
}

// Dresses are families of cut: what fits together in neck, sleeve and length.
struct DressForm {
  Silhouette silhouette;
  std::vector<Neckline> necklines;
  std::vector<Sleeve> sleeves;
  std::vector<Length> lengths;
  double weight;
};

const std::vector<DressForm>& dress_forms() {
  using N = Neckline;
  using S = Sleeve;
  using L = Length;
  static const std::vector<DressForm> kForms{
      {Silhouette::kWrap,
       {N::kWrap},
       {S::kLong, S::kShort, S::kPuff, S::kThreeQuarter},
       {L::kMidi, L::kKnee, L::kMaxi},
       3},
      {Silhouette::kFitAndFlare,
       {N::kSquare, N::kVNeck, N::kScoop, N::kBoat},
       {S::kSleeveless, S::kCap, S::kShort, S::kPuff},
       {L::kKnee, L::kMini, L::kMidi},
       3},
      {Silhouette::kALine,
       {N::kCollar, N::kCrew, N::kVNeck},
       {S::kShort, S::kLong, S::kElbow},
       {L::kKnee, L::kMidi},
       3},
      {Silhouette::kSlip,
       {N::kVNeck, N::kCowl, N::kSweetheart},
       {S::kStrap},
       {L::kMidi, L::kMaxi, L::kMini},
       3},
      {Silhouette::kSheath,
       {N::kBoat, N::kCrew, N::kSquare, N::kVNeck},
       {S::kSleeveless, S::kShort, S::kThreeQuarter},
       {L::kKnee, L::kMidi},
       2.5},
      {Silhouette::kShift,
       {N::kCrew, N::kBoat, N::kMock},
       {S::kSleeveless, S::kShort, S::kLong},
       {L::kMini, L::kKnee},
       2},
      {Silhouette::kTiered,
       {N::kSquare, N::kVNeck, N::kOffShoulder},
       {S::kPuff, S::kShort, S::kBell},
       {L::kMidi, L::kMaxi},
       2.5},
      {Silhouette::kEmpire,
       {N::kSquare, N::kVNeck, N::kScoop},
       {S::kPuff, S::kCap, S::kSleeveless},
       {L::kMini, L::kMidi, L::kMaxi},
       1.5},
      {Silhouette::kPleated, {N::kMock, N::kVNeck, N::kBoat}, {S::kLong, S::kSleeveless}, {L::kMidi}, 1.5},
      {Silhouette::kFlared,
       {N::kSweetheart, N::kOffShoulder, N::kVNeck},
       {S::kStrap, S::kStrap, S::kSleeveless},
       {L::kMaxi, L::kMidi},
       2},
      {Silhouette::kStraight,
       {N::kCrew, N::kScoop, N::kTurtleneck},
       {S::kLong, S::kShort},
       {L::kMidi, L::kKnee},
       1.5}};
  return kForms;
}

void cut_dress(Design& d, Rng& rng) {
  double total = 0;
  for (const auto& form : dress_forms()) total += form.weight;
  double at = rng.uniform(0, total);
  const DressForm* chosen = &dress_forms().back();
  for (const auto& form : dress_forms())
    if ((at -= form.weight) < 0) {
      chosen = &form;
      break;
    }
  d.silhouette = chosen->silhouette;
  d.neckline = rng.pick(std::span<const Neckline>(chosen->necklines));
  d.sleeve = rng.pick(std::span<const Sleeve>(chosen->sleeves));
  d.length = rng.pick(std::span<const Length>(chosen->lengths));
}

void cut_top(Design& d, Rng& rng) {
  using N = Neckline;
  using S = Sleeve;
  d.length = Length::kRegular, d.sleeve = S::kLong, d.neckline = N::kCrew;
  switch (d.kind) {
    case Kind::kTee:
      d.sleeve = S::kShort;
      d.neckline = d.mens ? pick(rng, {N::kCrew, N::kCrew, N::kCrew, N::kVNeck})
                          : pick(rng, {N::kCrew, N::kCrew, N::kVNeck, N::kScoop, N::kBoat});
      if (!d.mens && rng.chance(0.15)) d.length = Length::kCropped;
      break;
    case Kind::kLongSleeveTee:
      d.neckline = d.mens ? N::kCrew : pick(rng, {N::kCrew, N::kBoat, N::kScoop});
      break;
    case Kind::kTank:
      d.sleeve = rng.chance(0.6) ? S::kStrap : S::kSleeveless,
      d.neckline = pick(rng, {N::kScoop, N::kSquare, N::kVNeck});
      if (!d.mens && rng.chance(0.25)) d.length = Length::kCropped;
      if (d.mens) d.sleeve = S::kSleeveless, d.neckline = N::kCrew;
      break;
    case Kind::kPolo:
      d.sleeve = rng.chance(0.8) ? S::kShort : S::kLong, d.neckline = N::kCollar;
      break;
    case Kind::kShirt:
      d.neckline = rng.chance(0.14) ? N::kBand : N::kCollar,
      d.sleeve = rng.chance(d.mens ? 0.25 : 0.15) ? S::kShort : S::kLong;
      break;
    case Kind::kBlouse:
      d.neckline =
          pick(rng, {N::kVNeck, N::kSquare, N::kBand, N::kBand, N::kWrap, N::kBoat, N::kCowl, N::kCollar});
      d.sleeve = d.neckline == N::kCowl ? pick(rng, {S::kCap, S::kSleeveless, S::kLong})
                                        : pick(rng, {S::kPuff, S::kBell, S::kBalloon, S::kLong, S::kBalloon,
                                                     S::kThreeQuarter, S::kSleeveless});
      break;
    case Kind::kSweater:
      d.neckline =
          pick(rng, {N::kCrew, N::kCrew, N::kVNeck, N::kTurtleneck, N::kMock, d.mens ? N::kCrew : N::kBoat});
      break;
    case Kind::kCardigan:
      d.neckline = N::kVNeck;
      break;
    case Kind::kHoodie:
      d.neckline = N::kHood;
      break;
    default:
      break;
  }
}

void cut_bottom(Design& d, Rng& rng) {
  using S = Silhouette;
  d.length = Length::kFull;
  switch (d.kind) {
    case Kind::kTrousers:
      d.silhouette = d.mens ? pick(rng, {S::kStraight, S::kTapered, S::kTapered, S::kWideLeg})
                            : pick(rng, {S::kStraight, S::kWideLeg, S::kWideLeg, S::kTapered, S::kFlared});
      if (d.silhouette == S::kTapered && rng.chance(0.5)) d.length = Length::kAnkle;
      break;
    case Kind::kJeans:
      d.silhouette =
          d.mens ? pick(rng, {S::kStraight, S::kStraight, S::kTapered, S::kSkinny})
                 : pick(rng, {S::kStraight, S::kSkinny, S::kFlared, S::kWideLeg, S::kBootcut, S::kTapered});
      if (rng.chance(0.2) && d.silhouette != S::kFlared) d.length = Length::kAnkle;
      break;
    case Kind::kJoggers:
      d.silhouette = S::kTapered, d.length = Length::kAnkle;
      break;
    case Kind::kLeggings:
      d.silhouette = S::kSkinny, d.length = rng.chance(0.3) ? Length::kCropped : Length::kAnkle;
      break;
    case Kind::kShorts:
      d.silhouette = rng.chance(0.25) ? S::kWideLeg : S::kStraight,
      d.length = d.mens ? pick(rng, {Length::kKnee, Length::kKnee, Length::kShort}) : Length::kShort;
      break;
    default:  // skirts
      d.silhouette = pick(rng, {S::kALine, S::kPleated, S::kPencil, S::kSlip, S::kTiered, S::kWrap,
                                S::kStraight, S::kFlared});
      d.length =
          d.silhouette == S::kSlip || d.silhouette == S::kPleated
              ? Length::kMidi
              : (d.silhouette == S::kTiered ? pick(rng, {Length::kMidi, Length::kMaxi, Length::kMini})
                                            : pick(rng, {Length::kMini, Length::kKnee, Length::kMidi}));
      break;
  }
}

void cut_outer(Design& d, Rng& rng) {
  d.sleeve = Sleeve::kLong, d.neckline = Neckline::kLapel, d.length = Length::kRegular;
  switch (d.kind) {
    case Kind::kCoat:
      d.length = pick(rng, {Length::kKnee, Length::kMidi, Length::kShort});
      break;
    case Kind::kTrench:
      d.length = pick(rng, {Length::kKnee, Length::kKnee, Length::kShort});
      break;
    case Kind::kPuffer:
      d.neckline = d.variant % 3 == 1 ? Neckline::kHood : Neckline::kMock;
      if (rng.chance(0.2)) d.sleeve = Sleeve::kSleeveless;
      if (d.sleeve == Sleeve::kLong && rng.chance(0.2)) d.length = Length::kLong;
      break;
    case Kind::kParka:
      d.neckline = Neckline::kHood, d.length = rng.chance(0.3) ? Length::kShort : Length::kKnee;
      break;
    case Kind::kBomber:
      d.neckline = Neckline::kCrew;
      break;
    case Kind::kDenimJacket:
      d.neckline = Neckline::kCollar;
      break;
    default:
      break;
  }
}

bool knitted(Kind kind) {
  return kind == Kind::kSweater || kind == Kind::kCardigan || kind == Kind::kBeanie || kind == Kind::kScarf;
}

void knit_cloth(Design& d, std::string_view aesthetic, Rng& rng) {
  d.material = aesthetic == "glamorous" || aesthetic == "classic"
                   ? pick(rng, {Material::kCashmere, Material::kMerino, Material::kWool})
                   : pick(rng, {Material::kWool, Material::kMerino, Material::kCotton, Material::kMohair,
                                Material::kWool});
  d.knit = aesthetic == "minimal" ? pick(rng, {Knit::kFine, Knit::kRib, Knit::kFine, Knit::kChunky})
                                  : pick(rng, {Knit::kFine, Knit::kRib, Knit::kCable, Knit::kChunky});
  if (d.material == Material::kCashmere || d.material == Material::kMerino)
    d.knit = pick(rng, {Knit::kFine, Knit::kFine, Knit::kRib, Knit::kCable});
  if (d.kind == Kind::kScarf && rng.chance(0.5)) d.knit = Knit::kNone;
}

Material dress_cloth(const Design& d, std::string_view aesthetic, Rng& rng) {
  const bool dressy = d.silhouette == Silhouette::kSlip || d.silhouette == Silhouette::kFlared;
  if (d.neckline == Neckline::kTurtleneck) return Material::kWool;
  if (aesthetic == "glamorous")
    return pick(rng, {Material::kSatin, Material::kSilk, Material::kVelvet, Material::kSequin,
                      Material::kChiffon, Material::kSatin});
  if (aesthetic == "eco")
    return pick(rng, {Material::kLinen, Material::kCotton, Material::kViscose, Material::kLinen});
  if (aesthetic == "street" || d.silhouette == Silhouette::kStraight)
    return pick(rng, {Material::kJersey, Material::kCotton});
  if (aesthetic == "edgy")
    return pick(rng, {Material::kSatin, Material::kViscose, Material::kJersey, Material::kLeather});
  if (dressy) return pick(rng, {Material::kSatin, Material::kSilk, Material::kViscose});
  if (aesthetic == "classic")
    return pick(rng, {Material::kWool, Material::kCotton, Material::kViscose, Material::kTweed});
  return pick(rng,
              {Material::kViscose, Material::kCotton, Material::kLinen, Material::kChiffon, Material::kLace});
}

Material woven_cloth(const Design& d, std::string_view aesthetic, Rng& rng) {
  using M = Material;
  const bool eco = aesthetic == "eco", sporty = aesthetic == "utility" || aesthetic == "street";
  switch (d.kind) {
    case Kind::kTee:
    case Kind::kLongSleeveTee:
    case Kind::kTank:
      return eco ? pick(rng, {M::kCotton, M::kLinen})
                 : (aesthetic == "utility" ? pick(rng, {M::kPolyester, M::kMerino, M::kCotton})
                                           : pick(rng, {M::kCotton, M::kJersey}));
    case Kind::kPolo:
      return M::kCotton;
    case Kind::kShirt:
      return sporty ? pick(rng, {M::kCotton, M::kDenim, M::kCorduroy})
                    : pick(rng, {M::kCotton, M::kCotton, M::kLinen, M::kViscose});
    case Kind::kBlouse:
      return aesthetic == "glamorous"
                 ? pick(rng, {M::kSilk, M::kSatin, M::kChiffon})
                 : (eco ? pick(rng, {M::kLinen, M::kCotton})
                        : pick(rng, {M::kViscose, M::kSilk, M::kCotton, M::kChiffon, M::kLace}));
    case Kind::kSweatshirt:
    case Kind::kHoodie:
    case Kind::kJoggers:
      return aesthetic == "utility" ? pick(rng, {M::kFleece, M::kCotton})
                                    : pick(rng, {M::kCotton, M::kCotton, M::kFleece});
    case Kind::kTrousers:
      return sporty ? pick(rng, {M::kCotton, M::kCanvas, M::kCorduroy})
                    : (eco ? pick(rng, {M::kLinen, M::kCotton, M::kCorduroy})
                           : pick(rng, {M::kWool, M::kViscose, M::kLinen, M::kCotton, M::kWool}));
    case Kind::kJeans:
    case Kind::kDenimJacket:
      return M::kDenim;
    case Kind::kLeggings:
      return pick(rng, {M::kPolyester, M::kNylon});
    case Kind::kShorts:
      return sporty ? pick(rng, {M::kNylon, M::kCotton, M::kPolyester})
                    : pick(rng, {M::kCotton, M::kLinen, M::kDenim});
    case Kind::kSkirt:
      return d.silhouette == Silhouette::kSlip
                 ? pick(rng, {M::kSatin, M::kSilk})
                 : (d.silhouette == Silhouette::kPencil || d.silhouette == Silhouette::kStraight
                        ? pick(rng, {M::kWool, M::kDenim, M::kLeather, M::kTweed})
                        : pick(rng, {M::kViscose, M::kCotton, M::kWool, M::kLinen}));
    case Kind::kBlazer:
      return aesthetic == "glamorous"
                 ? pick(rng, {M::kVelvet, M::kSatin, M::kWool})
                 : (eco ? M::kLinen : pick(rng, {M::kWool, M::kWool, M::kLinen, M::kTweed, M::kCorduroy}));
    case Kind::kCoat:
      return aesthetic == "classic" || aesthetic == "glamorous"
                 ? pick(rng, {M::kCashmere, M::kWool, M::kWool})
                 : pick(rng, {M::kWool, M::kWool, M::kTweed});
    case Kind::kTrench:
      return aesthetic == "edgy" ? M::kLeather : M::kCotton;
    case Kind::kPuffer:
      return M::kNylon;
    case Kind::kBomber:
      return pick(rng, {M::kNylon, M::kPolyester, M::kSuede});
    case Kind::kParka:
      return pick(rng, {M::kCotton, M::kNylon});
    default:
      return M::kCotton;
  }
}

Material goods_cloth(const Design& d, std::string_view aesthetic, Rng& rng) {
  using M = Material;
  const bool eco = aesthetic == "eco", glam = aesthetic == "glamorous";
  switch (d.kind) {
    case Kind::kLeatherJacket:
      return rng.chance(0.2) ? M::kSuede : M::kLeather;
    case Kind::kSneakers:
      return d.variant % 4 == 3
                 ? M::kCanvas
                 : (d.variant % 4 == 1 ? M::kPolyester : pick(rng, {M::kLeather, M::kLeather, M::kSuede}));
    case Kind::kHeels:
      return glam ? pick(rng, {M::kSatin, M::kLeather, M::kVelvet}) : pick(rng, {M::kLeather, M::kSuede});
    case Kind::kTote:
      return eco || aesthetic == "street" ? M::kCanvas
                                          : pick(rng, {M::kLeather, M::kCanvas, M::kLeather, M::kSuede});
    case Kind::kBackpack:
      return aesthetic == "utility" || aesthetic == "street" ? pick(rng, {M::kNylon, M::kCanvas})
                                                             : pick(rng, {M::kLeather, M::kCanvas});
    case Kind::kClutch:
      return pick(rng, {M::kSatin, M::kLeather, M::kVelvet, M::kSequin});
    case Kind::kHat:
      return rng.chance(0.5) ? M::kStraw : M::kWool;
    case Kind::kCap:
      return pick(rng, {M::kCotton, M::kCorduroy, M::kCotton});
    case Kind::kSunglasses:
      return M::kMetal;
    case Kind::kWatch:
      return rng.chance(0.35) ? M::kMetal : M::kLeather;
    default:
      return pick(rng, {M::kLeather, M::kLeather, M::kSuede});
  }
}

bool contains(std::initializer_list<Kind> kinds, Kind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool warm(Material m) {
  return m == Material::kWool || m == Material::kCashmere || m == Material::kTweed ||
         m == Material::kFleece || m == Material::kVelvet || m == Material::kCorduroy ||
         m == Material::kMohair || m == Material::kMerino;
}

}  // namespace

const KindMarket& market_of(Kind kind) { return kMarket[static_cast<size_t>(kind)]; }

void choose_cut(Design& d, Rng& rng) {
  if (d.kind <= Kind::kHoodie) return cut_top(d, rng);
  if (d.kind <= Kind::kSkirt) return cut_bottom(d, rng);
  if (d.kind == Kind::kDress) return cut_dress(d, rng);
  if (d.kind == Kind::kJumpsuit) {
    d.silhouette = pick(rng, {Silhouette::kWideLeg, Silhouette::kStraight, Silhouette::kTapered});
    d.neckline = pick(rng, {Neckline::kVNeck, Neckline::kCollar, Neckline::kSquare, Neckline::kWrap,
                            Neckline::kSweetheart});
    d.sleeve = d.neckline == Neckline::kSweetheart
                   ? Sleeve::kStrap
                   : pick(rng, {Sleeve::kShort, Sleeve::kSleeveless, Sleeve::kLong});
    d.length = Length::kFull;
    return;
  }
  if (d.kind <= Kind::kParka) cut_outer(d, rng);
}

void choose_cloth(Design& d, std::string_view aesthetic, Rng& rng) {
  d.knit = Knit::kNone;
  if (knitted(d.kind)) return knit_cloth(d, aesthetic, rng);
  if (d.kind == Kind::kDress || d.kind == Kind::kJumpsuit) {
    d.material = dress_cloth(d, aesthetic, rng);
    if (d.kind == Kind::kJumpsuit && (d.material == Material::kLace || d.material == Material::kSequin))
      d.material = Material::kSatin;
    if (d.neckline == Neckline::kTurtleneck) d.knit = pick(rng, {Knit::kRib, Knit::kFine});
    return;
  }
  d.material = d.kind == Kind::kLeatherJacket || d.kind >= Kind::kSneakers ? goods_cloth(d, aesthetic, rng)
                                                                           : woven_cloth(d, aesthetic, rng);
}

bool takes_print(const Design& d, Print print) {
  const Material m = d.material;
  if (m == Material::kLeather || m == Material::kSuede || m == Material::kSequin || m == Material::kLace ||
      m == Material::kDenim || m == Material::kMetal || m == Material::kStraw || m == Material::kVelvet)
    return print == Print::kAnimal &&
           contains({Kind::kCrossbody, Kind::kClutch, Kind::kFlats, Kind::kHeels}, d.kind);
  if (d.kind >= Kind::kSneakers && d.kind != Kind::kScarf && d.kind != Kind::kTote) return false;
  const bool casual_top =
      contains({Kind::kTee, Kind::kSweatshirt, Kind::kHoodie, Kind::kLongSleeveTee}, d.kind);
  switch (print) {
    case Print::kGraphic:
      return casual_top && d.kind != Kind::kLongSleeveTee && d.length != Length::kCropped;
    case Print::kTieDye:
      return casual_top || contains({Kind::kTank, Kind::kDress}, d.kind);
    case Print::kColourBlock:
      return casual_top || contains({Kind::kPolo, Kind::kSweater, Kind::kBomber, Kind::kParka}, d.kind);
    case Print::kPinstripe:
      return contains({Kind::kShirt, Kind::kTrousers, Kind::kBlazer, Kind::kBlouse, Kind::kJumpsuit}, d.kind);
    case Print::kHerringbone:
    case Print::kHoundstooth:
      return contains({Kind::kBlazer, Kind::kCoat, Kind::kTrousers, Kind::kSkirt, Kind::kScarf}, d.kind) &&
             warm(m);
    case Print::kCheck:
      return contains({Kind::kShirt, Kind::kBlazer, Kind::kCoat, Kind::kTrousers, Kind::kSkirt, Kind::kShorts,
                       Kind::kScarf},
                      d.kind);
    case Print::kTartan:
      return contains({Kind::kShirt, Kind::kSkirt, Kind::kTrousers, Kind::kScarf, Kind::kCoat, Kind::kBlazer},
                      d.kind);
    case Print::kGingham:
      return contains({Kind::kShirt, Kind::kBlouse, Kind::kDress, Kind::kSkirt, Kind::kShorts}, d.kind);
    case Print::kStripe:
      return casual_top || contains({Kind::kTank, Kind::kPolo, Kind::kSweater, Kind::kCardigan, Kind::kDress,
                                     Kind::kSkirt, Kind::kTote, Kind::kScarf},
                                    d.kind);
    case Print::kFloral:
    case Print::kDots:
      return !d.mens ? contains({Kind::kBlouse, Kind::kDress, Kind::kSkirt, Kind::kJumpsuit, Kind::kTee,
                                 Kind::kTank, Kind::kShirt, Kind::kShorts, Kind::kScarf},
                                d.kind) &&
                           d.knit == Knit::kNone
                     : d.kind == Kind::kShirt;
    case Print::kAnimal:
      return contains(
                 {Kind::kBlouse, Kind::kDress, Kind::kSkirt, Kind::kShirt, Kind::kScarf, Kind::kJumpsuit},
                 d.kind) &&
             d.knit == Knit::kNone;
    case Print::kGeometric:
      return contains({Kind::kBlouse, Kind::kDress, Kind::kSkirt, Kind::kShirt, Kind::kScarf, Kind::kShorts,
                       Kind::kTote},
                      d.kind) &&
             d.knit == Knit::kNone;
    case Print::kPlain:
      return true;
  }
  return false;
}

std::vector<std::string_view> seasons_of(const Design& d) {
  const auto& market = market_of(d.kind);
  if (contains({Kind::kPuffer, Kind::kParka, Kind::kBeanie}, d.kind)) return {"autumn", "winter"};
  if (d.kind == Kind::kScarf)
    return d.knit == Knit::kNone ? std::vector<std::string_view>{"spring", "autumn"}
                                 : std::vector<std::string_view>{"autumn", "winter"};
  if (d.kind == Kind::kCoat || d.kind == Kind::kTallBoots) return {"autumn", "winter"};
  if (d.kind == Kind::kAnkleBoots) return {"spring", "autumn", "winter"};
  if (d.kind == Kind::kSandals || d.kind == Kind::kShorts ||
      (d.kind == Kind::kHat && d.material == Material::kStraw))
    return {"spring", "summer"};
  if (d.kind == Kind::kSunglasses || d.kind == Kind::kCap) return {"spring", "summer", "autumn"};
  if (d.kind == Kind::kHat) return {"autumn", "winter"};
  if (contains({Kind::kTrench, Kind::kBomber, Kind::kDenimJacket, Kind::kLeatherJacket}, d.kind))
    return {"spring", "autumn"};
  if (market.slot == OutfitSlot::kBag || market.slot == OutfitSlot::kAccessory || d.kind == Kind::kJeans ||
      d.kind == Kind::kSneakers)
    return {"spring", "summer", "autumn", "winter"};
  if (market.slot == OutfitSlot::kShoes)
    return d.kind == Kind::kFlats ? std::vector<std::string_view>{"spring", "summer", "autumn"}
                                  : std::vector<std::string_view>{"spring", "summer", "autumn", "winter"};
  if (d.knit == Knit::kChunky || d.knit == Knit::kCable) return {"autumn", "winter"};
  if (warm(d.material))
    return d.knit == Knit::kNone && d.material == Material::kWool && market.slot != OutfitSlot::kOuter
               ? std::vector<std::string_view>{"spring", "autumn", "winter"}
               : std::vector<std::string_view>{"autumn", "winter"};
  if (d.material == Material::kLinen || d.sleeve == Sleeve::kStrap || d.kind == Kind::kTank)
    return {"spring", "summer"};
  if (d.sleeve == Sleeve::kShort || d.sleeve == Sleeve::kSleeveless || d.sleeve == Sleeve::kCap ||
      d.sleeve == Sleeve::kPuff)
    return {"spring", "summer", "autumn"};
  if (d.sleeve == Sleeve::kLong && market.slot == OutfitSlot::kTop) return {"spring", "autumn", "winter"};
  return {"spring", "summer", "autumn", "winter"};
}

double formality_of(const Design& d) {
  double formality = market_of(d.kind).formality;
  switch (d.material) {
    case Material::kSilk:
    case Material::kSatin:
    case Material::kVelvet:
      formality += 0.14;
      break;
    case Material::kSequin:
      formality += 0.2;
      break;
    case Material::kChiffon:
    case Material::kLace:
      formality += 0.08;
      break;
    case Material::kDenim:
    case Material::kCanvas:
    case Material::kCorduroy:
      formality -= 0.12;
      break;
    case Material::kJersey:
    case Material::kLinen:
      formality -= 0.05;
      break;
    default:
      break;
  }
  if (d.kind == Kind::kDress && d.length == Length::kMaxi &&
      (d.material == Material::kSatin || d.material == Material::kSilk || d.material == Material::kVelvet ||
       d.material == Material::kSequin))
    formality += 0.12;
  if (d.kind == Kind::kSandals && d.variant % 4 == 1) formality += 0.25;
  if (d.kind == Kind::kSneakers && d.variant % 4 == 0) formality += 0.06;
  if (d.print == Print::kGraphic || d.print == Print::kTieDye) formality -= 0.08;
  if (d.print == Print::kPinstripe || d.print == Print::kHerringbone) formality += 0.05;
  return std::clamp(formality, 0.02, 0.98);
}

std::vector<std::string_view> occasions_of(const Design& d, double formality, std::string_view aesthetic) {
  std::vector<std::string_view> occasions;
  const auto slot = market_of(d.kind).slot;
  const auto add = [&](std::string_view word, bool when) {
    if (when) occasions.push_back(word);
  };
  const bool sporty = contains({Kind::kLeggings, Kind::kJoggers, Kind::kHoodie, Kind::kSweatshirt,
                                Kind::kBackpack, Kind::kBeanie, Kind::kCap, Kind::kParka, Kind::kPuffer},
                               d.kind) ||
                      (d.kind == Kind::kSneakers && d.variant % 4 == 1) ||
                      (d.material == Material::kPolyester && slot == OutfitSlot::kTop);
  const bool bare = d.material == Material::kSequin || d.length == Length::kMini ||
                    d.sleeve == Sleeve::kStrap || d.neckline == Neckline::kOffShoulder;
  add("casual", formality < 0.56);
  add("work", formality >= 0.36 && formality <= 0.78 && !bare && d.print != Print::kAnimal);
  add("date", formality >= 0.36 && formality <= 0.84 && slot != OutfitSlot::kOuter);
  add("party",
      formality >= 0.5 || d.material == Material::kSequin || (aesthetic == "edgy" && formality > 0.28));
  add("wedding", formality >= 0.62 && d.material != Material::kLeather && slot != OutfitSlot::kOuter);
  add("formal", formality >= 0.74);
  add("sport", sporty && formality < 0.3);
  add("travel", formality < 0.45 && slot != OutfitSlot::kAccessory);
  add("beach", contains({Kind::kShorts, Kind::kTank, Kind::kSunglasses}, d.kind) ||
                   d.material == Material::kStraw || (d.kind == Kind::kSandals && formality < 0.4) ||
                   (d.material == Material::kLinen && slot == OutfitSlot::kDress));
  add("lounge", contains({Kind::kJoggers, Kind::kHoodie, Kind::kSweatshirt, Kind::kLeggings}, d.kind));
  return occasions;
}

}  // namespace modiste
