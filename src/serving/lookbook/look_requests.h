// Requests for the looks of the day and their answers. These types are the HTTP contract too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lookbook/last_mile.h"
#include "lookbook/look.h"
#include "serving/outfits/outfit_requests.h"

namespace modiste {

inline constexpr int kLooksMax = 20;

struct LooksRequest {
  std::string shopper_id, device_id, session_id;
  int count = 3;
  std::optional<RequestContext> context;
  std::string place_name;  // as the shopper reads it: "Torrance"
  std::string language;    // BCP 47, of the captions
  bool debug = false;
};

// A look as a shopper sees it.
struct LookView {
  std::string look_id;
  bool evening = false;
  Occasion occasion{};
  std::string caption;
  std::vector<OutfitPieceView> pieces;
  double total_price = 0;
  std::string currency;
  double score = 0;
  lookbook::LookTraits traits;
  std::vector<std::string> lacks;  // what it is short of, by lookbook::Lack
  std::vector<Reason> reasons;
};

// Where the looks come from.
struct LookSource {
  std::string cluster_id;  // of the pool that is shown
  std::string wanted_id;   // of the shopper's own cluster today
  std::string generator;
  std::string day;
  std::string stand_in;  // why another pool is shown than the wanted one: day, weather, style, department
};

// A look's place after a step.
struct MilePlace {
  std::string look_id;
  bool evening = false;
  double score = 0;
};
struct MileStepView {
  lookbook::MileStep step{};
  std::vector<MilePlace> order;
  std::vector<std::string> gave_way;  // of the step veto: the lacks that were allowed
};

struct LooksAnswer {
  std::string request_id;
  std::vector<LookView> looks;
  bool evening = false;  // whether evening looks come first now
  std::optional<LookSource> source;
  std::vector<std::string> degraded;
  std::optional<ContextView> context;
  std::optional<std::vector<MileStepView>> steps;
  double took_ms = 0;
};

template <>
struct Contract<LooksRequest> {
  using R = LooksRequest;
  static constexpr std::string_view kName = "LooksRequest";
  static constexpr std::string_view kDoc = "Request for the looks of the day.";
  static constexpr auto kFields = Fields{
      field("shopper_id", &R::shopper_id,
            {.doc = "Shopper account id; omit for anonymous visitors", .length_max = 100, .example = "ada"}),
      field("device_id", &R::device_id, {.doc = "Id of the browser or app installation", .length_max = 100}),
      field("session_id", &R::session_id, {.doc = "Id of the current visit", .length_max = 100}),
      field("count", &R::count, {.doc = "Number of looks", .min = 1, .max = kLooksMax}),
      field("context", &R::context,
            {.doc = "Where and when: time_zone and place choose the time of the day and the weather"}),
      field("place_name", &R::place_name,
            {.doc = "Name of the place for the captions", .length_max = 60, .example = "Torrance"}),
      field("language", &R::language,
            {.doc = "Language of the captions, BCP 47: en, de, fr or es; others get English",
             .length_max = 20,
             .example = "de"}),
      field("debug", &R::debug, {.doc = "Include the order after each step of the last mile"})};
};

template <>
struct Contract<LookView> {
  using V = LookView;
  static constexpr std::string_view kName = "Look";
  static constexpr std::string_view kDoc = "A whole look.";
  static constexpr auto kFields = Fields{
      field("look_id", &V::look_id,
            {.doc = "The same for the same pieces; send it as outfit_id in events", .required = true}),
      field("evening", &V::evening, {.doc = "True: for the evening", .required = true}),
      field("occasion", &V::occasion, {.doc = "What it was made for", .required = true}),
      field("caption", &V::caption, {.doc = "A line about it, in the language asked for", .required = true}),
      field("pieces", &V::pieces, {.doc = "The garments that are worn together", .required = true}),
      field("total_price", &V::total_price, {.doc = "Of all pieces", .required = true}),
      field("currency", &V::currency, {.doc = "ISO 4217", .required = true}),
      field("score", &V::score, {.doc = "How well it suits the shopper, 0 to 1", .required = true}),
      field("traits", &V::traits, {.doc = "Vibe, trend, dare", .required = true}),
      field("lacks", &V::lacks,
            {.doc = "What it is short of, where too few looks had all: size, budget, passed, weather, "
                    "department",
             .required = true}),
      field("reasons", &V::reasons, {.doc = "Why these go together, strongest first", .required = true})};
};

template <>
struct Contract<LookSource> {
  using S = LookSource;
  static constexpr std::string_view kName = "LookSource";
  static constexpr std::string_view kDoc = "The pool that looks come from.";
  static constexpr auto kFields = Fields{
      field("cluster_id", &S::cluster_id, {.doc = "yyyymmdd_Style_Weather", .required = true}),
      field("wanted_id", &S::wanted_id, {.doc = "Of the shopper's own cluster today", .required = true}),
      field("generator", &S::generator, {.doc = "What made it", .required = true}),
      field("day", &S::day, {.doc = "It was made for", .required = true}),
      field("stand_in", &S::stand_in,
            {.doc = "Why it is not the shopper's own of today: none, day, weather, style, department",
             .required = true})};
};

template <>
struct Contract<MilePlace> {
  static constexpr std::string_view kName = "LookPlace";
  static constexpr std::string_view kDoc = "A look's place in the order after a step.";
  static constexpr auto kFields =
      Fields{field("look_id", &MilePlace::look_id, {.doc = "The look", .required = true}),
             field("evening", &MilePlace::evening, {.doc = "For the evening", .required = true}),
             field("score", &MilePlace::score, {.doc = "After this step", .required = true})};
};

template <>
struct Contract<MileStepView> {
  using V = MileStepView;
  static constexpr std::string_view kName = "LookStep";
  static constexpr std::string_view kDoc = "The order after a step of the last mile.";
  static constexpr auto kFields = Fields{
      field("step", &V::step, {.doc = "Name of the step", .required = true}),
      field("order", &V::order, {.doc = "Best first", .required = true}),
      field("gave_way", &V::gave_way, {.doc = "Of veto: what was allowed, in this order", .required = true})};
};

template <>
struct Contract<LooksAnswer> {
  using A = LooksAnswer;
  static constexpr std::string_view kName = "LooksAnswer";
  static constexpr std::string_view kDoc = "The looks of the day, best first.";
  static constexpr auto kFields = Fields{
      field("request_id", &A::request_id,
            {.doc = "Id of the answer; send it as request_id in events about it", .required = true}),
      field("looks", &A::looks, {.doc = "Best first", .required = true}),
      field("evening", &A::evening, {.doc = "True: evening looks come first now", .required = true}),
      field("source", &A::source, {.doc = "Absent: no pool could be shown, and the looks were composed now"}),
      field("degraded", &A::degraded,
            {.doc = "What was relaxed or replaced: `relaxed size`, `composed without a lookbook`, ...",
             .required = true}),
      field("context", &A::context, {.doc = "Context of the answer, when the request has one"}),
      field("steps", &A::steps, {.doc = "With debug: the order after each step"}),
      field("took_ms", &A::took_ms,
            {.doc = "Processing time inside the server, milliseconds", .required = true})};
};

}  // namespace modiste
