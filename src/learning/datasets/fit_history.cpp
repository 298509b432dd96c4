#include "learning/datasets/fit_history.h"

#include <unordered_map>

#include "events/event_refs.h"
#include "events/event_time_order.h"
#include "events/person_timeline.h"
#include "serving/load_catalog.h"
#include "serving/sizing.h"

namespace modiste {
namespace {

constexpr uint64_t kFitProgressEvents = 10'000;

class FitReader {
 public:
  explicit FitReader(const Catalog& catalog) : sizing_(catalog), timeline_(PersonTimelineOptions{}) {}

  void observe(const LoggedEvent& logged) {
    ++history_.events;
    const PersonEvent& of_person = timeline_.observe(logged);
    for (const LateMark& mark : of_person.late) drop_noise(mark.position, mark.marks);
    if (of_person.fate == EventFate::kInternal || !teaches(logged.event.type, Lesson::kSize)) return;
    auto seen = sizing_.observation(logged.event);
    if (!seen || !seen->outcome) return;
    const EventRefs refs(logged.event);
    if (refs.span().empty()) return;
    const NodeRef& node = identity_key_of(refs.span());
    by_position_.emplace(logged.position, outcomes_.size());
    outcomes_.push_back({{node.kind, std::string(node.subject)},
                         {"", logged.event.body.value_or(BodyProfile{}), std::move(*seen)},
                         of_person.fate == EventFate::kRobot});
  }

  FitHistory finish() {
    for (Outcome& outcome : outcomes_) {
      const NodeRef node{outcome.key.kind, outcome.key.subject};
      outcome.row.shopper = timeline_.person_of({&node, 1}).value_or(outcome.key.subject);
      if (outcome.noise)
        ++history_.noise;
      else if (timeline_.is_erased(outcome.key.subject) || !timeline_.consent(outcome.row.shopper).training)
        ++history_.without_consent;
      else
        history_.rows.push_back(std::move(outcome.row));
    }
    return std::move(history_);
  }

 private:
  struct Outcome {
    IdentityKey key;
    FitRow row;
    bool noise = false;
  };

  void drop_noise(LogPosition position, TrafficMarks marks) {
    const auto found = by_position_.find(position);
    if (found != by_position_.end() && (marks & kMarkBot) != 0) outcomes_[found->second].noise = true;
  }

  const Sizing sizing_;
  PersonTimeline timeline_;
  FitHistory history_;
  std::vector<Outcome> outcomes_;
  std::unordered_map<LogPosition, size_t> by_position_;  // of outcomes
};

}  // namespace

Result<FitHistory> read_fit_history(
    const LoggedEvents& log, const GarmentStore& garments, const Vocabulary& vocabulary,
    const std::function<void(std::string_view what, uint64_t done)>& progress) {
  const auto tell = [&](std::string_view what, uint64_t done) {
    if (progress) progress(what, done);
  };
  Catalog catalog(vocabulary);
  TRY(load_catalog(garments, catalog, [&](size_t count) { tell("garments", count); }));
  TRY_ASSIGN(const auto ordered,
             EventTimeOrder::of(log, [&](uint64_t events) { tell("events ordered", events); }));
  FitReader reader(catalog);
  uint64_t read = 0;
  TRY(ordered.replay(LogPosition::begin(), [&](const LoggedEvent& logged) -> Result<Done> {
    if (read++ % kFitProgressEvents == 0) tell("events", read);
    reader.observe(logged);
    return kOk;
  }));
  return reader.finish();
}

}  // namespace modiste
