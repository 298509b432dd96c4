#include "ingest/event_door.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/contains.h"
#include "base/text.h"
#include "ingest/leave_out.h"
#include "ingest/sent_consent.h"
#include "ingest/sent_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"

namespace modiste {
namespace {

constexpr std::string_view kSegmentList = "batch";
constexpr std::string_view kOurList = "events";
constexpr std::string_view kDataList = "data";  // Meta's, Snowplow's and TikTok's
constexpr std::string_view kMatomosList = "requests";
constexpr std::string_view kSentAt[] = {"sent_at", "sentAt", "client_upload_time"};
// What APIs answer and relays pass on: lists of orders, and of anything else that is an entry by itself.
constexpr std::string_view kOthersLists[] = {"orders",   "refunds", "returns", "records",
                                             "messages", "items",   "result",  "data"};
// Beside the list in bodies of PostHog and Amplitude.
constexpr std::string_view kOthersMembers[] = {"api_key", "options", "historical_migration"};

bool is_known_beside(std::string_view member) { return contains(kOthersMembers, member); }

bool says_when_sent(std::string_view member) {
  return std::find(std::begin(kSentAt), std::end(kSentAt), member) != std::end(kSentAt);
}

// The member that is the list of entries; none when the body is one entry itself.
Result<std::optional<std::string_view>> list_of(const json::object& body) {
  if (body.contains(kSegmentList)) return std::optional(kSegmentList);
  if (is_ga4(body)) return std::optional(kOurList);
  if (is_braze(body) || is_mparticle(body)) return std::optional<std::string_view>();
  if (is_meta(body) || is_snowplow_batch(body) || is_tiktok_batch(body)) return std::optional(kDataList);
  if (is_matomo_batch(body)) return std::optional(kMatomosList);
  if (!body.contains(kOurList) &&
      (is_common(body) || is_shopify(body) || is_order(body) || is_return(body) || is_adobe(body) ||
       is_snowplow_payload(body) || is_klaviyo(body) || is_matomo(body) || is_universal(body)))
    return std::optional<std::string_view>();
  if (body.contains(kOurList)) return std::optional(kOurList);
  for (const std::string_view name : kOthersLists)
    if (const auto* list = body.if_contains(name); list != nullptr && list->is_array())
      return std::optional(name);
  for (const auto& entry : body)
    if (!says_when_sent(entry.key()))
      return json_detail::at(json_detail::unknown_name(entry.key(), &kOurList, 1, "field"), entry.key());
  return json_detail::at(json_detail::missing(kOurList), kOurList);
}

// The path to the one entry, as APIs answer ({"order": {...}}) and webhooks tell (Shopware's, Wix's). Empty:
// the body is no such thing.
std::string_view held_by(const json::object& body) {
  constexpr std::string_view kHolders[] = {"order", "refund", "return"};
  if (body.size() == 1 && body.begin()->value().is_object()) {
    const auto* const found = std::find(std::begin(kHolders), std::end(kHolders), body.begin()->key());
    return found == std::end(kHolders) ? std::string_view() : *found;
  }
  for (const std::string_view path :
       {"data.payload.order", "createdEvent.entity", "updatedEvent.currentEntity"}) {
    const auto* found = find_path(body, path);
    if (found != nullptr && found->is_object() && is_order(found->get_object())) return path;
  }
  return {};
}

std::string id_of(const json::value& entry) {
  constexpr size_t kEchoMax = 200;
  const auto* object = entry.if_object();
  if (object == nullptr) return {};
  for (const auto* member : {"event_id", "messageId", "eventId", "id", "eid"})
    if (const auto id = text_at(*object, member); !id.empty()) return std::string(echo(id, kEchoMax));
  return {};
}

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

double tenth(double degrees) { return std::round(degrees * 10) / 10; }

// Names of members in all formats, in snake case, as "$geoip_latitude" and "location_lat" end in them.
constexpr std::string_view kDegrees[] = {"latitude", "longitude", "lat", "lng", "lon"};
constexpr std::string_view kAddresses[] = {"referrer", "referer", "refr", "url", "location", "search"};
constexpr std::string_view kPersonal[] = {"ip", "ip_address", "ipaddress", "urlquery", "cip"};
// Of these some formats send the hash, which tells whose an event is.
constexpr std::string_view kPersonalOrHash[] = {"email", "phone", "phone_number", "ph"};
constexpr std::string_view kHashedAddress[] = {"em", "email_hash"};

bool ends_in(std::string_view name, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return name.ends_with(word) && (name.size() == word.size() || name[name.size() - word.size() - 1] == '_');
  });
}

