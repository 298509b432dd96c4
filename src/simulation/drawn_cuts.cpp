// How each kind is cut: necks, sleeves, lengths and silhouettes that go together.
#include <span>

#include "simulation/drawn_kinds.h"
#include "simulation/drawn_pick.h"

namespace modiste {
namespace {

using namespace drawing;  // enums of the design

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

}  // namespace

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

}  // namespace modiste
