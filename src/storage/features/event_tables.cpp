#include "storage/features/event_tables.h"

#include <fmt/format.h>

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "events/event_refs.h"
#include "events/event_time_order.h"
#include "events/person_timeline.h"

namespace modiste {
namespace {

constexpr size_t kPageEvents = 32'768;  // a sealed day is reopened for each page
constexpr uint64_t kTableProgressEvents = 16'384;

// Events one by one out of a log that only pushes.
class EventPages {
 public:
  explicit EventPages(const EventLog& log) : log_(log) {}

  // Null at the end. Lives until the next call.
  Result<const LoggedEvent*> next() {
    if (place_ == page_.size()) TRY(turn());
    if (page_.empty()) return nullptr;
    return &page_[place_++];
  }

 private:
  Result<Done> turn() {
    place_ = 0;
    TRY_ASSIGN(page_, read_page(log_, at_, kPageEvents));
    if (!page_.empty()) at_ = page_.back().position;
    return kOk;
  }

  const EventLog& log_;
  LogPosition at_;
  std::vector<LoggedEvent> page_;
  size_t place_ = 0;
};

std::string vector_text(const std::vector<float>& values) {
  return values.empty() ? std::string() : fmt::format("[{}]", fmt::join(values, ","));
}

const std::vector<SqlColumn> kLogColumns{
    {"log_offset", SqlType::kInteger}, {"happened_at", SqlType::kTime}, {"received_at", SqlType::kTime},
    {"known_at", SqlType::kTime},      {"type", SqlType::kText},        {"event_id", SqlType::kText},
    {"subject", SqlType::kText},       {"request_id", SqlType::kText},  {"garment_id", SqlType::kText},
    {"colour", SqlType::kText},        {"undoes", SqlType::kText},      {"position", SqlType::kInteger},
    {"propensity", SqlType::kReal},    {"features", SqlType::kText},    {"training", SqlType::kBool}};

// What the tables are made of, while the log goes by.
class Fold {
 public:
  Fold(const EventLog& log, TimePoint as_of, const TrafficFilterOptions& traffic,
       const std::function<Result<Done>(uint64_t)>& progress)
      : pages_(log), as_of_(as_of), timeline_({.noise = traffic}), progress_(progress) {}

  // The next row of the table log.
  Result<bool> log_row(std::vector<SqlCell>& row) {
    while (event_ == nullptr || item_ == rows_of(event_->event)) {
      TRY_ASSIGN(event_, pages_.next());
      if (event_ == nullptr) return false;
      item_ = 0;
      if (++read_ % kTableProgressEvents == 0) TRY(progress_(read_));
      if (known_at(*event_) >= as_of_)
        item_ = rows_of(event_->event);
      else
        observe(*event_);
    }
    fill(row, item_++);
    return true;
  }

  Result<bool> mark_row(std::vector<SqlCell>& row) {
    if (mark_ == marks_.end()) return false;
    row = {static_cast<int64_t>(mark_->first.number()), static_cast<int64_t>(mark_->second)};
    ++mark_;
    return true;
  }

  Result<bool> person_row(std::vector<SqlCell>& row) {
    if (kind_ == kinds_.end()) return false;
    const std::string& subject = kind_->first;
    const NodeRef node{kind_->second, subject};
    person_ = timeline_.person_of({&node, 1}).value_or(subject);
    persons_.insert(person_);
    row = {std::string_view(subject), std::string_view(person_), timeline_.is_erased(subject)};
    ++kind_;
    return true;
  }

  void finish_log() {
    std::vector<LateMark> idle;
    timeline_.close_idle(as_of_, idle);
    for (const LateMark& late : idle) marks_[late.position] |= late.marks;
    mark_ = marks_.begin();
    kind_ = kinds_.begin();
  }

  [[nodiscard]] EventTablesReport report() const { return {events_, marks_.size(), persons_.size()}; }

