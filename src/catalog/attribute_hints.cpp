#include "catalog/attribute_hints.h"

#include <algorithm>
#include <array>

#include "base/contains.h"
#include "base/text.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

struct Hint {
  std::string_view word;  // in the attribute's name
  std::vector<Facet> facets;
};

// Folded as words_of() does. The first word that occurs in the attribute's name decides.
const std::vector<Hint>& hints() {
  static const std::vector<Hint> kHints{
      {"material", {Facet::kFabric}},
      {"fabric", {Facet::kFabric}},
      {"composition", {Facet::kFabric}},
      {"textile", {Facet::kFabric}},
      {"pattern", {Facet::kPattern}},
      {"print", {Facet::kPattern}},
      {"color", {Facet::kColour}},
      {"colour", {Facet::kColour}},
      {"sleeve", {Facet::kSleeve}},
      {"sleeves", {Facet::kSleeve}},
      {"collar", {Facet::kNeckline}},
      {"neck", {Facet::kNeckline}},
      {"neckline", {Facet::kNeckline}},
      {"closure", {Facet::kNeckline}},
      {"fit", {Facet::kFit, Facet::kSilhouette}},
      {"length", {Facet::kLength, Facet::kSleeve}},
      {"hem", {Facet::kLength}},
      {"silhouette", {Facet::kSilhouette, Facet::kFit}},
      {"shape", {Facet::kSilhouette, Facet::kFit}},
      {"cut", {Facet::kSilhouette, Facet::kFit}},
      {"leg", {Facet::kSilhouette, Facet::kFit}},
      {"climate", {Facet::kSeason}},
      {"season", {Facet::kSeason}},
      {"weather", {Facet::kSeason}},
      {"activity", {Facet::kOccasion}},
      {"occasion", {Facet::kOccasion}},
      {"event", {Facet::kOccasion}},
      {"sport", {Facet::kOccasion}},
      {"gender", {Facet::kDepartment}},
      {"department", {Facet::kDepartment}},
      {"age", {Facet::kDepartment}},
      {"aesthetic", {Facet::kAesthetic, Facet::kOccasion}},
      {"style", {Facet::kCategory, Facet::kFit, Facet::kAesthetic, Facet::kNeckline, Facet::kSeason}},
      {"category", {Facet::kCategory}},
      {"type", {Facet::kCategory}},
      {"collection", {Facet::kAesthetic, Facet::kFabric, Facet::kOccasion}},
      {"features", {Facet::kSeason, Facet::kFabric}},
      {"kategorie", {Facet::kCategory}},
      {"produktart", {Facet::kCategory}},
      {"produkttyp", {Facet::kCategory}},
      {"categorie", {Facet::kCategory}},
      {"categoria", {Facet::kCategory}},
      {"kategoria", {Facet::kCategory}},
      {"kategori", {Facet::kCategory}},
      {"tipo", {Facet::kCategory}},
      {"カテゴリ", {Facet::kCategory}},
      {"geschlecht", {Facet::kDepartment}},
      {"zielgruppe", {Facet::kDepartment}},
      {"genre", {Facet::kDepartment}},
      {"sexe", {Facet::kDepartment}},
      {"genero", {Facet::kDepartment}},
      {"genere", {Facet::kDepartment}},
      {"geslacht", {Facet::kDepartment}},
      {"kon", {Facet::kDepartment}},
      {"kjonn", {Facet::kDepartment}},
      {"plec", {Facet::kDepartment}},
      {"pohlavi", {Facet::kDepartment}},
      {"cinsiyet", {Facet::kDepartment}},
      {"sukupuoli", {Facet::kDepartment}},
      {"性別", {Facet::kDepartment}},
      {"성별", {Facet::kDepartment}},
      {"性别", {Facet::kDepartment}},
      {"пол", {Facet::kDepartment}},
      {"armel", {Facet::kSleeve}},
      {"armellange", {Facet::kSleeve}},
      {"manche", {Facet::kSleeve}},
      {"manches", {Facet::kSleeve}},
      {"manga", {Facet::kSleeve}},
      {"manica", {Facet::kSleeve}},
      {"mouw", {Facet::kSleeve}},
      {"armlangd", {Facet::kSleeve}},
      {"farbe", {Facet::kColour}},
      {"couleur", {Facet::kColour}},
      {"colore", {Facet::kColour}},
      {"kleur", {Facet::kColour}},
      {"cor", {Facet::kColour}},
      {"farg", {Facet::kColour}},
      {"farve", {Facet::kColour}},
      {"farge", {Facet::kColour}},
      {"kolor", {Facet::kColour}},
      {"barva", {Facet::kColour}},
      {"renk", {Facet::kColour}},
      {"vari", {Facet::kColour}},
      {"色", {Facet::kColour}},
      {"색상", {Facet::kColour}},
      {"颜色", {Facet::kColour}},
      {"цвет", {Facet::kColour}},
      {"muster", {Facet::kPattern}},
      {"motif", {Facet::kPattern}},
      {"estampado", {Facet::kPattern}},
      {"fantasia", {Facet::kPattern}},
      {"patroon", {Facet::kPattern}},
      {"monster", {Facet::kPattern}},
      {"monster", {Facet::kPattern}},
      {"wzor", {Facet::kPattern}},
      {"estampa", {Facet::kPattern}},
      {"desen", {Facet::kPattern}},
      {"柄", {Facet::kPattern}},
      {"패턴", {Facet::kPattern}},
      {"图案", {Facet::kPattern}},
      {"узор", {Facet::kPattern}},
      {"materiale", {Facet::kFabric}},
      {"materiaal", {Facet::kFabric}},
      {"stoff", {Facet::kFabric}},
      {"obermaterial", {Facet::kFabric}},
      {"matiere", {Facet::kFabric}},
      {"tissu", {Facet::kFabric}},
      {"tessuto", {Facet::kFabric}},
      {"composizione", {Facet::kFabric}},
      {"tejido", {Facet::kFabric}},
      {"composicion", {Facet::kFabric}},
      {"tecido", {Facet::kFabric}},
      {"composicao", {Facet::kFabric}},
      {"tyg", {Facet::kFabric}},
      {"material", {Facet::kFabric}},
      {"tkanina", {Facet::kFabric}},
      {"malzeme", {Facet::kFabric}},
      {"kumas", {Facet::kFabric}},
      {"素材", {Facet::kFabric}},
      {"소재", {Facet::kFabric}},
      {"材质", {Facet::kFabric}},
      {"материал", {Facet::kFabric}},
  };
  return kHints;
}

