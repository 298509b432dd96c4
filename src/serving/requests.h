// What can be asked of the engine and what it answers. These types are the HTTP contract too.
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
#include "serving/reason.h"
#include "style/drift.h"

namespace modiste {

inline constexpr int kCountMax = 100;

// Narrows what may be answered. Names are the vocabulary's; brands and sizes as the shop writes them.
struct Filter {
  std::vector<std::string> departments, categories, colours, brands, sizes;
  std::optional<double> price_min, price_max;
  std::vector<std::string> exclude_garments;
};

// What a request tells of the situation it is made in; all of it may be absent. What is said of occasion,
// season and warmth overrides what would be inferred.
struct RequestContext {
  std::optional<Occasion> occasion;
  std::optional<Season> season;
  std::optional<double> warmth;
  std::string time_zone, local_time;
  Place place;
  std::optional<Weather> weather;
  DeviceClass device = DeviceClass::kUnknown;
};

// What was inferred, and from what.
struct ContextView {
  Occasion occasion{};  // the likeliest
  Season season{};
  double warmth = 0, formality = 0;
  std::optional<double> temperature_c;
  std::string local_time;
  std::optional<DayPart> day_part;
  bool weekend = false;
  std::vector<std::string> hints;           // rules of the calendar that hold today
  std::map<std::string, double> occasions;  // name -> probability
  std::map<std::string, Provenance> known;  // occasion, season, warmth, time -> how
  std::vector<Reason> wanted;               // what is looked for, surest first
};

// Who asks: any of them, or none for a stranger.
struct Who {
  std::string shopper_id;
  std::string device_id;
  std::string session_id;
};

struct RecommendRequest {
  std::string shopper_id, device_id, session_id;
  int count = 20;
  Filter filter;
  std::optional<uint32_t> seed;                // fixes exploration and tie-breaks; absent: drawn
  bool deck = false;                           // swiping: leaves out what was liked, passes come back later
  std::optional<RequestContext> context = {};  // absent: the answer is for any situation
  bool debug = false;                          // tell how the answer came about
};

struct SimilarRequest {
  std::string garment_id;
  std::string colour;
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
};

// The identifiers that a request names, by kind.
template <class R>
[[nodiscard]] std::vector<Identifier> named_by(const R& request) {
  std::vector<Identifier> named;
  if (!request.shopper_id.empty()) named.push_back({IdentifierKind::kUser, request.shopper_id});
  if (!request.device_id.empty()) named.push_back({IdentifierKind::kDevice, request.device_id});
  if (!request.session_id.empty()) named.push_back({IdentifierKind::kSession, request.session_id});
  return named;
}

// One share of a score; value is in [0, 1], the score is the sum of weight * value.
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
  std::optional<std::string> size;  // in stock and likeliest to fit her
  std::optional<double> fit;        // probability that it does
  std::vector<ScorePart> score_breakdown;
  std::vector<Reason> reasons;  // strongest first
};

struct SourceTrace {
  std::string name;
  int64_t candidates = 0;
  double took_ms = 0;
  bool complete = true;  // false: its deadline passed
};

struct StageTime {
  std::string name;
  double took_ms = 0;
};

// How an answer came about, for whoever runs the shop.
struct AnswerDebug {
  std::string policy, ranker;
  int64_t candidates = 0;  // distinct ones, of all sources
  std::vector<SourceTrace> sources;
  std::vector<StageTime> stages;
};

struct Answer {
  std::string request_id;
  std::vector<AnswerItem> items;
  std::vector<std::string> degraded;        // stages that were replaced by a cheaper substitute
  std::optional<ContextView> context = {};  // when the request had one
  double took_ms = 0;
  std::optional<AnswerDebug> debug = {};  // of recommendations; shown when the request asks for it
};

struct QuizOption {
  std::string value;
  std::string label;
  std::string hex;    // colours only
  std::string image;  // a garment that shows it, may be empty
};

struct QuizStep {
  std::string field;  // member of QuizAnswers that it fills
  std::string question;
  bool many = true;
  std::vector<QuizOption> options;
};

struct Quiz {
  std::vector<QuizStep> steps;
  double price_low = 0, price_high = 0;  // of the shop, for the budget
  std::string currency;
};

