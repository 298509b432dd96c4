#include "learning/datasets/fit_history.h"

#include <algorithm>

#include "events/event_refs.h"
#include "events/person_timeline.h"
#include "learning/datasets/drawn_rows.h"
#include "learning/datasets/read_in_order.h"
#include "serving/state/sizing.h"

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
    if (of_person.fate == EventFate::kInternal || !teaches(logged.event.type, Lesson::kSize)) return;
    auto seen = sizing_.observation(logged.event);
    if (!seen || !seen->outcome) return;
    const EventRefs refs(logged.event);
    if (refs.span().empty()) return;
    const TimePoint at = time_of(logged.event, logged.received_at);
    history_.first = std::min(history_.first.value_or(at), at);
    history_.last = std::max(history_.last.value_or(at), at);
    rows_.add(logged.position, identity_key_of(refs.span()),
              {"", logged.event.body.value_or(BodyProfile{}), std::move(*seen)},
              of_person.fate == EventFate::kRobot);
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
  const Sizing sizing_;
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
