// What the HTTP API speaks beyond the engine's, the catalog's and the events' own types.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "catalog/garment.h"
#include "events/event.h"
#include "ingest/dead_letters.h"
#include "ingest/event_intake.h"
#include "serving/catalog_views.h"
#include "serving/person_views.h"
#include "serving/requests.h"
#include "serving/style_view.h"

namespace modiste::http {

inline constexpr size_t kGarmentsPerBatchMax = 1'000;
inline constexpr int kGarmentsPerPageMax = 500;

// No path parameters, no query, no body, or nothing to answer.
struct Nothing {};

struct GarmentPath {
  std::string id;
};
struct VariantPath {
  std::string sku;
};
struct ShopperPath {
  std::string id;
};
struct ShopperQuery {
  IdentifierKind kind = IdentifierKind::kUser;
};
struct LinkChange {
  std::string link;
  bool merges = false;
};

struct GarmentsQuery {
  std::string after;
  int count = 50;
};
struct ImageQuery {
  std::string colour;
};
struct SimilarQuery {
  std::string colour;
  int count = 12;
  std::string shopper_id, device_id, session_id;
};
struct PhotoQuery {
  int count = 24;
  std::string shopper_id, device_id, session_id;
};

struct UpsertReport {
  std::string garment_id;
  int items = 0;  // colours of it that can be recommended now
};

struct GarmentBatch {
  std::vector<Garment> garments;
};
struct GarmentRefusal {
  int index = 0;
  std::string garment_id;
  std::string reason, pointer, expected;
};
struct BatchUpsertReport {
  int accepted = 0;
  std::vector<GarmentRefusal> refused;
};

struct EventBatch {
  std::vector<Event> events;
};

struct LetterPath {
  int64_t id = 0;
};
struct LetterFix {
  json::value body;
};

struct VariantPatch {
  std::optional<int> stock;
  std::optional<double> price;
  std::optional<double> list_price;
};

struct ImageReport {
  std::string url;
};

// RFC 9457.
struct Problem {
  std::string type, title;
  int status = 500;
  std::string detail;
  std::optional<std::string> instance, pointer, expected;
};

struct Health {
  std::string status = "ok";
};

}  // namespace modiste::http

