#include "learning/datasets/choice_history.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/rng.h"
#include "events/event_refs.h"
#include "events/person_timeline.h"
#include "learning/datasets/drawn_rows.h"
#include "learning/datasets/read_in_order.h"
#include "serving/state/event_item.h"
#include "style/shopper_state.h"

namespace modiste {
namespace {

// One event about one item.
struct Heard {
  Slot item = kNoSlot;
  TimePoint at{};
  EventType type{};
  float weight = 0;
};

// What a shopper did with each item, in the order in which it was heard; earliest first.
using ItemsOfShopper = std::vector<ChosenItem> (*)(std::span<const Heard>);

// What was liked on Monday and bought on Wednesday is known on Tuesday, and is nobody's next choice then.
std::vector<ChosenItem> each_where_first(std::span<const Heard> choices) {
  std::unordered_set<Slot> known;
  std::vector<ChosenItem> each;
  for (const Heard& choice : choices)
    if (choice.weight > 0 && known.insert(choice.item).second) each.push_back({choice.item, choice.at});
  return each;
}

// What a profile remembers of an item, and since when: a like that is looked at again is an old like.
struct Remembered {
  TimePoint at{};
  std::optional<EventType> liked;
  bool passed = false, chosen = false;

  [[nodiscard]] std::optional<Reaction> reaction() const {
    return reaction_of(liked.has_value(), passed, chosen);
  }
  void hear(const Heard& one) {
    const auto before = reaction();
    liked = liked_after(liked, one.type);
    passed = passed || one.type == EventType::kPass;
    chosen = chosen || one.weight > 0;
    if (reaction() != before) at = one.at;
  }
};

std::vector<ChosenItem> each_as_remembered(std::span<const Heard> reactions) {
  std::unordered_map<Slot, Remembered> items;
  for (const Heard& one : reactions) items[one.item].hear(one);
  std::vector<ChosenItem> each;
  for (const auto& [slot, one] : items)
    if (const auto reaction = one.reaction()) each.push_back({slot, one.at, *reaction});
  std::sort(each.begin(), each.end(), [](const ChosenItem& a, const ChosenItem& b) {
    return a.at != b.at ? a.at < b.at : a.item < b.item;
  });
  return each;
}

class EventReader {
 public:
  EventReader(const Catalog& catalog, bool keeps_heard, ItemsOfShopper each)
      : catalog_(catalog), keeps_heard_(keeps_heard), each_(each), timeline_(PersonTimelineOptions{}) {}

  void observe(const LoggedEvent& logged) {
    ++history_.events;
    const PersonEvent& of_person = timeline_.observe(logged);
    for (const LateMark& mark : of_person.late) leave_out(mark.position, mark.marks);
    if (of_person.fate == EventFate::kInternal) return;
    const Event& event = logged.event;
    if (event.type == EventType::kUndo) return undo(event);
    const auto weight = static_cast<float>(taste_weight(event));
    if (!teaches(event.type, Lesson::kTaste) || weight == 0) return;
    const EventRefs refs(event);
    if (refs.span().empty()) return;
    Chosen chosen{{}, time_of(event, logged.received_at), event.type, weight};
    add_item(chosen, event, event.garment_id);
    for (const std::string& garment_id : event.garment_ids) add_item(chosen, event, garment_id);
    if (chosen.items.empty()) return;
    const NodeRef by = identity_key_of(refs.span());
    choices_.emplace(hash64(event.event_id), Made{logged.position, {by.kind, std::string(by.subject)}});
    rows_.add(logged.position, by, std::move(chosen), of_person.fate == EventFate::kRobot);
    leave_out(logged.position, of_person.marks);
  }

