// Assigns each logged event to a person and says what may be learned from it: the one fold of identity,
// traffic filter, consent and erasure. Profiles, training tables and datasets are built on it, and so are the
// sequence models to come: what reads a log to learn about persons reads it through this class.
//
//   identity   an event is filed under its identity key (identity_graph.h). A person is a set of keys, which
//              merges, splits and erasures change; then the persons named in PersonEvent::rebuild are rebuilt
//              from their filed events
//   traffic    events of robots are dropped but for what counts always (event_types.h), accidental ones are
//              reported later and removed
//   consent    without consent to personalisation an event is withheld; withdrawing it deletes what was
//              learned. Of several choices the one that was made last holds, whichever arrived last: a queue
//              sends again what was refused for a moment
//   erasure    the keys with all that was filed under them are dropped
//
// A fold of the log: the same events in the same order give the same state.
//
// Threads: observe() and close_idle(): one caller at a time, in the order of the log. replay(), positions(),
// person_of(), identity_keys(), explain(), consent() and robot_visits(): any number of readers beside it.
// Memory: some 60 bytes an erased key and a choice of consent, beside the filed events (filed_events.h), the
// identity graph (identity_graph.h), of whose sessions the latest `sessions_max` are kept, and the open
// visits (traffic_filter.h).
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/mutex.h"
#include "events/event_log.h"
#include "events/filed_events.h"
#include "events/traffic_filter.h"
#include "identity/identity_graph.h"

namespace modiste {

struct Consent {
  bool personalisation = true;  // may a profile be kept
  bool training = true;         // may models be trained on the shopper's events
};

enum class EventFate : uint8_t {
  kInternal,   // written by the shop: an answer, an erasure, a change of a link
  kRobot,      // dropped
  kKept,       // the person's own
  kWithheld,   // the person's, who does not consent to personalisation
  kWithdrawn,  // the choice that ends consent to personalisation: forget what was learned
};

// What became of one event. Reused by the next.
struct PersonEvent {
  EventFate fate = EventFate::kInternal;
  std::string identity_key;  // a subject; empty for erasures, changes of links and anonymous answers
  std::string person;        // empty for internal events
  TrafficMarks marks = 0;
  std::vector<LateMark> late;        // marks that it puts on earlier events
  std::vector<std::string> rebuild;  // persons to rebuild from their filed events; may repeat
  // Subjects that nothing is filed under any more, erased ones and retired sessions: their identifiers can
  // go.
  std::vector<std::string> forgotten;
};

struct PersonTimelineOptions {
  TrafficFilterOptions noise;
  // Sessions that are identity keys, some 200 bytes each. Without a limit every key of the log leads to its
  // person, as tables made of the whole log need it.
  size_t sessions_max = SIZE_MAX;
  // Which events a person is rebuilt from. Null: none is filed.
  bool (*teaches)(EventType) = nullptr;
};

class PersonTimeline {
 public:
  explicit PersonTimeline(PersonTimelineOptions options);

  // The next event of the log. The answer lives until the next call.
  const PersonEvent& observe(const LoggedEvent& logged);
  // Ends the visits that are idle by now; marks are appended.
  void close_idle(TimePoint now, std::vector<LateMark>& late) { traffic_filter_.close_idle(now, late); }

  // Where the log has the person's events, ascending: all but those of an answer to nobody.
  [[nodiscard]] std::vector<LogPosition> positions(std::string_view person) const;
  // Visits those that teach in the order of the log, each with its fate (kKept, kWithheld or
  // kWithdrawn), as if all had been this person's from the start. Answers how many; stops at the visitor's
  // first error.
  using Visitor = std::function<Result<Done>(const LoggedEvent&, EventFate)>;
  Result<size_t> replay(std::string_view person, const LoggedEvents& log, const Visitor& visit) const;

  // As IdentityGraph's; an empty `who` is nobody.
  [[nodiscard]] std::optional<std::string> person_of(std::span<const NodeRef> who) const;
  [[nodiscard]] std::vector<IdentityKey> identity_keys(std::string_view person) const;
  [[nodiscard]] std::vector<Explanation> explain(std::string_view person) const;
  [[nodiscard]] Consent consent(std::string_view person) const;

  [[nodiscard]] bool is_erased(const std::string& identity_key) const {
    return erased_.contains(identity_key);
  }
  // Of the current visit.
  [[nodiscard]] bool is_robot(std::string_view identity_key) const {
    return traffic_filter_.is_bot(identity_key);
  }
  // Visits that were taken for robots', of the whole log.
  [[nodiscard]] size_t robot_visits() const { return robot_visits_.load(std::memory_order_relaxed); }

  // Append the identity graph, and what is filed: the same log gives the same bytes.
  void write_identities(std::string& out) const {
    const ReaderLock lock(mutex_);
    graph_.write(out);
  }
  void write_filed(std::string& out) const;

  // For snapshots: the whole state. load() replaces it; kCorrupt: not what save() wrote. Nobody observes
  // meanwhile.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

 private:
  using Moves = std::vector<Move>;
  struct DatedChoice {
    LogPosition position;
    TimePoint at;  // when it was made
    ConsentChoice choice;

    friend bool operator<(const DatedChoice& a, const DatedChoice& b) {
      return a.at != b.at ? a.at < b.at : a.position < b.position;
    }
  };

  template <class Io, class Timeline>
  static void fields(Io& io, Timeline& timeline) NO_THREAD_SAFETY_ANALYSIS;
  const PersonEvent& erase(const Event& event);
  const PersonEvent& relink(const Event& event);
  void retire_sessions() REQUIRES(mutex_);
  void judge_traffic(const LoggedEvent& logged);
  void file(const LoggedEvent& logged, bool teaches) REQUIRES(mutex_);
  void teaches_nothing(LogPosition position) REQUIRES(mutex_);
  void note(const Moves& moves);
  void renew_consents() REQUIRES(mutex_);
  void renew_consent(const std::string& person) REQUIRES(mutex_);
  [[nodiscard]] Consent consent_of(std::string_view person) const REQUIRES_SHARED(mutex_);
  // What holds after all of these.
  [[nodiscard]] static Consent consent_after(std::vector<DatedChoice> chosen);

  PersonTimelineOptions options_;
  TrafficFilter traffic_filter_;
  std::atomic<size_t> robot_visits_ = 0;  // as the filter counts them, for readers beside it
  PersonEvent now_;
  std::unordered_map<std::string, std::vector<DatedChoice>> choices_;  // by identity key
  std::unordered_set<std::string> erased_;

  mutable SharedMutex mutex_;
  FiledEvents filed_ GUARDED_BY(mutex_);
  IdentityGraph graph_ GUARDED_BY(mutex_);
  std::map<std::string, Consent, std::less<>> consents_ GUARDED_BY(mutex_);  // of the persons who chose
};

}  // namespace modiste
