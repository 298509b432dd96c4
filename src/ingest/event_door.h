// Parses an ingest request body into events and per-entry errors: the native format, and those of
// translate.h.
//
// Takes our batch {"events":[...]}, whose entries may be Segment's calls, GA4's bodies, Shopify's customer
// events or common other spellings among our own; Segment's {"batch":[...]}; a GA4 body; Meta's
// {"data":[...]}; Snowplow's payload_data; a list of entries alone; and a single entry, such as an order of a
// webhook. Our own format is parsed directly. One entry in another format may become several events, or none:
// known events that teach nothing are counted (known_events.h).
//
// A member that cannot be read and is not needed is left out of the event and listed in the warnings. A batch
// or an entry that says when it was sent (sent_at, Segment's sentAt) has its times corrected by the
// difference to the receipt: the sender's clock may be wrong. What a shopper chooses (consent, vetoes) counts
// whatever the clock says.
//
// What senders write where they have no id ("undefined", the hash of nothing; sent_ids.h) is absent, with a
// warning. An address that is not hashed is hashed here.
//
// Pure. Threads: any. Privacy: coordinates are rounded to a tenth of a degree and referrers cut to origin and
// path here, before anything is kept.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json_document.h"
#include "events/event.h"
#include "ingest/dead_letters.h"
#include "ingest/draft.h"

namespace modiste {

inline constexpr size_t kEntriesPerBatchMax = 2'000;  // relays send as many to other services
// What a batch may become: foreign entries name many products.
inline constexpr size_t kEventsPerBodyMax = 5'000;

struct EntryRefusal {
  size_t entry = 0;  // its place in the list, from 0
  std::string event_id;
  DeadReason reason{};
  Error error;                     // where: JSON pointer into the body
  std::vector<std::string> waits;  // of an unknown garment or order: the ids that it waits for
};

// A member of an accepted entry, or of the batch itself, that could not be read.
struct EntryWarning {
  std::optional<size_t> entry;  // none: of the batch
  std::string event_id;
  Error error;  // where: JSON pointer into the body
};

class ParsedBatch {
 public:
  // kInvalid when the body is not JSON or not a known form of a batch; then no entry was read.
  static Result<ParsedBatch> judge(std::string_view body, TimePoint received_at);

  std::vector<Event> events;          // those that could be read; still to be validated
  std::vector<EntryRefusal> refused;  // at most one an entry
  std::vector<EntryWarning> warnings;
  size_t ignored = 0;  // entries that are known and teach nothing

  // Takes out the events that `admit` refuses, each with its refusal. It may complete those that it admits.
  void screen(const std::function<Result<Done>(Event&)>& admit);
  // The refusal of an event that was parsed but refused later, with a pointer into the sender's body.
  [[nodiscard]] EntryRefusal refusal(size_t event, std::string_view event_id, Error error) const;
  // An entry as it was sent, with coordinates rounded, as a body that judge() accepts again.
  [[nodiscard]] json::value original(size_t entry) const;

 private:
  struct Origin {
    uint32_t entry = 0;
    std::shared_ptr<const Sources> sources;  // null: our own spelling
    std::optional<TimePoint> occurred_at;
  };
  ParsedBatch(JsonDocument document, TimePoint received_at)
      : document_(std::move(document)), received_at_(received_at) {}
  Result<Done> open();
  void tell_entries_when_they_were_sent();
  void judge_entry(size_t entry);
  Result<Done> admit(size_t entry, const json::value& value, std::shared_ptr<const Sources> sources);
  void admit_all(size_t entry, Result<std::vector<Translated>> translated);
  [[nodiscard]] std::string sent_at(size_t entry) const;
  void clear_ids(size_t entry, Event& event, const Sources& sources);
  void keep_choice(size_t entry, Event& event, const Sources& sources);
  void warn_of_batch(const json::object& batch);
  void warn(size_t entry, Error left_out, const Sources& sources);
  void refuse(size_t entry, DeadReason reason, Error error);
  [[nodiscard]] std::string pointer(size_t entry) const;
  [[nodiscard]] const json::value& at(size_t entry) const;
  [[nodiscard]] const json::value& body() const { return document_.root(); }

  JsonDocument document_;
  TimePoint received_at_;
  std::optional<std::string_view> list_;  // the member that is the list; none: the body is the one entry
  std::string_view held_;                 // the path to the one entry; empty: none
  bool is_bare_ = false;                  // the body itself is the list
  bool ga4_ = false;                      // the list is GA4's
  size_t entries_ = 1;
  std::vector<Origin> origins_;  // one an event
};

// Rounds coordinates to a tenth of a degree and cuts referrers to origin and path; of another format by the
// endings of its members' names, and takes out IP and mail addresses and telephone numbers.
void make_coarse(Event& event);
void make_coarse(json::value& foreign);

}  // namespace modiste
