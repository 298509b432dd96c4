// Ingests a request body: parses it, sends the events to the shop, keeps refused entries as dead letters.
//
// Threads: any. Failure: as the ports'. A letter that cannot be kept (a full disk) does not fail the
// request: its refusal is answered without a dead letter's number.
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "events/event.h"
#include "ingest/dead_letters.h"
#include "ingest/event_door.h"
#include "ingest/recent_event_ids.h"

namespace modiste {

struct EventRefusal {
  int index = 0;
  std::string event_id;
  std::string reason, pointer, expected;
  std::optional<int64_t> dead_letter;
};
// A member that could not be read and was left out.
struct EventWarning {
  std::optional<int> index;  // absent: of the batch itself
  std::string event_id;
  std::string warning, pointer, expected;
};
inline constexpr size_t kWarningsMax = 100;  // of one answer

struct EventsReport {
  int accepted = 0;
  int duplicates = 0;
  int ignored = 0;
  std::vector<EventRefusal> refused;
  std::vector<EventWarning> warnings;
};

// What was taken since the process started.
struct IntakeCounts {
  uint64_t accepted = 0, duplicates = 0;                                 // events
  uint64_t ignored = 0;                                                  // entries that teach nothing
  uint64_t left_out = 0;                                                 // members that could not be read
  std::array<uint64_t, EnumNames<DeadReason>::kNames.size()> refused{};  // entries, by DeadReason
};

// Of letters that were sent again.
struct ReplayReport {
  int replayed = 0;    // letters
  int resolved = 0;    // letters whose events are accepted now, or were duplicates; they are deleted
  int accepted = 0;    // events
  int duplicates = 0;  // events
  std::optional<int64_t>
      next;  // send it as `after` for the letters that are left; absent when there are none
};

// A page of dead letters.
struct LetterPage {
  std::vector<DeadLetter> letters;
  int64_t held = 0, dropped = 0;
  std::optional<int64_t> next;  // send it as `after`; absent on the last page
};

// Who sends a body. The default is a server of the shop's own.
struct EventSender {
  // Refuses what the sender may not send, and may say in an event who did it. Empty: everything is admitted.
  std::function<Result<Done>(Event&)> admit = {};
  // Whether refused entries become dead letters. A replay has the shop's own rights, so an entry of a sender
  // with fewer rights must not be kept: a forged purchase would be accepted later.
  bool keeps_letters = true;
};

class EventIntake {
 public:
  // Whether the catalog knows a garment or variant by this id.
  using KnowsId = std::function<bool(const std::string&)>;
  using Ingest = std::function<Result<std::vector<Result<IngestResult>>>(std::vector<Event>, Arrival)>;

  EventIntake(const Clock& clock, DeadLetters& letters, Ingest ingest, DeadLetterLimits limits = {})
      : clock_(clock), letters_(letters), ingest_(std::move(ingest)), limits_(limits) {}

  // Call once, after the catalog and the log were loaded: ingests the letters again whose garment has come
  // meanwhile, and remembers what the others wait for.
  Result<Done> load_waiting(const KnowsId& knows);
  // Garments or variants with these ids are in the catalog now: the letters that wait for them are due.
  // Ingests some of them again at once, so that a caller of few letters waits for all of them; the others are
  // left to replay_due(). (Those that wait for an order are due when one of its purchases is accepted.)
  void has_come(std::span<const std::string> ids);
  // Ingests letters again that are due, `most` at most; each waits for the log. What is refused again stays a
  // letter; what could not be stored stays due. How many are left. Returns at once while another thread does.
  size_t replay_due(size_t most);

  // Durable when it answers. The outer error means that nothing was accepted: the body is not a batch, or
  // the log cannot be written now. Every refusal is a dead letter, if the sender's are kept.
  Result<EventsReport> take(std::string_view body, const EventSender& sender = {});

  // Replaces the letter's body with a corrected event. It is validated when it is replayed.
  Result<DeadLetter> fix(int64_t id, json::value body);
  // Ingests the letter again. It is deleted when all its events are accepted or duplicates; otherwise its
  // error is updated.
  Result<ReplayReport> replay(int64_t id);
  // At most query.count letters.
  Result<ReplayReport> replay(const LetterQuery& query);

  // The letters by id, and how many are held.
  [[nodiscard]] Result<LetterPage> page(const LetterQuery& query) const;
  [[nodiscard]] DeadLetters& letters() { return letters_; }
  [[nodiscard]] IntakeCounts counts() const;

 private:
  Result<EventsReport> ingest(ParsedBatch& admission, Arrival arrival, std::vector<EntryRefusal>& refused);
  Result<bool> try_again(DeadLetter letter, ReplayReport& report);
  // come: come_ before the letter was refused; when something has come since, the letter is due.
  void wait(std::span<const std::string> ids, int64_t letter, uint64_t come);
  void stop_waiting(const std::string& id, int64_t letter) REQUIRES(mutex_);
  void count(const EventsReport& report, std::span<const EntryRefusal> refused, size_t left_out);