bool is_hash(const json::value& value) {
  constexpr size_t kShortest = 32;  // MD5
  const auto* text = value.if_string();
  return text != nullptr && text->size() >= kShortest && is_hex(*text);
}

// Takes out what is not a hash, of a value or a list of them.
void keep_hashes(json::value& value) {
  if (auto* list = value.if_array())
    for (auto& one : *list) keep_hashes(one);
  else if (!is_hash(value))
    value = nullptr;
}

void hash_addresses(json::value& value) {
  if (auto* list = value.if_array())
    for (auto& one : *list) hash_addresses(one);
  else if (const auto* text = value.if_string())
    if (const auto hash = hash_of_address(*text); !hash.empty()) value = json::value(hash);
}

// Origin and path, without what follows: a query holds search words, ids and worse.
std::string_view origin_and_path(std::string_view referrer) {
  return referrer.substr(0, referrer.find_first_of("?#"));
}

}  // namespace

void make_coarse(Event& event) {
  if (!event.context) return;
  auto& context = *event.context;
  for (auto* degrees : {&context.latitude, &context.longitude})
    if (*degrees) **degrees = tenth(**degrees);
  context.referrer.resize(origin_and_path(context.referrer).size());
}

void make_coarse(json::value& foreign) {
  if (auto* list = foreign.if_array())
    for (auto& entry : *list) make_coarse(entry);
  auto* object = foreign.if_object();
  if (object == nullptr) return;
  for (auto& [key, value] : *object) {
    const auto name = snake_case(key);
    const bool degrees = ends_in(name, kDegrees), address = ends_in(name, kAddresses);
    if (ends_in(name, kPersonal) && !value.is_bool())
      value = nullptr;
    else if (ends_in(name, kPersonalOrHash) && !value.is_bool())
      keep_hashes(value);
    else if (ends_in(name, kHashedAddress))
      hash_addresses(value);
    else if (degrees && value.is_string())  // a number in quotes, or nothing that is known to be coarse
      value = nullptr;
    else if (degrees && value.is_number())
      value = tenth(value.to_number<double>());
    else if (address && value.is_string())
      value = json::string(origin_and_path(value.get_string()));
    else
      make_coarse(value);
  }
}

Result<ParsedBatch> ParsedBatch::judge(std::string_view body, TimePoint received_at) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (body.starts_with(kByteOrderMark)) body.remove_prefix(kByteOrderMark.size());
  TRY_ASSIGN(auto document, JsonDocument::parse(body));
  ParsedBatch out(std::move(document), received_at);
  TRY(out.open());
  out.tell_entries_when_they_were_sent();
  out.events.reserve(out.entries_);
  out.origins_.reserve(out.entries_);
  for (size_t i = 0; i < out.entries_; ++i) out.judge_entry(i);
  return out;
}

Result<Done> ParsedBatch::open() {
  if (const auto* bare = body().if_array()) {
    is_bare_ = true;
    entries_ = bare->size();
    if (entries_ > kEntriesPerBatchMax)
      return json_detail::too_long(entries_, kEntriesPerBatchMax, "entries");
    return kOk;
  }
  const auto* object = body().if_object();
  if (object == nullptr) return json_detail::wrong_type(body(), "an object, or a list of them");
  held_ = held_by(*object);
  if (!held_.empty()) return kOk;
  TRY_ASSIGN(list_, list_of(*object));
  if (!list_) return kOk;
  const auto& list = object->at(*list_);
  if (!list.is_array()) return json_detail::at(json_detail::wrong_type(list, "a list"), *list_);
  entries_ = list.get_array().size();
  if (entries_ > kEntriesPerBatchMax)
    return json_detail::at(json_detail::too_long(entries_, kEntriesPerBatchMax, "entries"), *list_);
  ga4_ = list_ == kOurList && is_ga4(*object);
  if (list_ == kOurList && !ga4_) warn_of_batch(*object);
  return kOk;
}

// Each entry then says by itself when it was sent, also as a dead letter.
void ParsedBatch::tell_entries_when_they_were_sent() {
  if (!list_ || ga4_) return;
  auto& root = document_.root().get_object();
  for (const auto member : kSentAt) {
    const auto* sent = root.if_contains(member);
    if (sent == nullptr || sent->is_null()) continue;
    const json::value sent_at = *sent;
    for (auto& entry : root.at(*list_).get_array()) {
      auto* object = entry.if_object();
      if (object != nullptr && !object->contains(kSentAt[0]) && !object->contains(kSentAt[1]))
        object->emplace(is_segment(*object) ? kSentAt[1] : kSentAt[0], sent_at);
    }
    return;
  }
}