  ChoiceHistoryRows finish() {
    for (const auto& [undone, by] : undone_)
      if (person_of(undone.by) == person_of(by)) rows_.mark_noise(undone.position);
    std::map<std::string, std::vector<Heard>> by_person;  // in an order that the log repeats
    const auto left_out = std::move(rows_).take(timeline_, [&](Chosen chosen, const std::string& person) {
      for (const Slot slot : chosen.items)
        by_person[person].push_back({slot, chosen.at, chosen.type, chosen.weight});
    });
    history_.left_out = left_out.noise + left_out.without_consent;
    for (auto& [person, heard] : by_person) {
      std::stable_sort(heard.begin(), heard.end(),
                       [](const Heard& x, const Heard& y) { return x.at < y.at; });
      auto each = each_(heard);
      if (each.empty()) continue;
      history_.shoppers.push_back(std::move(each));
      if (!keeps_heard_) continue;
      auto& all = history_.heard.emplace_back();
      for (const Heard& one : heard) all.push_back({one.item, one.weight, one.at});
    }
    const auto snapshot = catalog_.snapshot();
    for (size_t place = 0; place < snapshot->slot_count(); ++place)
      history_.items.push_back(catalog_.key(static_cast<Slot>(place)));
    return std::move(history_);
  }

 private:
  struct Chosen {
    std::vector<Slot> items;
    TimePoint at{};
    EventType type{};
    float weight = 0;
  };

  struct Made {
    LogPosition position;
    IdentityKey by;
  };

  // Whether it is the same person's is known at the end.
  void undo(const Event& event) {
    const EventRefs refs(event);
    const auto choice = choices_.find(hash64(event.undoes));
    if (choice == choices_.end() || refs.span().empty()) return;
    const NodeRef by = identity_key_of(refs.span());
    undone_.emplace_back(choice->second, IdentityKey{by.kind, std::string(by.subject)});
  }
  [[nodiscard]] std::string person_of(const IdentityKey& key) const {
    const NodeRef node{key.kind, key.subject};
    return timeline_.person_of({&node, 1}).value_or(key.subject);
  }

  void add_item(Chosen& chosen, const Event& event, std::string_view garment_id) const {
    if (garment_id.empty()) return;
    const Slot slot = slot_of(event, garment_id, catalog_);
    if (slot != kNoSlot) chosen.items.push_back(slot);
  }

  void leave_out(LogPosition position, TrafficMarks marks) {
    if ((marks & (kMarkBot | kMarkAccidental)) != 0) rows_.mark_noise(position);
  }

  const Catalog& catalog_;
  const bool keeps_heard_;
  const ItemsOfShopper each_;
  PersonTimeline timeline_;
  ChoiceHistoryRows history_;
  DrawnRows<Chosen> rows_;
  std::unordered_map<uint64_t, Made> choices_;        // by the hash of the event's id
  std::vector<std::pair<Made, IdentityKey>> undone_;  // and whose undo it was
};

class ChoiceReader : public EventReader {
 public:
  explicit ChoiceReader(const Catalog& catalog) : EventReader(catalog, true, each_where_first) {}
};

class ReactionReader {
 public:
  explicit ReactionReader(const Catalog& catalog)
      : catalog_(catalog), events_(catalog, false, each_as_remembered) {}

  void observe(const LoggedEvent& logged) { events_.observe(logged); }
  ReactionHistory finish() {
    ReactionHistory history{events_.finish(), {}, catalog_.brand_names()};
    const auto snapshot = catalog_.snapshot();
    for (size_t place = 0; place < snapshot->slot_count(); ++place)
      history.facts.push_back(snapshot->facts(static_cast<Slot>(place)));
    return history;
  }

 private:
  const Catalog& catalog_;
  EventReader events_;
};

}  // namespace

Result<ReactionHistory> read_reaction_history(
    const LoggedEvents& log, const GarmentStore& garments, const Vocabulary& vocabulary,
    const std::function<void(std::string_view what, uint64_t done)>& progress) {
  return read_in_order<ReactionReader>(log, garments, vocabulary, progress);
}

Result<ChoiceHistoryRows> read_choice_history(
    const LoggedEvents& log, const GarmentStore& garments, const Vocabulary& vocabulary,
    const std::function<void(std::string_view what, uint64_t done)>& progress) {
  return read_in_order<ChoiceReader>(log, garments, vocabulary, progress);
}

}  // namespace modiste
