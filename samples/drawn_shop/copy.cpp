#include "drawn_shop/copy.h"

#include <cctype>

#include "drawn_shop/kinds.h"
#include "drawn_shop/words.h"

namespace modiste::drawn_shop {
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

// Neckline and sleeve: "a v-neck and puff sleeves".
std::string neck_detail(const Design& d) {
  const std::string_view neck = neckline_word(d.neckline), sleeve = sleeve_word(d.sleeve);
  std::string detail =
      neck == "collar" ? "a pointed collar" : (neck == "straps" ? "" : "a " + std::string(neck));
  if (neck == "off the shoulder") detail = "an off-the-shoulder flounce";
  if (neck == "sweetheart") detail = "a sweetheart neckline";
  if (sleeve == "sleeveless") return detail + " and clean armholes";
  if (sleeve == "straps") return detail + " and fine straps";
  return sleeve.empty() ? detail : detail + " and " + std::string(sleeve) + "s";
}

std::string detail_of(const Design& d) {
  std::string detail(detail_text(d));
  if (detail.empty()) return neck_detail(d);
  fill(detail, "{cut}", silhouette_word(d.silhouette));
  return detail;
}

// What tells the garment apart in its title: fit, cut, print or cloth, at most two of them.
std::string describing_words(const Design& d, std::string_view aesthetic, Rng& rng) {
  std::vector<std::string> words;
  const auto role = market_of(d.kind).role;
  if ((role == OutfitRole::kTop || role == OutfitRole::kOuter) &&
      (d.fit == Fit::kOversized || (d.fit == Fit::kRelaxed && rng.chance(0.5))))
    words.emplace_back(d.fit == Fit::kOversized ? "oversized" : "relaxed");
  if (d.length == Length::kCropped && role == OutfitRole::kTop) words.emplace_back("cropped");
  const std::string_view cut = silhouette_word(d.silhouette);
  if ((role == OutfitRole::kBottom || d.kind == Kind::kJumpsuit) && !cut.empty()) words.emplace_back(cut);
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
  for (const auto& habit : occasion_habits())
    if (habit.name == occasion) return habit.phrase;
  return "every day";
}

std::string any_of_them(const std::vector<std::string_view>& words, std::string_view otherwise, Rng& rng) {
  return std::string(words.empty() ? otherwise : words[rng.below(words.size())]);
}

}  // namespace

Copy write_copy(const DrawnItem& item, const Brand& brand, Rng& rng) {
  const Design& d = item.design;
  const std::string noun = noun_of(d);
  Copy copy;
  // One draw a statement: a seed means the same shop from every compiler.
  copy.title = title_case(describing_words(d, brand.aesthetics[0], rng) + noun);
  copy.title = brand.names[rng.below(brand.names.size())] + " " + copy.title;
  std::string text = brand.closers[rng.below(brand.closers.size())];
  text = brand.openers[rng.below(brand.openers.size())] + " " + text;
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

}  // namespace modiste::drawn_shop