const json::value& ParsedBatch::at(size_t entry) const {
  if (is_bare_) return body().get_array()[entry];
  if (list_) return body().get_object().at(*list_).get_array()[entry];
  return held_.empty() ? body() : *find_path(body().get_object(), held_);
}

std::string ParsedBatch::pointer(size_t entry) const {
  if (is_bare_) return fmt::format("/{}", entry);
  if (list_) return fmt::format("/{}/{}", *list_, entry);
  std::string path = held_.empty() ? std::string() : fmt::format("/{}", held_);
  std::replace(path.begin(), path.end(), '.', '/');
  return path;
}

void ParsedBatch::judge_entry(size_t entry) {
  const auto& value = at(entry);
  const auto* object = value.if_object();
  if (ga4_) {
    const bool denied =
        denies_learning(body().get_object()) || (object != nullptr && denies_learning(*object));
    if (denied) return static_cast<void>(++ignored);
    return admit_all(entry, translate_ga4(body().get_object(), "", entry, received_at_));
  }
  const bool is_query = list_ == kMatomosList && value.is_string();
  if (is_query || (object != nullptr && is_matomo(*object)))
    return admit_all(entry, translate_matomo(value, pointer(entry), received_at_));
  if (object == nullptr)
    return refuse(entry, DeadReason::kInvalid,
                  {Code::kInvalid, json_detail::wrong_type(value, "").what, pointer(entry), "an object"});
  if (denies_learning(*object)) return static_cast<void>(++ignored);
  if (is_snowplow_payload(*object))
    return admit_all(entry, translate_snowplow_payload(*object, pointer(entry)));
  if (is_snowplow(*object)) return admit_all(entry, translate_snowplow(*object, pointer(entry)));
  if (object->contains("event_id") && admit(entry, value, nullptr).ok()) return;
  if (is_klaviyo(*object)) {
    for (auto& one : translate_klaviyo(*object, pointer(entry), received_at_))
      admit_all(entry, std::move(one));
    return;
  }
  if (is_braze(*object)) {
    auto all = translate_braze(*object, pointer(entry));
    if (all.empty()) ++ignored;  // what is known of persons alone
    for (auto& one : all) admit_all(entry, std::move(one));
    return;
  }
  if (is_mparticle(*object)) {
    for (auto& one : translate_mparticle(*object, pointer(entry))) admit_all(entry, std::move(one));
    return;
  }
  if (is_google_retail(*object))
    return admit_all(entry, translate_google_retail(*object, pointer(entry), received_at_));
  if (is_algolia(*object)) return admit_all(entry, translate_algolia(*object, pointer(entry), received_at_));
  if (is_tiktok(*object)) return admit_all(entry, translate_tiktok(*object, pointer(entry)));
  if (is_universal(*object))
    return admit_all(entry, translate_universal(*object, pointer(entry), received_at_));
  // Older libraries of PostHog's name Segment's type beside their own members.
  if (object->contains("distinct_id") && is_posthog(*object))
    return admit_all(entry, translate_posthog(*object, pointer(entry), received_at_));
  if (is_segment(*object)) return admit_all(entry, translate_segment(*object, pointer(entry), received_at_));
  if (is_adobe(*object)) return admit_all(entry, translate_adobe(*object, pointer(entry)));
  if (is_posthog(*object)) return admit_all(entry, translate_posthog(*object, pointer(entry), received_at_));
  if (is_amplitude(*object))
    return admit_all(entry, translate_amplitude(*object, pointer(entry), received_at_));
  if (is_ga4(*object)) {
    for (size_t i = 0; i < object->at(kOurList).get_array().size(); ++i)
      admit_all(entry, translate_ga4(*object, pointer(entry), i, received_at_));
    return;
  }
  if (is_ga4_row(*object)) return admit_all(entry, translate_ga4_row(*object, pointer(entry)));
  if (is_ga4_layer(*object))
    return admit_all(entry, translate_ga4_layer(*object, pointer(entry), received_at_));
  if (is_shopify(*object)) return admit_all(entry, translate_shopify(*object, pointer(entry)));
  if (is_meta_event(*object)) return admit_all(entry, translate_meta(*object, pointer(entry)));
  if (is_return(*object)) return admit_all(entry, translate_return_webhook(*object, pointer(entry)));
  if (is_order(*object)) return admit_all(entry, translate_order_webhook(*object, pointer(entry)));
  admit_all(entry, translate_common(*object, pointer(entry)));
}