namespace modiste {

template <>
struct Contract<http::Nothing> {
  static constexpr std::string_view kName = "Nothing";
  static constexpr std::string_view kDoc = "Nothing.";
  static constexpr std::tuple<> kFields{};
};

template <>
struct Contract<http::GarmentPath> {
  static constexpr std::string_view kName = "GarmentPath";
  static constexpr std::string_view kDoc = "Which garment.";
  static constexpr auto kFields =
      std::tuple{field("id", &http::GarmentPath::id,
                       {.doc = "The garment's id", .required = true, .length_max = 200, .example = "MH01"})};
};

template <>
struct Contract<http::VariantPath> {
  static constexpr std::string_view kName = "VariantPath";
  static constexpr std::string_view kDoc = "Which variant.";
  static constexpr auto kFields = std::tuple{
      field("sku", &http::VariantPath::sku,
            {.doc = "The variant's sku", .required = true, .length_max = 200, .example = "MH01-XS-Gray"})};
};

template <>
struct Contract<http::ShopperPath> {
  static constexpr std::string_view kName = "ShopperPath";
  static constexpr std::string_view kDoc = "Which shopper.";
  static constexpr auto kFields =
      std::tuple{field("id", &http::ShopperPath::id,
                       {.doc = "As sent in events", .required = true, .length_max = 100, .example = "ada"})};
};

template <>
struct Contract<http::ShopperQuery> {
  static constexpr std::string_view kName = "ShopperQuery";
  static constexpr std::string_view kDoc = "What the id is.";
  static constexpr auto kFields = std::tuple{
      field("kind", &http::ShopperQuery::kind, {.doc = "An account, unless something else is said"})};
};

template <>
struct Contract<http::LinkChange> {
  static constexpr std::string_view kName = "LinkChange";
  static constexpr std::string_view kDoc = "Whether a link of the identity graph may merge its ends.";
  static constexpr auto kFields =
      std::tuple{field("link", &http::LinkChange::link,
                       {.doc = "As her identity names it", .required = true, .length_max = 200}),
                 field("merges", &http::LinkChange::merges,
                       {.doc = "false undoes a merge; true takes that back", .required = true})};
};

template <>
struct Contract<http::GarmentsQuery> {
  static constexpr std::string_view kName = "GarmentsQuery";
  static constexpr std::string_view kDoc = "Which page of the catalog.";
  static constexpr auto kFields =
      std::tuple{field("after", &http::GarmentsQuery::after,
                       {.doc = "The page begins after this id; absent: at the beginning", .length_max = 200}),
                 field("count", &http::GarmentsQuery::count,
                       {.doc = "How many", .min = 1, .max = http::kGarmentsPerPageMax})};
};

template <>
struct Contract<http::ImageQuery> {
  static constexpr std::string_view kName = "ImageQuery";
  static constexpr std::string_view kDoc = "What the photo shows.";
  static constexpr auto kFields =
      std::tuple{field("colour", &http::ImageQuery::colour,
                       {.doc = "The colour it shows; absent: all", .length_max = 100, .example = "Gray"})};
};

template <>
struct Contract<http::SimilarQuery> {
  static constexpr std::string_view kName = "SimilarQuery";
  static constexpr std::string_view kDoc = "Similar to what, for whom.";
  static constexpr auto kFields = std::tuple{
      field("colour", &http::SimilarQuery::colour,
            {.doc = "The colour looked at; absent: the garment's first", .length_max = 100}),
      field("count", &http::SimilarQuery::count, {.doc = "How many", .min = 1, .max = kCountMax}),
      field("shopper_id", &http::SimilarQuery::shopper_id,
            {.doc = "Leans the order to her style", .length_max = 100}),
      field("device_id", &http::SimilarQuery::device_id,
            {.doc = "The browser or app she uses", .length_max = 100}),
      field("session_id", &http::SimilarQuery::session_id, {.doc = "Her visit", .length_max = 100})};
};

template <>
struct Contract<http::PhotoQuery> {
  static constexpr std::string_view kName = "PhotoQuery";
  static constexpr std::string_view kDoc = "How many, for whom.";
  static constexpr auto kFields =
      std::tuple{field("count", &http::PhotoQuery::count, {.doc = "How many", .min = 1, .max = kCountMax}),
                 field("shopper_id", &http::PhotoQuery::shopper_id,
                       {.doc = "Leans the order to her style", .length_max = 100}),
                 field("device_id", &http::PhotoQuery::device_id,
                       {.doc = "The browser or app she uses", .length_max = 100}),
                 field("session_id", &http::PhotoQuery::session_id, {.doc = "Her visit", .length_max = 100})};
};

template <>
struct Contract<http::UpsertReport> {
  static constexpr std::string_view kName = "UpsertReport";
  static constexpr std::string_view kDoc = "A garment that is live now.";
  static constexpr auto kFields =
      std::tuple{field("garment_id", &http::UpsertReport::garment_id, {.doc = "Which", .required = true}),
                 field("items", &http::UpsertReport::items,
                       {.doc = "Its colours, each of which can be recommended", .required = true})};
};

template <>
struct Contract<http::GarmentBatch> {
  static constexpr std::string_view kName = "GarmentBatch";
  static constexpr std::string_view kDoc = "Garments to add or replace.";
  static constexpr auto kFields = std::tuple{
      field("garments", &http::GarmentBatch::garments,
            {.doc = "Judged one by one", .required = true, .items_max = http::kGarmentsPerBatchMax})};
};

template <>
struct Contract<http::GarmentRefusal> {
  static constexpr std::string_view kName = "GarmentRefusal";
  static constexpr std::string_view kDoc = "A garment of a batch that was not taken, and why.";
  static constexpr auto kFields = std::tuple{
      field("index", &http::GarmentRefusal::index, {.doc = "Place in the batch, from 0", .required = true}),
      field("garment_id", &http::GarmentRefusal::garment_id,
            {.doc = "As sent; empty when it could not be read", .required = true}),
      field("reason", &http::GarmentRefusal::reason, {.doc = "What is wrong", .required = true}),
      field("pointer", &http::GarmentRefusal::pointer,
            {.doc = "JSON pointer to it, from the root of the body", .required = true}),
      field("expected", &http::GarmentRefusal::expected, {.doc = "What would be right", .required = true})};
};

template <>
struct Contract<http::BatchUpsertReport> {
  static constexpr std::string_view kName = "BatchUpsertReport";
  static constexpr std::string_view kDoc = "A batch is judged garment by garment.";
  static constexpr auto kFields =
      std::tuple{field("accepted", &http::BatchUpsertReport::accepted, {.doc = "Live now", .required = true}),
                 field("refused", &http::BatchUpsertReport::refused, {.doc = "Not taken", .required = true})};
};

template <>
struct Contract<http::EventBatch> {
  static constexpr std::string_view kName = "EventBatch";
  static constexpr std::string_view kDoc = "What shoppers did.";
  static constexpr auto kFields =
      std::tuple{field("events", &http::EventBatch::events,
                       {.doc = "Judged one by one; Segment's and GA4's spellings are taken too",
                        .required = true,
                        .items_max = kEntriesPerBatchMax})};
};

template <>
struct Contract<http::LetterPath> {
  static constexpr std::string_view kName = "LetterPath";
  static constexpr std::string_view kDoc = "Which dead letter.";
  static constexpr auto kFields = std::tuple{field(
      "id", &http::LetterPath::id, {.doc = "Of the letter", .required = true, .min = 1, .example = "17"})};
};

template <>
struct Contract<LetterQuery> {
  static constexpr std::string_view kName = "LetterQuery";
  static constexpr std::string_view kDoc = "Which dead letters.";
  static constexpr auto kFields =
      std::tuple{field("after", &LetterQuery::after, {.doc = "Begins after this id", .min = 0}),
                 field("count", &LetterQuery::count, {.doc = "How many", .min = 1, .max = 500}),
                 field("reason", &LetterQuery::reason, {.doc = "Only those refused for this"})};
};

template <>
struct Contract<http::LetterFix> {
  static constexpr std::string_view kName = "LetterFix";
  static constexpr std::string_view kDoc = "A dead letter's event as it should have been.";
  static constexpr auto kFields = std::tuple{
      field("body", &http::LetterFix::body,
            {.doc = "What POST /v1/events takes: an event, or a batch of any spelling", .required = true})};
};

template <>
struct Contract<http::VariantPatch> {
  static constexpr std::string_view kName = "VariantPatch";
  static constexpr std::string_view kDoc = "What changes of a variant; at least one of them.";
  static constexpr auto kFields = std::tuple{
      field("stock", &http::VariantPatch::stock,
            {.doc = "Pieces that can be sold now", .min = 0, .max = 1e9, .example = "3"}),
      field("price", &http::VariantPatch::price,
            {.doc = "Paid now, in the garment's currency", .min = 0, .max = 1e7, .example = "41.5"}),
      field("list_price", &http::VariantPatch::list_price,
            {.doc = "Before a reduction", .min = 0, .max = 1e7})};
};

template <>
struct Contract<http::ImageReport> {
  static constexpr std::string_view kName = "ImageReport";
  static constexpr std::string_view kDoc = "A photo that is stored, embedded and linked.";
  static constexpr auto kFields = std::tuple{
      field("url", &http::ImageReport::url, {.doc = "Address relative to this server", .required = true})};
};

template <>
struct Contract<http::Problem> {
  static constexpr std::string_view kName = "Problem";
  static constexpr std::string_view kDoc = "Why a request was refused (RFC 9457).";
  static constexpr auto kFields = std::tuple{
      field("type", &http::Problem::type, {.doc = "Kind of problem, an address", .required = true}),
      field("title", &http::Problem::title, {.doc = "Kind of problem, in words", .required = true}),
      field("status", &http::Problem::status, {.doc = "As in the status line", .required = true}),
      field("detail", &http::Problem::detail, {.doc = "What is wrong", .required = true}),
      field("instance", &http::Problem::instance, {.doc = "The request, as the server's log names it"}),
      field("pointer", &http::Problem::pointer,
            {.doc = "Where: a JSON pointer into the body, or ?name of a parameter"}),
      field("expected", &http::Problem::expected, {.doc = "What would be right"})};
};

template <>
struct Contract<http::Health> {
  static constexpr std::string_view kName = "Health";
  static constexpr std::string_view kDoc = "Of the process, or of the shop in it.";
  static constexpr auto kFields =
      std::tuple{field("status", &http::Health::status, {.doc = "ok", .required = true})};
};

}  // namespace modiste