template <>
struct Contract<Filter> {
  static constexpr std::string_view kName = "Filter";
  static constexpr std::string_view kDoc = "Narrows what may be answered; an absent list admits all.";
  static constexpr auto kFields = std::tuple{
      field("departments", &Filter::departments,
            {.doc = "women, men, unisex, ...", .length_max = 60, .items_max = 20}),
      field("categories", &Filter::categories,
            {.doc = "Vocabulary names; what is below them is admitted too",
             .length_max = 60,
             .items_max = 100}),
      field("colours", &Filter::colours, {.doc = "Colour families", .length_max = 60, .items_max = 50}),
      field("brands", &Filter::brands, {.doc = "As shown to shoppers", .length_max = 200, .items_max = 100}),
      field("sizes", &Filter::sizes,
            {.doc = "In stock in any of these or their equivalents", .length_max = 60, .items_max = 50}),
      field("price_min", &Filter::price_min, {.doc = "In the shop's currency", .min = 0}),
      field("price_max", &Filter::price_max, {.doc = "In the shop's currency", .min = 0}),
      field("exclude_garments", &Filter::exclude_garments,
            {.doc = "Garment ids never to answer", .length_max = 200, .items_max = 1'000})};
};

template <>
struct Contract<RequestContext> {
  static constexpr std::string_view kName = "RequestContext";
  static constexpr std::string_view kDoc =
      "The situation a request is made in. What is said of occasion, season and warmth overrides what is "
      "inferred "
      "from the rest.";
  static constexpr auto kFields =
      std::tuple{field("occasion", &RequestContext::occasion, {.doc = "What it is for, when she said so"}),
                 field("season", &RequestContext::season, {.doc = "For which season, when she said so"}),
                 field("warmth", &RequestContext::warmth,
                       {.doc = "Wanted of clothes: 0 for heat, 1 for hard frost", .min = 0, .max = 1}),
                 field("time_zone", &RequestContext::time_zone,
                       {.doc = "IANA name; also tells country and hemisphere",
                        .length_max = 64,
                        .example = "Europe/Berlin"}),
                 field("local_time", &RequestContext::local_time,
                       {.doc = "Wall clock without offset, instead of now",
                        .length_max = 19,
                        .example = "2026-12-24T18:30"}),
                 field("place", &RequestContext::place, {.doc = "Where she is, coarsely"}),
                 field("weather", &RequestContext::weather, {.doc = "Instead of the weather service's"}),
                 field("device", &RequestContext::device, {.doc = "What she looks at"})};
};

template <>
struct Contract<ContextView> {
  static constexpr std::string_view kName = "Context";
  static constexpr std::string_view kDoc = "The situation an answer is for, and how each part is known.";
  static constexpr auto kFields = std::tuple{
      field("occasion", &ContextView::occasion, {.doc = "The likeliest", .required = true}),
      field("season", &ContextView::season, {.doc = "The likeliest", .required = true}),
      field("warmth", &ContextView::warmth, {.doc = "0 for heat, 1 for hard frost", .required = true}),
      field("formality", &ContextView::formality, {.doc = "0 lounge to 1 black tie", .required = true}),
      field("temperature_c", &ContextView::temperature_c, {.doc = "As it feels, where the weather is known"}),
      field("local_time", &ContextView::local_time, {.doc = "By her clock", .required = true}),
      field("day_part", &ContextView::day_part, {.doc = "Absent when her hour is not known"}),
      field("weekend", &ContextView::weekend, {.doc = "By her calendar", .required = true}),
      field("hints", &ContextView::hints, {.doc = "Rules of the calendar that hold today", .required = true}),
      field("occasions", &ContextView::occasions, {.doc = "Probability by name", .required = true}),
      field("known", &ContextView::known,
            {.doc = "How occasion, season, warmth and time are known", .required = true}),
      field("wanted", &ContextView::wanted, {.doc = "What is looked for, surest first", .required = true})};
};

template <>
struct Contract<RecommendRequest> {
  static constexpr std::string_view kName = "RecommendRequest";
  static constexpr std::string_view kDoc = "Asks for garments that a shopper would love now.";
  static constexpr auto kFields = std::tuple{
      field("shopper_id", &RecommendRequest::shopper_id,
            {.doc = "Who asks: her account; absent for a visitor", .length_max = 100, .example = "ada"}),
      field("device_id", &RecommendRequest::device_id,
            {.doc = "The browser or app she uses", .length_max = 100}),
      field("session_id", &RecommendRequest::session_id, {.doc = "Her visit", .length_max = 100}),
      field("count", &RecommendRequest::count, {.doc = "How many", .min = 1, .max = kCountMax}),
      field("filter", &RecommendRequest::filter, {.doc = "Narrows the answer"}),
      field("seed", &RecommendRequest::seed,
            {.doc = "Makes the answer repeatable", .min = 0, .max = 4294967295.0}),
      field("deck", &RecommendRequest::deck,
            {.doc = "For swiping: what was liked is left out, what was passed comes back later"}),
      field("context", &RecommendRequest::context, {.doc = "For which situation; absent: for any"}),
      field("debug", &RecommendRequest::debug, {.doc = "Tell how the answer came about"})};
};

template <>
struct Contract<SearchRequest> {
  static constexpr std::string_view kName = "SearchRequest";
  static constexpr std::string_view kDoc = "Asks for garments by words.";
  static constexpr auto kFields =
      std::tuple{field("query", &SearchRequest::query,
                       {.doc = "As a shopper would say it",
                        .required = true,
                        .length_max = 1'000,
                        .example = "warm hooded jacket for running in the rain"}),
                 field("count", &SearchRequest::count, {.doc = "How many", .min = 1, .max = kCountMax}),
                 field("shopper_id", &SearchRequest::shopper_id,
                       {.doc = "Leans the order to her style", .length_max = 100}),
                 field("device_id", &SearchRequest::device_id,
                       {.doc = "The browser or app she uses", .length_max = 100}),
                 field("session_id", &SearchRequest::session_id, {.doc = "Her visit", .length_max = 100}),
                 field("filter", &SearchRequest::filter, {.doc = "Narrows the answer"})};
};

template <>
struct Contract<ScorePart> {
  static constexpr std::string_view kName = "ScorePart";
  static constexpr std::string_view kDoc = "One share of a score: weight times value.";
  static constexpr auto kFields = std::tuple{
      field("name", &ScorePart::name, {.doc = "content, neighbours, visual, ...", .required = true}),
      field("weight", &ScorePart::weight, {.doc = "Share of the score", .required = true}),
      field("value", &ScorePart::value, {.doc = "0 to 1", .required = true})};
};

template <>
struct Contract<AnswerItem> {
  static constexpr std::string_view kName = "AnswerItem";
  static constexpr std::string_view kDoc = "A garment in one colour, with why it is here.";
  static constexpr auto kFields = std::tuple{
      field("garment_id", &AnswerItem::garment_id, {.doc = "The garment", .required = true}),
      field("colour", &AnswerItem::colour,
            {.doc = "In this colour, as the shop writes it", .required = true}),
      field("title", &AnswerItem::title, {.doc = "As shown to shoppers", .required = true}),
      field("brand", &AnswerItem::brand, {.doc = "As shown to shoppers", .required = true}),
      field("category", &AnswerItem::category,
            {.doc = "Label of the vocabulary's category", .required = true}),
      field("price", &AnswerItem::price, {.doc = "Of the cheapest variant in stock", .required = true}),
      field("list_price", &AnswerItem::list_price, {.doc = "Before a reduction"}),
      field("currency", &AnswerItem::currency, {.doc = "ISO 4217", .required = true}),
      field("image", &AnswerItem::image,
            {.doc = "Address relative to this server; empty when there is none", .required = true}),
      field("palette", &AnswerItem::palette,
            {.doc = "Colours of the garment, #rrggbb, by share", .required = true}),
      field("sizes_in_stock", &AnswerItem::sizes_in_stock,
            {.doc = "As the shop writes them", .required = true}),
      field("position", &AnswerItem::position, {.doc = "Place in the answer, from 0", .required = true}),
      field("score", &AnswerItem::score, {.doc = "Sum of the breakdown", .required = true}),
      field("propensity", &AnswerItem::propensity,
            {.doc = "Probability with which it is shown here", .required = true}),
      field("size", &AnswerItem::size, {.doc = "In stock and likeliest to fit her, as the shop writes it"}),
      field("fit", &AnswerItem::fit, {.doc = "Probability that this size fits her"}),
      field("explored", &AnswerItem::explored,
            {.doc = "Shown to learn, not because it scored", .required = true}),
      field("score_breakdown", &AnswerItem::score_breakdown,
            {.doc = "What the score is made of", .required = true}),
      field("reasons", &AnswerItem::reasons, {.doc = "Why it is here, strongest first", .required = true})};
};

template <>
struct Contract<SourceTrace> {
  static constexpr std::string_view kName = "SourceTrace";
  static constexpr std::string_view kDoc = "What one candidate source found.";
  static constexpr auto kFields = std::tuple{
      field("name", &SourceTrace::name, {.doc = "visual, attributes, neighbours, ...", .required = true}),
      field("candidates", &SourceTrace::candidates, {.doc = "How many", .required = true}),
      field("took_ms", &SourceTrace::took_ms, {.doc = "Milliseconds", .required = true}),
      field("complete", &SourceTrace::complete, {.doc = "False: its deadline passed", .required = true})};
};

template <>
struct Contract<StageTime> {
  static constexpr std::string_view kName = "StageTime";
  static constexpr std::string_view kDoc = "How long a stage of the request took.";
  static constexpr auto kFields = std::tuple{
      field("name", &StageTime::name, {.doc = "retrieve, features, rank, rerank, ...", .required = true}),
      field("took_ms", &StageTime::took_ms, {.doc = "Milliseconds", .required = true})};
};

template <>
struct Contract<AnswerDebug> {
  static constexpr std::string_view kName = "AnswerDebug";
  static constexpr std::string_view kDoc = "How an answer came about.";
  static constexpr auto kFields = std::tuple{
      field("policy", &AnswerDebug::policy, {.doc = "Name of the policy", .required = true}),
      field("ranker", &AnswerDebug::ranker, {.doc = "Name of the ranker", .required = true}),
      field("candidates", &AnswerDebug::candidates,
            {.doc = "Distinct ones, of all sources", .required = true}),
      field("sources", &AnswerDebug::sources, {.doc = "In the order they were asked", .required = true}),
      field("stages", &AnswerDebug::stages, {.doc = "In order", .required = true})};
};

template <>
struct Contract<Answer> {
  static constexpr std::string_view kName = "Answer";
  static constexpr std::string_view kDoc = "Garments in order, best first.";
  static constexpr auto kFields =
      std::tuple{field("request_id", &Answer::request_id,
                       {.doc = "Cite it in events that answer to this", .required = true}),
                 field("items", &Answer::items, {.doc = "Best first", .required = true}),
                 field("degraded", &Answer::degraded,
                       {.doc = "Stages replaced by a cheaper substitute", .required = true}),
                 field("context", &Answer::context, {.doc = "What the answer is for, when the request told"}),
                 field("took_ms", &Answer::took_ms, {.doc = "Inside the engine", .required = true}),
                 field("debug", &Answer::debug, {.doc = "How it came about, when the request asks for it"})};
};

template <>
struct Contract<QuizOption> {
  static constexpr std::string_view kName = "QuizOption";
  static constexpr std::string_view kDoc = "One answer that can be picked.";
  static constexpr auto kFields = std::tuple{
      field("value", &QuizOption::value, {.doc = "To send", .required = true}),
      field("label", &QuizOption::label, {.doc = "To show", .required = true}),
      field("hex", &QuizOption::hex, {.doc = "Of a colour, else empty", .required = true}),
      field("image", &QuizOption::image, {.doc = "A garment that shows it, may be empty", .required = true})};
};

template <>
struct Contract<QuizStep> {
  static constexpr std::string_view kName = "QuizStep";
  static constexpr std::string_view kDoc = "One of the six questions.";
  static constexpr auto kFields = std::tuple{
      field("field", &QuizStep::field, {.doc = "Member of QuizAnswers that it fills", .required = true}),
      field("question", &QuizStep::question, {.doc = "To show", .required = true}),
      field("many", &QuizStep::many, {.doc = "More than one may be picked", .required = true}),
      field("options", &QuizStep::options,
            {.doc = "Only what this shop sells; empty for the budget", .required = true})};
};

template <>
struct Contract<Quiz> {
  static constexpr std::string_view kName = "Quiz";
  static constexpr std::string_view kDoc = "Six questions whose answers begin a style.";
  static constexpr auto kFields =
      std::tuple{field("steps", &Quiz::steps, {.doc = "In order", .required = true}),
                 field("price_low", &Quiz::price_low, {.doc = "Of the shop", .required = true}),
                 field("price_high", &Quiz::price_high, {.doc = "Of the shop", .required = true}),
                 field("currency", &Quiz::currency, {.doc = "ISO 4217", .required = true})};
};

}  // namespace modiste
