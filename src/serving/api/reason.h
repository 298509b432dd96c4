// Why an item is in an answer: a code and its arguments. http/reason_text.h turns them into text.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "context/occasion.h"
#include "events/event_types.h"

namespace modiste {

enum class ReasonCode : uint8_t {
  kLikesTerms,       // terms: attributes of the item that the shopper leans to
  kWantsTermsNow,    // the same, from the current visit
  kStyleLikesTerms,  // the same, from the style mode named in `style`
  kLooksLikeLiked,  // garment_id, title: a garment that this one resembles; chosen_by, where it was not liked
  kLikedBrand,      // brand
  kLikeMinded,      // shoppers with similar taste chose it
  kForOccasion,     // occasion
  kForSeason,       // season
  kWarmEnough,      // temperature_c: the item is warm enough for it
  kLightEnough,     // temperature_c: the item is light enough for it
  kForRain,
  kForWind,
  kLooksLikeLast,  // resembles the latest garment that the shopper chose
  kNewArrival,
  kLikedInStyle,  // style: popular lately within this style cluster
  kMuchLiked,     // popular lately in the whole shop
  kFirstLook,     // nothing is known of the shopper yet
  kExplored,      // shown to explore, not because of its score
  kUsualSize,     // size
  kSizeByBody,    // size: chosen by the measurements that the shopper gave
  kRunsSmall,     // size: the one that shoppers of the same size buy
  kRunsLarge,     // size
  kRunsSlightlySmall,
  kRunsSlightlyLarge,
  kSaysWords,       // words: query words found in the garment's text
  kCloseInMeaning,  // the garment's text is close to the query
  kSharesTerms,     // terms: attributes shared with the garment asked about
  kLooksLikePhoto,
  kAskedFor,  // terms: what the query states and the garment has, in other words
  // Of outfits.
  kColoursGo,     // terms: two of its colours
  kOneFormality,  // all its pieces are about equally dressy
  kOnePrint,      // terms: its only print
  kBalanced,      // terms: the cut of its upper half and of its lower half
  kGoesWith,      // garment_id, title: the piece that it was composed around
  kWithinBudget,
  kByShop,        // title (may be absent): the shop put these pieces together
  kByShopInPart,  // title; terms: labels of the roles that were replaced, since the shop's piece is sold out
  // Of both.
  kWorksWithOwned,    // count: of the garments that the shopper has and that it works with; title: of one
  kSuitsProportions,  // terms: the cut; note: the rule in a sentence
  // Of what is chosen together. garment_id, title: with what
  kChosenWith,  // count: shoppers who liked or bought both
  kBoughtWith   // count: shoppers who bought both within a day
};

template <>
struct EnumNames<ReasonCode> {
  static constexpr std::array<std::string_view, 41> kNames{"likes_terms",
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
                                                           "looks_like_photo",
                                                           "asked_for",
                                                           "colours_go",
                                                           "one_formality",
                                                           "one_print",
                                                           "balanced",
                                                           "goes_with",
                                                           "within_budget",
                                                           "by_shop",
                                                           "by_shop_in_part",
                                                           "works_with_owned",
                                                           "suits_proportions",
                                                           "chosen_with",
                                                           "bought_with"};
};

// The arguments of a reason. The code determines which members are present.
struct ReasonArgs {
  std::optional<std::vector<std::string>> terms;  // labels of the vocabulary
  std::optional<std::vector<std::string>> words;
  std::optional<std::string> style, garment_id, title, brand, size, note;
  std::optional<int> count;
  std::optional<Occasion> occasion;
  std::optional<Season> season;
  std::optional<double> temperature_c;
  std::optional<EventType> chosen_by;
};

struct Reason {
  ReasonCode code{};
  ReasonArgs args;
  std::string text = {};  // filled by http
};

template <>
struct Contract<ReasonArgs> {
  static constexpr std::string_view kName = "ReasonArgs";
  static constexpr std::string_view kDoc =
      "Arguments of a reason. The code determines which members are present.";
  static constexpr auto kFields = Fields{
      field("terms", &ReasonArgs::terms, {.doc = "Labels of vocabulary terms"}),
      field("words", &ReasonArgs::words, {.doc = "Words of the query"}),
      field("style", &ReasonArgs::style, {.doc = "Name of a style"}),
      field("garment_id", &ReasonArgs::garment_id,
            {.doc = "A garment that this one resembles, or goes with"}),
      field("title", &ReasonArgs::title, {.doc = "Its title"}),
      field("brand", &ReasonArgs::brand, {.doc = "As shown to shoppers"}),
      field("size", &ReasonArgs::size, {.doc = "As the shop writes it"}),
      field("note", &ReasonArgs::note, {.doc = "A proportion rule, as a sentence in English"}),
      field("chosen_by", &ReasonArgs::chosen_by,
            {.doc = "How the garment that this one resembles was chosen, where not by a like: purchase or "
                    "add_to_cart"}),
      field("count", &ReasonArgs::count, {.doc = "Number of garments that the shopper has, or of shoppers"}),
      field("occasion", &ReasonArgs::occasion, {.doc = "Occasion the garment suits"}),
      field("season", &ReasonArgs::season, {.doc = "Season the garment suits"}),
      field("temperature_c", &ReasonArgs::temperature_c, {.doc = "Apparent temperature, degrees Celsius"})};
};

template <>
struct Contract<Reason> {
  static constexpr std::string_view kName = "Reason";
  static constexpr std::string_view kDoc = "Why an item is in the answer.";
  static constexpr auto kFields =
      Fields{field("code", &Reason::code,
                   {.doc = "Stable code; use it as the key for translations", .required = true}),
             field("args", &Reason::args, {.doc = "Arguments of the reason", .required = true}),
             field("text", &Reason::text,
                   {.doc = "The reason in English", .required = true, .example = "You lean to linen"})};
};

}  // namespace modiste
