#include "simulation/drawn_copy.h"

#include <array>
#include <cctype>

#include "simulation/drawn_kinds.h"
#include "simulation/drawn_words.h"

namespace modiste {
namespace {

using namespace drawing;  // enums of the design

std::string title_case(std::string text) {
  bool start = true;
  for (char& c : text) {
    if (start) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    start = c == ' ';
  }
  if (text.size() > 2 && text.substr(0, 2) == "T-")
    text[2] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[2])));
  return text;
}

void fill(std::string& text, std::string_view name, std::string_view value) {
  for (size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
    text.replace(at, name.size(), value);
}

std::string shoe_detail(const Design& d) {
  switch (d.kind) {
    case Kind::kSneakers:
      return d.variant % 4 == 1 ? "a cushioned sole and knitted tongue"
                                : (d.variant % 4 == 3 ? "a rubber toe cap" : "tonal laces and a cup sole");
    case Kind::kAnkleBoots:
      return d.variant % 2 == 0 ? "elastic side panels" : "a lugged sole and seven eyelets";
    case Kind::kTallBoots:
      return d.variant % 3 == 1 ? "a covered block heel" : "a clean shaft to the knee";
    case Kind::kLoafers:
      return d.variant % 3 == 0 ? "a horsebit across the vamp"
                                : (d.variant % 3 == 1 ? "hand-knotted tassels" : "a penny strap");
    case Kind::kOxfords:
      return d.variant % 2 == 0 ? "punched broguing" : "closed lacing";
    case Kind::kHeels:
      return d.variant % 4 == 0 ? "a slender stiletto heel"
                                : (d.variant % 4 == 3 ? "a kitten heel" : "a steady block heel");
    case Kind::kSandals:
      return d.variant % 4 == 2 ? "a woven platform" : "an adjustable ankle strap";
    default:
      return d.variant % 3 != 2 ? "a small bow" : "a fine bar at the toe";
  }
}

std::string goods_detail(const Design& d) {
  switch (d.kind) {
    case Kind::kTote:
      return "two handles and room for a laptop";
    case Kind::kCrossbody:
      return d.variant % 4 == 1 ? "a chain strap" : "an adjustable strap";
    case Kind::kBackpack:
      return d.variant % 3 == 1 ? "a buckled flap" : "a wide zip and front pocket";
    case Kind::kClutch:
      return d.variant % 2 == 0 ? "an envelope flap" : "a kiss-lock frame";
    case Kind::kScarf:
      return "fringed ends";
    case Kind::kBeanie:
      return d.variant % 3 == 0 ? "a turned cuff and pompom" : "a deep turned cuff";
    case Kind::kHat:
      return "a satin band";
    case Kind::kCap:
      return "a curved peak";
    case Kind::kBelt:
      return "a polished frame buckle";
    case Kind::kSunglasses:
      return d.variant % 4 == 2 ? "a cat-eye frame"
                                : (d.variant % 4 == 0 ? "a round frame" : "an easy square frame");
    default:
      return "a quiet dial";
  }
}

std::string outer_detail(const Design& d) {
  switch (d.kind) {
    case Kind::kBlazer:
      return d.variant % 3 == 1 ? "peak lapels and double-breasted buttons" : "notch lapels and flap pockets";
    case Kind::kCoat:
      return d.variant % 5 == 2 ? "a tie belt and shawl collar"
                                : (d.variant % 2 == 1 ? "a double-breasted front" : "notch lapels");
    case Kind::kTrench:
      return "a storm flap, epaulettes and a belt";
    case Kind::kPuffer:
      return d.variant % 3 == 1 ? "a snug hood" : "a stand collar";
    case Kind::kBomber:
      return "ribbed cuffs and hem";
    case Kind::kDenimJacket:
      return "contrast stitching and chest pockets";
    case Kind::kLeatherJacket:
      return d.variant % 3 != 2 ? "an asymmetric zip and wide lapels" : "a band collar and clean zip";
    default:
      return "a drawstring waist and flap pockets";
  }
}

std::string cut_detail(const Design& d) {
  std::string detail;
  const std::string_view silhouette = silhouette_word(d.silhouette), neck = neckline_word(d.neckline),
                         sleeve = sleeve_word(d.sleeve);
  const auto slot = market_of(d.kind).slot;
  if (slot == OutfitSlot::kBottom) {
    if (d.kind == Kind::kJeans)
      return std::string(silhouette.empty() ? "skinny" : silhouette) + " legs and five pockets";
    if (d.kind == Kind::kSkirt)
      return silhouette.empty()
                 ? "a fluid bias cut"
                 : (silhouette == "pleated"
                        ? "knife pleats"
                        : (silhouette == "a-line" ? "an A-line" : "a " + std::string(silhouette)) + " cut");
    if (d.kind == Kind::kJoggers) return "ribbed ankles and a drawcord";
    if (d.kind == Kind::kLeggings) return "a high, smooth waistband";
    if (d.kind == Kind::kShorts) return "an easy leg and slant pockets";
    return "a " + std::string(silhouette.empty() ? "slim" : silhouette) + " leg" +
           (d.variant % 3 != 2 ? " and pressed creases" : "");
  }
  if (d.neckline == Neckline::kHood)
    return d.variant % 2 == 1 ? "a full zip and a lined hood" : "a lined hood and kangaroo pocket";
  detail = neck == "collar" ? "a pointed collar" : (neck == "straps" ? "" : "a " + std::string(neck));
  if (neck == "off the shoulder") detail = "an off-the-shoulder flounce";
  if (neck == "sweetheart") detail = "a sweetheart neckline";
  if (!sleeve.empty() && sleeve != "sleeveless" && sleeve != "straps")
    detail += " and " + std::string(sleeve) + "s";
  if (sleeve == "sleeveless") detail += " and clean armholes";
  if (sleeve == "straps") detail += " and fine straps";
  return detail;
}

std::string detail_of(const Design& d) {
  const auto slot = market_of(d.kind).slot;
  if (slot == OutfitSlot::kShoes) return shoe_detail(d);
  if (slot == OutfitSlot::kBag || slot == OutfitSlot::kAccessory) return goods_detail(d);
  if (slot == OutfitSlot::kOuter) return outer_detail(d);
  return cut_detail(d);
}

// What tells the garment apart in its title: fit, cut, print or cloth, at most two of them.
std::string describing_words(const Design& d, std::string_view aesthetic, Rng& rng) {
  std::vector<std::string> words;
  const auto slot = market_of(d.kind).slot;
  if ((slot == OutfitSlot::kTop || slot == OutfitSlot::kOuter) &&
      (d.fit == Fit::kOversized || (d.fit == Fit::kRelaxed && rng.chance(0.5))))
    words.emplace_back(d.fit == Fit::kOversized ? "oversized" : "relaxed");
  if (d.length == Length::kCropped && slot == OutfitSlot::kTop) words.emplace_back("cropped");
  const std::string_view cut = silhouette_word(d.silhouette);
  if ((slot == OutfitSlot::kBottom || d.kind == Kind::kJumpsuit) && !cut.empty()) words.emplace_back(cut);
  if (d.silhouette == Silhouette::kTiered || d.silhouette == Silhouette::kPleated)
    if (d.kind == Kind::kDress) words.emplace_back(cut);
  if (d.print != Print::kPlain) {
    std::string print(print_word(d.print));
    if (print == "polka dots") print = "polka dot";
    words.push_back(d.print == Print::kStripe ? "striped" : print);
  } else if (d.knit == Knit::kCable || d.knit == Knit::kRib || d.knit == Knit::kChunky) {
    words.emplace_back(d.knit == Knit::kCable ? "cable-knit" : (d.knit == Knit::kRib ? "ribbed" : "chunky"));
  }
  const bool obvious = d.material == Material::kDenim || d.material == Material::kMetal ||
                       d.material == Material::kNylon || d.material == Material::kPolyester ||
                       d.kind == Kind::kLeatherJacket || d.kind == Kind::kBelt;
  if (!obvious && words.size() < 2 && (d.material != Material::kCotton || rng.chance(0.4))) {
    const std::string material = material_words(d, aesthetic)[0];
    if (noun_of(d).find(material) == std::string::npos) words.push_back(material);
  }
  std::string text;
  for (const auto& word : words) text += word + " ";
  return text;
}

// "these jeans have", "this shirt has": the voice agrees with its noun.
void agree(std::string& text, const std::string& noun) {
  const bool many = noun.size() > 1 && noun.back() == 's' && noun[noun.size() - 2] != 's';
  const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  fill(text, "{a}", many ? "" : (vowel ? "an " : "a "));
  fill(text, "{this}", many ? "these" : "this");
  fill(text, "{is}", many ? "are" : "is");
  fill(text, "{has}", many ? "have" : "has");
  fill(text, "{s}", many ? "" : "s");
  fill(text, "{does}", many ? "do" : "does");
  fill(text, "{its}", many ? "their" : "its");
  fill(text, "{it}", many ? "they" : "it");
  fill(text, "{them}", many ? "them" : "it");
}

std::string_view occasion_phrase(std::string_view occasion) {
  struct Phrase {
    std::string_view occasion, phrase;
  };
  static constexpr std::array kPhrases{
      Phrase{"work", "the office"},     Phrase{"casual", "slow weekends"},
      Phrase{"date", "dinner for two"}, Phrase{"party", "late parties"},
      Phrase{"wedding", "weddings"},    Phrase{"formal", "black-tie evenings"},
      Phrase{"sport", "training days"}, Phrase{"travel", "long journeys"},
      Phrase{"beach", "beach days"},    Phrase{"lounge", "lazy mornings"}};
  for (const auto& p : kPhrases)
    if (p.occasion == occasion) return p.phrase;
  return "every day";
}

std::string any_of_them(const std::vector<std::string_view>& words, std::string_view otherwise, Rng& rng) {
  return std::string(words.empty() ? otherwise : words[rng.below(words.size())]);
}

}  // namespace

DrawnCopy write_copy(const DrawnItem& item, const DrawnBrand& brand, Rng& rng) {
  const Design& d = item.design;
  const std::string noun = noun_of(d);
  DrawnCopy copy;
  copy.title = std::string(brand.names[rng.below(brand.names.size())]) + " " +
               title_case(describing_words(d, brand.aesthetics[0], rng) + noun);
  std::string text = std::string(brand.openers[rng.below(brand.openers.size())]) + " " +
                     std::string(brand.closers[rng.below(brand.closers.size())]);
  agree(text, noun);
  fill(text, "{noun}", noun);
  std::string material = material_phrase(d, brand.aesthetics[0]);
  if (d.print != Print::kPlain)
    material = std::string(d.print == Print::kStripe
                               ? "striped"
                               : (d.print == Print::kDots ? "polka-dot" : print_word(d.print))) +
               " " + material;
  fill(text, "{material}", material);
  fill(text, "{detail}", detail_of(d));
  fill(text, "{occasion}", occasion_phrase(any_of_them(item.occasions, "", rng)));
  fill(text, "{season}", any_of_them(item.seasons, "every season", rng));
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  copy.description = std::move(text);
  return copy;
}

}  // namespace modiste