  const Clock& clock_;
  DeadLetters& letters_;
  Ingest ingest_;
  DeadLetterLimits limits_;

  mutable Mutex mutex_;
  std::unordered_multimap<std::string, int64_t> waiting_
      GUARDED_BY(mutex_);  // id that is waited for -> letter
  std::set<std::pair<int64_t, std::string>> waiting_letters_ GUARDED_BY(mutex_);  // the same, oldest first
  std::deque<int64_t> due_ GUARDED_BY(mutex_);  // letters whose wait is over
  std::atomic<uint64_t> come_ = 0;              // calls of has_come(); rises while mutex_ is held
  std::atomic<bool> replays_due_ = false;       // some thread does: what it ingests may make further ones due
  IntakeCounts counts_ GUARDED_BY(mutex_);
};

template <>
struct Contract<EventRefusal> {
  static constexpr std::string_view kName = "EventRefusal";
  static constexpr std::string_view kDoc = "An event of a batch that was refused, and why.";
  static constexpr auto kFields =
      Fields{field("index", &EventRefusal::index, {.doc = "Place in the batch, from 0", .required = true}),
             field("event_id", &EventRefusal::event_id,
                   {.doc = "As sent; empty when it could not be read", .required = true}),
             field("reason", &EventRefusal::reason, {.doc = "What is wrong", .required = true}),
             field("pointer", &EventRefusal::pointer,
                   {.doc = "JSON pointer to it, from the root of the body", .required = true}),
             field("expected", &EventRefusal::expected, {.doc = "What would be right", .required = true}),
             field("dead_letter", &EventRefusal::dead_letter,
                   {.doc = "Where it is kept, to be fixed and replayed; absent when it could not be kept"})};
};

template <>
struct Contract<EventWarning> {
  static constexpr std::string_view kName = "EventWarning";
  static constexpr std::string_view kDoc = "A member that could not be read: the event counts without it.";
  static constexpr auto kFields =
      Fields{field("index", &EventWarning::index,
                   {.doc = "Place in the batch, from 0; absent: a member of the batch itself"}),
             field("event_id", &EventWarning::event_id,
                   {.doc = "As sent; empty when it could not be read", .required = true}),
             field("warning", &EventWarning::warning, {.doc = "What is wrong", .required = true}),
             field("pointer", &EventWarning::pointer,
                   {.doc = "JSON pointer to it, from the root of the body", .required = true}),
             field("expected", &EventWarning::expected, {.doc = "What would be right", .required = true})};
};

template <>
struct Contract<EventsReport> {
  static constexpr std::string_view kName = "EventsReport";
  static constexpr std::string_view kDoc =
      "Each entry of a batch is validated by itself; accepted events are durable. Counts are of events: an "
      "entry in another format may become several.";
  static constexpr auto kFields = Fields{
      field("accepted", &EventsReport::accepted, {.doc = "Events accepted, durable now", .required = true}),
      field("duplicates", &EventsReport::duplicates,
            {.doc = "Events accepted before; they change nothing", .required = true}),
      field("ignored", &EventsReport::ignored,
            {.doc = "Entries that are known and teach nothing, such as session_start: not kept",
             .required = true}),
      field("refused", &EventsReport::refused, {.doc = "Events refused", .required = true}),
      field("warnings", &EventsReport::warnings,
            {.doc = "Members that could not be read; the events count without them. The first 100",
             .required = true})};
};

template <>
struct Contract<ReplayReport> {
  static constexpr std::string_view kName = "ReplayReport";
  static constexpr std::string_view kDoc = "Result of replaying dead letters.";
  static constexpr auto kFields = Fields{
      field("replayed", &ReplayReport::replayed, {.doc = "Letters replayed", .required = true}),
      field("resolved", &ReplayReport::resolved, {.doc = "Letters resolved and deleted", .required = true}),
      field("accepted", &ReplayReport::accepted, {.doc = "Events accepted", .required = true}),
      field("duplicates", &ReplayReport::duplicates, {.doc = "Events accepted before", .required = true}),
      field("next", &ReplayReport::next,
            {.doc = "Send it as `after` to go on; absent when there are no more"})};
};

template <>
struct Contract<LetterPage> {
  static constexpr std::string_view kName = "LetterPage";
  static constexpr std::string_view kDoc = "Dead letters, the oldest first.";
  static constexpr auto kFields = Fields{
      field("letters", &LetterPage::letters, {.doc = "By id", .required = true}),
      field("held", &LetterPage::held, {.doc = "Letters stored in all", .required = true}),
      field("dropped", &LetterPage::dropped,
            {.doc = "Letters ever deleted by the limits on number and age", .required = true}),
      field("next", &LetterPage::next, {.doc = "Send it as `after` for the next page; absent on the last"})};
};

}  // namespace modiste
