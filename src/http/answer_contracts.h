// Queries of the HTTP API that ask for garments: similar ones, bought together, found by a photo.
#pragma once

#include <string>

#include "base/json.h"
#include "serving/api/requests.h"

namespace modiste::http {

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

}  // namespace modiste::http

namespace modiste {

template <>
struct Contract<http::SimilarQuery> {
  static constexpr std::string_view kName = "SimilarQuery";
  static constexpr std::string_view kDoc = "The garment to compare with, and the shopper who asks.";
  static constexpr auto kFields = Fields{
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
  static constexpr auto kFields = Fields{
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
  static constexpr auto kFields =
      Fields{field("count", &http::PhotoQuery::count, {.doc = "Number of items", .min = 1, .max = kCountMax}),
             field("shopper_id", &http::PhotoQuery::shopper_id,
                   {.doc = "Shopper account id; what they vetoed is left out", .length_max = 100}),
             field("device_id", &http::PhotoQuery::device_id,
                   {.doc = "Id of the browser or app installation", .length_max = 100}),
             field("session_id", &http::PhotoQuery::session_id,
                   {.doc = "Id of the current visit", .length_max = 100})};
};

}  // namespace modiste
