#include "serving/shopper/shopper_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/contains.h"
#include "base/rng.h"
#include "serving/request/request_state.h"
#include "serving/state/vetoes.h"
#include "style/fit_model.h"

namespace modiste {
namespace {

// Histories have types of their own, and events may; who states a type here is told that it would not count.
Result<Done> check_body_type(const std::string& type) {
  const auto known = body_types();
  if (type.empty() || contains(known, std::string_view(type))) return kOk;
  return Error{Code::kInvalid, fmt::format("unknown body type '{}'", type), "/body_type",
               fmt::format("one of {}", fmt::join(known, ", "))};
}

}  // namespace

Result<std::string> ShopperService::person_of(const Identifier& shopper) const {
  TRY_ASSIGN(const IdentityKey key, key_of(shopper, ports_.subjects));
  if (!key.subject.empty())
    if (auto person = shop_.profiles.person_of(refs_of({&key, 1}))) return std::move(*person);
  return Error{Code::kNotFound, fmt::format("unknown {} '{}'", name_of(shopper.kind), shopper.id), "",
               "an id that events have carried"};
}

Result<std::vector<Identifier>> ShopperService::identifiers_of_person(std::string_view person) const {
  std::vector<std::string> subjects;
  for (IdentityKey& identity_key : shop_.profiles.identity_keys(person))
    subjects.push_back(std::move(identity_key.subject));
  TRY_ASSIGN(auto found, ports_.subjects.identifiers(subjects));
  std::vector<Identifier> identifiers;
  for (auto& identifier : found)
    if (identifier) identifiers.push_back(std::move(*identifier));
  return identifiers;
}

Result<bool> ShopperService::is_anothers(const Identifier& device, std::string_view shopper_id) const {
  const auto person = person_of(device);
  if (!person.ok())
    return person.error().code == Code::kNotFound ? Result<bool>(false) : Result<bool>(person.error());
  const auto keys = shop_.profiles.identity_keys(*person);
  const bool signed_in = std::any_of(keys.begin(), keys.end(), [](const IdentityKey& key) {
    return key.kind != IdentifierKind::kDevice && key.kind != IdentifierKind::kSession;
  });
  if (!signed_in || shopper_id.empty()) return signed_in;
  const auto own = person_of({IdentifierKind::kUser, std::string(shopper_id)});
  if (!own.ok() && own.error().code != Code::kNotFound) return own.error();
  return !own.ok() || *own != *person;
}

Result<IdentityView> ShopperService::identity(const Identifier& shopper) const {
  IdentityView view;
  TRY_ASSIGN(view.person, person_of(shopper));
  TRY_ASSIGN(view.identifiers, identifiers_of_person(view.person));
  for (const Explanation& link : shop_.profiles.explain(view.person)) {
    const std::vector<std::string> ends{link.a.subject, link.b.subject};
    TRY_ASSIGN(const auto names, ports_.subjects.identifiers(ends));
    const auto name = [&](size_t end, const IdentityKey& identity_key) {
      return names[end].value_or(Identifier{identity_key.kind, ""});
    };
    LinkView shown{link.link,
                   link.type,
                   link.effect,
                   link.strong,
                   name(0, link.a),
                   name(1, link.b),
                   link.first_at,
                   link.last_at,
                   static_cast<int64_t>(link.count),
                   {}};
    shown.why = fmt::format(fmt::runtime(link.sentence), fmt::arg("a", shown.a.id), fmt::arg("b", shown.b.id),
                            fmt::arg("at", to_rfc3339(link.first_at)), fmt::arg("offset", link.first_offset));
    view.links.push_back(std::move(shown));
  }
  const Consent consent = shop_.profiles.declared(view.person).consent;
  view.personalisation = consent.personalisation;
  view.training = consent.training;
  return view;
}

Result<ShopperExport> ShopperService::export_shopper(const Identifier& shopper) const {
  ShopperExport all;
  TRY_ASSIGN(all.identity, identity(shopper));
  all.style = style(shopper);
  // On a shared device the links name other people too. These links are removed: this shopper
  // must not see them.
  std::erase_if(all.identity.links, [&](const LinkView& link) {
    const auto is_own = [&](const Identifier& end) {
      const auto& ids = all.identity.identifiers;
      return std::find(ids.begin(), ids.end(), end) != ids.end();
    };
    return !is_own(link.a) || !is_own(link.b);
  });
  std::map<std::string, std::string> names;  // of the shopper's subjects
  const auto identity_keys = shop_.profiles.identity_keys(all.identity.person);
  for (const IdentityKey& identity_key : identity_keys) {
    TRY_ASSIGN(const auto known, ports_.subjects.identifiers({&identity_key.subject, 1}));
    names.emplace(identity_key.subject, known.front() ? known.front()->id : "");
  }
  const auto positions = shop_.profiles.timeline().positions(all.identity.person);
  TRY(ports_.log.read(positions, [&](const LoggedEvent& logged) -> Result<Done> {
    Event event = logged.event;
    for (std::string* id : identifiers_of(event)) {
      const auto known = names.find(*id);
      *id = known == names.end() ? "" : known->second;  // a device of another person
    }
    all.events.push_back(
        json::object{{"received_at", to_json(logged.received_at)}, {"event", to_json(event)}});
    return kOk;
  }));
  return all;
}

Result<Done> ShopperService::erase(const Identifier& shopper) {
  TRY(events_.flush_impressions());  // a queued answer must not bring back the identifier
  std::vector<std::string> names{shopper.id};
  const auto person = person_of(shopper);
  if (!person.ok() && person.error().code != Code::kNotFound) return person.error();
  if (person.ok()) {
    TRY_ASSIGN(const auto identifiers, identifiers_of_person(*person));
    for (const auto& identifier : identifiers) names.push_back(identifier.id);
  }
  size_t letters = 0;
  if (ports_.letters != nullptr) {
    TRY_ASSIGN(letters, ports_.letters->erase_letters(names));
  }
  // A shopper who sent nothing exists in the answers they got, one whose events were all refused in the dead
  // letters.
  if (!person.ok() && !ports_.subjects.find(shopper).ok())
    return letters > 0 ? Result<Done>(kOk) : Result<Done>(person.error());
  // The event is what erases: if something after it fails or the process ends, the next start does it again.
  TRY(events_.record([&] { return make_erasure(shopper); }));
  return forget_ ? forget_() : Result<Done>(kOk);
}

// While nothing is folded: what an event linked to the person until now is theirs, and goes too.
Result<Event> ShopperService::make_erasure(const Identifier& shopper) const {
  Event event;
  event.type = EventType::kErase;
  if (const auto person = person_of(shopper); person.ok()) {
    if (forget_person_) TRY(forget_person_(*person));
    event.shopper_id = *person;
    for (IdentityKey& key : shop_.profiles.identity_keys(*person))
      event.subjects.push_back(std::move(key.subject));
  } else if (person.error().code == Code::kNotFound) {
    TRY_ASSIGN(event.shopper_id, ports_.subjects.find(shopper));
    event.subjects = {event.shopper_id};
  } else {
    return person.error();
  }
  event.event_id = fmt::format("erase-{}", event.shopper_id);
  return event;
}

Result<IdentityView> ShopperService::set_link(const Identifier& shopper, std::string_view link, bool merges) {
  TRY_ASSIGN(const std::string person, person_of(shopper));
  if (!shop_.profiles.has_link(person, link))
    return Error{Code::kNotFound, fmt::format("no such identity link for this shopper: '{}'", link), "/link",
                 "the id of a link that GET /v1/shoppers/{id}/identity shows"};
  const TimePoint now = ports_.clock.now();
  Event event;
  event.type = merges ? EventType::kRelink : EventType::kUnlink;
  event.event_id = fmt::format("{}-{}-{}", name_of(event.type), hash64(link), now.time_since_epoch().count());
  event.shopper_id = person;
  event.link = std::string(link);
  TRY(events_.record([&]() -> Result<Event> { return event; }));
  return identity(shopper);
}

Result<LikedPage> ShopperService::liked(const Identifier& shopper, std::string_view after,
                                        size_t count) const {
  const RequestState request = make_request_state({&shopper, 1}, shop_, ports_.subjects, ports_.clock.now());
  return make_liked_page(request, shop_, after, count);
}

Vetoes ShopperService::vetoes(const Identifier& shopper) const {
  return make_request_state({&shopper, 1}, shop_, ports_.subjects, ports_.clock.now())
      .shopper->preferences.vetoes;
}

Result<Vetoes> ShopperService::set_vetoes(const Identifier& shopper, Vetoes stated) {
  TRY(check_vetoes(stated, shop_.catalog, ""));
  Event event;
  event.type = EventType::kVetoes;
  event.event_id = fmt::format("vetoes-{}-{:016x}", ports_.clock.now().time_since_epoch().count(),
                               hash64(to_json_text(stated)));
  *identifiers_of(event)[static_cast<size_t>(shopper.kind)] = shopper.id;
  event.vetoes = std::move(stated);
  std::vector<Event> one;
  one.push_back(std::move(event));
  TRY_ASSIGN(const auto fates, events_.ingest(std::move(one)));
  if (!fates.front().ok()) return fates.front().error();
  return vetoes(shopper);
}

BodyProfile ShopperService::body(const Identifier& shopper) const {
  return make_request_state({&shopper, 1}, shop_, ports_.subjects, ports_.clock.now()).fit.body;
}

Result<BodyProfile> ShopperService::set_body(const Identifier& shopper, BodyProfile stated) {
  TRY(check_body_type(stated.body_type));
  Event event;
  event.type = EventType::kBody;
  event.event_id = fmt::format("body-{}-{:016x}", ports_.clock.now().time_since_epoch().count(),
                               hash64(to_json_text(stated)));
  *identifiers_of(event)[static_cast<size_t>(shopper.kind)] = shopper.id;
  event.body = std::move(stated);
  std::vector<Event> one;
  one.push_back(std::move(event));
  TRY_ASSIGN(const auto fates, events_.ingest(std::move(one)));
  if (!fates.front().ok()) return fates.front().error();
  return body(shopper);
}

StyleView ShopperService::style(const Identifier& shopper) const {
  return make_style_view(shopper, ports_.subjects, shop_, policy_, ports_.clock.now());
}

}  // namespace modiste
