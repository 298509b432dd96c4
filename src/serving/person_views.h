// What a shopper may see and an operator may ask about one person. These types are the HTTP contract too.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "identity/identifier.h"
#include "identity/identity_graph.h"
#include "serving/style_view.h"

namespace modiste {

struct LinkView {
  std::string link;  // its id, for undoing it
  LinkType type{};
  LinkEffect effect{};
  bool strong = false;
  Identifier a, b;
  TimePoint first_at, last_at;
  int64_t count = 0;
  std::string why;  // in words
};

struct IdentityView {
  std::string person;  // her random name in the log
  std::vector<Identifier> identifiers;
  std::vector<LinkView> links;                   // oldest first
  bool personalisation = true, training = true;  // what she consents to
};

struct ShopperExport {
  IdentityView identity;
  StyleView style;
  std::vector<json::value> events;  // hers, in the order of the log, with the shop's own identifiers
};

template <>
struct Contract<Identifier> {
  static constexpr std::string_view kName = "Identifier";
  static constexpr std::string_view kDoc = "What the shop calls somebody.";
  static constexpr auto kFields =
      std::tuple{field("kind", &Identifier::kind, {.doc = "Of what kind the id is", .required = true}),
                 field("id", &Identifier::id, {.doc = "Empty once it has been erased", .required = true})};
};

template <>
struct Contract<LinkView> {
  static constexpr std::string_view kName = "IdentityLink";
  static constexpr std::string_view kDoc = "Why two identifiers are one person, or are not.";
  static constexpr auto kFields = std::tuple{
      field("link", &LinkView::link, {.doc = "Its id, for undoing it", .required = true}),
      field("type", &LinkView::type, {.doc = "How it came about", .required = true}),
      field("effect", &LinkView::effect, {.doc = "Whether both ends are one person", .required = true}),
      field("strong", &LinkView::strong, {.doc = "It alone makes two one person", .required = true}),
      field("a", &LinkView::a, {.doc = "The stronger end, or the device", .required = true}),
      field("b", &LinkView::b, {.doc = "The other", .required = true}),
      field("first_at", &LinkView::first_at, {.doc = "First seen", .required = true}),
      field("last_at", &LinkView::last_at, {.doc = "Last seen", .required = true}),
      field("count", &LinkView::count, {.doc = "Events that carried both", .required = true}),
      field("why", &LinkView::why, {.doc = "In words", .required = true})};
};

template <>
struct Contract<IdentityView> {
  static constexpr std::string_view kName = "Identity";
  static constexpr std::string_view kDoc = "Who one person is, and why.";
  static constexpr auto kFields = std::tuple{
      field("person", &IdentityView::person, {.doc = "Her random name in the log", .required = true}),
      field("identifiers", &IdentityView::identifiers, {.doc = "Oldest first", .required = true}),
      field("links", &IdentityView::links, {.doc = "Oldest first", .required = true}),
      field("personalisation", &IdentityView::personalisation,
            {.doc = "She consents to a style being kept", .required = true}),
      field("training", &IdentityView::training,
            {.doc = "She consents to models learning from what she does", .required = true})};
};

template <>
struct Contract<ShopperExport> {
  static constexpr std::string_view kName = "ShopperExport";
  static constexpr std::string_view kDoc = "Everything that is held on a shopper.";
  static constexpr auto kFields = std::tuple{
      field("identity", &ShopperExport::identity, {.doc = "Who she is", .required = true}),
      field("style", &ShopperExport::style, {.doc = "What has been learned of her", .required = true}),
      field("events", &ShopperExport::events, {.doc = "What she did, in order", .required = true})};
};

}  // namespace modiste
