#include "ingest/event_intake.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/check.h"
#include "base/mutex.h"
#include "base/text.h"
#include "catalog/product_ids.h"

namespace modiste {
namespace {

DeadLetter letter_of(EntryRefusal refusal, json::value body, TimePoint received_at,
                     const DeadLetterLimits& limits) {
  DeadLetter letter;
  letter.reason = refusal.reason;
  letter.event_id = std::move(refusal.event_id);
  letter.what = std::move(refusal.error.what);
  letter.pointer = std::move(refusal.error.where);
  letter.expected = std::move(refusal.error.expected);
  letter.received_at = received_at;
  if (serialize_json(body).size() <= limits.body_bytes_max)
    letter.body = std::move(body);
  else
    letter.what += " (too large to be kept)";
  return letter;
}

EventRefusal answer_of(const EntryRefusal& refusal) {
  EventRefusal out;
  out.index = static_cast<int>(refusal.entry);
  out.event_id = refusal.event_id;
  out.reason = refusal.error.what;
  out.pointer = refusal.error.where;
  out.expected = refusal.error.expected;
  return out;
}

EventWarning answer_of(const EntryWarning& warning) {
  EventWarning out{{}, warning.event_id, warning.error.what, warning.error.where, warning.error.expected};
  if (warning.entry) out.index = static_cast<int>(*warning.entry);
  return out;
}

// An order's id beside those of garments.
std::string order_key(std::string_view order_id) { return "order " + std::string(without_gid(order_id)); }

std::string ascii_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

// What an event needs to know before it can be accepted, by any spelling.
std::vector<std::string> needed_ids(const Event& event) {
  std::vector<std::string> ids;
  const auto add = [&](std::string_view id) {
    for (auto& spelling : spellings_of(id)) ids.push_back(std::move(spelling));
  };
  // Tag managers put spaces around ids and change their case; events are read so too (name_garments).
  const auto add_said = [&](std::string_view id) {
    add(id);
    id = trim(id);
    add(ascii_lower(id));
    add(ascii_upper(id));
  };
  add_said(event.garment_id);
  add_said(event.sku);
  for (const auto& id : event.also_known_as) add(id);
  for (const auto& id : event.garment_ids) add_said(id);
  for (const auto& item : event.items) {
    add_said(item.garment_id);
    for (const auto& id : item.also_known_as) add(id);
  }
  if (event.type == EventType::kReturn && event.garment_id.empty() && !event.order_id.empty())
    ids.push_back(order_key(event.order_id));
  return ids;
}

bool waits(DeadReason reason) {
  return reason == DeadReason::kUnknownGarment || reason == DeadReason::kUnknownOrder;
}

// One refusal an entry: the letter is the entry, whatever it becomes. Of several the one counts that waits,
// and it waits for what any of them needs.
void keep_one_an_entry(std::vector<EntryRefusal>& refused) {
  std::stable_sort(refused.begin(), refused.end(), [](const auto& a, const auto& b) {
    return a.entry != b.entry ? a.entry < b.entry : waits(a.reason) && !waits(b.reason);
  });
  size_t kept = 0;
  for (size_t i = 0; i < refused.size(); ++i) {
    auto& needs = refused[i].waits;
    if (kept > 0 && refused[kept - 1].entry == refused[i].entry) {
      auto& all = refused[kept - 1].waits;
      all.insert(all.end(), std::make_move_iterator(needs.begin()), std::make_move_iterator(needs.end()));
      continue;
    }
    if (kept != i) refused[kept] = std::move(refused[i]);
    ++kept;
  }
  refused.erase(refused.begin() + static_cast<std::ptrdiff_t>(kept), refused.end());
}

// An event that was in time when first received stays valid, however late it is corrected; one that was in
// the future may be in the past by now.
Result<Done> check_lateness(const Event& event, TimePoint received_at) {
  if (!event.occurred_at || *event.occurred_at > received_at) return kOk;
  auto valid = validate(event, received_at);
  if (valid.ok() || valid.error().where != "/occurred_at") return kOk;
  return valid;
}

}  // namespace

Result<EventsReport> EventIntake::ingest(ParsedBatch& admission, Arrival arrival,
                                         std::vector<EntryRefusal>& refused) {
  struct Asked {
    std::string event_id;
    std::vector<std::string> needs;
    std::string order;  // that a purchase is of
  };
  std::vector<Asked> asked;
  for (const auto& event : admission.events) {
    const bool bought = event.type == EventType::kPurchase && !event.order_id.empty();
    asked.push_back({event.event_id, needed_ids(event), bought ? order_key(event.order_id) : ""});
  }
  EventsReport report;
  std::vector<std::string> orders;
  if (!asked.empty()) {
    TRY_ASSIGN(auto fates, ingest_(std::move(admission.events), arrival));
    CHECK(fates.size() == asked.size());
    for (size_t i = 0; i < fates.size(); ++i) {
      if (fates[i].ok()) {
        ++(*fates[i] == IngestResult::kAccepted ? report.accepted : report.duplicates);
        if (!asked[i].order.empty()) orders.push_back(std::move(asked[i].order));
        continue;
      }
      refused.push_back(admission.refusal(i, asked[i].event_id, std::move(fates[i]).error()));
      if (waits(refused.back().reason)) refused.back().waits = std::move(asked[i].needs);
    }
  }
  if (!orders.empty()) has_come(orders);
  keep_one_an_entry(refused);
  return report;
}

Result<EventsReport> EventIntake::take(std::string_view body, const EventSender& sender) {
  const TimePoint now = clock_.now();
  auto admission = ParsedBatch::judge(body, now);
  if (!admission.ok()) {
    if (!sender.keeps_letters) return std::move(admission).error();
    // Unparseable text cannot be anonymised, so only the error is recorded.
    const DeadLetter letter =
        letter_of({0, "", DeadReason::kUnparseable, admission.error(), {}}, nullptr, now, limits_);
    static_cast<void>(letters_.put_letters({&letter, 1}, limits_));
    return std::move(admission).error();
  }
  if (sender.admit) admission->screen(sender.admit);
  auto refused = std::move(admission->refused);
  const uint64_t come = come_.load();
  TRY_ASSIGN(EventsReport report, ingest(*admission, Arrival::kLive, refused));
  for (const auto& refusal : refused) report.refused.push_back(answer_of(refusal));
  report.ignored = static_cast<int>(admission->ignored);
  for (size_t i = 0; i < std::min(admission->warnings.size(), kWarningsMax); ++i)
    report.warnings.push_back(answer_of(admission->warnings[i]));
  count(report, refused, admission->warnings.size());
  if (refused.empty() || !sender.keeps_letters) return report;
  std::vector<DeadLetter> letters;
  std::vector<std::vector<std::string>> needs;
  for (auto& refusal : refused) {
    const size_t entry = refusal.entry;
    needs.push_back(std::move(refusal.waits));
    letters.push_back(letter_of(std::move(refusal), admission->original(entry), now, limits_));
  }
  if (const auto ids = letters_.put_letters(letters, limits_); ids.ok())
    for (size_t i = 0; i < ids.value().size(); ++i) {
      report.refused[i].dead_letter = ids.value()[i];
      wait(needs[i], ids.value()[i], come);
    }
  return report;
}

void EventIntake::count(const EventsReport& report, std::span<const EntryRefusal> refused, size_t left_out) {
  const MutexLock lock(mutex_);
  counts_.accepted += static_cast<uint64_t>(report.accepted);
  counts_.duplicates += static_cast<uint64_t>(report.duplicates);
  counts_.ignored += static_cast<uint64_t>(report.ignored);
  counts_.left_out += left_out;
  for (const auto& refusal : refused) ++counts_.refused[static_cast<size_t>(refusal.reason)];
}

IntakeCounts EventIntake::counts() const {
  const MutexLock lock(mutex_);
  return counts_;
}

void EventIntake::wait(std::span<const std::string> ids, int64_t letter, uint64_t come) {
  if (ids.empty()) return;
  const MutexLock lock(mutex_);
  if (come_.load() != come) {  // perhaps what it waits for: nobody would tell it
    due_.push_back(letter);
    return;
  }
  for (const std::string& id : ids)
    if (waiting_letters_.emplace(letter, id).second) waiting_.emplace(id, letter);
  // Letters that went by the limits, oldest first, left their ids behind.
  while (waiting_letters_.size() > 4 * limits_.entries_max) {
    const auto oldest = *waiting_letters_.begin();
    stop_waiting(oldest.second, oldest.first);
  }
}

void EventIntake::stop_waiting(const std::string& id, int64_t letter) {
  waiting_letters_.erase({letter, id});
  const auto [begin, end] = waiting_.equal_range(id);
  const auto found = std::find_if(begin, end, [&](const auto& waits) { return waits.second == letter; });
  if (found != end) waiting_.erase(found);
}

void EventIntake::has_come(std::span<const std::string> ids) {
  constexpr size_t kAtOnce = 200;
  {
    const MutexLock lock(mutex_);
    ++come_;
    for (const std::string& id : ids) {
      const auto [begin, end] = waiting_.equal_range(id);
      for (auto at = begin; at != end; ++at) {
        due_.push_back(at->second);
        waiting_letters_.erase({at->second, id});
      }
      waiting_.erase(begin, end);
    }
  }
  replay_due(kAtOnce);
}

size_t EventIntake::replay_due(size_t most) {
  MutexLock lock(mutex_);
  if (replays_due_.exchange(true)) return due_.size();
  const struct Turn {
    std::atomic<bool>& taken;
    ~Turn() { taken = false; }
  } turn{replays_due_};
  ReplayReport report;
  for (bool stored = true; stored && most > 0 && !due_.empty(); --most) {
    const int64_t id = due_.front();
    due_.pop_front();
    lock.unlock();
    auto letter = letters_.letter(id);
    if (letter.ok())
      stored = !waits(letter->reason) || try_again(std::move(*letter), report).ok();
    else
      stored = letter.error().code == Code::kNotFound;  // somebody replayed or erased it
    lock.lock();
    if (!stored) due_.push_back(id);
  }
  return due_.size();
}

Result<Done> EventIntake::load_waiting(const KnowsId& knows) {
  constexpr int kPage = 500;
  std::vector<std::string> come;
  for (const DeadReason reason : {DeadReason::kUnknownGarment, DeadReason::kUnknownOrder}) {
    LetterQuery query{0, kPage, reason};
    while (true) {
      TRY_ASSIGN(const auto letters, letters_.letters(query));
      for (const DeadLetter& letter : letters) {
        query.after = letter.id;
        const auto judged = ParsedBatch::judge(serialize_json(letter.body), letter.received_at);
        if (!judged.ok()) continue;
        for (const Event& event : judged->events) {
          auto ids = needed_ids(event);
          wait(ids, letter.id, come_.load());
          std::copy_if(ids.begin(), ids.end(), std::back_inserter(come), knows);
        }
      }
      if (letters.size() < static_cast<size_t>(kPage)) break;
    }
  }
  has_come(come);
  return kOk;
}

Result<DeadLetter> EventIntake::fix(int64_t id, json::value body) {
  TRY_ASSIGN(DeadLetter letter, letters_.letter(id));
  make_coarse(body);
  if (const size_t size = serialize_json(body).size(); size > limits_.body_bytes_max)
    return json_detail::too_long(size, limits_.body_bytes_max, "bytes");
  letter.body = std::move(body);
  TRY(letters_.replace_letter(letter));
  return letter;
}

// True when the letter is gone.
Result<bool> EventIntake::try_again(DeadLetter letter, ReplayReport& report) {
  ++report.replayed;
  const uint64_t come = come_.load();
  auto judged = ParsedBatch::judge(serialize_json(letter.body), letter.received_at);
  std::vector<EntryRefusal> refused;
  if (judged.ok()) {
    // What can be taken by now is, whatever else the letter holds.
    judged->screen([&](Event& event) -> Result<Done> {
      TRY(check_lateness(event, letter.received_at));
      if (!event.occurred_at) event.occurred_at = letter.received_at;
      return kOk;
    });
    refused = std::move(judged->refused);
    TRY_ASSIGN(const EventsReport done, ingest(*judged, Arrival::kReplay, refused));
    report.accepted += done.accepted;
    report.duplicates += done.duplicates;
  } else {
    refused.push_back({0, letter.event_id, DeadReason::kUnparseable, judged.error(), {}});
  }
  if (refused.empty()) {
    ++report.resolved;
    // Somebody else may have replayed or erased it meanwhile.
    if (auto gone = letters_.remove_letter(letter.id); !gone.ok() && gone.error().code != Code::kNotFound)
      return std::move(gone).error();
    return true;
  }
  for (EntryRefusal& refusal : refused) refusal.entry = 0;
  keep_one_an_entry(refused);
  wait(refused.front().waits, letter.id, come);
  auto again = letter_of(std::move(refused.front()), std::move(letter.body), letter.received_at, limits_);
  again.id = letter.id;
  again.tries = letter.tries + 1;
  if (auto kept = letters_.replace_letter(again); !kept.ok() && kept.error().code != Code::kNotFound)
    return std::move(kept).error();
  return false;
}

Result<ReplayReport> EventIntake::replay(int64_t id) {
  TRY_ASSIGN(DeadLetter letter, letters_.letter(id));
  ReplayReport report;
  TRY(try_again(std::move(letter), report));
  return report;
}

Result<ReplayReport> EventIntake::replay(const LetterQuery& query) {
  TRY_ASSIGN(auto letters, letters_.letters(query));
  ReplayReport report;
  if (static_cast<int>(letters.size()) == query.count) report.next = letters.back().id;
  for (auto& letter : letters) TRY(try_again(std::move(letter), report));
  return report;
}

Result<LetterPage> EventIntake::page(const LetterQuery& query) const {
  LetterPage page;
  TRY_ASSIGN(page.letters, letters_.letters(query));
  TRY_ASSIGN(const LetterCount count, letters_.count_letters());
  page.held = count.held;
  page.dropped = count.dropped;
  if (static_cast<int>(page.letters.size()) == query.count) page.next = page.letters.back().id;
  return page;
}

}  // namespace modiste
