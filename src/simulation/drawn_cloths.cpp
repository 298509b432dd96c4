// What each kind is made of, and which prints that cloth and cut take.
#include "simulation/drawn_kinds.h"

#include "simulation/drawn_pick.h"

namespace modiste {
namespace {

using namespace drawing;  // enums of the design

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

}  // namespace

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
             is_warm(m);
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

}  // namespace modiste
