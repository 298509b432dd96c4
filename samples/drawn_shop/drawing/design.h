// What a garment is, before it is drawn and before it is described: both read the same design, so that
// picture and attributes agree.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"
#include "drawn_shop/drawing/palette.h"

namespace modiste::drawn_shop::drawing {

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

}  // namespace modiste::drawn_shop::drawing

// What the data files call them.
namespace modiste {

template <>
struct EnumNames<drawn_shop::drawing::Kind> {
  static constexpr std::array<std::string_view, 45> kNames{
      "tee",        "long_sleeve_tee", "tank",         "polo",           "shirt",   "blouse",   "sweater",
      "cardigan",   "sweatshirt",      "hoodie",       "trousers",       "jeans",   "joggers",  "leggings",
      "shorts",     "skirt",           "dress",        "jumpsuit",       "blazer",  "coat",     "trench",
      "puffer",     "bomber",          "denim_jacket", "leather_jacket", "parka",   "sneakers", "ankle_boots",
      "tall_boots", "loafers",         "oxfords",      "heels",          "sandals", "flats",    "tote",
      "crossbody",  "backpack",        "clutch",       "scarf",          "beanie",  "hat",      "cap",
      "belt",       "sunglasses",      "watch"};
};
template <>
struct EnumNames<drawn_shop::drawing::Material> {
  static constexpr std::array<std::string_view, 25> kNames{
      "cotton",   "jersey",    "linen",  "silk",   "satin",  "chiffon",  "viscose", "wool",    "merino",
      "cashmere", "mohair",    "tweed",  "fleece", "denim",  "corduroy", "velvet",  "leather", "suede",
      "nylon",    "polyester", "canvas", "lace",   "sequin", "straw",    "metal"};
};
template <>
struct EnumNames<drawn_shop::drawing::Knit> {
  static constexpr std::array<std::string_view, 5> kNames{"none", "fine", "rib", "cable", "chunky"};
};
template <>
struct EnumNames<drawn_shop::drawing::Print> {
  static constexpr std::array<std::string_view, 15> kNames{
      "plain",       "stripe",      "pinstripe", "check",   "tartan",       "gingham", "floral",   "dots",
      "herringbone", "houndstooth", "animal",    "tie_dye", "colour_block", "graphic", "geometric"};
};
template <>
struct EnumNames<drawn_shop::drawing::Fit> {
  static constexpr std::array<std::string_view, 4> kNames{"slim", "regular", "relaxed", "oversized"};
};
template <>
struct EnumNames<drawn_shop::drawing::Silhouette> {
  static constexpr std::array<std::string_view, 18> kNames{
      "none",     "straight", "a_line", "sheath",  "wrap",  "fit_and_flare", "pencil", "pleated", "flared",
      "wide_leg", "tapered",  "skinny", "bootcut", "shift", "slip",          "empire", "tiered",  "boxy"};
};
template <>
struct EnumNames<drawn_shop::drawing::Sleeve> {
  static constexpr std::array<std::string_view, 11> kNames{"none",  "sleeveless", "strap",         "cap",
                                                           "short", "elbow",      "three_quarter", "long",
                                                           "puff",  "bell",       "balloon"};
};
template <>
struct EnumNames<drawn_shop::drawing::Neckline> {
  static constexpr std::array<std::string_view, 18> kNames{
      "none", "crew", "v_neck",       "scoop",  "boat", "square", "sweetheart", "halter", "turtleneck",
      "mock", "cowl", "off_shoulder", "collar", "band", "henley", "hood",       "lapel",  "wrap"};
};
template <>
struct EnumNames<drawn_shop::drawing::Length> {
  static constexpr std::array<std::string_view, 11> kNames{
      "none", "cropped", "short", "mini", "knee", "midi", "maxi", "regular", "long", "ankle", "full"};
};

}  // namespace modiste

namespace modiste::drawn_shop::drawing {

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

}  // namespace modiste::drawn_shop::drawing
