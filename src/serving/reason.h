// Why an item is in an answer: a code and the facts it speaks of. The words are made at the edge
// (http/reason_text.h).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "context/occasion.h"

namespace modiste {

enum class ReasonCode : uint8_t {
  kLikesTerms,       // terms: attributes of the item that the shopper leans to
  kWantsTermsNow,    // the same, of the visit that runs
  kStyleLikesTerms,  // the same, of the style named in style
  kLooksLikeLiked,   // garment_id, title: a liked garment that this one resembles
  kLikedBrand,       // brand
  kLikeMinded,       // shoppers of like taste chose it
  kForOccasion,      // occasion
  kForSeason,        // season
  kWarmEnough,       // temperature_c: the item keeps warm at it
  kLightEnough,      // temperature_c: the item is light enough for it
  kForRain,
  kForWind,
  kLooksLikeLast,  // resembles the latest garment that the shopper chose
  kNewArrival,
  kLikedInStyle,  // style: liked lately among garments of this style cluster
  kMuchLiked,     // liked lately in the whole shop
  kFirstLook,     // nothing is known of the shopper yet
  kExplored,      // shown to learn, not because it scored
  kUsualSize,     // size
  kSizeByBody,    // size: chosen by the measurements that the shopper gave
  kRunsSmall,     // size: the one that others of the shopper's size take
  kRunsLarge,     // size
  kRunsSlightlySmall,
  kRunsSlightlyLarge,
  kSaysWords,       // words: of the query, found in the garment's own words
  kCloseInMeaning,  // to the query
  kSharesTerms,     // terms: attributes in common with the garment that was asked about
  kLooksLikePhoto
};

template <>
struct EnumNames<ReasonCode> {
  static constexpr std::array<std::string_view, 28> kNames{"likes_terms",
                                                           "wants_terms_now",
                                                           "style_likes_terms",
                                                           "looks_like_liked",
                                                           "liked_brand",
                                                           "like_minded",
                                                           "for_occasion",
                                                           "for_season",
                                                           "warm_enough",
                                                           "light_enough",
                                                           "for_rain",
                                                           "for_wind",
                                                           "looks_like_last",
                                                           "new_arrival",
                                                           "liked_in_style",
                                                           "much_liked",
                                                           "first_look",
                                                           "explored",
                                                           "usual_size",
                                                           "size_by_body",
                                                           "runs_small",
                                                           "runs_large",
                                                           "runs_slightly_small",
                                                           "runs_slightly_large",
                                                           "says_words",
                                                           "close_in_meaning",
                                                           "shares_terms",
                                                           "looks_like_photo"};
};

// What a reason speaks of; the code says which members are there.
struct ReasonArgs {
  std::optional<std::vector<std::string>> terms;  // labels of the vocabulary
  std::optional<std::vector<std::string>> words;
  std::optional<std::string> style, garment_id, title, brand, size;
  std::optional<Occasion> occasion;
  std::optional<Season> season;
  std::optional<double> temperature_c;
};

struct Reason {
  ReasonCode code{};
  ReasonArgs args;
  std::string text = {};  // filled at the edge
};

template <>
struct Contract<ReasonArgs> {
  static constexpr std::string_view kName = "ReasonArgs";
  static constexpr std::string_view kDoc = "What a reason speaks of; its code says which members are meant.";
  static constexpr auto kFields =
      std::tuple{field("terms", &ReasonArgs::terms, {.doc = "Labels of the vocabulary"}),
                 field("words", &ReasonArgs::words, {.doc = "Words of the query"}),
                 field("style", &ReasonArgs::style, {.doc = "Name of a style"}),
                 field("garment_id", &ReasonArgs::garment_id, {.doc = "A garment that this one resembles"}),
                 field("title", &ReasonArgs::title, {.doc = "Its title"}),
                 field("brand", &ReasonArgs::brand, {.doc = "As shown to shoppers"}),
                 field("size", &ReasonArgs::size, {.doc = "As the shop writes it"}),
                 field("occasion", &ReasonArgs::occasion, {.doc = "What it is for"}),
                 field("season", &ReasonArgs::season, {.doc = "What it is for"}),
                 field("temperature_c", &ReasonArgs::temperature_c, {.doc = "As it feels"})};
};

template <>
struct Contract<Reason> {
  static constexpr std::string_view kName = "Reason";
  static constexpr std::string_view kDoc = "Why an item is in the answer.";
  static constexpr auto kFields = std::tuple{
      field("code", &Reason::code, {.doc = "Stable; translate by it", .required = true}),
      field("args", &Reason::args, {.doc = "What it speaks of", .required = true}),
      field("text", &Reason::text, {.doc = "In English", .required = true, .example = "You lean to linen"})};
};

}  // namespace modiste
