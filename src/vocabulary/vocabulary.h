// The controlled vocabulary: closed lists of terms that describe garments, shoppers and queries.
//
// Versioned data (vocabulary.toml, compiled in; words of other languages: language.h). Immutable after
// construction: any thread may read.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace modiste {

enum class Facet : uint8_t {
  kCategory,    // a tree: "clothing/tops/t-shirt"; a term's name is its last step, unique in the facet
  kDepartment,  // women, men, unisex, girls, boys, baby
  kColour,      // colour families with CIELAB anchors
  kPattern,
  kFabric,
  kSilhouette,
  kFit,
  kLength,
  kSleeve,
  kNeckline,
  kOccasion,
  kSeason,
  kAesthetic,  // minimal, sporty, romantic, ...
};
inline constexpr size_t kFacetCount = 13;

template <>
struct EnumNames<Facet> {
  static constexpr std::array<std::string_view, kFacetCount> kNames{
      "category", "department", "colour",   "pattern",  "fabric", "silhouette", "fit",
      "length",   "sleeve",     "neckline", "occasion", "season", "aesthetic"};
};

// The place that a garment of a category takes in an outfit.
enum class OutfitRole : uint8_t {
  kTop,
  kBottom,
  kOnePiece,  // dresses, jumpsuits, co-ords and tracksuits: top and bottom in one
  kSuit,      // jacket and trousers in one, worn over a top
  kMidLayer,  // worn over a top and, when it is cold, under a coat: cardigans, blazers
  kOuter,
  kShoes,
  kBag,
  kAccessory,
  kNone,  // not styled: nightwear, equipment, and groups that mix roles
};
template <>
struct EnumNames<OutfitRole> {
  static constexpr std::array<std::string_view, 10> kNames{
      "top", "bottom", "one_piece", "suit", "mid_layer", "outer", "shoes", "bag", "accessory", "none"};
};

// Index of a term over all facets, dense from 0. Stable within a vocabulary version only: store names, not
// ids.
using TermId = uint16_t;

// CIELAB, D65: L 0 to 100, a and b about -128 to 127.
struct Lab {
  float l = 0, a = 0, b = 0;
};

struct Term {
  TermId id = 0;
  Facet facet{};
  std::string name;                     // "t-shirt": lower case, what APIs and files say
  std::string label;                    // "T-shirt": shown to people
  std::optional<TermId> parent;         // of categories; of fabrics, what they are a kind of
  std::optional<Lab> lab;               // colours only
  OutfitRole role = OutfitRole::kNone;  // of categories; where the file names none, the parent's
  std::optional<float> formality;       // 0 lounge to 1 black tie; where the term implies one
  std::optional<double> warmth;  // of categories and fabrics: 0 worn in heat to 1 in hard frost; likewise
  // Of categories: the one occasion that they are worn for, as swimwear is for the beach.
  std::optional<TermId> worn_for;
  std::vector<std::string> synonyms;  // lower case words and phrases of suppliers that mean exactly this
  // Of categories: the facets that a garment of it can have. A watch has no sleeves.
  std::bitset<kFacetCount> possible;
};

class Vocabulary {
 public:
  // The compiled-in vocabulary.
  static const Vocabulary& standard();

  [[nodiscard]] int version() const { return version_; }
  [[nodiscard]] std::span<const Term> terms() const { return terms_; }
  [[nodiscard]] std::span<const Term> terms(Facet facet) const;  // in the file's order
  [[nodiscard]] const Term& term(TermId id) const { return terms_[id]; }
  // By name only; the normaliser understands synonyms.
  [[nodiscard]] const Term* find(Facet facet, std::string_view name) const;
  // True for the term itself and for everything below it.
  [[nodiscard]] bool is_a(TermId term, TermId ancestor) const;
  // The colour family whose anchor is nearest by CIEDE2000.
  [[nodiscard]] const Term& nearest_colour(const Lab& lab) const;

 private:
  friend struct VocabularyParser;
  int version_ = 0;
  std::vector<Term> terms_;                              // grouped by facet
  std::array<uint16_t, kFacetCount + 1> facet_begin_{};  // into terms_
};

}  // namespace modiste