void ParsedBatch::admit_all(size_t entry, Result<std::vector<Translated>> translated) {
  if (!translated.ok()) return refuse(entry, DeadReason::kUntranslatable, std::move(translated).error());
  if (translated->empty()) {
    ++ignored;
    return;
  }
  if (events.size() + translated->size() > kEventsPerBodyMax)
    return refuse(entry, DeadReason::kInvalid,
                  {Code::kInvalid, "the body becomes too many events", pointer(entry),
                   fmt::format("at most {} in one body; the rest in another", kEventsPerBodyMax)});
  const std::string sent = sent_at(entry);
  for (auto& one : *translated) {
    if (!sent.empty()) one.event.get_object().emplace("sent_at", sent);
    const auto sources = std::make_shared<const Sources>(std::move(one.sources));
    if (auto read = admit(entry, one.event, sources); !read.ok()) {
      Error error = std::move(read).error();
      error.where = source_of(*sources, error.where, pointer(entry) + error.where);
      refuse(entry, DeadReason::kInvalid, std::move(error));
      continue;
    }
    Event& event = events.back();
    event.line_number = std::move(one.line_number);
    event.also_known_as = std::move(one.also_known_as);
    const size_t items = std::min(event.items.size(), one.items_also_known_as.size());
    for (size_t i = 0; i < items; ++i) event.items[i].also_known_as = std::move(one.items_also_known_as[i]);
    for (Error& left_out : one.left_out) warn(entry, std::move(left_out), *sources);
  }
}

// What the entry says of its sender's clock, as text; empty: nothing, or its times are of another clock. Some
// calls say whether they were corrected (Segment's); of a webhook the platform's clock tells the times.
std::string ParsedBatch::sent_at(size_t entry) const {
  const auto* object = ga4_ ? nullptr : at(entry).if_object();
  if (object == nullptr) return {};
  for (const std::string_view member : {kSentAt[0], kSentAt[1]})
    if (const auto* said = object->if_contains(member); said != nullptr && !said->is_null()) {
      if (is_segment(*object) || is_order(*object) || is_return(*object)) return {};
      Draft draft;
      draft.take("sent_at", *said, "");
      const auto text = draft.text("sent_at");
      return parse_rfc3339(text).ok() ? std::string(text) : std::string();
    }
  return {};
}

// Takes out what names nothing, and spells one id in one way.
void ParsedBatch::clear_ids(size_t entry, Event& event, const Sources& sources) {
  constexpr std::string_view kMembers[] = {"/shopper_id",  "/loyalty_id", "/email_hash",
                                           "/external_id", "/device_id",  "/session_id"};  // identifiers_of()
  const auto clear = [&](std::string& id, std::string_view member) {
    if (!trim(id).empty()) warn(entry, no_id(id, std::string(member)), sources);
    id.clear();
  };
  const auto ids = identifiers_of(event);
  for (size_t i = 0; i < ids.size(); ++i) {
    std::string& id = *ids[i];
    if (id.empty()) continue;
    if (is_no_id(id))
      clear(id, kMembers[i]);
    else if (const auto spelled = trim(id); spelled.size() != id.size())
      id = std::string(spelled);
  }
  if (!event.order_id.empty() && is_no_order(event.order_id)) clear(event.order_id, "/order_id");
  if (auto hash = hash_of_address(event.email_hash); !hash.empty()) event.email_hash = std::move(hash);
  if (is_hex(event.email_hash)) event.email_hash = ascii_lower(event.email_hash);  // one hash, one person
}

// A wrong clock must not cost what the shopper chose: it was chosen now. But what allows something and comes
// too late may be outdated: of those it is the oldest.
void ParsedBatch::keep_choice(size_t entry, Event& event, const Sources& sources) {
  if (event.type != EventType::kConsent && event.type != EventType::kVetoes) return;
  constexpr auto kEarlyMax = std::chrono::minutes(5);
  constexpr auto kChoiceLateMax = kLateMax - std::chrono::hours(1);  // it is judged a moment later
  if (!event.occurred_at) return;
  const bool early = *event.occurred_at > received_at_ + kEarlyMax;
  const bool late = *event.occurred_at < received_at_ - kChoiceLateMax;
  if (!early && !late) return;
  const auto& consent = event.consent;
  const bool forbids =
      !consent || !consent->personalisation.value_or(true) || !consent->training.value_or(true);
  warn(entry,
       {Code::kInvalid, fmt::format("{} cannot be when this was chosen", to_rfc3339(*event.occurred_at)),
        "/occurred_at", "the time, or none: now"},
       sources);
  event.occurred_at = early || forbids ? received_at_ : received_at_ - kChoiceLateMax;
}

