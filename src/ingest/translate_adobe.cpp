// Adobe's experience events (XDM), as its Web SDK, Adobe Commerce's storefront and streaming ingestion send
// them: https://experienceleague.adobe.com/en/docs/experience-platform/xdm/classes/experienceevent
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/contains.h"
#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr ForeignName kAdobeEvents[] = {{"commerce.productViews", T::kProductView, Shape::kEach},
                                        {"commerce.productListAdds", T::kAddToCart, Shape::kEach},
                                        {"commerce.productListRemovals", T::kRemoveFromCart, Shape::kEach},
                                        {"commerce.saveForLaters", T::kSave, Shape::kEach},
                                        {"commerce.productListViews", T::kPageView, Shape::kPlain},
                                        {"commerce.purchases", T::kPurchase, Shape::kEach},
                                        {"commerce.backofficeCreditMemoIssued", T::kReturn, Shape::kEach},
                                        {"searchResponse", T::kSearch, Shape::kPlain},
                                        {"searchRequest", T::kSearch, Shape::kPlain}};
// Steps of a checkout, pages, media, messages.
constexpr std::array<std::string_view, 13> kTeachNothing{"commerce.checkouts",
                                                         "commerce.productListOpens",
                                                         "commerce.productListReopens",
                                                         "commerce.requisitionListOpens",
                                                         "commerce.backofficeOrderPlaced",
                                                         "commerce.backofficeOrderCancelled",
                                                         "commerce.backofficeOrderShipmentCompleted",
                                                         "userAccount.login",
                                                         "userAccount.logout",
                                                         "userAccount.createProfile",
                                                         "userAccount.updateProfile",
                                                         "directMarketing.emailOpened",
                                                         "leadOperation.newLead"};

constexpr Copy kOfAdobeEvent[] = {{"_id", "event_id"},
                                  {"timestamp", "occurred_at"},
                                  {"sent_at", "sent_at"},
                                  {"environment.browserDetails.userAgent", "context.user_agent"},
                                  {"environment.browserDetails.acceptLanguage", "context.locale"},
                                  {"web.webReferrer.URL", "context.referrer"}};
constexpr Copy kAdobeProduct[] = {
    {"SKU", "sku"},   {"product", "garment_id"}, {"_id", kAlsoKnownAs}, {"color", "colour"},
    {"size", "size"}, {"quantity", "quantity"},  {"price", "price"},    {"currencyCode", "currency"}};
constexpr Copy kOfAdobeCall[] = {{"order.currencyCode", "currency"}, {"order.purchaseID", "order_id"}};

// An event stands alone, under "xdm", or in the body of a message of streaming ingestion.
const json::object& event_in(const json::object& entry) {
  for (const auto* path : {"xdm", "body.xdmEntity"})
    if (const auto& inner = object_at(entry, path); !inner.empty()) return inner;
  return entry;
}

// Of a namespace the identifier that is marked, else the first.
std::string_view identifier(const json::value& list) {
  std::string_view first;
  if (!list.is_array()) return first;
  for (const auto& one : list.get_array()) {
    const auto* object = one.if_object();
    const auto id = object == nullptr ? std::string_view() : text_at(*object, "id");
    const auto* primary = object == nullptr ? nullptr : object->if_contains("primary");
    if (first.empty() || (primary != nullptr && primary->is_bool() && primary->get_bool())) first = id;
  }
  return first;
}

// The namespaces of devices and of addresses are Adobe's; any other is the shop's own.
void take_identities(Draft& draft, const json::object& event, std::string_view base) {
  // https://experienceleague.adobe.com/en/docs/experience-platform/identity/features/namespaces
  constexpr std::array<std::string_view, 10> kDevices{"FPID", "ECID", "AAID", "IDFA",    "GAID",
                                                      "AVID", "WAID", "CORE", "AdCloud", "TNTID"};
  constexpr std::array<std::string_view, 4> kAddressSpaces{"Email", "Phone", "Phone_SHA256",
                                                           "Phone_SHA256_E.164"};
  const auto& map = object_at(event, "identityMap");
  const auto take = [&](std::string_view member, std::string_view space, const json::value& ids) {
    draft.take(member, json::value(identifier(ids)), fmt::format("{}/identityMap/{}", base, space));
  };
  for (const auto space : kDevices)
    if (const auto* ids = map.if_contains(space)) take("device_id", space, *ids);
  for (const auto& [space, ids] : map) {
    const std::string_view name = space;
    if (name == "Email_LC_SHA256")
      take("email_hash", name, ids);
    else if (!contains(kDevices, name) && !contains(kAddressSpaces, name))
      take("shopper_id", name, ids);
  }
}

