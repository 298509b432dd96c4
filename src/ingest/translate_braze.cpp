// What Braze's /users/track takes: a body with events and purchases in two lists, each of a person of its
// own: https://www.braze.com/docs/api/endpoints/user_data/post_user_track
#include <fmt/format.h>

#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

constexpr std::string_view kBrazeEvents = "events", kBrazePurchases = "purchases";

constexpr Copy kBrazePerson[] = {{"external_id", "shopper_id"},
                                 {"user_alias.alias_name", "external_id"},
                                 {"braze_id", "device_id"},
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

// Names of Braze's e-commerce events begin with what they are of: "ecommerce.order_placed".
Result<std::vector<Translated>> translate_event(const json::object& event, const std::string& at) {
  constexpr std::string_view kOfShops = "ecommerce.";
  auto name = text_at(event, "name");
  if (name.starts_with(kOfShops)) name.remove_prefix(kOfShops.size());
  Draft draft;
  draft.copy(event, at, kBrazePerson);
  const json::object properties = with_snake_names(object_at(event, "properties"));
  const NamedTrack track{name, at + "/name", content_id_of("braze", event), properties, at + "/properties"};
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
  draft.put("event_id", json::value(numbered_id(content_id_of("braze", purchase), index)));
  return just(std::move(draft));
}

}  // namespace

bool is_braze(const json::object& body) {
  const auto of_a_person = [](const json::array* list, std::string_view member) {
    if (list == nullptr || list->empty() || !list->front().is_object()) return false;
    const auto& one = list->front().get_object();
    const bool has_person =
        one.contains("external_id") || one.contains("user_alias") || one.contains("braze_id");
    return has_person && one.contains(member) && one.contains("time") && !one.contains("type");
  };
  return of_a_person(list_in(body, kBrazeEvents), "name") ||
         of_a_person(list_in(body, kBrazePurchases), "product_id");
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

void forget_attributes(json::object& body) { body.erase("attributes"); }

}  // namespace modiste
