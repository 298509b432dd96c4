#include "simulation/drawn_kinds.h"

#include <algorithm>
#include <array>
#include "simulation/drawn_pick.h"

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

}  // namespace

bool is_warm(Material m) {
  return m == Material::kWool || m == Material::kCashmere || m == Material::kTweed ||
         m == Material::kFleece || m == Material::kVelvet || m == Material::kCorduroy ||
         m == Material::kMohair || m == Material::kMerino;
}

const KindMarket& market_of(Kind kind) { return kMarket[static_cast<size_t>(kind)]; }

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
  if (is_warm(d.material))
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
