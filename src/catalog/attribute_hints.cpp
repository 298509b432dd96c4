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

// The first word that occurs in the attribute's name decides.
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
  };
  return kHints;
}

// Not descriptions: sizes are read from the variants, the others are identifiers and campaigns.
constexpr std::array<std::string_view, 9> kIgnored{"size", "sender",  "id",  "gtin",     "ean",
                                                   "mpn",  "barcode", "url", "promotion"};

// Ambiguous in every facet.
constexpr std::array<std::string_view, 46> kAmbiguous{
    "down",   "day",    "home",    "text",    "round",  "net",       "lin",    "pu",     "eva",     "abs",
    "poly",   "ss",     "aw",      "fw",      "uni",    "check",     "checks", "dot",    "spots",   "ball",
    "club",   "date",   "felt",    "cord",    "drill",  "clean",     "rock",   "prep",   "natural", "royal",
    "flight", "trip",   "sleep",   "home",    "tier",   "character", "logo",   "dinner", "trim",    "tube",
    "simple", "inside", "classic", "regular", "modern", "statement"};
// Ambiguous as the name of a thing.
constexpr std::array<std::string_view, 19> kAmbiguousThings{
    "body",   "mini",         "midi",     "maxi",      "set",    "knit",      "shift",
    "slip",   "laptop",       "exercise", "hydration", "cardio", "portfolio", "trainer",
    "fleece", "short sleeve", "swim",     "shell",     "mac"};

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
