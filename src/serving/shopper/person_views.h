// Views of one person, for the shopper and for operators. These types are the HTTP contract too.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "identity/identifier.h"
#include "identity/identity_graph.h"
#include "serving/shopper/style_view.h"

namespace modiste {

struct LinkView {
  std::string link;  // id of the link, to undo it
  LinkType type{};
  LinkEffect effect{};
  bool strong = false;
  Identifier a, b;
  TimePoint first_at, last_at;
  int64_t count = 0;
  std::string why;  // explanation in English
};

struct IdentityView {
  std::string person;  // the shopper's random name in the log
  std::vector<Identifier> identifiers;
  std::vector<LinkView> links;                   // oldest first
  bool personalisation = true, training = true;  // what the shopper consents to
};

struct ShopperExport {
  IdentityView identity;
  StyleView style;
  std::vector<json::value> events;  // in log order, with the shop's own identifiers
};

template <>
struct Contract<Identifier> {
  static constexpr std::string_view kName = "Identifier";
  static constexpr std::string_view kDoc = "An identifier of a shopper.";
  static constexpr auto kFields =
      Fields{field("kind", &Identifier::kind, {.doc = "Kind of identifier", .required = true}),
             field("id", &Identifier::id,
                   {.doc = "The identifier; empty once it has been erased", .required = true})};
};

template <>
struct Contract<LinkView> {
  static constexpr std::string_view kName = "IdentityLink";
  static constexpr std::string_view kDoc =
      "A link between two identifiers: evidence that they are one person.";
  static constexpr auto kFields = Fields{
      field("link", &LinkView::link, {.doc = "Id of the link; use it to undo the link", .required = true}),
      field("type", &LinkView::type, {.doc = "How the link came about", .required = true}),
      field("effect", &LinkView::effect,
            {.doc = "Whether the link makes its two ends one person", .required = true}),
      field("strong", &LinkView::strong,
            {.doc = "True: this link alone is enough to merge its ends", .required = true}),
      field("a", &LinkView::a, {.doc = "The stronger identifier, or the device", .required = true}),
      field("b", &LinkView::b, {.doc = "The other identifier", .required = true}),
      field("first_at", &LinkView::first_at, {.doc = "Time of the first event with both", .required = true}),
      field("last_at", &LinkView::last_at, {.doc = "Time of the latest event with both", .required = true}),
      field("count", &LinkView::count, {.doc = "Number of events with both identifiers", .required = true}),
      field("why", &LinkView::why, {.doc = "Explanation in English", .required = true})};
};

template <>
struct Contract<IdentityView> {
  static constexpr std::string_view kName = "Identity";
  static constexpr std::string_view kDoc =
      "The identifiers that belong to one person, and the links between them.";
  static constexpr auto kFields = Fields{
      field("person", &IdentityView::person,
            {.doc = "Random name of the shopper in the log", .required = true}),
      field("identifiers", &IdentityView::identifiers, {.doc = "Oldest first", .required = true}),
      field("links", &IdentityView::links, {.doc = "Oldest first", .required = true}),
      field("personalisation", &IdentityView::personalisation,
            {.doc = "The shopper consents to a stored style profile", .required = true}),
      field("training", &IdentityView::training,
            {.doc = "The shopper consents to their events being used to train models", .required = true})};
};

template <>
struct Contract<ShopperExport> {
  static constexpr std::string_view kName = "ShopperExport";
  static constexpr std::string_view kDoc =
      "What is stored about a shopper. Refused events belong to nobody and are not in it; an erasure deletes "
      "those that mention them.";
  static constexpr auto kFields =
      Fields{field("identity", &ShopperExport::identity,
                   {.doc = "Identifiers and links of the shopper", .required = true}),
             field("style", &ShopperExport::style, {.doc = "The style profile", .required = true}),
             field("events", &ShopperExport::events,
                   {.doc = "The shopper's events, in log order", .required = true})};
};

}  // namespace modiste
