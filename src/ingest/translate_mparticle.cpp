// An event batch of mParticle's: what one person did in one session.
// https://docs.mparticle.com/developers/apis/json-reference
#include <fmt/format.h>

#include <algorithm>

#include "ingest/event_ids.h"
#include "ingest/sent_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr std::string_view kMparticleEvents = "events", kMparticleUser = "user_identities";

constexpr Copy kMparticlePerson[] = {{"user_identities.customer_id", "shopper_id"},
                                     {"user_identities.email", "email_hash"},
                                     {"mpid", "external_id"},
                                     {"mp_deviceid", "device_id"}};
constexpr Copy kMparticleData[] = {{"timestamp_unixtime_ms", "occurred_at"}, {"session_uuid", "session_id"}};
constexpr Copy kMparticleProduct[] = {{"id", "garment_id"},
                                      {"custom_attributes.sku", "sku"},
                                      {"custom_attributes.size", "size"},
                                      {"custom_attributes.color", "colour"},
                                      {"custom_attributes.colour", "colour"},
                                      {"variant", "colour"},
                                      {"price", "price"},
                                      {"quantity", "quantity"}};
constexpr Copy kMparticleOrder[] = {{"transaction_id", "order_id"}};

constexpr ForeignName kMparticleActions[] = {{"view_detail", T::kProductView, Shape::kEach},
                                             {"click", T::kClick, Shape::kEach},
                                             {"add_to_cart", T::kAddToCart, Shape::kEach},
                                             {"remove_from_cart", T::kRemoveFromCart, Shape::kEach},
                                             {"add_to_wishlist", T::kSave, Shape::kEach},
                                             {"add_to_wish_list", T::kSave, Shape::kEach},
                                             {"remove_from_wishlist", T::kUnsave, Shape::kEach},
                                             {"remove_from_wish_list", T::kUnsave, Shape::kEach},
                                             {"purchase", T::kPurchase, Shape::kEach},
                                             {"refund", T::kReturn, Shape::kEach}};

// One event of the batch, begun as a copy of whose it is.
class MparticleEvent {
 public:
  MparticleEvent(const Draft& person, const json::object& event, std::string at)
      : data_(object_at(event, "data")), at_(std::move(at) + "/data"), draft_(person) {
    draft_.copy(data_, at_, kMparticleData);
    draft_.take("currency", json::value(text_at(data_, "currency_code")), at_ + "/currency_code");
    id_ = text_at(data_, "source_message_id");
    if (id_.empty()) id_ = content_id_of("mparticle", event);
  }

  // What was shown beside what was done: each list of impressions, then the action.
  Result<std::vector<Translated>> commerce() const {
    std::vector<Translated> out;
    if (const auto* lists = data_.if_contains("product_impressions"); lists != nullptr && lists->is_array())
      for (size_t i = 0; i < lists->get_array().size(); ++i)
        if (const auto* list = lists->get_array()[i].if_object()) {
          const std::string where = fmt::format("{}/product_impressions/{}", at_, i);
          TRY_ASSIGN(auto shown,
                     translate_list(call(T::kImpression, *list, where), begun(T::kImpression, i)));
          std::move(shown.begin(), shown.end(), std::back_inserter(out));
        }
    const json::object& action = object_at(data_, "product_action");
    if (action.empty()) return out;
    const auto name = text_at(action, "action");
    const ForeignName* known = find_name(name, kMparticleActions);
    if (known == nullptr) return untranslated(name, at_ + "/product_action/action", kMparticleActions);
    Draft draft = draft_;
    draft.put("type", json::value(name_of(known->type)));
    TRY_ASSIGN(auto done, translate_each(call(known->type, action, at_ + "/product_action"), draft));
    std::move(done.begin(), done.end(), std::back_inserter(out));
    return out;
  }

  // Named by the shop: "Added to Bag".
  Result<std::vector<Translated>> custom() const {
    const json::object properties = with_snake_names(object_at(data_, "custom_attributes"));
    const NamedTrack track{text_at(data_, "event_name"), at_ + "/event_name", id_, properties,
                           at_ + "/custom_attributes"};
    const auto known = track_of(track.name);
    if (!known) return no_track(track);
    Draft draft = draft_;
    draft.put("type", json::value(name_of(known->type)));
    draft.put("event_id", json::value(id_));
    return translate_named(track, *known, std::move(draft));
  }

 private:
  [[nodiscard]] Draft begun(T type, size_t list) const {
    Draft draft = draft_;
    draft.put("type", json::value(name_of(type)));
    draft.put("event_id", json::value(numbered_id(id_ + "-shown", list)));
    return draft;
  }
  [[nodiscard]] ProductCall call(T type, const json::object& of, std::string where) const {
    return {type, id_, of, std::move(where), "products", kMparticleProduct, kMparticleOrder};
  }

  const json::object& data_;
  std::string at_, id_;
  Draft draft_;
};

}  // namespace

bool is_mparticle(const json::object& body) {
  const auto* list = body.if_contains(kMparticleEvents);
  if (list == nullptr || !list->is_array() ||
      !(body.contains("mpid") || body.contains(kMparticleUser) || body.contains("mp_deviceid")))
    return false;
  const auto& events = list->get_array();
  return !events.empty() && std::all_of(events.begin(), events.end(), [](const json::value& one) {
    return one.is_object() && one.get_object().contains("event_type") && one.get_object().contains("data");
  });
}

std::vector<Result<std::vector<Translated>>> translate_mparticle(const json::object& body,
                                                                 std::string_view base) {
  Draft person;
  person.copy(body, base, kMparticlePerson);
  std::vector<Result<std::vector<Translated>>> out;
  const auto& events = body.at(kMparticleEvents).get_array();
  for (size_t i = 0; i < events.size(); ++i) {
    const auto& event = events[i].get_object();
    const auto type = text_at(event, "event_type");
    const MparticleEvent read(person, event, fmt::format("{}/{}/{}", base, kMparticleEvents, i));
    if (type == "commerce_event")
      out.push_back(read.commerce());
    else if (type == "custom_event")
      out.push_back(read.custom());
    else
      out.emplace_back(std::vector<Translated>());  // sessions, screens, crashes: they teach nothing
  }
  return out;
}

void forget_user(json::object& body) {
  json::object kept;
  for (const std::string_view member : {"mpid", "mp_deviceid", "events"})
    if (const auto* found = body.if_contains(member)) kept[member] = *found;
  json::object identities;
  const json::object& said = object_at(body, kMparticleUser);
  if (const auto* id = said.if_contains("customer_id")) identities["customer_id"] = *id;
  if (const auto hash = hash_of_address(text_at(said, "email")); !hash.empty()) identities["email"] = hash;
  kept[kMparticleUser] = std::move(identities);
  body = std::move(kept);
}

}  // namespace modiste
