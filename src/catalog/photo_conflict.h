// A supplier's word that a photo contradicts, and what the merchant decided. Found by embedding/conflicts.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "vocabulary/vocabulary.h"

namespace modiste {

enum class ConflictKind : uint8_t {
  kNoHue,      // a colour with a hue is named ("blue"); the photo has greys only
  kHue,        // black, white or grey is named; all of the photo's garment is vivid
  kOtherHue,   // a hue is named; the photo shows one that nobody calls so
  kPale,       // black or nearly black is named; all of it is light
  kDark,       // white or cream is named; all of it is dark
  kOtherKind,  // clothes, shoes, bags and accessories, one for another
  kOtherHalf,  // what is worn above the waist for what is worn below, or the reverse
  kPattern,    // plain for patterned, or the reverse
  kSleeve,     // another length of sleeve
};

template <>
struct EnumNames<ConflictKind> {
  static constexpr std::array<std::string_view, 9> kNames{
      "no_hue", "hue", "other_hue", "pale", "dark", "other_kind", "other_half", "pattern", "sleeve"};
};
inline constexpr size_t kConflictKinds = EnumNames<ConflictKind>::kNames.size();

enum class ConflictVerdict : uint8_t { kPhoto, kWords };
template <>
struct EnumNames<ConflictVerdict> {
  static constexpr std::array<std::string_view, 2> kNames{"photo", "words"};
};

struct PhotoConflict {
  std::string id;  // the same for the same photo and words, however often they are imported
  std::string garment_id;
  std::string colour;  // as the shop writes it
  std::string image;   // the photo that was looked at
  ConflictKind kind{};
  Facet facet{};
  std::string supplier_term, supplier_word;
  std::string photo_term;
  float confidence = 0;  // probability that the photo is right: the precision of the kind
  std::string hex;
  std::optional<ConflictVerdict> settled;  // by the merchant

  // "MH01 in Red: the supplier says red, the photo shows blue (#2b4a9f)"
  [[nodiscard]] std::string message(const Vocabulary& vocabulary) const;
};

// All conflicts of a garment, of every colour.
struct GarmentConflicts {
  std::string garment_id;
  std::vector<PhotoConflict> conflicts;
};

template <>
struct Contract<PhotoConflict> {
  static constexpr std::string_view kName = "PhotoConflict";
  static constexpr std::string_view kDoc = "A supplier's word that a photo contradicts.";
  static constexpr auto kFields =
      Fields{field("id", &PhotoConflict::id,
                   {.doc = "Stays the same while photo and words do", .required = true, .length_max = 100}),
             field("garment_id", &PhotoConflict::garment_id,
                   {.doc = "Id of the garment", .required = true, .length_max = 200}),
             field("colour", &PhotoConflict::colour,
                   {.doc = "Colour name, as the shop writes it", .required = true, .length_max = 100}),
             field("image", &PhotoConflict::image,
                   {.doc = "Address of the photo", .required = true, .length_max = 2'000}),
             field("kind", &PhotoConflict::kind, {.doc = "Kind of the contradiction", .required = true}),
             field("facet", &PhotoConflict::facet, {.doc = "Facet of the contradiction", .required = true}),
             field("supplier_term", &PhotoConflict::supplier_term,
                   {.doc = "The supplier's term in the vocabulary", .required = true, .length_max = 100}),
             field("supplier_word", &PhotoConflict::supplier_word,
                   {.doc = "The supplier's word", .required = true, .length_max = 200}),
             field("photo_term", &PhotoConflict::photo_term,
                   {.doc = "The photo's term in the vocabulary", .required = true, .length_max = 100}),
             field("confidence", &PhotoConflict::confidence,
                   {.doc = "Probability that the photo is right, as measured for the kind",
                    .required = true,
                    .min = 0,
                    .max = 1}),
             field("hex", &PhotoConflict::hex, {.doc = "The colour in the photo, #rrggbb", .length_max = 7}),
             field("settled", &PhotoConflict::settled,
                   {.doc = "What the merchant decided is right; absent while nothing is decided"})};
};

}  // namespace modiste
