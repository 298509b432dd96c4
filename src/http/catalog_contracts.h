// Types of the HTTP API around garments, their photos and curated outfits, beyond those of the services.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/price_max.h"
#include "catalog/garment.h"
#include "serving/catalog/catalog_views.h"
#include "serving/state/curated_outfits.h"
#include "serving/state/garment_quality.h"

namespace modiste::http {

inline constexpr size_t kGarmentsPerBatchMax = 1'000;
inline constexpr size_t kPhotosReportedMax = 1'000;
inline constexpr int kGarmentsPerPageMax = 500;

struct GarmentPath {
  std::string id;
};

struct VariantPath {
  std::string sku;
};

struct OutfitPath {
  std::string id;
};

struct OutfitsQuery {
  std::string after;
  int count = 50;
};

struct GarmentsQuery {
  std::string after;
  int count = 50;
};

struct ImageQuery {
  std::string colour;
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

struct VariantPatch {
  std::optional<int> stock;
  std::optional<double> price;
  std::optional<double> list_price;
};

struct ImageReport {
  std::string url;
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

}  // namespace modiste::http

namespace modiste {

template <>
struct Contract<http::GarmentPath> {
  static constexpr std::string_view kName = "GarmentPath";
  static constexpr std::string_view kDoc = "Path of a garment.";
  static constexpr auto kFields =
      Fields{field("id", &http::GarmentPath::id,
                   {.doc = "The garment's id", .required = true, .length_max = 200, .example = "MH01"})};
};

template <>
struct Contract<http::VariantPath> {
  static constexpr std::string_view kName = "VariantPath";
  static constexpr std::string_view kDoc = "Path of a variant.";
  static constexpr auto kFields = Fields{
      field("sku", &http::VariantPath::sku,
            {.doc = "The variant's sku", .required = true, .length_max = 200, .example = "MH01-XS-Gray"})};
};

template <>
struct Contract<http::OutfitPath> {
  static constexpr std::string_view kName = "OutfitPath";
  static constexpr std::string_view kDoc = "Path of an outfit that the shop put together.";
  static constexpr auto kFields =
      Fields{field("id", &http::OutfitPath::id,
                   {.doc = "The outfit's id", .required = true, .length_max = 200, .example = "autumn-1"})};
};

template <>
struct Contract<http::OutfitsQuery> {
  static constexpr std::string_view kName = "OutfitsQuery";
  static constexpr std::string_view kDoc = "A page of outfits that the shop put together.";
  static constexpr auto kFields =
      Fields{field("after", &http::OutfitsQuery::after,
                   {.doc = "The `next` of the page before; absent: first page", .length_max = 200}),
             field("count", &http::OutfitsQuery::count,
                   {.doc = "Number of outfits", .min = 1, .max = kShopOutfitsPerPageMax})};
};

template <>
struct Contract<http::GarmentsQuery> {
  static constexpr std::string_view kName = "GarmentsQuery";
  static constexpr std::string_view kDoc = "A page of the catalog.";
  static constexpr auto kFields =
      Fields{field("after", &http::GarmentsQuery::after,
                   {.doc = "The page begins after this id; absent: first page", .length_max = 200}),
             field("count", &http::GarmentsQuery::count,
                   {.doc = "Number of garments", .min = 1, .max = http::kGarmentsPerPageMax})};
};

template <>
struct Contract<http::ImageQuery> {
  static constexpr std::string_view kName = "ImageQuery";
  static constexpr std::string_view kDoc = "The colour that a photo shows.";
  static constexpr auto kFields = Fields{field(
      "colour", &http::ImageQuery::colour,
      {.doc = "Colour name; absent: the photo is for all colours", .length_max = 100, .example = "Gray"})};
};

template <>
struct Contract<http::UpsertReport> {
  static constexpr std::string_view kName = "UpsertReport";
  static constexpr std::string_view kDoc = "A garment that was added or replaced.";
  static constexpr auto kFields = Fields{
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
  static constexpr auto kFields = Fields{field("garments", &http::GarmentBatch::garments,
                                               {.doc = "Garments; each is validated independently",
                                                .required = true,
                                                .items_max = http::kGarmentsPerBatchMax})};
};

template <>
struct Contract<http::GarmentRefusal> {
  static constexpr std::string_view kName = "GarmentRefusal";
  static constexpr std::string_view kDoc = "A garment of a batch that was refused, and why.";
  static constexpr auto kFields = Fields{
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
      Fields{field("accepted", &http::BatchUpsertReport::accepted,
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
struct Contract<http::VariantPatch> {
  static constexpr std::string_view kName = "VariantPatch";
  static constexpr std::string_view kDoc = "Changes of a variant; at least one member is required.";
  static constexpr auto kFields = Fields{
      field("stock", &http::VariantPatch::stock,
            {.doc = "Number of pieces in stock", .min = 0, .max = 1e9, .example = "3"}),
      field(
          "price", &http::VariantPatch::price,
          {.doc = "Current price, in the garment's currency", .min = 0, .max = kPriceMax, .example = "41.5"}),
      field("list_price", &http::VariantPatch::list_price,
            {.doc = "Price before a reduction; a price that is not below it ends the reduction",
             .min = 0,
             .max = kPriceMax})};
};

template <>
struct Contract<http::ImageReport> {
  static constexpr std::string_view kName = "ImageReport";
  static constexpr std::string_view kDoc = "A photo that was stored, encoded and linked to its garment.";
  static constexpr auto kFields =
      Fields{field("url", &http::ImageReport::url,
                   {.doc = "Address of the photo, relative to this server", .required = true})};
};

template <>
struct Contract<http::QualityQuery> {
  static constexpr std::string_view kName = "QualityQuery";
  static constexpr std::string_view kDoc = "Number of garments to list.";
  static constexpr auto kFields =
      Fields{field("count", &http::QualityQuery::count, {.doc = "Number of garments", .min = 1, .max = 500})};
};

template <>
struct Contract<http::ConflictsQuery> {
  static constexpr std::string_view kName = "ConflictsQuery";
  static constexpr std::string_view kDoc = "Which conflicts, and which page of them.";
  static constexpr auto kFields =
      Fields{field("state", &http::ConflictsQuery::state, {.doc = "All, or open or settled ones only"}),
             field("after", &http::ConflictsQuery::after,
                   {.doc = "The `next` of the page before", .length_max = 300}),
             field("count", &http::ConflictsQuery::count,
                   {.doc = "Number of conflicts on a page", .min = 1, .max = 500})};
};

template <>
struct Contract<http::ConflictPath> {
  static constexpr std::string_view kName = "ConflictPath";
  static constexpr std::string_view kDoc = "Path of a conflict.";
  static constexpr auto kFields = Fields{field(
      "id", &http::ConflictPath::id,
      {.doc = "The conflict's id", .required = true, .length_max = 100, .example = "9f2c01d7a4b86e53"})};
};

template <>
struct Contract<http::ConflictDecision> {
  static constexpr std::string_view kName = "ConflictDecision";
  static constexpr std::string_view kDoc = "What is right; without it the conflict is open again.";
  static constexpr auto kFields = Fields{
      field("right", &http::ConflictDecision::right, {.doc = "The photo or the words", .example = "photo"})};
};

}  // namespace modiste
