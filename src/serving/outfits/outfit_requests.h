// Requests for outfits and their answers. These types are the HTTP contract too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/event.h"
#include "serving/api/requests.h"

namespace modiste {

inline constexpr int kOutfitsMax = 12;
inline constexpr size_t kOutfitPiecesMax = 8;

// A garment that is worn in every outfit of the answer.
struct OutfitAnchor {
  std::string garment_id;
  std::string colour;  // empty: its first one
  bool owned = false;  // by the shopper: its price and stock do not count
};

// A piece of the outfit that the shopper sees now.
struct OutfitPieceNow {
  std::string garment_id;
  std::string colour;
};

struct OutfitRequest {
  std::string shopper_id, device_id, session_id;
  int count = 3;
  std::vector<OutfitAnchor> anchors;
  std::vector<OutfitPieceNow> current;  // what is worn now and may change; it stays where that is as good
  std::optional<OutfitRole> swap;       // the role whose piece of `current` must change
  std::vector<OutfitRole> roles;        // of the outfit beside the anchors' own; empty: by the occasion
  std::optional<double> budget;         // of all pieces together that are not owned
  std::optional<RequestContext> context;
  Vetoes vetoes;            // of this request, beside the shopper's own
  Filter filter;            // of each piece but the anchors
  bool proportions = true;  // whether proportion rules count, where the shopper stated their height or fit
  std::optional<uint32_t> seed;
};

struct OutfitPieceView {
  OutfitRole role{};
  bool anchor = false;
  bool owned = false;
  AnswerItem item;
};

struct ComposedOutfit {
  std::string outfit_id;                      // the same for the same pieces
  std::optional<std::string> shop_outfit_id;  // put together by the shop, in whole or in part
  std::vector<OutfitPieceView> pieces;
  double total_price = 0;  // of the pieces that are not owned
  std::string currency;
  double score = 0;
  std::vector<ScorePart> score_breakdown;
  std::vector<Reason> reasons;
};

struct OutfitAnswer {
  std::string request_id;
  std::vector<ComposedOutfit> outfits;
  std::vector<std::string> degraded;
  std::optional<ContextView> context = {};
  double took_ms = 0;
};

template <>
struct Contract<OutfitAnchor> {
  static constexpr std::string_view kName = "OutfitAnchor";
  static constexpr std::string_view kDoc = "A garment that is worn in every outfit of the answer.";
  static constexpr auto kFields =
      Fields{field("garment_id", &OutfitAnchor::garment_id,
                   {.doc = "Id of the garment; with `owned`, also of a piece of the shopper's wardrobe",
                    .required = true,
                    .length_max = 200,
                    .example = "MH01"}),
             field("colour", &OutfitAnchor::colour, {.doc = "Absent: its first colour", .length_max = 100}),
             field("owned", &OutfitAnchor::owned,
                   {.doc = "True: the shopper has it; its price and stock do not count"})};
};

template <>
struct Contract<OutfitPieceNow> {
  static constexpr std::string_view kName = "OutfitPieceNow";
  static constexpr std::string_view kDoc = "A piece of the outfit that the shopper sees now.";
  static constexpr auto kFields = Fields{
      field("garment_id", &OutfitPieceNow::garment_id,
            {.doc = "Id of the garment", .required = true, .length_max = 200, .example = "MH01"}),
      field("colour", &OutfitPieceNow::colour, {.doc = "Absent: its first colour", .length_max = 100})};
};

template <>
struct Contract<OutfitRequest> {
  static constexpr std::string_view kName = "OutfitRequest";
  static constexpr std::string_view kDoc = "Request for whole outfits.";
  static constexpr auto kFields = Fields{
      field("shopper_id", &OutfitRequest::shopper_id,
            {.doc = "Shopper account id; omit for anonymous visitors", .length_max = 100, .example = "ada"}),
      field("device_id", &OutfitRequest::device_id,
            {.doc = "Id of the browser or app installation", .length_max = 100}),
      field("session_id", &OutfitRequest::session_id, {.doc = "Id of the current visit", .length_max = 100}),
      field("count", &OutfitRequest::count, {.doc = "Number of outfits", .min = 1, .max = kOutfitsMax}),
      field("anchors", &OutfitRequest::anchors,
            {.doc = "Garments that every outfit has: the one to complete, or those that are locked",
             .items_max = kOutfitPiecesMax}),
      field("current", &OutfitRequest::current,
            {.doc = "The other pieces of the outfit that the shopper sees now; they may change, and stay "
                    "where nothing is better",
             .items_max = kOutfitPiecesMax}),
      field("swap", &OutfitRequest::swap,
            {.doc = "The role whose piece of `current` must change", .example = "shoes"}),
      field("roles", &OutfitRequest::roles,
            {.doc = "Roles that the outfit has beside the anchors' own; absent: by the occasion",
             .items_max = kOutfitPiecesMax}),
      field("budget", &OutfitRequest::budget,
            {.doc = "Most that all pieces together cost that the shopper does not own", .min = 0}),
      field("context", &OutfitRequest::context,
            {.doc = "What the outfit is worn for; absent: any situation"}),
      field("vetoes", &OutfitRequest::vetoes,
            {.doc = "Never in this answer, beside what the shopper vetoed for all"}),
      field("filter", &OutfitRequest::filter, {.doc = "Restricts each piece but the anchors"}),
      field("proportions", &OutfitRequest::proportions,
            {.doc = "False: no proportion rules in this answer; they need a height, build or fit that the "
                    "shopper stated"}),
      field("seed", &OutfitRequest::seed,
            {.doc = "Fixes tie-breaks, so that the answer can be repeated", .min = 0, .max = 4294967295.0})};
};

template <>
struct Contract<OutfitPieceView> {
  static constexpr std::string_view kName = "OutfitPieceView";
  static constexpr std::string_view kDoc = "A garment in its place in an outfit.";
  static constexpr auto kFields =
      Fields{field("role", &OutfitPieceView::role, {.doc = "Its place", .required = true}),
             field("anchor", &OutfitPieceView::anchor, {.doc = "True: it was asked for", .required = true}),
             field("owned", &OutfitPieceView::owned, {.doc = "True: the shopper has it", .required = true}),
             field("item", &OutfitPieceView::item, {.doc = "The garment", .required = true})};
};

template <>
struct Contract<ComposedOutfit> {
  static constexpr std::string_view kName = "ComposedOutfit";
  static constexpr std::string_view kDoc = "Garments that are worn together.";
  static constexpr auto kFields =
      Fields{field("outfit_id", &ComposedOutfit::outfit_id,
                   {.doc = "The same for the same pieces; send it in outfit_view and outfit_complete events",
                    .required = true}),
             field("shop_outfit_id", &ComposedOutfit::shop_outfit_id,
                   {.doc = "The outfit of the shop that it is, in whole or in part; absent: composed"}),
             field("pieces", &ComposedOutfit::pieces, {.doc = "The anchors first", .required = true}),
             field("total_price", &ComposedOutfit::total_price,
                   {.doc = "Of all pieces that the shopper does not own", .required = true}),
             field("currency", &ComposedOutfit::currency, {.doc = "ISO 4217", .required = true}),
             field("score", &ComposedOutfit::score, {.doc = "The sum of the breakdown", .required = true}),
             field("score_breakdown", &ComposedOutfit::score_breakdown,
                   {.doc = "Terms of the score: style, context, colour, formality, ...", .required = true}),
             field("reasons", &ComposedOutfit::reasons,
                   {.doc = "Why this outfit, strongest first", .required = true})};
};

template <>
struct Contract<OutfitAnswer> {
  static constexpr std::string_view kName = "OutfitAnswer";
  static constexpr std::string_view kDoc =
      "Outfits: those that the shop put together, then the others, best first. Two of the others have at "
      "most "
      "one chosen piece in common.";
  static constexpr auto kFields = Fields{
      field("request_id", &OutfitAnswer::request_id,
            {.doc = "Id of the answer; send it as request_id in events about it", .required = true}),
      field("outfits", &OutfitAnswer::outfits, {.doc = "Outfits, best first", .required = true}),
      field("degraded", &OutfitAnswer::degraded,
            {.doc = "What was relaxed, late or left out: `relaxed budget`, `relaxed price limit`, `late "
                    "visual`, `without shoes`, ...",
             .required = true}),
      field("context", &OutfitAnswer::context, {.doc = "Context of the answer, when the request has one"}),
      field("took_ms", &OutfitAnswer::took_ms,
            {.doc = "Processing time inside the server, milliseconds", .required = true})};
};

}  // namespace modiste
