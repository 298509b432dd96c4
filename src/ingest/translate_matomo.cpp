// What Matomo's trackers send to its HTTP API: a query a request, alone as an object or many in `requests`:
// https://developer.matomo.org/api-reference/tracking-api
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr Copy kVisitor[] = {{"uid", "shopper_id"},
                             {"_id", "device_id"},
                             {"cid", "device_id"},
                             {"ua", "context.user_agent"},
                             {"urlref", "context.referrer"}};
constexpr Copy kOrderItem[] = {{"sku", "garment_id"}, {"price", "price"}, {"quantity", "quantity"}};

// Of a query a plus is a space.
std::string decoded(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decoded(spaced);
}

// A member that is a list or an object, or the text of one.
json::value read_member(const json::object& request, std::string_view member) {
  const auto* found = request.if_contains(member);
  const auto* text = found != nullptr ? found->if_string() : nullptr;
  if (text == nullptr) return found != nullptr ? *found : json::value();
  auto read = parse_json(*text);
  return read.ok() ? std::move(*read) : json::value();
}

std::string said_in(const json::object& request, std::string_view member) {
  const auto* found = request.if_contains(member);
  if (found == nullptr || found->is_null()) return {};
  return found->is_string() ? std::string(trim(found->get_string())) : serialize_json(*found);
}

// The viewed product. Matomo before version 4 had it in a custom variable: {"3": ["_pks", "SKU"]}.
std::string viewed_product(const json::object& request) {
  std::string sku = said_in(request, "_pks");
  const json::value variables = read_member(request, "cvar");
  const auto* object = variables.if_object();
  for (auto at = object != nullptr ? object->begin() : nullptr; object != nullptr && at != object->end();
       ++at) {
    const auto* pair = at->value().if_array();
    if (sku.empty() && pair != nullptr && pair->size() == 2 && (*pair)[0] == "_pks" && (*pair)[1].is_string())
      sku = (*pair)[1].get_string();
  }
  return sku;
}

// ec_items: [["SKU", "name", "category" or a list of them, price, quantity], ..] as products.
json::object with_items(const json::object& request) {
  json::array products;
  const json::value items = read_member(request, "ec_items");
  if (const auto* list = items.if_array())
    for (const auto& entry : *list) {
      json::object product;
      if (const auto* item = entry.if_array(); item != nullptr) {
        constexpr std::string_view kPlaces[] = {"sku", "name", "category", "price", "quantity"};
        for (size_t i = 0; i < std::min(item->size(), std::size(kPlaces)); ++i)
          product[kPlaces[i]] = (*item)[i];
      }
      products.push_back(std::move(product));
    }
  return {{"ec_items", std::move(products)}};
}

// Seconds since 1970, or "2026-11-28 18:00:00" in UTC.
json::value time_of_request(const json::object& request) {
  std::string said = said_in(request, "cdt");
  if (const size_t space = said.find(' '); space != std::string::npos) said[space] = 'T';
  if (said.find('T') != std::string::npos && !said.ends_with('Z')) said += 'Z';
  return json::value(said);
}

struct Request {
  const json::object& members;
  std::string pointer;
  TimePoint received_at;
};

Draft begin_request(const Request& request, T type) {
  Draft draft;
  draft.put("type", json::value(name_of(type)));
  draft.copy(request.members, request.pointer, kVisitor);
  draft.take("occurred_at", time_of_request(request.members), request.pointer + "/cdt");
  if (auto locale = said_in(request.members, "lang"); !locale.empty())
    draft.take("context.locale", json::value(locale.substr(0, locale.find_first_of(",;"))),
               request.pointer + "/lang");
  std::string content = kept_text(request.members);
  if (!draft.has("occurred_at")) content += '\n' + to_rfc3339(request.received_at);
  draft.put("event_id", json::value(content_id("matomo", content)));
  return draft;
}

// Every change of the cart tells all of it: each of its garments counts once a day for a visitor.
std::vector<Translated> once_a_day(std::vector<Translated> cart, const Request& request) {
  for (Translated& one : cart) {
    auto& event = one.event.get_object();
    const std::string said(text_at(event, "occurred_at"));
    const std::string day = (said.empty() ? to_rfc3339(request.received_at) : said).substr(0, 10);
    event["event_id"] =
        content_id("matomo-cart", fmt::format("{}\n{}\n{}\n{}", day, text_at(event, "shopper_id"),
                                              text_at(event, "device_id"), text_at(event, "garment_id")));
  }
  return cart;
}

Result<std::vector<Translated>> translate_goal(const Request& request) {
  const bool ordered = !said_in(request.members, "ec_id").empty();
  const T type = ordered ? T::kPurchase : T::kAddToCart;
  const json::object products = with_items(request.members);
  if (products.at("ec_items").as_array().empty()) return std::vector<Translated>();  // the cart is empty
  Draft draft = begin_request(request, type);
  if (ordered) draft.take("order_id", request.members.at("ec_id"), request.pointer + "/ec_id");
  const std::string id(draft.text("event_id"));
  TRY_ASSIGN(auto lines,
             translate_each({type, id, products, request.pointer, "ec_items", kOrderItem, {}}, draft));
  return ordered ? std::move(lines) : once_a_day(std::move(lines), request);
}

}  // namespace

// "?idsite=1&uid=ada" as an object of texts.
json::object matomo_members(std::string_view query) {
  query.remove_prefix(std::min(query.find('?') + 1, query.size()));
  json::object out;
  for (const std::string& part : split_list(query, "&")) {
    const size_t equals = part.find('=');
    if (equals == std::string::npos) continue;
    std::string value = decoded(std::string_view(part).substr(equals + 1));
    if (is_utf8(value)) out.emplace(decoded(std::string_view(part).substr(0, equals)), std::move(value));
  }
  return out;
}

bool is_matomo(const json::object& entry) { return entry.contains("idsite") && entry.contains("rec"); }

bool is_matomo_batch(const json::object& body) {
  const auto* requests = body.if_contains("requests");
  const auto* list = requests != nullptr ? requests->if_array() : nullptr;
  return list != nullptr && !list->empty() &&
         (list->front().is_string() || (list->front().is_object() && is_matomo(list->front().get_object())));
}

Result<std::vector<Translated>> translate_matomo(const json::value& entry, std::string_view base,
                                                 TimePoint received_at) {
  const bool is_query = entry.is_string();
  const json::object members = is_query ? matomo_members(entry.get_string()) : entry.get_object();
  const Request request{members, std::string(base), received_at};
  auto translated = [&]() -> Result<std::vector<Translated>> {
    if (said_in(members, "idgoal") == "0") return translate_goal(request);
    if (const auto sku = viewed_product(members); !sku.empty()) {
      Draft draft = begin_request(request, T::kProductView);
      draft.take("garment_id", json::value(sku), request.pointer + "/_pks");
      return just(std::move(draft));
    }
    if (const auto query = said_in(members, "search"); !query.empty()) {
      Draft draft = begin_request(request, T::kSearch);
      draft.take("query", json::value(query), request.pointer + "/search");
      return just(std::move(draft));
    }
    return std::vector<Translated>();  // pages, downloads, links, events of the site's own and pings
  }();
  // A query is one text: it is pointed at as a whole.
  if (translated.ok() && is_query)
    for (Translated& one : *translated)
      for (auto& [ours, theirs] : one.sources) theirs = base;
  return translated;
}

}  // namespace modiste
