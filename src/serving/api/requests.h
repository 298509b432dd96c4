// Requests to the services and their answers. These types are the HTTP contract too.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "catalog/garment.h"
#include "context/context.h"
#include "identity/identifier.h"
#include "serving/api/query_view.h"
#include "serving/api/reason.h"
#include "style/drift.h"

namespace modiste {

inline constexpr int kCountMax = 100;

// Restricts the answer. Terms are names of the vocabulary; brands and sizes are written as
// the shop writes them.
struct Filter {
  std::vector<std::string> departments, categories, colours, brands, sizes;
  std::optional<double> price_min, price_max;
  std::vector<std::string> exclude_garments;
};

// The situation a request is made in; every member may be absent. A stated occasion, season or warmth
// overrides what would be inferred.
struct RequestContext {
  std::optional<Occasion> occasion;
  std::optional<Season> season;
  std::optional<double> warmth;
  std::string time_zone, local_time;
  Place place;
  std::optional<Weather> weather;
  DeviceClass device = DeviceClass::kUnknown;
};

// The context that was inferred, and how each part is known.
struct ContextView {
  Occasion occasion{};  // the most probable
  Season season{};
  double warmth = 0, formality = 0;
  std::optional<double> temperature_c;
  std::string local_time;
  std::optional<DayPart> day_part;
  bool weekend = false;
  std::vector<std::string> hints;           // calendar rules that apply today
  std::map<std::string, double> occasions;  // name -> probability
  std::map<std::string, Provenance> known;  // occasion, season, warmth, time -> how
  std::vector<Reason> wanted;               // what the context asks for, most certain first
};

// Who asks: any of these identifiers, or none for an anonymous visitor.
struct Who {
  std::string shopper_id;
  std::string device_id;
  std::string session_id;
};

struct RecommendRequest {
  std::string shopper_id, device_id, session_id;
  int count = 20;
  Filter filter;
  std::optional<uint32_t> seed;  // fixes exploration and tie-breaks; absent: random
  bool deck = false;             // swiping: leaves out liked items; passed items come back later
  std::optional<RequestContext> context = {};  // absent: the answer is for any situation
  bool debug = false;                          // include debug information in the answer
};

// What other requests have in common with one: who asks, for how many, in what situation.
template <class Asked>
[[nodiscard]] RecommendRequest recommend_as(const Asked& asked) {
  RecommendRequest base;
  base.shopper_id = asked.shopper_id;
  base.device_id = asked.device_id;
  base.session_id = asked.session_id;
  base.count = asked.count;
  base.context = asked.context;
  return base;
}

struct SimilarRequest {
  std::string garment_id;
  std::string colour;
  int count = 12;
  std::string shopper_id;
  Filter filter;
  std::string device_id = {}, session_id = {};
};

// How two garments are together.
enum class TogetherBy : uint8_t { kChosen, kBought };
template <>
struct EnumNames<TogetherBy> {
  static constexpr std::array<std::string_view, 2> kNames{"chosen", "bought"};
};

struct TogetherRequest {
  std::string garment_id;
  TogetherBy by = TogetherBy::kChosen;
  int count = 12;
  std::string shopper_id;
  Filter filter;
  std::string device_id = {}, session_id = {};
};

struct SearchRequest {
  std::string query;
  int count = 24;
  std::string shopper_id;
  Filter filter;
  std::string device_id = {}, session_id = {};
  bool literal = false;  // no word is taken for mistyped
};

// The identifiers that a request contains, by kind.
template <class R>
[[nodiscard]] std::vector<Identifier> named_by(const R& request) {
  std::vector<Identifier> named;
  if (!request.shopper_id.empty()) named.push_back({IdentifierKind::kUser, request.shopper_id});
  if (!request.device_id.empty()) named.push_back({IdentifierKind::kDevice, request.device_id});
  if (!request.session_id.empty()) named.push_back({IdentifierKind::kSession, request.session_id});
  return named;
}

// One term of a score. value is in [0, 1]; factors then lower the sum of weight * value (AnswerItem).
struct ScorePart {
  std::string name;
  double weight = 0;
  double value = 0;
};

struct AnswerItem {
  std::string garment_id;
  std::string colour;
  std::string title;
  std::string brand;
  std::string category;  // label of the vocabulary term
  double price = 0;
  std::optional<double> list_price;
  std::string currency;
  std::string image;                        // address relative to the server, empty when there is none
  std::vector<std::string> palette;         // "#rrggbb" by share
  std::vector<std::string> sizes_in_stock;  // as the shop writes them
  int position = 0;
  double score = 0;
  double propensity = 1;
  bool explored = false;
  std::optional<std::string> size;  // in stock and most likely to fit the shopper
  std::optional<double> fit;        // probability that it fits
  std::vector<ScorePart> score_breakdown;
  std::vector<Reason> reasons;  // strongest first
};

struct SourceTrace {
  std::string name;
  int64_t candidates = 0;
  double took_ms = 0;
  bool complete = true;  // false: the deadline passed
};

struct StageTime {
  std::string name;
  double took_ms = 0;
};

// How an answer came about, for operators of the shop.
struct AnswerDebug {
  std::string policy, ranker;
  int64_t candidates = 0;  // distinct candidates of all sources
  std::vector<SourceTrace> sources;
  std::vector<StageTime> stages;
};

struct Answer {
  std::string request_id;
  std::vector<AnswerItem> items;
  std::vector<std::string> degraded;        // what was relaxed, or replaced by a cheaper substitute
  std::optional<ContextView> context = {};  // when the request had one
  double took_ms = 0;
  std::optional<AnswerDebug> debug = {};  // of recommendations; shown when the request asks for it
  std::optional<QueryView> query = {};    // of a search by words
};

struct QuizOption {
  std::string value;
  std::string label;
  std::string hex;    // colours only
  std::string image;  // photo of an example garment, may be empty
};

struct QuizStep {
  std::string field;  // the member of QuizAnswers for the answer
  std::string question;
  bool many = true;
  std::vector<QuizOption> options;
};

struct Quiz {
  std::vector<QuizStep> steps;
  std::vector<QuizStep> vetoes;          // what may be vetoed: each step's field is a member of Vetoes
  double price_low = 0, price_high = 0;  // price range of the shop, for the budget
  std::string currency;
};

template <>
struct Contract<Filter> {
  static constexpr std::string_view kName = "Filter";
  static constexpr std::string_view kDoc = "Restricts the items of the answer; an absent list allows all.";
  static constexpr auto kFields = Fields{
      field("departments", &Filter::departments,
            {.doc = "women, men, unisex, ...", .length_max = 60, .items_max = 20}),
      field("categories", &Filter::categories,
            {.doc = "Vocabulary names; narrower terms are included", .length_max = 60, .items_max = 100}),
      field("colours", &Filter::colours, {.doc = "Colour families", .length_max = 60, .items_max = 50}),
      field("brands", &Filter::brands,
            {.doc = "Brand names as shown to shoppers", .length_max = 200, .items_max = 100}),
      field("sizes", &Filter::sizes,
            {.doc = "The item is in stock in one of these sizes or an equivalent",
             .length_max = 60,
             .items_max = 50}),
      field("price_min", &Filter::price_min, {.doc = "Lowest price, in the shop's currency", .min = 0}),
      field("price_max", &Filter::price_max, {.doc = "Highest price, in the shop's currency", .min = 0}),
      field("exclude_garments", &Filter::exclude_garments,
            {.doc = "Ids of garments to leave out", .length_max = 200, .items_max = 1'000})};
};

template <>
struct Contract<RequestContext> {
  static constexpr std::string_view kName = "RequestContext";
  static constexpr std::string_view kDoc =
      "The situation a request is made in. A stated occasion, season or warmth overrides what would be "
      "inferred from the rest.";
  static constexpr auto kFields = Fields{
      field("occasion", &RequestContext::occasion, {.doc = "Occasion, when the shopper states it"}),
      field("season", &RequestContext::season, {.doc = "Season, when the shopper states it"}),
      field("warmth", &RequestContext::warmth,
            {.doc = "Wanted warmth of clothes: 0 for heat, 1 for hard frost", .min = 0, .max = 1}),
      field("time_zone", &RequestContext::time_zone,
            {.doc = "IANA time zone; country and hemisphere are derived from it",
             .length_max = 64,
             .example = "Europe/Berlin"}),
      field(
          "local_time", &RequestContext::local_time,
          {.doc = "Local time without offset; absent: now", .length_max = 19, .example = "2026-12-24T18:30"}),
      field("place", &RequestContext::place, {.doc = "Coarse location of the shopper"}),
      field("weather", &RequestContext::weather, {.doc = "Replaces the answer of the weather service"}),
      field("device", &RequestContext::device, {.doc = "Device class"})};
};

template <>
struct Contract<ContextView> {
  static constexpr std::string_view kName = "Context";
  static constexpr std::string_view kDoc = "The context an answer was made for, and how each part is known.";
  static constexpr auto kFields = Fields{
      field("occasion", &ContextView::occasion, {.doc = "The most probable occasion", .required = true}),
      field("season", &ContextView::season, {.doc = "The most probable season", .required = true}),
      field("warmth", &ContextView::warmth,
            {.doc = "Wanted warmth of clothes: 0 for heat, 1 for hard frost", .required = true}),
      field("formality", &ContextView::formality,
            {.doc = "0 (loungewear) to 1 (black tie)", .required = true}),
      field("temperature_c", &ContextView::temperature_c,
            {.doc = "Apparent temperature, when the weather is known"}),
      field("local_time", &ContextView::local_time, {.doc = "Local time of the shopper", .required = true}),
      field("day_part", &ContextView::day_part, {.doc = "Absent when the shopper's local time is unknown"}),
      field("weekend", &ContextView::weekend,
            {.doc = "Whether it is weekend for the shopper", .required = true}),
      field("hints", &ContextView::hints, {.doc = "Calendar rules that apply today", .required = true}),
      field("occasions", &ContextView::occasions,
            {.doc = "Probability of each occasion, by name", .required = true}),
      field("known", &ContextView::known,
            {.doc = "How occasion, season, warmth and time are known, by name", .required = true}),
      field("wanted", &ContextView::wanted,
            {.doc = "What the context asks for, most certain first", .required = true})};
};

template <>
struct Contract<RecommendRequest> {
  static constexpr std::string_view kName = "RecommendRequest";
  static constexpr std::string_view kDoc = "Request for recommendations.";
  static constexpr auto kFields = Fields{
      field("shopper_id", &RecommendRequest::shopper_id,
            {.doc = "Shopper account id; omit for anonymous visitors", .length_max = 100, .example = "ada"}),
      field("device_id", &RecommendRequest::device_id,
            {.doc = "Id of the browser or app installation", .length_max = 100}),
      field("session_id", &RecommendRequest::session_id,
            {.doc = "Id of the current visit", .length_max = 100}),
      field("count", &RecommendRequest::count, {.doc = "Number of items", .min = 1, .max = kCountMax}),
      field("filter", &RecommendRequest::filter, {.doc = "Restricts the answer"}),
      field(
          "seed", &RecommendRequest::seed,
          {.doc = "Fixes random choices, so that the answer can be repeated", .min = 0, .max = 4294967295.0}),
      field("deck", &RecommendRequest::deck,
            {.doc = "For swiping: leaves out liked items; passed items come back later"}),
      field("context", &RecommendRequest::context,
            {.doc = "Situation of the request; absent: any situation"}),
      field("debug", &RecommendRequest::debug, {.doc = "Include debug information in the answer"})};
};

template <>
struct Contract<SearchRequest> {
  static constexpr std::string_view kName = "SearchRequest";
  static constexpr std::string_view kDoc = "Search by words.";
  static constexpr auto kFields = Fields{
      field("query", &SearchRequest::query,
            {.doc = "Query in the shopper's words",
             .required = true,
             .length_max = 1'000,
             .example = "warm hooded jacket for running in the rain"}),
      field("count", &SearchRequest::count, {.doc = "Number of items", .min = 1, .max = kCountMax}),
      field("shopper_id", &SearchRequest::shopper_id,
            {.doc = "Shopper account id; personalises the order", .length_max = 100}),
      field("device_id", &SearchRequest::device_id,
            {.doc = "Id of the browser or app installation", .length_max = 100}),
      field("session_id", &SearchRequest::session_id, {.doc = "Id of the current visit", .length_max = 100}),
      field("filter", &SearchRequest::filter, {.doc = "Restricts the answer"}),
      field("literal", &SearchRequest::literal,
            {.doc = "Search for the words as they are written: none is taken for mistyped"})};
};

template <>
struct Contract<ScorePart> {
  static constexpr std::string_view kName = "ScorePart";
  static constexpr std::string_view kDoc =
      "One term of a score; it contributes weight times value, before factors lower the sum.";
  static constexpr auto kFields = Fields{
      field("name", &ScorePart::name, {.doc = "content, neighbours, visual, ...", .required = true}),
      field("weight", &ScorePart::weight, {.doc = "Weight of the term in the score", .required = true}),
      field("value", &ScorePart::value, {.doc = "0 to 1", .required = true})};
};

template <>
struct Contract<AnswerItem> {
  static constexpr std::string_view kName = "AnswerItem";
  static constexpr std::string_view kDoc = "A garment in one colour, with the reasons for showing it.";
  static constexpr auto kFields = Fields{
      field("garment_id", &AnswerItem::garment_id, {.doc = "Id of the garment", .required = true}),
      field("colour", &AnswerItem::colour, {.doc = "Colour name, as the shop writes it", .required = true}),
      field("title", &AnswerItem::title, {.doc = "Title as shown to shoppers", .required = true}),
      field("brand", &AnswerItem::brand, {.doc = "Brand as shown to shoppers", .required = true}),
      field("category", &AnswerItem::category,
            {.doc = "Label of the category in the vocabulary", .required = true}),
      field("price", &AnswerItem::price, {.doc = "Price of the cheapest variant in stock", .required = true}),
      field("list_price", &AnswerItem::list_price, {.doc = "Price before a reduction"}),
      field("currency", &AnswerItem::currency, {.doc = "ISO 4217", .required = true}),
      field("image", &AnswerItem::image,
            {.doc = "Address of a photo, relative to this server; empty without photo", .required = true}),
      field("palette", &AnswerItem::palette,
            {.doc = "Colours of the garment, #rrggbb, largest share first", .required = true}),
      field("sizes_in_stock", &AnswerItem::sizes_in_stock,
            {.doc = "Sizes in stock, as the shop writes them", .required = true}),
      field("position", &AnswerItem::position, {.doc = "Position in the answer, from 0", .required = true}),
      field("score", &AnswerItem::score,
            {.doc = "What orders the items: the sum of weight times value over the breakdown, lowered by "
                    "factors for fit, rules and proportions",
             .required = true}),
      field("propensity", &AnswerItem::propensity,
            {.doc = "Probability of showing this item at this position", .required = true}),
      field("size", &AnswerItem::size,
            {.doc = "Size in stock that is most likely to fit the shopper, as the shop writes it"}),
      field("fit", &AnswerItem::fit, {.doc = "Probability that this size fits the shopper"}),
      field("explored", &AnswerItem::explored,
            {.doc = "True: shown to explore, not because of its score", .required = true}),
      field("score_breakdown", &AnswerItem::score_breakdown,
            {.doc = "Terms of the score; `learned` is what a ranker that the shop trained predicts, its best "
                    "candidate 1",
             .required = true}),
      field("reasons", &AnswerItem::reasons,
            {.doc = "Reasons for showing the item, strongest first", .required = true})};
};

template <>
struct Contract<SourceTrace> {
  static constexpr std::string_view kName = "SourceTrace";
  static constexpr std::string_view kDoc = "What one candidate source found.";
  static constexpr auto kFields = Fields{
      field("name", &SourceTrace::name, {.doc = "visual, attributes, neighbours, ...", .required = true}),
      field("candidates", &SourceTrace::candidates, {.doc = "Number of candidates found", .required = true}),
      field("took_ms", &SourceTrace::took_ms, {.doc = "Milliseconds", .required = true}),
      field("complete", &SourceTrace::complete,
            {.doc = "False when the deadline passed before the source finished", .required = true})};
};

template <>
struct Contract<StageTime> {
  static constexpr std::string_view kName = "StageTime";
  static constexpr std::string_view kDoc = "How long a stage of the request took.";
  static constexpr auto kFields = Fields{
      field("name", &StageTime::name, {.doc = "retrieve, features, rank, rerank, ...", .required = true}),
      field("took_ms", &StageTime::took_ms, {.doc = "Milliseconds", .required = true})};
};

template <>
struct Contract<AnswerDebug> {
  static constexpr std::string_view kName = "AnswerDebug";
  static constexpr std::string_view kDoc = "Debug information: how an answer came about.";
  static constexpr auto kFields = Fields{
      field("policy", &AnswerDebug::policy, {.doc = "Name of the policy", .required = true}),
      field("ranker", &AnswerDebug::ranker, {.doc = "Name of the ranker", .required = true}),
      field("candidates", &AnswerDebug::candidates,
            {.doc = "Number of distinct candidates of all sources", .required = true}),
      field("sources", &AnswerDebug::sources,
            {.doc = "Candidate sources, in the order they were asked", .required = true}),
      field("stages", &AnswerDebug::stages, {.doc = "Stages of the request, in order", .required = true})};
};

template <>
struct Contract<Answer> {
  static constexpr std::string_view kName = "Answer";
  static constexpr std::string_view kDoc = "Garments in order, best first.";
  static constexpr auto kFields = Fields{
      field("request_id", &Answer::request_id,
            {.doc = "Id of the answer; send it as request_id in events about its items", .required = true}),
      field("items", &Answer::items, {.doc = "Items, best first", .required = true}),
      field("degraded", &Answer::degraded,
            {.doc = "What was relaxed, late or replaced by a cheaper substitute: `relaxed size`, "
                    "`late visual`, `profile`, ...",
             .required = true}),
      field("context", &Answer::context, {.doc = "Context of the answer, when the request has one"}),
      field("took_ms", &Answer::took_ms,
            {.doc = "Processing time inside the server, milliseconds", .required = true}),
      field("debug", &Answer::debug, {.doc = "Debug information, when the request asks for it"}),
      field("query", &Answer::query, {.doc = "What a search by words understood of its query"})};
};

template <>
struct Contract<QuizOption> {
  static constexpr std::string_view kName = "QuizOption";
  static constexpr std::string_view kDoc = "An option of a quiz question.";
  static constexpr auto kFields = Fields{
      field("value", &QuizOption::value, {.doc = "Value to send as the answer", .required = true}),
      field("label", &QuizOption::label, {.doc = "Text to display", .required = true}),
      field("hex", &QuizOption::hex, {.doc = "Colours only: #rrggbb; otherwise empty", .required = true}),
      field("image", &QuizOption::image,
            {.doc = "Address of a photo of an example garment; may be empty", .required = true})};
};

template <>
struct Contract<QuizStep> {
  static constexpr std::string_view kName = "QuizStep";
  static constexpr std::string_view kDoc = "A question of the style quiz.";
  static constexpr auto kFields = Fields{
      field("field", &QuizStep::field,
            {.doc = "Member of QuizAnswers that holds the answer", .required = true}),
      field("question", &QuizStep::question, {.doc = "Question to display", .required = true}),
      field("many", &QuizStep::many, {.doc = "True: several options may be chosen", .required = true}),
      field("options", &QuizStep::options,
            {.doc = "Options, limited to what this shop sells; empty for the budget", .required = true})};
};

template <>
struct Contract<Quiz> {
  static constexpr std::string_view kName = "Quiz";
  static constexpr std::string_view kDoc = "The style quiz: questions whose answers start a style profile.";
  static constexpr auto kFields = Fields{
      field("steps", &Quiz::steps, {.doc = "Questions, in order", .required = true}),
      field("vetoes", &Quiz::vetoes,
            {.doc =
                 "What may be vetoed: options for each member of Vetoes, to be sent in QuizAnswers.vetoes or "
                 "by PUT /v1/shoppers/{id}/vetoes",
             .required = true}),
      field("price_low", &Quiz::price_low, {.doc = "Lowest price in the shop", .required = true}),
      field("price_high", &Quiz::price_high, {.doc = "Highest price in the shop", .required = true}),
      field("currency", &Quiz::currency, {.doc = "ISO 4217", .required = true})};
};

}  // namespace modiste
