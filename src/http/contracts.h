// Types of the HTTP API beyond those of the services, the catalog and the events.
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
#include "serving/api/requests.h"
#include "serving/catalog/catalog_views.h"
#include "serving/shopper/person_views.h"
#include "serving/shopper/style_view.h"
#include "serving/shopper/wardrobe_view.h"
#include "serving/state/curated_outfits.h"
#include "serving/state/garment_quality.h"

namespace modiste::http {

inline constexpr size_t kGarmentsPerBatchMax = 1'000;
inline constexpr size_t kPhotosReportedMax = 1'000;
inline constexpr int kGarmentsPerPageMax = 500;

// A route without path parameters, without query, without body, or without an answer.
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
struct WardrobePath {
  std::string id;
  std::string piece;
};
struct OutfitPath {
  std::string id;
};
struct OutfitsQuery {
  std::string after;
  int count = 50;
};
struct WardrobePhotoQuery {
  IdentifierKind kind = IdentifierKind::kUser;
  std::string title;
};
struct LikedQuery {
  IdentifierKind kind = IdentifierKind::kUser;
  std::string after;
  int count = 24;
};
struct DeviceQuery {
  std::string id;
};
struct NewDevice {
  std::string device_id, token;
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
struct TogetherQuery {
  TogetherBy by = TogetherBy::kChosen;
  int count = 12;
  std::string shopper_id, device_id, session_id;
};
struct PhotoQuery {
  int count = 24;
  std::string shopper_id, device_id, session_id;
};

struct UpsertReport {
  std::string garment_id;
  int items = 0;  // number of its colours that can be recommended now
  std::vector<std::string> photo_problems;
  std::vector<PhotoConflict> conflicts;
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
  int accepted = 0, created = 0;
  std::vector<GarmentRefusal> refused;
  int embedded = 0;
  std::vector<std::string> photo_problems;  // this and the next: at most kPhotosReportedMax
  std::vector<PhotoConflict> conflicts;
};

struct EventBatch {
  std::vector<Event> events;
  std::optional<TimePoint> sent_at;
};

struct QualityQuery {
  int count = 50;
};
struct ConflictsQuery {
  ConflictState state = ConflictState::kAll;
  std::string after;
  int count = 50;
};
struct ConflictPath {
  std::string id;
};
struct ConflictDecision {
  std::optional<ConflictVerdict> right;
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

// Problem details, RFC 9457.
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
  static constexpr std::string_view kDoc = "No parameters.";
  static constexpr std::tuple<> kFields{};
};

template <>
struct Contract<http::GarmentPath> {
  static constexpr std::string_view kName = "GarmentPath";
  static constexpr std::string_view kDoc = "Path of a garment.";
  static constexpr auto kFields =
      std::tuple{field("id", &http::GarmentPath::id,
                       {.doc = "The garment's id", .required = true, .length_max = 200, .example = "MH01"})};
};

template <>
struct Contract<http::VariantPath> {
  static constexpr std::string_view kName = "VariantPath";
  static constexpr std::string_view kDoc = "Path of a variant.";
  static constexpr auto kFields = std::tuple{
      field("sku", &http::VariantPath::sku,
            {.doc = "The variant's sku", .required = true, .length_max = 200, .example = "MH01-XS-Gray"})};
};

template <>
struct Contract<http::ShopperPath> {
  static constexpr std::string_view kName = "ShopperPath";
  static constexpr std::string_view kDoc = "Path of a shopper.";
  static constexpr auto kFields = std::tuple{field(
      "id", &http::ShopperPath::id,
      {.doc = "The shopper's id, as sent in events", .required = true, .length_max = 100, .example = "ada"})};
};

template <>
struct Contract<http::ShopperQuery> {
  static constexpr std::string_view kName = "ShopperQuery";
  static constexpr std::string_view kDoc = "Kind of the shopper's id.";
  static constexpr auto kFields =
      std::tuple{field("kind", &http::ShopperQuery::kind, {.doc = "Kind of the id; default: user"})};
};

template <>
struct Contract<http::WardrobePath> {
  static constexpr std::string_view kName = "WardrobePath";
  static constexpr std::string_view kDoc = "Path of a piece of a shopper's wardrobe.";
  static constexpr auto kFields =
      std::tuple{field("id", &http::WardrobePath::id,
                       {.doc = "The shopper's id, as sent in events",
                        .required = true,
                        .length_max = 100,
                        .example = "ada"}),
                 field("piece", &http::WardrobePath::piece,
                       {.doc = "The piece's id", .required = true, .length_max = 200, .example = "MH01"})};
};

template <>
struct Contract<http::OutfitPath> {
  static constexpr std::string_view kName = "OutfitPath";
  static constexpr std::string_view kDoc = "Path of an outfit that the shop put together.";
  static constexpr auto kFields = std::tuple{
      field("id", &http::OutfitPath::id,
            {.doc = "The outfit's id", .required = true, .length_max = 200, .example = "autumn-1"})};
};

template <>
struct Contract<http::OutfitsQuery> {
  static constexpr std::string_view kName = "OutfitsQuery";
  static constexpr std::string_view kDoc = "A page of outfits that the shop put together.";
  static constexpr auto kFields =
      std::tuple{field("after", &http::OutfitsQuery::after,
                       {.doc = "The `next` of the page before; absent: first page", .length_max = 200}),
                 field("count", &http::OutfitsQuery::count,
                       {.doc = "Number of outfits", .min = 1, .max = kShopOutfitsPerPageMax})};
};

template <>
struct Contract<http::WardrobePhotoQuery> {
  static constexpr std::string_view kName = "WardrobePhotoQuery";
  static constexpr std::string_view kDoc = "A photo of a garment that the shopper has.";
  static constexpr auto kFields =
      std::tuple{field("kind", &http::WardrobePhotoQuery::kind, {.doc = "Kind of the id; default: user"}),
                 field("title", &http::WardrobePhotoQuery::title,
                       {.doc = "What the shopper calls it", .length_max = 200})};
};

template <>
struct Contract<http::LikedQuery> {
  static constexpr std::string_view kName = "LikedQuery";
  static constexpr std::string_view kDoc = "A page of what a shopper liked.";
  static constexpr auto kFields = std::tuple{
      field("kind", &http::LikedQuery::kind, {.doc = "Kind of the id; default: user"}),
      field("after", &http::LikedQuery::after,
            {.doc = "The `next` of the page before; absent: first page", .length_max = 60}),
      field("count", &http::LikedQuery::count, {.doc = "Number of garments", .min = 1, .max = kCountMax})};
};

template <>
struct Contract<http::DeviceQuery> {
  static constexpr std::string_view kName = "DeviceQuery";
  static constexpr std::string_view kDoc = "A device that the shop's own servers know.";
  static constexpr auto kFields = std::tuple{
      field("id", &http::DeviceQuery::id,
            {.doc = "The id of the device, with an API key only; absent: a new one", .length_max = 100})};
};

template <>
struct Contract<http::NewDevice> {
  static constexpr std::string_view kName = "NewDevice";
  static constexpr std::string_view kDoc = "A device and the token that proves it.";
  static constexpr auto kFields = std::tuple{
      field("device_id", &http::NewDevice::device_id, {.doc = "Id of the device", .required = true}),
      field("token", &http::NewDevice::token,
            {.doc = "Secret of the device: Authorization: Bearer, or X-Device-Token beside a shopper token",
             .required = true})};
};

template <>
struct Contract<http::LinkChange> {
  static constexpr std::string_view kName = "LinkChange";
  static constexpr std::string_view kDoc = "Enables or disables a link of the identity graph.";
  static constexpr auto kFields = std::tuple{
      field("link", &http::LinkChange::link,
            {.doc = "Id of the link, from the shopper's identity", .required = true, .length_max = 200}),
      field("merges", &http::LinkChange::merges,
            {.doc = "false: split the two identities; true: join them again", .required = true})};
};

template <>
struct Contract<http::GarmentsQuery> {
  static constexpr std::string_view kName = "GarmentsQuery";
  static constexpr std::string_view kDoc = "A page of the catalog.";
  static constexpr auto kFields =
      std::tuple{field("after", &http::GarmentsQuery::after,
                       {.doc = "The page begins after this id; absent: first page", .length_max = 200}),
                 field("count", &http::GarmentsQuery::count,
                       {.doc = "Number of garments", .min = 1, .max = http::kGarmentsPerPageMax})};
};

template <>
struct Contract<http::ImageQuery> {
  static constexpr std::string_view kName = "ImageQuery";
  static constexpr std::string_view kDoc = "The colour that a photo shows.";
  static constexpr auto kFields = std::tuple{field(
      "colour", &http::ImageQuery::colour,
      {.doc = "Colour name; absent: the photo is for all colours", .length_max = 100, .example = "Gray"})};
};

template <>
struct Contract<http::SimilarQuery> {
  static constexpr std::string_view kName = "SimilarQuery";
  static constexpr std::string_view kDoc = "The garment to compare with, and the shopper who asks.";
  static constexpr auto kFields = std::tuple{
      field("colour", &http::SimilarQuery::colour,
            {.doc = "Colour of the garment; absent: its first colour", .length_max = 100}),
      field("count", &http::SimilarQuery::count, {.doc = "Number of items", .min = 1, .max = kCountMax}),
      field("shopper_id", &http::SimilarQuery::shopper_id,
            {.doc = "Shopper account id; what they vetoed or bought is left out", .length_max = 100}),
      field("device_id", &http::SimilarQuery::device_id,
            {.doc = "Id of the browser or app installation", .length_max = 100}),
      field("session_id", &http::SimilarQuery::session_id,
            {.doc = "Id of the current visit", .length_max = 100})};
};

template <>
struct Contract<http::TogetherQuery> {
  static constexpr std::string_view kName = "TogetherQuery";
  static constexpr std::string_view kDoc = "How garments are together, and the shopper who asks.";
  static constexpr auto kFields = std::tuple{
      field("by", &http::TogetherQuery::by,
            {.doc = "chosen: liked or bought by the same shoppers; bought: within a day of each other"}),
      field("count", &http::TogetherQuery::count, {.doc = "Number of items", .min = 1, .max = kCountMax}),
      field("shopper_id", &http::TogetherQuery::shopper_id,
            {.doc = "Shopper account id; what they vetoed or bought is left out", .length_max = 100}),
      field("device_id", &http::TogetherQuery::device_id,
            {.doc = "Id of the browser or app installation", .length_max = 100}),
      field("session_id", &http::TogetherQuery::session_id,
            {.doc = "Id of the current visit", .length_max = 100})};
};

template <>
struct Contract<http::PhotoQuery> {
  static constexpr std::string_view kName = "PhotoQuery";
  static constexpr std::string_view kDoc = "Number of results and the shopper they are for.";
  static constexpr auto kFields = std::tuple{
      field("count", &http::PhotoQuery::count, {.doc = "Number of items", .min = 1, .max = kCountMax}),
      field("shopper_id", &http::PhotoQuery::shopper_id,
            {.doc = "Shopper account id; what they vetoed is left out", .length_max = 100}),
      field("device_id", &http::PhotoQuery::device_id,
            {.doc = "Id of the browser or app installation", .length_max = 100}),
      field("session_id", &http::PhotoQuery::session_id,
            {.doc = "Id of the current visit", .length_max = 100})};
};

template <>
struct Contract<http::UpsertReport> {
  static constexpr std::string_view kName = "UpsertReport";
  static constexpr std::string_view kDoc = "A garment that was added or replaced.";
  static constexpr auto kFields = std::tuple{
      field("garment_id", &http::UpsertReport::garment_id, {.doc = "Id of the garment", .required = true}),
      field("items", &http::UpsertReport::items,
            {.doc = "Number of its colours; each can be recommended separately", .required = true}),
      field("photo_problems", &http::UpsertReport::photo_problems,
            {.doc = "Photos that could not be read or encoded; the garment is taken without them"}),
      field("conflicts", &http::UpsertReport::conflicts,
            {.doc = "Words that its photos contradict and nobody has decided on"})};
};

template <>
struct Contract<http::GarmentBatch> {
  static constexpr std::string_view kName = "GarmentBatch";
  static constexpr std::string_view kDoc = "Garments to add or replace.";
  static constexpr auto kFields = std::tuple{field("garments", &http::GarmentBatch::garments,
                                                   {.doc = "Garments; each is validated independently",
                                                    .required = true,
                                                    .items_max = http::kGarmentsPerBatchMax})};
};

template <>
struct Contract<http::GarmentRefusal> {
  static constexpr std::string_view kName = "GarmentRefusal";
  static constexpr std::string_view kDoc = "A garment of a batch that was refused, and why.";
  static constexpr auto kFields = std::tuple{
      field("index", &http::GarmentRefusal::index,
            {.doc = "Position in the batch, from 0", .required = true}),
      field("garment_id", &http::GarmentRefusal::garment_id,
            {.doc = "Garment id as sent; empty when it could not be read", .required = true}),
      field("reason", &http::GarmentRefusal::reason, {.doc = "What is wrong", .required = true}),
      field("pointer", &http::GarmentRefusal::pointer,
            {.doc = "JSON pointer to the faulty value, from the root of the body", .required = true}),
      field("expected", &http::GarmentRefusal::expected, {.doc = "What would be right", .required = true})};
};

template <>
struct Contract<http::BatchUpsertReport> {
  static constexpr std::string_view kName = "BatchUpsertReport";
  static constexpr std::string_view kDoc = "Result of a batch; each garment is validated independently.";
  static constexpr auto kFields =
      std::tuple{field("accepted", &http::BatchUpsertReport::accepted,
                       {.doc = "Garments that were added or replaced", .required = true}),
                 field("created", &http::BatchUpsertReport::created, {.doc = "Of these, how many are new"}),
                 field("refused", &http::BatchUpsertReport::refused,
                       {.doc = "Garments that were refused", .required = true}),
                 field("embedded", &http::BatchUpsertReport::embedded,
                       {.doc = "Items whose vectors were computed; those of the others were reused"}),
                 field("photo_problems", &http::BatchUpsertReport::photo_problems,
                       {.doc = "Photos that could not be read or encoded; their garments are taken without "
                               "them. At most 1000"}),
                 field("conflicts", &http::BatchUpsertReport::conflicts,
                       {.doc = "Words that photos contradict and nobody has decided on. At most 1000"})};
};

template <>
struct Contract<http::EventBatch> {
  static constexpr std::string_view kName = "EventBatch";
  static constexpr std::string_view kDoc = "A batch of events.";
  static constexpr auto kFields = std::tuple{
      field("events", &http::EventBatch::events,
            {.doc = "Events; each is validated independently. Entries in other formats are accepted too "
                    "(docs/formats/events.md)",
             .required = true,
             .items_max = kEntriesPerBatchMax}),
      field("sent_at", &http::EventBatch::sent_at,
            {.doc = "The sender's clock when it sent the batch; corrects occurred_at of its events"})};
};

template <>
struct Contract<http::QualityQuery> {
  static constexpr std::string_view kName = "QualityQuery";
  static constexpr std::string_view kDoc = "Number of garments to list.";
  static constexpr auto kFields = std::tuple{
      field("count", &http::QualityQuery::count, {.doc = "Number of garments", .min = 1, .max = 500})};
};

template <>
struct Contract<http::ConflictsQuery> {
  static constexpr std::string_view kName = "ConflictsQuery";
  static constexpr std::string_view kDoc = "Which conflicts, and which page of them.";
  static constexpr auto kFields =
      std::tuple{field("state", &http::ConflictsQuery::state, {.doc = "All, or open or settled ones only"}),
                 field("after", &http::ConflictsQuery::after,
                       {.doc = "The `next` of the page before", .length_max = 300}),
                 field("count", &http::ConflictsQuery::count,
                       {.doc = "Number of conflicts on a page", .min = 1, .max = 500})};
};

template <>
struct Contract<http::ConflictPath> {
  static constexpr std::string_view kName = "ConflictPath";
  static constexpr std::string_view kDoc = "Path of a conflict.";
  static constexpr auto kFields = std::tuple{field(
      "id", &http::ConflictPath::id,
      {.doc = "The conflict's id", .required = true, .length_max = 100, .example = "9f2c01d7a4b86e53"})};
};

template <>
struct Contract<http::ConflictDecision> {
  static constexpr std::string_view kName = "ConflictDecision";
  static constexpr std::string_view kDoc = "What is right; without it the conflict is open again.";
  static constexpr auto kFields = std::tuple{
      field("right", &http::ConflictDecision::right, {.doc = "The photo or the words", .example = "photo"})};
};

template <>
struct Contract<http::LetterPath> {
  static constexpr std::string_view kName = "LetterPath";
  static constexpr std::string_view kDoc = "Path of a dead letter.";
  static constexpr auto kFields =
      std::tuple{field("id", &http::LetterPath::id,
                       {.doc = "Id of the dead letter", .required = true, .min = 1, .example = "17"})};
};

template <>
struct Contract<LetterQuery> {
  static constexpr std::string_view kName = "LetterQuery";
  static constexpr std::string_view kDoc = "A page of dead letters.";
  static constexpr auto kFields =
      std::tuple{field("after", &LetterQuery::after, {.doc = "The page begins after this id", .min = 0}),
                 field("count", &LetterQuery::count, {.doc = "Number of dead letters", .min = 1, .max = 500}),
                 field("reason", &LetterQuery::reason, {.doc = "Only dead letters refused for this reason"})};
};

template <>
struct Contract<http::LetterFix> {
  static constexpr std::string_view kName = "LetterFix";
  static constexpr std::string_view kDoc = "A corrected event for a dead letter.";
  static constexpr auto kFields = std::tuple{field(
      "body", &http::LetterFix::body,
      {.doc = "What POST /v1/events accepts: an event, or a batch in any of its formats", .required = true})};
};

template <>
struct Contract<http::VariantPatch> {
  static constexpr std::string_view kName = "VariantPatch";
  static constexpr std::string_view kDoc = "Changes of a variant; at least one member is required.";
  static constexpr auto kFields = std::tuple{
      field("stock", &http::VariantPatch::stock,
            {.doc = "Number of pieces in stock", .min = 0, .max = 1e9, .example = "3"}),
      field("price", &http::VariantPatch::price,
            {.doc = "Current price, in the garment's currency", .min = 0, .max = 1e7, .example = "41.5"}),
      field("list_price", &http::VariantPatch::list_price,
            {.doc = "Price before a reduction; a price that is not below it ends the reduction",
             .min = 0,
             .max = 1e7})};
};

template <>
struct Contract<http::ImageReport> {
  static constexpr std::string_view kName = "ImageReport";
  static constexpr std::string_view kDoc = "A photo that was stored, encoded and linked to its garment.";
  static constexpr auto kFields =
      std::tuple{field("url", &http::ImageReport::url,
                       {.doc = "Address of the photo, relative to this server", .required = true})};
};

template <>
struct Contract<http::Problem> {
  static constexpr std::string_view kName = "Problem";
  static constexpr std::string_view kDoc = "Why a request was refused (RFC 9457).";
  static constexpr auto kFields = std::tuple{
      field("type", &http::Problem::type, {.doc = "URI of the kind of problem", .required = true}),
      field("title", &http::Problem::title, {.doc = "Title of the kind of problem", .required = true}),
      field("status", &http::Problem::status, {.doc = "HTTP status code", .required = true}),
      field("detail", &http::Problem::detail, {.doc = "What is wrong", .required = true}),
      field("instance", &http::Problem::instance, {.doc = "Id of the request in the server's log"}),
      field("pointer", &http::Problem::pointer,
            {.doc = "JSON pointer into the body, or ?name of a query parameter"}),
      field("expected", &http::Problem::expected, {.doc = "What would be right"})};
};

template <>
struct Contract<http::Health> {
  static constexpr std::string_view kName = "Health";
  static constexpr std::string_view kDoc = "State of the process or of the shop in it.";
  static constexpr auto kFields =
      std::tuple{field("status", &http::Health::status, {.doc = "ok", .required = true})};
};

}  // namespace modiste