 private:
  // A consent is one row; so is a search, whose results were not an answer of the shop.
  static bool has_items(const Event& event) {
    return event.type == EventType::kImpression || event.type == EventType::kServed;
  }
  static size_t rows_of(const Event& event) { return has_items(event) ? event.items.size() : 1; }

  void observe(const LoggedEvent& logged) {
    ++events_;
    const PersonEvent& folded = timeline_.observe(logged);
    subject_ = folded.identity_key;
    if (!subject_.empty()) kinds_.try_emplace(subject_, identity_key_of(EventRefs(logged.event).span()).kind);
    if (folded.marks != 0) marks_[logged.position] |= folded.marks;
    for (const LateMark& late : folded.late) marks_[late.position] |= late.marks;
  }

  void fill(std::vector<SqlCell>& row, size_t item) {
    const Event& event = event_->event;
    const ShownItem* shown = has_items(event) ? &event.items[item] : nullptr;
    row[0] = static_cast<int64_t>(event_->position.number());
    row[1] = time_of(event, event_->received_at);
    row[2] = event_->received_at;
    row[3] = known_at(*event_);
    row[4] = name_of(event.type);
    row[5] = std::string_view(event.event_id);
    row[6] = std::string_view(subject_);
    row[7] = std::string_view(event.request_id);
    row[8] = std::string_view(shown != nullptr ? shown->garment_id : event.garment_id);
    row[9] = std::string_view(shown != nullptr ? shown->colour : event.colour);
    row[10] = std::string_view(event.undoes);
    row[11] = row[12] = row[13] = row[14] = std::monostate();
    if (shown != nullptr) {
      row[11] = static_cast<int64_t>(shown->position);
      row[12] = static_cast<double>(shown->propensity);
      vector_ = vector_text(shown->features);
      if (!vector_.empty()) row[13] = std::string_view(vector_);
    }
    if (event.consent && event.consent->training) row[14] = *event.consent->training;
  }

  EventPages pages_;
  const TimePoint as_of_;
  PersonTimeline timeline_;
  const std::function<Result<Done>(uint64_t)> progress_;

  const LoggedEvent* event_ = nullptr;
  size_t item_ = 0;      // of the event, to come next
  std::string subject_;  // of the event: its identity key
  std::string vector_;   // borrowed by the row
  uint64_t read_ = 0, events_ = 0;

  std::map<LogPosition, TrafficMarks> marks_;
  std::map<LogPosition, TrafficMarks>::iterator mark_;
  std::unordered_map<std::string, IdentifierKind> kinds_;  // of identity keys
  std::unordered_map<std::string, IdentifierKind>::iterator kind_;
  std::string person_;  // borrowed by the row
  std::unordered_set<std::string> persons_;
};

}  // namespace

Result<EventTablesReport> create_event_tables(DuckDb& duckdb, const EventLog& log, TimePoint as_of,
                                              const TrafficFilterOptions& traffic,
                                              const std::function<Result<Done>(uint64_t)>& progress) {
  // The sources stay with the database, though they are pulled only here.
  const auto fold = std::make_shared<Fold>(log, as_of, traffic, progress);
  TRY(duckdb.add_source("log_rows", kLogColumns, [fold](auto& row) { return fold->log_row(row); }));
  TRY(duckdb.execute("CREATE TABLE log AS FROM log_rows()"));
  fold->finish_log();
  TRY(duckdb.add_source("mark_rows", {{"log_offset", SqlType::kInteger}, {"marks", SqlType::kInteger}},
                        [fold](auto& row) { return fold->mark_row(row); }));
  TRY(duckdb.execute("CREATE TABLE marks AS FROM mark_rows()"));
  TRY(duckdb.add_source("person_rows",
                        {{"subject", SqlType::kText}, {"person", SqlType::kText}, {"erased", SqlType::kBool}},
                        [fold](auto& row) { return fold->person_row(row); }));
  TRY(duckdb.execute("CREATE TABLE people AS FROM person_rows()"));
  return fold->report();
}

}  // namespace modiste
