// What Braze's /users/track takes: a body with events and purchases in two lists, each of a person of its
// own: https://www.braze.com/docs/api/endpoints/user_data/post_user_track
#include <fmt/format.h>

#include <algorithm>

#include "ingest/event_ids.h"
#include "ingest/sent_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

constexpr std::string_view kBrazeEvents = "events", kBrazePurchases = "purchases",
                           kBrazeAttributes = "attributes";

constexpr Copy kBrazePerson[] = {{"external_id", "shopper_id"},
                                 {"user_alias.alias_name", "external_id"},
                                 {"braze_id", "device_id"},
                                 {"email", "email_hash"},  // which may name the person alone
                                 {"time", "occurred_at"}};
constexpr Copy kBrazePurchase[] = {{"product_id", "garment_id"},    {"price", "price"},
                                   {"currency", "currency"},        {"quantity", "quantity"},
                                   {"properties.sku", "sku"},       {"properties.variant_id", kAlsoKnownAs},
                                   {"properties.size", "size"},     {"properties.color", "colour"},
                                   {"properties.colour", "colour"}, {"properties.order_id", "order_id"}};

const json::array* list_in(const json::object& body, std::string_view member) {
  const auto* found = body.if_contains(member);
  return found != nullptr ? found->if_array() : nullptr;
}

// As a dead letter keeps it: whose it is must be known when it is replayed.
void hash_address(json::object& one) {
  if (auto* email = one.if_contains("email"); email != nullptr && email->is_string())
    if (const auto hash = hash_of_address(email->get_string()); !hash.empty()) *email = json::value(hash);
}

std::string id_of_braze(json::object one) {
  hash_address(one);
  return content_id_of("braze", std::move(one));
}

// Names of Braze's e-commerce events begin with what they are of: "ecommerce.order_placed".
Result<std::vector<Translated>> translate_event(const json::object& event, const std::string& at) {
  constexpr std::string_view kOfShops = "ecommerce.";
  auto name = text_at(event, "name");
  if (name.starts_with(kOfShops)) name.remove_prefix(kOfShops.size());
  Draft draft;
  draft.copy(event, at, kBrazePerson);
  const json::object properties = with_snake_names(object_at(event, "properties"));
  const NamedTrack track{name, at + "/name", id_of_braze(event), properties, at + "/properties"};
  const auto known = track_of(name);
  if (!known) return no_track(track);
  draft.put("type", json::value(name_of(known->type)));
  draft.put("event_id", json::value(track.event_id));
  return translate_named(track, *known, std::move(draft));
}

// A purchase is of one product. Two lines that are alike are two purchases.
std::vector<Translated> translate_purchase(const json::object& purchase, const std::string& at,
                                           size_t index) {
  Draft draft;
  draft.put("type", json::value(name_of(EventType::kPurchase)));
  draft.copy(purchase, at, kBrazePerson);
  draft.copy(purchase, at, kBrazePurchase);
  draft.put("event_id", json::value(numbered_id(id_of_braze(purchase), index)));
  return just(std::move(draft));
}

}  // namespace

bool is_braze(const json::object& body) {
  const auto of_a_person = [](const json::array* list, std::string_view member) {
    return list != nullptr && std::any_of(list->begin(), list->end(), [&](const json::value& entry) {
             const auto* one = entry.if_object();
             if (one == nullptr || one->contains("type")) return false;
             const bool has_person = one->contains("external_id") || one->contains("user_alias") ||
                                     one->contains("braze_id") || one->contains("email") ||
                                     one->contains("phone");
             return has_person && (member.empty() || (one->contains(member) && one->contains("time")));
           });
  };
  const bool has_no_list =
      !body.contains(kBrazeEvents) && !body.contains(kBrazePurchases) && !is_common(body);
  return of_a_person(list_in(body, kBrazeEvents), "name") ||
         of_a_person(list_in(body, kBrazePurchases), "product_id") ||
         (has_no_list && of_a_person(list_in(body, kBrazeAttributes), ""));
}

std::vector<Result<std::vector<Translated>>> translate_braze(const json::object& body,
                                                             std::string_view base) {
  std::vector<Result<std::vector<Translated>>> out;
  for (const auto list_name : {kBrazeEvents, kBrazePurchases}) {
    const auto* list = list_in(body, list_name);
    std::map<std::string, size_t> alike;
    for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const std::string at = fmt::format("{}/{}/{}", base, list_name, i);
      const auto* one = (*list)[i].if_object();
      if (one == nullptr)
        out.emplace_back(Error{Code::kInvalid, "is not an object", at, "an object"});
      else if (list_name == kBrazeEvents)
        out.push_back(translate_event(*one, at));
      else
        out.emplace_back(translate_purchase(*one, at, alike[serialize_json(*one)]++));
    }
  }
  return out;
}

void forget_attributes(json::object& body) {
  body.erase(kBrazeAttributes);
  for (const auto list_name : {kBrazeEvents, kBrazePurchases})
    if (auto* list = body.if_contains(list_name); list != nullptr && list->is_array())
      for (auto& one : list->get_array())
        if (auto* object = one.if_object()) hash_address(*object);
}

}  // namespace modiste
