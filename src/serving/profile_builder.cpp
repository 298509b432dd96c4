#include "serving/profile_builder.h"

#include <algorithm>

#include "base/rng.h"
#include "events/event_refs.h"
#include "serving/event_item.h"
#include "serving/stated_preferences.h"
#include "style/state_format.h"

namespace modiste {
namespace {

bool is_feedback(EventType type) {
  switch (type) {
    case EventType::kProductView:
    case EventType::kClick:
    case EventType::kLike:
    case EventType::kPass:
    case EventType::kSave:
    case EventType::kUnsave:
    case EventType::kAddToCart:
    case EventType::kRemoveFromCart:
    case EventType::kOutfitComplete:
    case EventType::kPurchase:
    case EventType::kReturn:
    case EventType::kReview:
      return true;
    default:
      return false;
  }
}

bool tells_of_style(EventType type) {
  return is_feedback(type) || type == EventType::kQuiz || type == EventType::kUndo ||
         type == EventType::kConsent;
}

bool speaks_of_herself(const Event& event) {
  return event.type == EventType::kConsent || Sizing::concerns(event);
}

bool is_reduced(const Item& item) {
  if (item.garment == nullptr) return false;
  return std::any_of(item.garment->variants.begin(), item.garment->variants.end(), [&](const Variant& v) {
    return v.colour == item.colour && v.list_price.value_or(0) > v.price;
  });
}

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
      options_(std::move(options)),
      shoppers_(ports.catalog.vocabulary(), options_.style),
      traffic_filter_(options_.noise) {}

void ProfileBuilder::fold(const LoggedEvent& logged) {
  const Event& event = logged.event;
  switch (event.type) {
    case EventType::kServed:
      return;
    case EventType::kErase:
      return forget(event);
    case EventType::kUnlink:
    case EventType::kRelink:
      return relink(event);
    default:
      break;
  }
  const EventRefs refs(event);
  std::string person;
  {
    const std::unique_lock lock(mutex_);
    note(graph_.observe(refs.span(), logged.offset, logged.received_at));
    person = graph_.person_of(refs.span()).value();
  }
  const std::string identity_key(identity_key_of(refs.span()).subject);
  if (judge_noise(identity_key, person, logged)) return;
  count_crowd(logged);
  if (Sizing::concerns(event)) ports_.sizing.learn(event);
  if (!tells_of_style(event.type)) return;
  filed_[identity_key].push_back(logged.offset);
  if (!due_.contains(person)) play_live(person, logged);
}

// True for a robot's event. Marks that come late are worked off: the events are filed no more, and their
// effect is taken back.
bool ProfileBuilder::judge_noise(const std::string& identity_key, const std::string& person,
                                 const LoggedEvent& logged) {
  late_.clear();
  const TrafficMarks marks =
      traffic_filter_.observe(identity_key, logged.event, logged.offset, logged.received_at, late_);
  for (const LateMark& mark : late_) {
    if ((mark.marks & (kMarkBot | kMarkAccidental)) == 0) continue;
    unfile(identity_key, mark.offset);
    if (mark.event_id.empty())
      due_.insert(person);
    else
      take_back(person, mark.event_id);
  }
  return (marks & kMarkBot) != 0;
}

void ProfileBuilder::unfile(const std::string& identity_key, uint64_t offset) {
  const auto filed = filed_.find(identity_key);
  if (filed == filed_.end()) return;
  const auto place = std::lower_bound(filed->second.begin(), filed->second.end(), offset);
  if (place != filed->second.end() && *place == offset) filed->second.erase(place);
}

void ProfileBuilder::take_back(const std::string& person, const std::string& event_id) {
  if (due_.contains(person)) return;
  const auto undone = shoppers_.undo(person, hash64(event_id), resolver());
  if (!undone) {  // too long ago for an undo
    due_.insert(person);
    return;
  }
  if (undone->slot != kNoSlot)
    ports_.neighbours.record(shoppers_.find(person)->subject, undone->slot, -undone->weight);
}

// What the crowd does is counted as it comes, whoever she is; a merge of identities changes nothing of it.
void ProfileBuilder::count_crowd(const LoggedEvent& logged) {
  const Event& event = logged.event;
  const TimePoint at = time_of(event, logged.received_at);
  ports_.aesthetics.record(event, ports_.catalog, at);
  if (event.type == EventType::kImpression) {
    for (const auto& shown : event.items)
      if (const Slot slot = ports_.catalog.slot_ever(shown.garment_id, shown.colour); slot != kNoSlot)
        ports_.popularity.record_impression(slot, at);
    return;
  }
  if (!is_feedback(event.type) || event.garment_id.empty()) return;
  const StoredSignal signal = signal_of(event, event.garment_id, at);
  if (signal.slot != kNoSlot && signal.weight > 0)
    ports_.popularity.record_positive(signal.slot, signal.weight, at);
}

StoredSignal ProfileBuilder::signal_of(const Event& event, std::string_view garment_id, TimePoint at) const {
  const Slot slot = slot_of(event, garment_id, ports_.catalog);
  return {event.type,
          hash64(event.event_id),
          slot,
          static_cast<float>(taste_weight(event)),
          at,
          static_cast<float>(event.price.value_or(0)),
          event.discount.value_or(0) > 0 ||
              (slot != kNoSlot && is_reduced(ports_.catalog.snapshot()->item(slot)))};
}

SignalResolver ProfileBuilder::resolver() const {
  // The snapshot and the look are kept alive by the closure until the next signal is resolved.
  return [snapshot = ports_.catalog.snapshot(), embedding = std::shared_ptr<const ItemEmbedding>(),
          this](const StoredSignal& stored) mutable {
    Signal signal{stored.type, stored.event_hash, stored.slot,       stored.weight, nullptr,
                  {},          stored.at,         stored.price_paid, stored.reduced};
    if (stored.slot == kNoSlot) return signal;
    signal.facts = &snapshot->facts(stored.slot);
    embedding = ports_.embeddings.get(stored.slot);
    if (embedding != nullptr) signal.vector = embedding->vector;
    return signal;
  };
}

void ProfileBuilder::play(ShopperFold& shopper, DeclaredProfile& declared, const LoggedEvent& logged,
                          std::vector<Effect>& effects) const {
  const Event& event = logged.event;
  Consent& consent = declared.consent;
  if (event.type == EventType::kConsent) {
    consent.training = event.consent->training.value_or(consent.training);
    consent.personalisation = event.consent->personalisation.value_or(consent.personalisation);
    if (!consent.personalisation) {
      shopper = ShopperFold(shopper.base.subject);
      declared.fit = {};
      effects.clear();
    }
    return;
  }
  if (!consent.personalisation) return;
  if (Sizing::concerns(event)) ports_.sizing.fold(declared.fit, event);
  if (event.type == EventType::kQuiz) {
    // Understood when it was accepted; words that a later vocabulary dropped are passed over.
    if (auto preferences = understand_quiz(*event.quiz, ports_.catalog); preferences.ok())
      apply_quiz(shopper, std::move(*preferences), resolver(), model());
  } else if (event.type == EventType::kUndo) {
    const auto undone = undo(shopper, hash64(event.undoes), resolver(), model());
    if (undone && undone->slot != kNoSlot) effects.push_back({undone->slot, -undone->weight});
  } else {
    play_feedback(shopper, logged, effects);
  }
}

void ProfileBuilder::play_feedback(ShopperFold& shopper, const LoggedEvent& logged,
                                   std::vector<Effect>& effects) const {
  const Event& event = logged.event;
  const TimePoint at = time_of(event, logged.received_at);
  const auto hear = [&](std::string_view garment_id) {
    const StoredSignal signal = signal_of(event, garment_id, at);
    apply(shopper, signal, resolver(), model());
    if (signal.slot != kNoSlot && signal.weight != 0) effects.push_back({signal.slot, signal.weight});
  };
  if (!event.garment_id.empty()) hear(event.garment_id);
  for (const auto& garment_id : event.garment_ids) hear(garment_id);
}

void ProfileBuilder::play_live(const std::string& person, const LoggedEvent& logged) {
  DeclaredProfile declared = this->declared(person);
  std::vector<Effect> effects;
  const auto state =
      shoppers_.update(person, [&](ShopperFold& shopper) { play(shopper, declared, logged, effects); });
  for (const Effect& effect : effects) ports_.neighbours.record(state->subject, effect.slot, effect.weight);
  if (!speaks_of_herself(logged.event)) return;
  if (!declared.consent.personalisation) ports_.neighbours.erase(state->subject);
  const std::unique_lock lock(mutex_);
  declared_[person] = std::move(declared);
}

void ProfileBuilder::note(std::span<const Move> moves) {
  for (const Move& move : moves) {
    due_.insert(move.from);
    due_.insert(move.to);
  }
}

Result<Done> ProfileBuilder::settle() {
  while (!due_.empty()) {
    TRY(refold(*due_.begin()));
    due_.erase(due_.begin());
  }
  return kOk;
}

Result<Done> ProfileBuilder::refold(const std::string& person) {
  std::vector<uint64_t> offsets;
  for (const IdentityKey& identity_key : identity_keys(person))
    if (const auto filed = filed_.find(identity_key.subject); filed != filed_.end())
      offsets.insert(offsets.end(), filed->second.begin(), filed->second.end());
  std::sort(offsets.begin(), offsets.end());

  ShopperFold shopper;
  DeclaredProfile declared{options_.consent_default, {}};
  std::vector<Effect> effects;
  bool said = false;
  TRY(ports_.log.read(offsets, [&](const LoggedEvent& logged) -> Result<Done> {
    said = said || speaks_of_herself(logged.event);
    play(shopper, declared, logged, effects);
    return kOk;
  }));
  {
    const std::unique_lock lock(mutex_);
    if (said)
      declared_[person] = std::move(declared);
    else
      declared_.erase(person);
  }
  if (offsets.empty()) {
    if (const auto index = shoppers_.erase(person)) ports_.neighbours.erase(*index);
    return kOk;
  }
  const uint32_t index = shoppers_.replace(person, std::move(shopper))->subject;
  ports_.neighbours.erase(index);
  for (const Effect& effect : effects) ports_.neighbours.record(index, effect.slot, effect.weight);
  return kOk;
}

void ProfileBuilder::forget(const Event& event) {
  std::vector<std::string> subjects = event.subjects;
  if (subjects.empty()) subjects.push_back(event.shopper_id);
  for (const auto& subject : subjects) filed_.erase(subject);
  if (const auto index = shoppers_.erase(event.shopper_id)) ports_.neighbours.erase(*index);
  due_.erase(event.shopper_id);
  const std::unique_lock lock(mutex_);
  declared_.erase(event.shopper_id);
  note(graph_.forget(subjects));
}

void ProfileBuilder::relink(const Event& event) {
  const std::unique_lock lock(mutex_);
  const auto moves = event.type == EventType::kUnlink ? graph_.sever(event.link) : graph_.restore(event.link);
  if (moves.ok()) note(*moves);  // a link that was forgotten since is nobody's
}

std::optional<std::string> ProfileBuilder::person_of(std::span<const NodeRef> who) const {
  if (who.empty()) return std::nullopt;
  const std::shared_lock lock(mutex_);
  return graph_.person_of(who);
}

std::vector<IdentityKey> ProfileBuilder::identity_keys(std::string_view person) const {
  const std::shared_lock lock(mutex_);
  return graph_.identity_keys(person);
}

std::vector<Explanation> ProfileBuilder::explain(std::string_view person) const {
  const std::shared_lock lock(mutex_);
  return graph_.explain(person);
}

DeclaredProfile ProfileBuilder::declared(std::string_view person) const {
  const std::shared_lock lock(mutex_);
  const auto said = declared_.find(person);
  return said == declared_.end() ? DeclaredProfile{options_.consent_default, {}} : said->second;
}

bool ProfileBuilder::has_link(std::string_view person, std::string_view link) const {
  const auto links = explain(person);
  return std::any_of(links.begin(), links.end(),
                     [&](const Explanation& known) { return known.link == link; });
}

void ProfileBuilder::write(std::string& out) const {
  graph_.write(out);
  std::map<std::string, std::string> states;
  shoppers_.for_each([&](const std::string& person, const ShopperState& state) {
    ShopperState named = state;
    named.subject = 0;  // an index of this process
    write_state(states[person], named);
  });
  for (const auto& [person, state] : states) {
    write_text(out, person);
    write_text(out, state);
  }
  for (const auto& [person, declared] : declared_) {
    write_text(out, person);
    out += declared.consent.personalisation ? 'p' : '-';
    out += declared.consent.training ? 't' : '-';
    write_text(out, to_json_text(declared.fit));
  }
  std::map<std::string_view, const std::vector<uint64_t>*> filed;
  for (const auto& [identity_key, offsets] : filed_)
    if (!offsets.empty()) filed.emplace(identity_key, &offsets);
  for (const auto& [identity_key, offsets] : filed) {
    write_text(out, identity_key);
    for (const uint64_t offset : *offsets) write_text(out, std::to_string(offset));
  }
}

}  // namespace modiste