// Read where it will stand: an event is large to move.
Result<Done> ParsedBatch::admit(size_t entry, const json::value& value,
                                std::shared_ptr<const Sources> sources) {
  Event& event = events.emplace_back();
  if (auto read = json_detail::read_object(value, event); !read.ok()) {
    events.pop_back();
    return read;
  }
  if (sources == nullptr && has_something_to_leave_out(event)) {
    events.pop_back();
    return Error{Code::kInvalid, "a member that the type may not have", "",
                 ""};  // translated, it is left out
  }
  make_coarse(event);
  static const Sources kOurs;
  const Sources& from = sources == nullptr ? kOurs : *sources;
  clear_ids(entry, event, from);
  // Nothing is sent before it happened: a clock that says so was set in between.
  if (event.sent_at && event.occurred_at)
    *event.occurred_at = received_at_ - std::max(*event.sent_at - *event.occurred_at, Micros(0));
  event.sent_at.reset();
  keep_choice(entry, event, from);
  origins_.push_back({static_cast<uint32_t>(entry), std::move(sources), event.occurred_at});
  return kOk;
}

void ParsedBatch::warn_of_batch(const json::object& batch) {
  for (const auto& entry : batch)
    if (entry.key() != kOurList && !says_when_sent(entry.key()) && !is_known_beside(entry.key()))
      warnings.push_back(
          {std::nullopt, "",
           json_detail::at(json_detail::unknown_name(entry.key(), &kOurList, 1, "field"), entry.key())});
}

void ParsedBatch::warn(size_t entry, Error left_out, const Sources& sources) {
  left_out.where = source_of(sources, left_out.where, pointer(entry) + left_out.where);
  if (!warnings.empty() && warnings.back().entry == entry && warnings.back().error.where == left_out.where)
    return;  // an order's own member, left out of each of its lines
  warnings.push_back({entry, id_of(at(entry)), std::move(left_out)});
}

void ParsedBatch::refuse(size_t entry, DeadReason reason, Error error) {
  if (!refused.empty() && refused.back().entry == entry) return;  // the first says enough
  refused.push_back({entry, id_of(at(entry)), reason, std::move(error), {}});
}

void ParsedBatch::screen(const std::function<Result<Done>(Event&)>& admit) {
  size_t kept = 0;
  for (size_t i = 0; i < events.size(); ++i) {
    if (auto admitted = admit(events[i]); !admitted.ok()) {
      refused.push_back(refusal(i, events[i].event_id, std::move(admitted).error()));
      continue;
    }
    if (kept != i) {
      events[kept] = std::move(events[i]);
      origins_[kept] = std::move(origins_[i]);
    }
    ++kept;
  }
  events.resize(kept);
  origins_.resize(kept);
}

EntryRefusal ParsedBatch::refusal(size_t event, std::string_view event_id, Error error) const {
  const auto& origin = origins_.at(event);
  EntryRefusal out{origin.entry, id_of(at(origin.entry)), DeadReason::kInvalid, std::move(error), {}};
  if (out.event_id.empty()) out.event_id = event_id;
  if (out.error.code == Code::kNotFound)
    out.reason = out.error.where == "/order_id" ? DeadReason::kUnknownOrder : DeadReason::kUnknownGarment;
  if (out.error.where == "/occurred_at" && origin.occurred_at)
    out.reason = *origin.occurred_at < received_at_ ? DeadReason::kLate : DeadReason::kFuture;
  const auto otherwise = pointer(origin.entry) + out.error.where;
  if (!out.error.where.empty() && !out.error.where.starts_with('/'))
    out.error.where = pointer(origin.entry);
  else
    out.error.where =
        origin.sources == nullptr ? otherwise : source_of(*origin.sources, out.error.where, otherwise);
  return out;
}

json::value ParsedBatch::original(size_t entry) const {
  json::value out;
  if (ga4_) {
    out = body();
    out.get_object()[kOurList] = json::array{at(entry)};
  } else {
    out = at(entry);
    if (list_ == kMatomosList && out.is_string()) out = matomo_members(out.get_string());
  }
  if (auto* object = out.if_object(); object != nullptr) {
    if (is_order(*object)) forget_buyer(*object);
    if (is_return(*object)) forget_notes(*object);
    if (is_klaviyo(*object)) forget_profile(*object);
    if (is_braze(*object)) forget_attributes(*object);
    if (is_mparticle(*object)) forget_user(*object);
  }
  make_coarse(out);
  return out;
}

}  // namespace modiste
