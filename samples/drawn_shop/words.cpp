#include "drawn_shop/words.h"

#include "base/text.h"
#include "drawn_shop/kinds.h"
#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {
namespace {

using namespace drawing;  // enums of the design

struct Words {
  std::vector<std::string> prints, fits, silhouettes, sleeves, necklines;  // by enum
  std::vector<Rule<std::string>> lengths, nouns, details;
  std::vector<OccasionHabit> occasions;
};

OccasionHabit read_occasion(Row& row) {
  return {row.text("name"), row.text("phrase"), row.number("share", 0, 1, 0),
          row.number("formality", 0, 1, 0.5), row.flag("one_piece")};
}

Words read_words(Row& file) {
  return {file.texts_by<Print>("print"),
          file.texts_by<Fit>("fit"),
          file.texts_by<Silhouette>("silhouette"),
          file.texts_by<Sleeve>("sleeve"),
          file.texts_by<Neckline>("neckline"),
          read_texts(file, "length"),
          read_texts(file, "noun"),
          read_texts(file, "detail"),
          file.rows("occasion", read_occasion)};
}

const Words& words() {
  static const Words kWords = read_own("words.toml", read_words);
  return kWords;
}

template <class E>
std::string_view at(const std::vector<std::string>& table, E value) {
  return table[static_cast<size_t>(value)];
}

}  // namespace

std::vector<std::string> material_words(const Design& d, std::string_view aesthetic) {
  std::vector<std::string> said{market_of(d.material).word};
  const bool eco = aesthetic == "eco" || aesthetic == "utility";
  if (eco && d.material == Material::kCotton) said[0] = "organic cotton";
  if (eco && (d.material == Material::kNylon || d.material == Material::kPolyester))
    said[0] = "recycled " + said[0];
  if (d.kind == Kind::kPuffer) said.emplace_back("down");
  if (d.kind == Kind::kLeggings) said.emplace_back("elastane");
  if (d.kind == Kind::kSunglasses) said = {"acetate"};
  if (d.kind == Kind::kWatch)
    said = {"stainless steel", d.material == Material::kLeather ? "leather" : "steel"};
  switch (d.knit) {
    case Knit::kRib:
      said.emplace_back("rib knit");
      break;
    case Knit::kCable:
      said.emplace_back("cable knit");
      break;
    case Knit::kFine:
    case Knit::kChunky:
      said.emplace_back("knit");
      break;
    case Knit::kNone:
      break;
  }
  return said;
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

std::string_view print_word(Print print) { return at(words().prints, print); }
std::string_view fit_word(Fit fit) { return at(words().fits, fit); }
std::string_view silhouette_word(Silhouette silhouette) { return at(words().silhouettes, silhouette); }
std::string_view sleeve_word(Sleeve sleeve) { return at(words().sleeves, sleeve); }
std::string_view neckline_word(Neckline neckline) { return at(words().necklines, neckline); }

std::string_view length_word(const Design& d) { return first_text(words().lengths, d); }
std::string_view detail_text(const Design& d) { return first_text(words().details, d); }

std::string noun_of(const Design& d) {
  const std::string_view noun = first_text(words().nouns, d);
  return noun.empty() ? ascii_lower(market_of(d.kind).noun) : std::string(noun);
}

const std::vector<OccasionHabit>& occasion_habits() { return words().occasions; }

}  // namespace modiste::drawn_shop