// Not descriptions: sizes are read from the variants, the others are identifiers and campaigns.
constexpr std::array<std::string_view, 19> kIgnored{
    "size",   "sender", "id",     "gtin",    "ean",  "mpn",     "barcode", "url",      "promotion", "grosse",
    "taille", "talla",  "taglia", "tamanho", "maat", "storlek", "rozmiar", "velikost", "beden"};

// Ambiguous in every facet.
constexpr std::array<std::string_view, 46> kAmbiguous{
    "down",   "day",    "home",    "text",    "round",  "net",       "lin",    "pu",     "eva",     "abs",
    "poly",   "ss",     "aw",      "fw",      "uni",    "check",     "checks", "dot",    "spots",   "ball",
    "club",   "date",   "felt",    "cord",    "drill",  "clean",     "rock",   "prep",   "natural", "royal",
    "flight", "trip",   "sleep",   "home",    "tier",   "character", "logo",   "dinner", "trim",    "tube",
    "simple", "inside", "classic", "regular", "modern", "statement"};
// Ambiguous as the name of a thing.
constexpr std::array<std::string_view, 21> kAmbiguousThings{
    "body",   "mini",         "midi",     "maxi",      "set",    "knit",      "shift",
    "slip",   "laptop",       "exercise", "hydration", "cardio", "portfolio", "trainer",
    "fleece", "short sleeve", "swim",     "shell",     "mac",    "stock",     "nylon"};

}  // namespace

AttributeHint hint_of(std::string_view attribute_name) {
  const auto words = words_of(attribute_name);
  AttributeHint hint;
  for (const auto& word : words) hint.ignored = hint.ignored || contains(kIgnored, word);
  hint.prose = contains(words, "highlight");
  for (const auto& [word, facets] : hints())
    if (contains(words, word)) {
      hint.facets = facets;
      break;
    }
  return hint;
}

bool is_switch_or_number(std::string_view value) {
  static constexpr std::array<std::string_view, 13> kSwitches{
      "yes", "no", "true", "false", "n/a", "na", "none", "-", "", "other", "n", "y", "null"};
  const std::string word = ascii_lower(trim(value));
  return contains(kSwitches, word) || word.find_first_not_of("0123456789., ") == std::string::npos;
}

bool is_ambiguous_in_prose(Facet facet, std::string_view word) {
  return contains(kAmbiguous, word) || (facet == Facet::kCategory && contains(kAmbiguousThings, word));
}

}  // namespace modiste
