#include "events/person_timeline.h"

#include <algorithm>

#include "base/binary_fields.h"
#include "base/mutex.h"
#include "events/event_refs.h"

namespace modiste {
namespace {

// Null when the event chooses nothing.
const ConsentChoice* choice_of(const Event& event) {
  return event.type == EventType::kConsent && event.consent ? &*event.consent : nullptr;
}

void choose(Consent& consent, const ConsentChoice& choice) {
  consent.training = choice.training.value_or(consent.training);
  consent.personalisation = choice.personalisation.value_or(consent.personalisation);
}

// The fate of an event that is not noise, under the consent that holds after it.
EventFate fate_of(const Event& event, const Consent& consent) {
  if (consent.personalisation) return EventFate::kKept;
  return event.type == EventType::kConsent ? EventFate::kWithdrawn : EventFate::kWithheld;
}

void write_text(std::string& out, std::string_view text) {
  out += std::to_string(text.size()) + ':';
  out += text;
}

}  // namespace

PersonTimeline::PersonTimeline(PersonTimelineOptions options)
    : options_(std::move(options)), traffic_filter_(options_.noise) {}

const PersonEvent& PersonTimeline::observe(const LoggedEvent& logged) {
  const Event& event = logged.event;
  now_.fate = EventFate::kInternal;
  now_.identity_key.clear();
  now_.person.clear();
  now_.marks = 0;
  now_.late.clear();
  now_.rebuild.clear();
  now_.forgotten.clear();
  if (event.type == EventType::kErase) return erase(event);
  if (event.type == EventType::kUnlink || event.type == EventType::kRelink) return relink(event);
  const EventRefs refs(event);
  // It was on its way while the erasure was: its subject is nobody's any more.
  for (const NodeRef& ref : refs.span())
    if (erased_.contains(std::string(ref.subject))) return now_;
  if (!refs.span().empty()) now_.identity_key = identity_key_of(refs.span()).subject;
  if (is_internal(event.type)) {
    const MutexLock lock(mutex_);
    file(logged, false);
    return now_;
  }
  {
    const MutexLock lock(mutex_);
    note(graph_.observe(refs.span(), logged.position.number(), logged.received_at));
    now_.person = graph_.person_of(refs.span()).value();
    retire_sessions();
  }
  judge_traffic(logged);
  if ((now_.marks & kMarkBot) != 0) {
    const MutexLock lock(mutex_);
    file(logged, false);
    now_.fate = EventFate::kRobot;
    return now_;
  }
  if (const ConsentChoice* choice = choice_of(event)) {
    choices_[now_.identity_key].push_back({logged.position, time_of(event, logged.received_at), *choice});
    const MutexLock lock(mutex_);
    renew_consent(now_.person);
  }
  const MutexLock lock(mutex_);
  now_.fate = fate_of(event, consent_of(now_.person));
  file(logged, options_.teaches != nullptr && options_.teaches(event.type));
  return now_;
}

// What was filed under a session, and chosen in it, becomes the key's that tells the same of it.
void PersonTimeline::retire_sessions() {
  for (RetiredSession& retired : graph_.retire_sessions(options_.sessions_max)) {
    filed_.move(retired.session, retired.into);
    if (const auto chosen = choices_.find(retired.session); chosen != choices_.end()) {
      auto& joined = choices_[retired.into];
      joined.insert(joined.end(), chosen->second.begin(), chosen->second.end());
      std::sort(joined.begin(), joined.end(),
                [](const auto& a, const auto& b) { return a.position < b.position; });  // as if filed there
      choices_.erase(retired.session);
    }
    now_.forgotten.push_back(std::move(retired.session));
  }
}

void PersonTimeline::file(const LoggedEvent& logged, bool teaches) {
  if (options_.teaches != nullptr && !now_.identity_key.empty())
    filed_.add(now_.identity_key, logged.position, teaches);
}

// Marks that come late: the events teach nothing after all.
void PersonTimeline::judge_traffic(const LoggedEvent& logged) {
  now_.marks = traffic_filter_.observe(now_.identity_key, logged.event, logged.position, logged.received_at,
                                       now_.late);
  robot_visits_.store(traffic_filter_.bots(), std::memory_order_relaxed);
  const MutexLock lock(mutex_);
  bool was_robot = false;
  for (const LateMark& mark : now_.late) {
    if ((mark.marks & (kMarkBot | kMarkAccidental)) == 0) continue;
    teaches_nothing(mark.position);
    was_robot = was_robot || (mark.marks & kMarkBot) != 0;
  }
  if (was_robot) now_.rebuild.push_back(now_.person);
  renew_consents();
}

void PersonTimeline::teaches_nothing(LogPosition position) {
  filed_.teaches_nothing(now_.identity_key, position);
}

const PersonEvent& PersonTimeline::erase(const Event& event) {
  std::vector<std::string> subjects = event.subjects;
  if (subjects.empty()) subjects.push_back(event.shopper_id);
  const MutexLock lock(mutex_);
  for (const auto& subject : subjects) {
    // Whoever it was one identifier of has lost what was filed under it.
    const NodeRef node{IdentifierKind::kUser, subject};
    if (auto person = graph_.person_of({&node, 1})) now_.rebuild.push_back(std::move(*person));
    filed_.erase(subject);
    choices_.erase(subject);
    erased_.insert(subject);
  }
  consents_.erase(event.shopper_id);
  note(graph_.forget(subjects));
  renew_consents();
  now_.forgotten = std::move(subjects);
  return now_;
}

const PersonEvent& PersonTimeline::relink(const Event& event) {
  {
    const MutexLock lock(mutex_);
    const auto moves =
        event.type == EventType::kUnlink ? graph_.sever(event.link) : graph_.restore(event.link);
    if (moves.ok()) note(*moves);  // a link that was erased meanwhile changes nothing
    renew_consents();
  }
  return now_;
}

void PersonTimeline::note(const Moves& moves) {
  for (const Move& move : moves) {
    now_.rebuild.push_back(move.from);
    now_.rebuild.push_back(move.to);
  }
}

// Of the persons that changed.
void PersonTimeline::renew_consents() {
  if (choices_.empty() && consents_.empty()) return;
  for (const std::string& person : now_.rebuild) renew_consent(person);
}

void PersonTimeline::renew_consent(const std::string& person) {
  std::vector<DatedChoice> chosen;
  for (const IdentityKey& key : graph_.identity_keys(person))
    if (const auto of_key = choices_.find(key.subject); of_key != choices_.end())
      chosen.insert(chosen.end(), of_key->second.begin(), of_key->second.end());
  if (chosen.empty()) {
    consents_.erase(person);
    return;
  }
  consents_.insert_or_assign(person, consent_after(std::move(chosen)));
}

Consent PersonTimeline::consent_after(std::vector<DatedChoice> chosen) {
  std::sort(chosen.begin(), chosen.end());
  Consent consent;  // until a shopper chooses, both are allowed: opting out
  for (const DatedChoice& choice : chosen) choose(consent, choice.choice);
  return consent;
}

Consent PersonTimeline::consent_of(std::string_view person) const {
  const auto chosen = consents_.find(person);
  return chosen == consents_.end() ? Consent() : chosen->second;
}

Result<size_t> PersonTimeline::replay(std::string_view person, const LoggedEvents& log,
                                      const Visitor& visit) const {
  std::vector<LogPosition> positions;
  {
    const ReaderLock lock(mutex_);
    for (const IdentityKey& key : graph_.identity_keys(person)) filed_.teaching(key.subject, positions);
  }
  std::sort(positions.begin(), positions.end());
  std::vector<DatedChoice> chosen;
  Consent consent;  // until a shopper chooses, both are allowed: opting out
  TRY(log.read(positions, [&](const LoggedEvent& logged) -> Result<Done> {
    if (const ConsentChoice* choice = choice_of(logged.event)) {
      chosen.push_back({logged.position, time_of(logged.event, logged.received_at), *choice});
      consent = consent_after(chosen);
    }
    return visit(logged, fate_of(logged.event, consent));
  }));
  return positions.size();
}

std::vector<LogPosition> PersonTimeline::positions(std::string_view person) const {
  std::vector<LogPosition> positions;
  {
    const ReaderLock lock(mutex_);
    for (const IdentityKey& key : graph_.identity_keys(person)) filed_.all(key.subject, positions);
  }
  std::sort(positions.begin(), positions.end());
  return positions;
}

std::optional<std::string> PersonTimeline::person_of(std::span<const NodeRef> who) const {
  if (who.empty()) return std::nullopt;
  const ReaderLock lock(mutex_);
  return graph_.person_of(who);
}

std::vector<IdentityKey> PersonTimeline::identity_keys(std::string_view person) const {
  const ReaderLock lock(mutex_);
  return graph_.identity_keys(person);
}

std::vector<Explanation> PersonTimeline::explain(std::string_view person) const {
  const ReaderLock lock(mutex_);
  return graph_.explain(person);
}

Consent PersonTimeline::consent(std::string_view person) const {
  const ReaderLock lock(mutex_);
  return consent_of(person);
}

// But identities and visits.
template <class Io, class Timeline>
void PersonTimeline::fields(Io& io, Timeline& timeline) {
  const auto flag = [](auto& flag_io, auto& value) { flag_io.flag(value); };
  FiledEvents::fields(io, timeline.filed_);
  io.map(timeline.choices_, kTextField, [&](auto& key_io, auto& choices) {
    key_io.list(choices, [&](auto& choice_io, auto& dated) {
      kPositionField(choice_io, dated.position);
      choice_io.time(dated.at);
      choice_io.optional(dated.choice.personalisation, flag);
      choice_io.optional(dated.choice.training, flag);
    });
  });
  io.set(timeline.erased_, kTextField);
  io.map(timeline.consents_, kTextField, [](auto& consent_io, auto& consent) {
    consent_io.flag(consent.personalisation);
    consent_io.flag(consent.training);
  });
}

void PersonTimeline::save(std::string& out) const {
  BinaryWriter writer(out);
  const ReaderLock lock(mutex_);
  writer.text_by([this](std::string& graph) NO_THREAD_SAFETY_ANALYSIS { graph_.save(graph); });
  writer.text_by([this](std::string& visits) { traffic_filter_.save(visits); });
  fields(writer, *this);
}

Result<Done> PersonTimeline::load(std::string_view bytes) {
  std::string_view graph, visits;
  const MutexLock lock(mutex_);
  TRY(load_fields(bytes, "the timeline", [&](auto& reader) {
    reader.view(graph);
    reader.view(visits);
    fields(reader, *this);
  }));
  TRY(traffic_filter_.load(visits));
  robot_visits_.store(traffic_filter_.bots(), std::memory_order_relaxed);
  return graph_.load(graph);
}

void PersonTimeline::write_filed(std::string& out) const {
  const ReaderLock lock(mutex_);
  for (const std::string& identity_key : filed_.keys()) {
    std::vector<LogPosition> positions;
    filed_.teaching(identity_key, positions);
    write_text(out, identity_key);
    for (const LogPosition position : positions) write_text(out, std::to_string(position.number()));
  }
}

}  // namespace modiste