// priceTotal is of all pieces of the line.
json::object with_prices(const json::object& event) {
  json::object out;
  out["order"] = object_at(event, "commerce.order");
  auto& lines = out["productListItems"].emplace_array();
  const auto* list = event.if_contains("productListItems");
  if (list == nullptr || !list->is_array()) return out;
  for (const auto& value : list->get_array()) {
    const auto* line = value.if_object();
    if (line == nullptr) continue;
    json::object product = *line;
    const auto* total = line->if_contains("priceTotal");
    const auto* count = line->if_contains("quantity");
    const double pieces = count != nullptr && count->is_number() ? count->to_number<double>() : 1;
    if (total != nullptr && total->is_number() && pieces > 0)
      product["price"] = total->to_number<double>() / pieces;
    if (const auto* options = line->if_contains("selectedOptions"); options != nullptr && options->is_array())
      for (const auto& option : options->get_array())
        if (const auto* object = option.if_object())
          product.emplace(snake_case(text_at(*object, "attribute")), text_at(*object, "value"));
    lines.push_back(std::move(product));
  }
  return out;
}

}  // namespace

bool is_adobe(const json::object& entry) {
  const auto& event = event_in(entry);
  const auto name = text_at(event, "eventType");
  const bool is_of_xdm =
      name.find('.') != std::string_view::npos || name == "searchRequest" || name == "searchResponse";
  return is_of_xdm && (event.contains("identityMap") || event.contains("commerce") ||
                       event.contains("productListItems") || event.contains("web") || event.contains("_id"));
}

Result<std::vector<Translated>> translate_adobe(const json::object& entry, std::string_view base) {
  const auto& event = event_in(entry);
  const std::string at = fmt::format("{}{}", base,
                                     &event == &entry        ? ""
                                     : entry.contains("xdm") ? "/xdm"
                                                             : "/body/xdmEntity");
  const auto name = text_at(event, "eventType");
  const auto* known = find_name(name, kAdobeEvents);
  if (known == nullptr) {
    const bool of_pages = name.starts_with("web.") || name.starts_with("media.") ||
                          name.starts_with("decisioning.") || name.starts_with("message.") ||
                          name.starts_with("pushTracking.") || name.starts_with("application.") ||
                          name.starts_with("advertising.");
    if (of_pages || contains(kTeachNothing, name)) return std::vector<Translated>();
    return untranslated(name, at + "/eventType", kAdobeEvents);
  }
  Draft draft;
  draft.put("type", json::value(name_of(known->type)));
  take_identities(draft, event, at);
  draft.copy(event, at, kOfAdobeEvent);
  std::string id(draft.text("event_id"));
  if (id.empty()) id = content_id_of("adobe", entry);
  draft.put("event_id", json::value(id));
  if (known->shape == Shape::kPlain) {
    constexpr Copy kQuery[] = {{"siteSearch.phrase", "query"}};
    if (known->type == T::kSearch) draft.copy(event, at, kQuery);
    if (known->type == T::kPageView) draft.put("page", json::value("cart"));
    return just(std::move(draft));
  }
  const json::object call = with_prices(event);
  const bool order = known->type == T::kPurchase || known->type == T::kReturn;
  return translate_each({known->type, id, call, at, "productListItems", kAdobeProduct,
                         std::span(kOfAdobeCall).first(order ? 2 : 1)},
                        draft);
}

}  // namespace modiste
