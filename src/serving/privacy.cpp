// A shopper's rights: who she is to us, what is held on her, and being forgotten.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "serving/engine.h"

namespace modiste {

Result<std::string> Engine::person_of(const Identifier& shopper) const {
  const auto subjects = subjects_of({&shopper, 1});
  if (!subjects.front().subject.empty())
    if (auto person = profiles_.person_of(refs_of(subjects))) return std::move(*person);
  return Error{Code::kNotFound,
               fmt::format("no {} '{}' has been heard of", name_of(shopper.kind), shopper.id), "",
               "an id that events have carried"};
}

Result<std::vector<Identifier>> Engine::identifiers_of_person(std::string_view person) const {
  std::vector<std::string> subjects;
  for (IdentityKey& identity_key : profiles_.identity_keys(person))
    subjects.push_back(std::move(identity_key.subject));
  TRY_ASSIGN(auto found, ports_.subjects.identifiers(subjects));
  std::vector<Identifier> identifiers;
  for (auto& identifier : found)
    if (identifier) identifiers.push_back(std::move(*identifier));
  return identifiers;
}

Result<IdentityView> Engine::identity(const Identifier& shopper) const {
  IdentityView view;
  TRY_ASSIGN(view.person, person_of(shopper));
  TRY_ASSIGN(view.identifiers, identifiers_of_person(view.person));
  for (const Explanation& link : profiles_.explain(view.person)) {
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
  const Consent consent = profiles_.declared(view.person).consent;
  view.personalisation = consent.personalisation;
  view.training = consent.training;
  return view;
}

Result<ShopperExport> Engine::export_shopper(const Identifier& shopper) const {
  ShopperExport all;
  TRY_ASSIGN(all.identity, identity(shopper));
  TRY_ASSIGN(all.style, style(shopper));
  // On a shared device the links tell of others too: those are not hers to see.
  std::erase_if(all.identity.links, [&](const LinkView& link) {
    const auto hers = [&](const Identifier& end) {
      const auto& ids = all.identity.identifiers;
      return std::find(ids.begin(), ids.end(), end) != ids.end();
    };
    return !hers(link.a) || !hers(link.b);
  });
  std::map<std::string, std::string> names;  // of her subjects
  const auto identity_keys = profiles_.identity_keys(all.identity.person);
  for (const IdentityKey& identity_key : identity_keys) {
    TRY_ASSIGN(const auto known, ports_.subjects.identifiers({&identity_key.subject, 1}));
    names.emplace(identity_key.subject, known.front() ? known.front()->id : "");
  }
  TRY(ports_.log.replay(0, [&](const LoggedEvent& logged) -> Result<Done> {
    if (!names.contains(std::string(primary_identifier(logged.event)))) return kOk;
    Event event = logged.event;
    for (std::string* id : identifiers_of(event)) {
      const auto known = names.find(*id);
      *id = known == names.end() ? "" : known->second;  // somebody else's device is not hers to see
    }
    all.events.push_back(
        json::object{{"received_at", to_json(logged.received_at)}, {"event", to_json(event)}});
    return kOk;
  }));
  return all;
}

Result<Done> Engine::erase(const Identifier& shopper) {
  Event event;
  event.type = EventType::kErase;
  TRY_ASSIGN(event.shopper_id, person_of(shopper));
  TRY_ASSIGN(const auto identifiers, identifiers_of_person(event.shopper_id));
  for (IdentityKey& identity_key : profiles_.identity_keys(event.shopper_id))
    event.subjects.push_back(std::move(identity_key.subject));
  event.event_id = fmt::format("erase-{}", event.shopper_id);
  std::vector<Event> one;
  one.push_back(std::move(event));
  TRY(append_and_fold(std::move(one), ports_.clock.now(), {}));
  // A crash before this leaves names of nobody: erasing again finds and deletes them.
  TRY(ports_.subjects.erase(identifiers));
  return kOk;
}

Result<IdentityView> Engine::set_link(const Identifier& shopper, std::string_view link, bool merges) {
  TRY_ASSIGN(const std::string person, person_of(shopper));
  if (!profiles_.has_link(person, link))
    return Error{Code::kNotFound, fmt::format("'{}' is no link of hers", link), "/link",
                 "the id of a link that her identity shows"};
  const TimePoint now = ports_.clock.now();
  Event event;
  event.type = merges ? EventType::kRelink : EventType::kUnlink;
  event.event_id = fmt::format("{}-{}-{}", name_of(event.type), hash64(link), now.time_since_epoch().count());
  event.shopper_id = person;
  event.link = std::string(link);
  std::vector<Event> one;
  one.push_back(std::move(event));
  TRY(append_and_fold(std::move(one), now, {}));
  return identity(shopper);
}

}  // namespace modiste
