#include "learning/datasets/choice_history.h"

#include <algorithm>
#include <map>
#include <unordered_map>

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

std::vector<ChosenItem> each_where_last(std::span<const Heard> choices) {
  std::unordered_map<Slot, size_t> last;
  for (size_t i = 0; i < choices.size(); ++i) last[choices[i].item] = i;
  std::vector<ChosenItem> each;
  for (size_t i = 0; i < choices.size(); ++i)
    if (last[choices[i].item] == i) each.push_back({choices[i].item, choices[i].at});
  return each;
}

// What a profile remembers of an item.
struct Remembered {
  TimePoint at{};
  std::optional<EventType> liked;
  bool passed = false, chosen = false;

  void hear(const Heard& one) {
    at = one.at;
    liked = liked_after(liked, one.type);
    passed = passed || one.type == EventType::kPass;
    chosen = chosen || one.weight > 0;
  }
};

std::vector<ChosenItem> each_as_remembered(std::span<const Heard> reactions) {
  std::unordered_map<Slot, Remembered> items;
  for (const Heard& one : reactions) items[one.item].hear(one);
  std::vector<ChosenItem> each;
  for (const auto& [slot, one] : items)
    if (const auto reaction = reaction_of(one.liked.has_value(), one.passed, one.chosen))
      each.push_back({slot, one.at, *reaction});
  std::sort(each.begin(), each.end(), [](const ChosenItem& a, const ChosenItem& b) {
    return a.at != b.at ? a.at < b.at : a.item < b.item;
  });
  return each;
}

class EventReader {
 public:
  EventReader(const Catalog& catalog, bool passes_too, ItemsOfShopper each)
      : catalog_(catalog), passes_too_(passes_too), each_(each), timeline_(PersonTimelineOptions{}) {}

  void observe(const LoggedEvent& logged) {
    ++history_.events;
    const PersonEvent& of_person = timeline_.observe(logged);
    for (const LateMark& mark : of_person.late) leave_out(mark.position, mark.marks);
    if (of_person.fate == EventFate::kInternal) return;
    const Event& event = logged.event;
    if (event.type == EventType::kUndo) {
      const auto undone = positions_.find(hash64(event.undoes));
      if (undone != positions_.end()) rows_.mark_noise(undone->second);
      return;
    }
    const auto weight = static_cast<float>(taste_weight(event));
    if (!teaches(event.type, Lesson::kTaste) || weight == 0 || (weight < 0 && !passes_too_)) return;
    const EventRefs refs(event);
    if (refs.span().empty()) return;
    Chosen chosen{{}, time_of(event, logged.received_at), event.type, weight};
    add_item(chosen, event, event.garment_id);
    for (const std::string& garment_id : event.garment_ids) add_item(chosen, event, garment_id);
    if (chosen.items.empty()) return;
    positions_.emplace(hash64(event.event_id), logged.position);
    rows_.add(logged.position, identity_key_of(refs.span()), std::move(chosen),
              of_person.fate == EventFate::kRobot);
    leave_out(logged.position, of_person.marks);
  }

  ChoiceHistoryRows finish() {
    std::map<std::string, std::vector<Heard>> by_person;  // in an order that the log repeats
    const auto left_out = std::move(rows_).take(timeline_, [&](Chosen chosen, const std::string& person) {
      for (const Slot slot : chosen.items)
        by_person[person].push_back({slot, chosen.at, chosen.type, chosen.weight});
    });
    history_.left_out = left_out.noise + left_out.without_consent;
    for (auto& [person, heard] : by_person) {
      std::stable_sort(heard.begin(), heard.end(),
                       [](const Heard& x, const Heard& y) { return x.at < y.at; });
      if (auto each = each_(heard); !each.empty()) history_.shoppers.push_back(std::move(each));
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

  void add_item(Chosen& chosen, const Event& event, std::string_view garment_id) const {
    if (garment_id.empty()) return;
    const Slot slot = slot_of(event, garment_id, catalog_);
    if (slot != kNoSlot) chosen.items.push_back(slot);
  }

  void leave_out(LogPosition position, TrafficMarks marks) {
    if ((marks & (kMarkBot | kMarkAccidental)) != 0) rows_.mark_noise(position);
  }

  const Catalog& catalog_;
  const bool passes_too_;
  const ItemsOfShopper each_;
  PersonTimeline timeline_;
  ChoiceHistoryRows history_;
  DrawnRows<Chosen> rows_;
  std::unordered_map<uint64_t, LogPosition> positions_;  // of choices, by the hash of the event's id
};

class ChoiceReader : public EventReader {
 public:
  explicit ChoiceReader(const Catalog& catalog) : EventReader(catalog, false, each_where_last) {}
};

class ReactionReader {
 public:
  explicit ReactionReader(const Catalog& catalog)
      : catalog_(catalog), events_(catalog, true, each_as_remembered) {}

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
