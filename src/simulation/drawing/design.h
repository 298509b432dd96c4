// What a garment is, before it is drawn and before it is described: both read the same design, so that
// picture and attributes agree. Enum names are the words the catalog's vocabulary knows.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"
#include "simulation/drawing/palette.h"

namespace modiste::drawing {

// What is cut; each has one template.
enum class Kind : uint8_t {
  kTee,
  kLongSleeveTee,
  kTank,
  kPolo,
  kShirt,
  kBlouse,
  kSweater,
  kCardigan,
  kSweatshirt,
  kHoodie,
  kTrousers,
  kJeans,
  kJoggers,
  kLeggings,
  kShorts,
  kSkirt,
  kDress,
  kJumpsuit,
  kBlazer,
  kCoat,
  kTrench,
  kPuffer,
  kBomber,
  kDenimJacket,
  kLeatherJacket,
  kParka,
  kSneakers,
  kAnkleBoots,
  kTallBoots,
  kLoafers,
  kOxfords,
  kHeels,
  kSandals,
  kFlats,
  kTote,
  kCrossbody,
  kBackpack,
  kClutch,
  kScarf,
  kBeanie,
  kHat,
  kCap,
  kBelt,
  kSunglasses,
  kWatch
};
inline constexpr size_t kKindCount = static_cast<size_t>(Kind::kWatch) + 1;

enum class Material : uint8_t {
  kCotton,
  kJersey,
  kLinen,
  kSilk,
  kSatin,
  kChiffon,
  kViscose,
  kWool,
  kMerino,
  kCashmere,
  kMohair,
  kTweed,
  kFleece,
  kDenim,
  kCorduroy,
  kVelvet,
  kLeather,
  kSuede,
  kNylon,
  kPolyester,
  kCanvas,
  kLace,
  kSequin,
  kStraw,
  kMetal
};
enum class Knit : uint8_t { kNone, kFine, kRib, kCable, kChunky };
enum class Print : uint8_t {
  kPlain,
  kStripe,
  kPinstripe,
  kCheck,
  kTartan,
  kGingham,
  kFloral,
  kDots,
  kHerringbone,
  kHoundstooth,
  kAnimal,
  kTieDye,
  kColourBlock,
  kGraphic,
  kGeometric
};
enum class Fit : uint8_t { kSlim, kRegular, kRelaxed, kOversized };
enum class Silhouette : uint8_t {
  kNone,
  kStraight,
  kALine,
  kSheath,
  kWrap,
  kFitAndFlare,
  kPencil,
  kPleated,
  kFlared,
  kWideLeg,
  kTapered,
  kSkinny,
  kBootcut,
  kShift,
  kSlip,
  kEmpire,
  kTiered,
  kBoxy
};
enum class Sleeve : uint8_t {
  kNone,
  kSleeveless,
  kStrap,
  kCap,
  kShort,
  kElbow,
  kThreeQuarter,
  kLong,
  kPuff,
  kBell,
  kBalloon
};
enum class Neckline : uint8_t {
  kNone,
  kCrew,
  kVNeck,
  kScoop,
  kBoat,
  kSquare,
  kSweetheart,
  kHalter,
  kTurtleneck,
  kMock,
  kCowl,
  kOffShoulder,
  kCollar,
  kBand,
  kHenley,
  kHood,
  kLapel,
  kWrap
};
enum class Length : uint8_t {
  kNone,
  kCropped,
  kShort,
  kMini,
  kKnee,
  kMidi,
  kMaxi,
  kRegular,
  kLong,
  kAnkle,
  kFull
};

struct Design {
  Kind kind{};
  bool mens = false;  // cut on men's blocks
  Material material{};
  Knit knit{};
  Print print{};
  Fit fit = Fit::kRegular;
  Silhouette silhouette{};
  Sleeve sleeve{};
  Neckline neckline{};
  Length length{};
  int variant = 0;         // choice between details of a template: pocket, closure, heel, sole
  uint64_t seed = 0;       // of proportions and folds; the colours of one garment share it
  double print_scale = 1;  // 0.7 small to 1.5 large
};

// One colour of a design.
struct Colourway {
  Ink ground;    // most of the cloth
  Ink figure;    // of the print, or of the second part
  Ink accent;    // small: piping, lining, soles
  Ink hardware;  // buttons and zips
  Ink backdrop;
};

// A whole SVG document, 480 x 600, without scripts, fonts or outside references.
[[nodiscard]] std::string draw_garment(const Design& design, const Colourway& colours);

}  // namespace modiste::drawing
