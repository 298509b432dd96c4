#include "simulation/drawn_words.h"

#include <array>
#include <cctype>

#include "base/text.h"
#include "simulation/drawn_kinds.h"

namespace modiste {
namespace {

using namespace drawing;  // enums of the design

// In the order of Material.
constexpr std::array<std::string_view, 25> kMaterials{
    "cotton",   "jersey",    "linen",  "silk",   "satin",  "chiffon",  "viscose", "wool",    "merino wool",
    "cashmere", "mohair",    "tweed",  "fleece", "denim",  "corduroy", "velvet",  "leather", "suede",
    "nylon",    "polyester", "canvas", "lace",   "sequin", "straw",    "metal"};
constexpr std::array<std::string_view, 15> kPrints{
    "plain",         "stripe",  "pinstripe",    "windowpane",    "tartan",
    "gingham",       "floral",  "polka dots",   "herringbone",   "houndstooth",
    "leopard print", "tie-dye", "colour block", "graphic print", "geometric"};
constexpr std::array<std::string_view, 4> kFits{"slim fit", "regular fit", "relaxed fit", "oversized"};
constexpr std::array<std::string_view, 18> kSilhouettes{
    "",        "straight", "a-line", "sheath",   "wrap",    "fit and flare",
    "pencil",  "pleated",  "flared", "wide leg", "tapered", "",
    "bootcut", "shift",    "",       "empire",   "tiered",  "boxy"};
constexpr std::array<std::string_view, 11> kSleeves{
    "",           "sleeveless",  "straps",      "cap sleeve",  "short sleeve",  "elbow sleeve",
    "3/4 sleeve", "long sleeve", "puff sleeve", "bell sleeve", "balloon sleeve"};
constexpr std::array<std::string_view, 18> kNecklines{
    "",           "crew neck",   "v-neck",      "scoop neck", "boat neck", "square neck",
    "sweetheart", "halter",      "turtleneck",  "mock neck",  "cowl neck", "off the shoulder",
    "collar",     "band collar", "henley neck", "hood",       "lapels",    "v-neck"};

template <class Table, class E>
std::string_view at(const Table& table, E value) {
  return table[static_cast<size_t>(value)];
}

std::string dress_noun(const Design& d) {
  if (d.neckline == Neckline::kCollar) return "shirt dress";
  switch (d.silhouette) {
    case Silhouette::kWrap:
      return "wrap dress";
    case Silhouette::kSlip:
      return "slip dress";
    case Silhouette::kSheath:
      return "sheath dress";
    case Silhouette::kShift:
      return "shift dress";
    case Silhouette::kFlared:
      return d.length == Length::kMaxi && d.material != Material::kCotton && d.material != Material::kLinen
                 ? "evening gown"
                 : "midi dress";
    case Silhouette::kStraight:
      return d.knit != Knit::kNone ? "sweater dress" : "t-shirt dress";
    default:
      break;
  }
  switch (d.length) {
    case Length::kMini:
      return "mini dress";
    case Length::kMaxi:
      return "maxi dress";
    case Length::kMidi:
      return "midi dress";
    default:
      return "dress";
  }
}

}  // namespace

std::vector<std::string> material_words(const Design& d, std::string_view aesthetic) {
  std::vector<std::string> words{std::string(at(kMaterials, d.material))};
  const bool eco = aesthetic == "eco" || aesthetic == "utility";
  if (eco && d.material == Material::kCotton) words[0] = "organic cotton";
  if (eco && (d.material == Material::kNylon || d.material == Material::kPolyester))
    words[0] = "recycled " + words[0];
  if (d.kind == Kind::kPuffer) words.emplace_back("down");
  if (d.kind == Kind::kLeggings) words.emplace_back("elastane");
  if (d.kind == Kind::kSunglasses) words = {"acetate"};
  if (d.kind == Kind::kWatch)
    words = {"stainless steel", d.material == Material::kLeather ? "leather" : "steel"};
  switch (d.knit) {
    case Knit::kRib:
      words.emplace_back("rib knit");
      break;
    case Knit::kCable:
      words.emplace_back("cable knit");
      break;
    case Knit::kFine:
    case Knit::kChunky:
      words.emplace_back("knit");
      break;
    case Knit::kNone:
      break;
  }
  return words;
}

std::string material_phrase(const Design& d, std::string_view aesthetic) {
  const std::string material = material_words(d, aesthetic)[0];
  switch (d.knit) {
    case Knit::kFine:
      return "fine-gauge " + material;
    case Knit::kRib:
      return "ribbed " + material;
    case Knit::kCable:
      return "cable-knit " + material;
    case Knit::kChunky:
      return "chunky " + material;
    case Knit::kNone:
      break;
  }
  if (d.kind == Kind::kTee || d.kind == Kind::kSweatshirt || d.kind == Kind::kHoodie)
    return material == "cotton" ? "brushed cotton" : material;
  if (d.material == Material::kMetal && d.kind == Kind::kWatch) return "stainless steel";
  return material;
}

std::string_view print_word(Print print) { return at(kPrints, print); }
std::string_view fit_word(Fit fit) { return at(kFits, fit); }
std::string_view silhouette_word(Silhouette silhouette) { return at(kSilhouettes, silhouette); }
std::string_view sleeve_word(Sleeve sleeve) { return at(kSleeves, sleeve); }
std::string_view neckline_word(Neckline neckline) { return at(kNecklines, neckline); }

std::string_view length_word(const Design& d) {
  const OutfitSlot slot = market_of(d.kind).slot;
  switch (d.length) {
    case Length::kCropped:
      return "cropped";
    case Length::kMini:
      return "mini";
    case Length::kKnee:
      return "knee length";
    case Length::kMidi:
      return "midi";
    case Length::kMaxi:
      return "maxi";
    case Length::kAnkle:
      return "ankle length";
    case Length::kShort:
      return slot == OutfitSlot::kBottom ? "short inseam" : "hip length";
    case Length::kLong:
      return "longline";
    case Length::kRegular:
      return slot == OutfitSlot::kOuter || slot == OutfitSlot::kTop ? "hip length" : "";
    default:
      return "";
  }
}

std::string noun_of(const Design& d) {
  switch (d.kind) {
    case Kind::kDress:
      return dress_noun(d);
    case Kind::kTrousers:
      if (d.material == Material::kCotton || d.material == Material::kCanvas) return "chinos";
      return d.material == Material::kWool ? "tailored trousers" : "trousers";
    case Kind::kSweater:
      return d.neckline == Neckline::kTurtleneck ? "roll-neck sweater" : "sweater";
    case Kind::kPuffer:
      return d.sleeve == Sleeve::kSleeveless ? "puffer vest" : "puffer jacket";
    case Kind::kSkirt:
      return d.length == Length::kMini
                 ? "mini skirt"
                 : (d.length == Length::kMidi ? "midi skirt"
                                              : (d.length == Length::kMaxi ? "maxi skirt" : "skirt"));
    case Kind::kAnkleBoots:
      return d.variant % 2 == 0 ? "chelsea boots" : "lace-up boots";
    case Kind::kSneakers:
      return d.variant % 4 == 1 ? "running sneakers"
                                : (d.variant % 4 == 3 ? "high-top sneakers" : "sneakers");
    case Kind::kOxfords:
      return d.variant % 2 == 0 ? "brogues" : "oxford shoes";
    case Kind::kTank:
      return d.sleeve == Sleeve::kStrap ? "camisole" : "tank top";
    case Kind::kLeatherJacket:
      return d.variant % 3 != 2 ? "biker jacket" : "leather jacket";
    case Kind::kTallBoots:
      return "knee-high boots";
    case Kind::kLongSleeveTee:
      return "long-sleeve top";
    case Kind::kHat:
      return d.material == Material::kStraw ? "straw hat" : "fedora";
    default:
      return ascii_lower(market_of(d.kind).noun);
  }
}

}  // namespace modiste
