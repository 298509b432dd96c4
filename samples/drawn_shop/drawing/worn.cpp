#include "drawn_shop/drawing/worn.h"

#include <algorithm>

namespace modiste::drawn_shop::drawing {
namespace {

constexpr double kWaist = 216;  // of the bodice block, where trousers and skirts begin

}  // namespace

WornPlace worn_place(Kind kind) {
  switch (kind) {
    case Kind::kTrousers:
    case Kind::kJeans:
    case Kind::kJoggers:
    case Kind::kLeggings:
    case Kind::kShorts:
    case Kind::kSkirt:
      return {{0, kWaist}};
    case Kind::kSneakers:
    case Kind::kLoafers:
    case Kind::kOxfords:
    case Kind::kHeels:
    case Kind::kSandals:
    case Kind::kFlats:
      return {{0, 712}, 200, 92};
    case Kind::kAnkleBoots:
      return {{0, 690}, 190, 140};
    case Kind::kTallBoots:
      return {{0, 622}, 220, 270};
    case Kind::kTote:
    case Kind::kBackpack:
      return {{232, 420}, 160, 230};
    case Kind::kCrossbody:
    case Kind::kClutch:
      return {{232, 410}, 140, 190};
    case Kind::kScarf:
      return {{0, 92}, 120, 250};
    case Kind::kBeanie:
    case Kind::kCap:
      return {{0, -122}, 104, 74};
    case Kind::kHat:
      return {{0, -124}, 176, 70};
    case Kind::kBelt:
      return {{-236, 300}, 130, 130};
    case Kind::kSunglasses:
      return {{0, -88}, 84, 46};
    case Kind::kWatch:
      return {{-236, 330}, 60, 150};
    default:
      return {};  // cut on the bodice block
  }
}

OnFigure on_figure(const WornPlace& place, const Box& drawing) {
  if (place.width == 0) return {place.at, 1};
  const double scale = std::min(place.width / drawing.width(), place.height / drawing.height());
  const Point middle = drawing.middle();
  return {{place.at.x - middle.x * scale, place.at.y - middle.y * scale}, scale};
}

}  // namespace modiste::drawn_shop::drawing
