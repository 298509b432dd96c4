#include "learning/datasets/fit_history.h"

#include <algorithm>

#include "events/event_refs.h"
#include "events/person_timeline.h"
#include "learning/datasets/drawn_rows.h"
#include "learning/datasets/read_in_order.h"
#include "serving/state/sizing.h"
#include "style/kept_purchases.h"

namespace modiste {
namespace {

class FitReader {
 public:
  explicit FitReader(const Catalog& catalog) : sizing_(catalog), timeline_(PersonTimelineOptions{}) {}

  void observe(const LoggedEvent& logged) {
    ++history_.events;
    const PersonEvent& of_person = timeline_.observe(logged);
    for (const LateMark& mark : of_person.late)
      if ((mark.marks & kMarkBot) != 0) rows_.mark_noise(mark.position);
    if (of_person.fate == EventFate::kInternal) return;
    const TimePoint at = time_of(logged.event, logged.received_at);
    purchases_.observe(logged.event, at, [this](Told kept) { add(std::move(kept)); });
    if (!teaches(logged.event.type, Lesson::kSize)) return;
    auto seen = sizing_.observation(logged.event);
    const EventRefs refs(logged.event);
    if (!seen || refs.span().empty()) return;
    const NodeRef by = identity_key_of(refs.span());
    // Of what was sent back the purchase gets no row: the shopper's choice is told with the return.
    if (logged.event.type == EventType::kReturn) seen->chosen = true;
    const bool has_outcome = seen->outcome.has_value();
    if (!has_outcome) seen->outcome = FitFeedback::kFits;  // if it is kept
    Told told{logged.position,
              at,
              {by.kind, std::string(by.subject)},
              {"", logged.event.body.value_or(BodyProfile{}), std::move(*seen)},
              of_person.fate == EventFate::kRobot};
    if (has_outcome)
      add(std::move(told));
    else
      purchases_.bought(logged.event, at, std::move(told));
  }

  FitHistory finish() {
    const auto left_out = std::move(rows_).take(timeline_, [&](FitRow row, const std::string& person) {
      row.shopper = person;
      history_.rows.push_back(std::move(row));
    });
    history_.noise = left_out.noise;
    history_.without_consent = left_out.without_consent;
    return std::move(history_);
  }

 private:
  struct Told {
    LogPosition position;
    TimePoint at{};
    IdentityKey by;
    FitRow row;
    bool is_robot = false;
  };

  void add(Told told) {
    history_.first = std::min(history_.first.value_or(told.at), told.at);
    history_.last = std::max(history_.last.value_or(told.at), told.at);
    rows_.add(told.position, {told.by.kind, told.by.subject}, std::move(told.row), told.is_robot);
  }

  const Sizing sizing_;
  KeptPurchases<Told> purchases_;
  PersonTimeline timeline_;
  FitHistory history_;
  DrawnRows<FitRow> rows_;
};

}  // namespace

Result<FitHistory> read_fit_history(
    const LoggedEvents& log, const GarmentStore& garments, const Vocabulary& vocabulary,
    const std::function<void(std::string_view what, uint64_t done)>& progress) {
  return read_in_order<FitReader>(log, garments, vocabulary, progress);
}

}  // namespace modiste
