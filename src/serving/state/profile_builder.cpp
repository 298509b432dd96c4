#include "serving/state/profile_builder.h"

#include <algorithm>

#include "base/mutex.h"
#include "base/rng.h"
#include "serving/state/event_item.h"
#include "style/fit_profile_fields.h"
#include "style/state_format.h"

namespace modiste {
namespace {

// An undo rebuilds the choices of the shop from those of the profile: both keep as many.
static_assert(StyleOptions().choices_max == CoChoicesOptions().items_max);

constexpr uint32_t kNoSubject = ShopperState().subject;

bool changes_a_profile(EventType type) {
  return teaches(type, Lesson::kTaste) || teaches(type, Lesson::kSeen) ||
         teaches(type, Lesson::kPreferences) || teaches(type, Lesson::kSize) ||
         teaches(type, Lesson::kRetraction) || teaches(type, Lesson::kWardrobe) ||
         teaches(type, Lesson::kConsent);
}

// Whether the event may change what DeclaredProfile holds.
bool declares(EventType type) { return teaches(type, Lesson::kConsent) || teaches(type, Lesson::kSize); }

void write_text(std::string& out, std::string_view text) {
  out += std::to_string(text.size()) + ':';
  out += text;
}

}  // namespace

std::vector<NodeRef> refs_of(std::span<const IdentityKey> identity_keys) {
  std::vector<NodeRef> refs;
  for (const IdentityKey& identity_key : identity_keys)
    refs.push_back({identity_key.kind, identity_key.subject});
  return refs;
}

ProfileBuilder::ProfileBuilder(const ProfileBuilderPorts& ports, ProfileBuilderOptions options)
    : ports_(ports),
      model_(ports.catalog.vocabulary(), options.style),
      store_(ports.store == nullptr ? in_memory_ : *ports.store),
      timeline_({.noise = std::move(options.traffic),
                 .sessions_max = options.sessions_max,
                 .teaches = changes_a_profile}) {}

const PersonEvent& ProfileBuilder::fold(const LoggedEvent& logged) {
  const Event& event = logged.event;
  at_ = logged.position;
  const PersonEvent& of_person = timeline_.observe(logged);
  if (event.type == EventType::kErase) drop(event);
  due_.insert(of_person.rebuild.begin(), of_person.rebuild.end());
  for (const LateMark& mark : of_person.late)
    if ((mark.marks & kMarkAccidental) != 0) take_back(of_person.person, mark.event_id);
  if (of_person.fate == EventFate::kInternal || of_person.fate == EventFate::kRobot) return of_person;
  note_unknown(event);
  count_crowd(logged);
  if (teaches(event.type, Lesson::kSize) || event.type == EventType::kUndo)
    ports_.sizing.learn(event, time_of(event, logged.received_at));
  if (replaces_a_quiz(of_person, event)) due_.insert(of_person.person);
  if (changes_a_profile(event.type) && !due_.contains(of_person.person)) play_live(of_person, logged);
  return of_person;
}

// What an earlier quiz taught lies in the profile's evidence and sizes: only a build without it takes it out.
bool ProfileBuilder::replaces_a_quiz(const PersonEvent& of_person, const Event& event) const {
  if (event.type != EventType::kQuiz || of_person.fate != EventFate::kKept) return false;
  const ProfileStore::State known = state_of(of_person.person);
  return known != nullptr && known->preferences.answered;
}

void ProfileBuilder::take_back(const std::string& person, const std::string& event_id) {
  if (due_.contains(person)) return;
  std::vector<StoredSignal> undone;
  const ProfileStore::State known = state_of(person);
  bool updated = false;
  if (known != nullptr)
    updated = store_
                  .update(person,
                          [&](ShopperFold& shopper) {
                            undone = undo(shopper, hash64(event_id), resolver(), model_);
                          })
                  .ok();
  // Too long ago for an undo, or no longer to be told from what else was chosen.
  if (!updated || undone.empty() || !take_back_choices(person, known->subject, undone)) due_.insert(person);
}

// Of what is chosen together. False when only a build of the profile can.
bool ProfileBuilder::take_back_choices(const std::string& person, uint32_t index,
                                       std::span<const StoredSignal> undone) {
  const ProfileStore::State left = state_of(person);
  if (left == nullptr) return false;
  return std::all_of(undone.begin(), undone.end(), [&](const StoredSignal& signal) {
    if (signal.slot == kNoSlot || signal.weight == 0) return true;
    if (signal.weight > 0) return ports_.co_choices.take_back(index, signal.slot, signal.weight);
    // A pass takes from what was chosen before, if anything was.
    return std::none_of(left->choices.begin(), left->choices.end(),
                        [&](const Choice& choice) { return choice.slot == signal.slot; });
  });
}

void ProfileBuilder::note_unknown(const Event& event) {
  constexpr size_t kUnknownMax = 1'000'000;
  const auto note = [this](const std::string& garment_id) {
    if (garment_id.empty() || !garments_unknown_) return;
    if (ports_.catalog.slot_ever(garment_id, "") != kNoSlot) return;
    garments_unknown_->insert(hash64(garment_id));
    if (garments_unknown_->size() > kUnknownMax) garments_unknown_.reset();
  };
  note(event.garment_id);
  for (const auto& garment_id : event.garment_ids) note(garment_id);
  for (const auto& shown : event.items) note(shown.garment_id);
}

// What the crowd does is counted as it comes, whoever it is; a merge of identities does not change it.
void ProfileBuilder::count_crowd(const LoggedEvent& logged) {
  const Event& event = logged.event;
  const TimePoint at = time_of(event, logged.received_at);
  if (counted_orders_.observe(event)) return;  // it became its account's
  ports_.style_clusters.record(event, ports_.catalog, at);
  ports_.quality.record(event);
  if (event.type == EventType::kImpression) {
    for (const auto& shown : event.items)
      if (const Slot slot = ports_.catalog.slot_ever(shown.garment_id, shown.colour); slot != kNoSlot)
        ports_.popularity.record_impression(slot, at);
    return;
  }
  if (!teaches(event.type, Lesson::kTaste)) return;
  const auto count = [&](std::string_view garment_id) {
    const StoredSignal signal = signal_of(event, slot_of(event, garment_id, ports_.catalog), at);
    if (signal.slot == kNoSlot || !(signal.weight > 0)) return;
    ports_.popularity.record_positive(signal.slot, signal.weight, at);
    ports_.popularity_by_time.record(signal.slot, signal.weight, at);
  };
  if (!event.garment_id.empty()) count(event.garment_id);
  for (const auto& garment_id : event.garment_ids) count(garment_id);
}

void ProfileBuilder::play_live(const PersonEvent& of_person, const LoggedEvent& logged) {
  const std::string& person = of_person.person;
  // Who was only shown something gets no profile.
  if (teaches(logged.event.type, Lesson::kSeen) && state_of(person) == nullptr) return;
  const bool declared = declares(logged.event.type);
  FitProfile fit = declared ? fit_of(person) : FitProfile{};
  Whereabouts where;
  std::vector<Effect> effects;
  std::vector<StoredSignal> undone;
  std::set<uint64_t> leave_out;
  const auto updated = store_.update(person, [&](ShopperFold& shopper) {
    if (shopper.base->subject == kNoSubject) shopper = ShopperFold(index_next_++);
    play({shopper, fit, where, effects, undone, leave_out, LogPosition::begin()}, logged, of_person.fate);
  });
  if (!updated.ok() || !leave_out.empty()) {
    due_.insert(person);
    return;
  }
  const uint32_t index = (*updated)->subject;
  if (!undone.empty() && !take_back_choices(person, index, undone)) due_.insert(person);
  for (const Effect& effect : effects) ports_.co_choices.record(index, effect.slot, effect.weight, effect.at);
  if (of_person.fate == EventFate::kWithdrawn) ports_.co_choices.erase(index);
  if (!where.empty() || of_person.fate == EventFate::kWithdrawn) keep_whereabouts(person, std::move(where));
  if (!declared) return;
  const MutexLock lock(mutex_);
  fits_[person] = std::move(fit);
}

Result<Done> ProfileBuilder::settle() {
  while (!due_.empty()) {
    TRY(rebuild(*due_.begin()));
    due_.erase(due_.begin());
  }
  return kOk;
}

// Plays the person's events. Again, without the earlier quizzes when there are several, and without what was
// undone long after: before the events are read nobody knows which quiz is the last and what is undone.
Result<ProfileBuilder::Replayed> ProfileBuilder::replay(const std::string& person, uint32_t index) const {
  Replayed replayed{ShopperFold(index), {}, {}, {}, false, 0};
  LogPosition quiz_from = LogPosition::begin();
  std::set<uint64_t> left_out;  // events
  while (true) {
    size_t quizzes = 0;
    LogPosition quiz_last = LogPosition::begin();
    std::vector<StoredSignal> undone;
    std::set<uint64_t> leave_out = left_out;
    const auto visit = [&](const LoggedEvent& logged, EventFate fate) -> Result<Done> {
      const EventType type = logged.event.type;
      replayed.declared = replayed.declared || declares(type);
      if (!teaches(type, Lesson::kSeen)) ++replayed.events;
      if (fate == EventFate::kKept && left_out.contains(hash64(logged.event.event_id))) return kOk;
      if (type == EventType::kQuiz && fate == EventFate::kKept) {
        ++quizzes;
        quiz_last = logged.position;
      }
      play({replayed.shopper, replayed.fit, replayed.where, replayed.effects, undone, leave_out, quiz_from},
           logged, fate);
      return kOk;
    };
    TRY(timeline_.replay(person, ports_.log, visit));
    const LogPosition wanted_from = quizzes >= 2 ? quiz_last : LogPosition::begin();
    if (wanted_from == quiz_from && leave_out.size() == left_out.size()) return replayed;
    quiz_from = wanted_from;
    left_out = std::move(leave_out);
    replayed = {ShopperFold(index), {}, {}, {}, false, 0};
  }
}

Result<Done> ProfileBuilder::rebuild(const std::string& person) {
  // One that cannot be read is made again as that of somebody new.
  const ProfileStore::State known = state_of(person);
  const uint32_t index = known == nullptr ? index_next_ : known->subject;
  TRY_ASSIGN(auto replayed, replay(person, index));
  auto& [shopper, fit, where, effects, declared, events] = replayed;
  keep_whereabouts(person, events == 0 ? Whereabouts{} : std::move(where));
  {
    const MutexLock lock(mutex_);
    if (declared)
      fits_[person] = std::move(fit);
    else
      fits_.erase(person);
  }
  if (events == 0) return remove_profile(person);
  TRY(store_.put(person, std::move(shopper)));
  if (known == nullptr) ++index_next_;
  ports_.co_choices.erase(index);
  for (const Effect& effect : effects) ports_.co_choices.record(index, effect.slot, effect.weight, effect.at);
  return kOk;
}

// Who else lost a link by the erasure is due. A person was called by any of their subjects before they
// merged.
void ProfileBuilder::drop(const Event& erasure) {
  const std::string& person = erasure.shopper_id;
  bool dropped = remove_profile(person).ok() && store_.erase(person).ok();
  for (const std::string& subject : erasure.subjects) dropped = store_.erase(subject).ok() && dropped;
  if (dropped)
    due_.erase(person);
  else
    due_.insert(person);
  const MutexLock lock(mutex_);
  fits_.erase(person);
  places_.erase(person);
}

// An empty `where` deletes what was known.
void ProfileBuilder::keep_whereabouts(const std::string& person, Whereabouts where) {
  const MutexLock lock(mutex_);
  if (where.empty())
    places_.erase(person);
  else
    places_[person] = std::move(where);
}

std::map<std::string, Whereabouts, std::less<>> ProfileBuilder::whereabouts() const {
  const ReaderLock lock(mutex_);
  return places_;
}

ProfileStore::State ProfileBuilder::state_of(std::string_view person) const {
  auto state = store_.get(person);
  return state.ok() ? std::move(*state) : nullptr;
}

Result<Done> ProfileBuilder::remove_profile(const std::string& person) {
  const ProfileStore::State known = state_of(person);
  TRY(store_.remove(person));
  if (known != nullptr) ports_.co_choices.erase(known->subject);
  return kOk;
}

FitProfile ProfileBuilder::fit_of(std::string_view person) const {
  const ReaderLock lock(mutex_);
  const auto known = fits_.find(person);
  return known == fits_.end() ? FitProfile{} : known->second;
}

DeclaredProfile ProfileBuilder::declared(std::string_view person) const {
  return {timeline_.consent(person), fit_of(person)};
}

bool ProfileBuilder::has_link(std::string_view person, std::string_view link) const {
  const auto links = explain(person);
  return std::any_of(links.begin(), links.end(),
                     [&](const Explanation& known) { return known.link == link; });
}

template <class Io, class Builder>
void ProfileBuilder::fields(Io& io, Builder& builder) {
  kPositionField(io, builder.at_);
  io.number(builder.index_next_);
  io.map(builder.fits_, kTextField, [](auto& fit_io, auto& fit) { fit_profile_fields(fit_io, fit); });
  io.map(builder.places_, kTextField, [](auto& place_io, auto& where) {
    place_io.text(where.time_zone);
    place_io.text(where.place.country);
    place_io.optional(where.place.latitude, kNumberField);
    place_io.optional(where.place.longitude, kNumberField);
  });
  io.optional(builder.garments_unknown_,
              [](auto& set_io, auto& hashes) { set_io.set(hashes, kNumberField); });
}

void ProfileBuilder::save(std::string& out) const {
  CHECK(due_.empty());
  std::string timeline, orders;
  timeline_.save(timeline);
  counted_orders_.save(orders);
  BinaryWriter writer(out);
  writer.text(timeline);
  writer.text(orders);
  const ReaderLock lock(mutex_);
  fields(writer, *this);
}

Result<Done> ProfileBuilder::load(std::string_view bytes) {
  std::string timeline, orders;
  {
    const MutexLock lock(mutex_);
    TRY(load_fields(bytes, "profiles", [&](auto& reader) {
      reader.text(timeline);
      reader.text(orders);
      fields(reader, *this);
    }));
  }
  TRY(counted_orders_.load(orders));
  return timeline_.load(timeline);
}

void ProfileBuilder::write(std::string& out) const {
  timeline_.write_identities(out);
  std::map<std::string, std::string> states;
  const auto listed = store_.for_each([&](const std::string& person, const ShopperFold& shopper) {
    ShopperState named = *shopper.current;
    named.subject = 0;  // an index of this process
    write_state(states[person], named);
    return Result<Done>(kOk);
  });
  CHECK(listed.ok());
  for (const auto& [person, state] : states) {
    write_text(out, person);
    write_text(out, state);
  }
  const ReaderLock lock(mutex_);
  for (const auto& [person, fit] : fits_) {
    const Consent consent = timeline_.consent(person);
    write_text(out, person);
    out += consent.personalisation ? 'p' : '-';
    out += consent.training ? 't' : '-';
    write_text(out, to_json_text(fit));
  }
  timeline_.write_filed(out);
}

}  // namespace modiste
