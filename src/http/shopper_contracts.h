// Types of the HTTP API around one shopper and their devices, beyond those of the services.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "serving/api/requests.h"
#include "serving/shopper/person_views.h"
#include "serving/shopper/style_view.h"
#include "serving/shopper/wardrobe_view.h"

namespace modiste::http {

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

}  // namespace modiste::http

namespace modiste {

template <>
struct Contract<http::ShopperPath> {
  static constexpr std::string_view kName = "ShopperPath";
  static constexpr std::string_view kDoc = "Path of a shopper.";
  static constexpr auto kFields = Fields{field(
      "id", &http::ShopperPath::id,
      {.doc = "The shopper's id, as sent in events", .required = true, .length_max = 100, .example = "ada"})};
};

template <>
struct Contract<http::ShopperQuery> {
  static constexpr std::string_view kName = "ShopperQuery";
  static constexpr std::string_view kDoc = "Kind of the shopper's id.";
  static constexpr auto kFields =
      Fields{field("kind", &http::ShopperQuery::kind, {.doc = "Kind of the id; default: user"})};
};

template <>
struct Contract<http::WardrobePath> {
  static constexpr std::string_view kName = "WardrobePath";
  static constexpr std::string_view kDoc = "Path of a piece of a shopper's wardrobe.";
  static constexpr auto kFields =
      Fields{field("id", &http::WardrobePath::id,
                   {.doc = "The shopper's id, as sent in events",
                    .required = true,
                    .length_max = 100,
                    .example = "ada"}),
             field("piece", &http::WardrobePath::piece,
                   {.doc = "The piece's id", .required = true, .length_max = 200, .example = "MH01"})};
};

template <>
struct Contract<http::WardrobePhotoQuery> {
  static constexpr std::string_view kName = "WardrobePhotoQuery";
  static constexpr std::string_view kDoc = "A photo of a garment that the shopper has.";
  static constexpr auto kFields =
      Fields{field("kind", &http::WardrobePhotoQuery::kind, {.doc = "Kind of the id; default: user"}),
             field("title", &http::WardrobePhotoQuery::title,
                   {.doc = "What the shopper calls it", .length_max = 200})};
};

template <>
struct Contract<http::LikedQuery> {
  static constexpr std::string_view kName = "LikedQuery";
  static constexpr std::string_view kDoc = "A page of what a shopper liked.";
  static constexpr auto kFields = Fields{
      field("kind", &http::LikedQuery::kind, {.doc = "Kind of the id; default: user"}),
      field("after", &http::LikedQuery::after,
            {.doc = "The `next` of the page before; absent: first page", .length_max = 60}),
      field("count", &http::LikedQuery::count, {.doc = "Number of garments", .min = 1, .max = kCountMax})};
};

template <>
struct Contract<http::DeviceQuery> {
  static constexpr std::string_view kName = "DeviceQuery";
  static constexpr std::string_view kDoc = "A device that the shop's own servers know.";
  static constexpr auto kFields = Fields{
      field("id", &http::DeviceQuery::id,
            {.doc = "The id of the device, with an API key only; absent: a new one", .length_max = 100})};
};

template <>
struct Contract<http::NewDevice> {
  static constexpr std::string_view kName = "NewDevice";
  static constexpr std::string_view kDoc = "A device and the token that proves it.";
  static constexpr auto kFields = Fields{
      field("device_id", &http::NewDevice::device_id, {.doc = "Id of the device", .required = true}),
      field("token", &http::NewDevice::token,
            {.doc = "Secret of the device: Authorization: Bearer, or X-Device-Token beside a shopper token",
             .required = true})};
};

template <>
struct Contract<http::LinkChange> {
  static constexpr std::string_view kName = "LinkChange";
  static constexpr std::string_view kDoc = "Enables or disables a link of the identity graph.";
  static constexpr auto kFields = Fields{
      field("link", &http::LinkChange::link,
            {.doc = "Id of the link, from the shopper's identity", .required = true, .length_max = 200}),
      field("merges", &http::LinkChange::merges,
            {.doc = "false: split the two identities; true: join them again", .required = true})};
};

}  // namespace modiste
