#include "shop/imports/history_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>

#include "http/history_routes.h"
#include "shop/remote/served_catalog.h"

namespace modiste {
namespace {

// Of the longest texts that an event may hold, still below what one append to the log takes.
constexpr size_t kBatchEvents = 2'000;
constexpr size_t kHistoryBatchGarments = 500;

class Stopwatch {
 public:
  Stopwatch(double& seconds, double& cpu_s) : seconds_(seconds), cpu_s_(cpu_s) {}
  ~Stopwatch() {
    seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    cpu_s_ += static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC;
  }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  double &seconds_, &cpu_s_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::clock_t cpu_ = std::clock();
};

// One request; in two halves when it would be too large for one.
Result<Done> send_history(PatientCalls& calls, std::vector<Event> events, HistoryTarget::Taken& into) {
  constexpr size_t kBodyBytesMax = http::kBatchBytesMax * 3 / 4;
  http::HistoryBatch batch{std::move(events)};
  auto body = to_json_text(batch);
  if (body.size() > kBodyBytesMax && batch.events.size() > 1) {
    const auto middle = batch.events.begin() + static_cast<std::ptrdiff_t>(batch.events.size() / 2);
    TRY(send_history(calls, {batch.events.begin(), middle}, into));
    return send_history(calls, {middle, batch.events.end()}, into);
  }
  TRY_ASSIGN(const auto answer, calls.call({"POST", "/v1/history", std::move(body)}));
  TRY_ASSIGN(const auto report, from_json_text<http::HistoryBatchReport>(answer));
  const size_t begin = into.fates.size();
  into.fates.resize(begin + batch.events.size(), IngestResult::kAccepted);
  const auto fate = [&](int index) -> Result<IngestResult>* {
    return index >= 0 && static_cast<size_t>(index) < batch.events.size()
               ? &into.fates[begin + static_cast<size_t>(index)]
               : nullptr;
  };
  for (const int index : report.duplicates)
    if (auto* const duplicate = fate(index)) *duplicate = IngestResult::kDuplicate;
  for (const auto& refusal : report.refused)
    if (auto* const refused = fate(refusal.index))
      *refused = Error{Code::kInvalid, refusal.reason, refusal.pointer, refusal.expected};
  into.unknown_garments += static_cast<size_t>(report.unknown_garments);
  return kOk;
}

}  // namespace

HistoryTarget history_target(Shop& shop) {
  HistoryTarget target;
  target.upsert = [&shop](std::vector<Garment> garments) {
    return shop.catalog().upsert(std::move(garments));
  };
  target.ingest = [&shop](std::vector<Event> events) -> Result<HistoryTarget::Taken> {
    HistoryTarget::Taken taken;
    taken.unknown_garments = http::count_unknown_garments(shop.catalog().view(), events);
    TRY_ASSIGN(taken.fates, shop.events().ingest(std::move(events), Arrival::kImport));
    return taken;
  };
  return target;
}

HistoryTarget served_history_target(const std::shared_ptr<PatientCalls>& calls) {
  HistoryTarget target;
  target.upsert = served_target(calls).upsert;
  target.ingest = [calls](std::vector<Event> events) -> Result<HistoryTarget::Taken> {
    HistoryTarget::Taken taken;
    TRY(send_history(*calls, std::move(events), taken));
    return taken;
  };
  return target;
}

Result<Done> HistoryImport::take_garments(const Reading& read) {
  const Stopwatch watch(seconds_, cpu_s_);
  ProgressLine line("garments", 0);
  HistorySinks sinks;
  sinks.garment = [&](Garment&& garment) -> Result<Done> {
    garments_.push_back(std::move(garment));
    if (garments_.size() < kHistoryBatchGarments) return kOk;
    TRY(flush_garments());
    return line.at(garments_made_), kOk;
  };
  TRY_ASSIGN(const auto report, read(sinks));
  rows_ = report.rows.rows_read;
  return flush_garments();
}

Result<Done> HistoryImport::flush_garments() {
  if (garments_.empty()) return kOk;
  TRY_ASSIGN(const auto results, target_.upsert(std::exchange(garments_, {})));
  for (const auto& result : results) {
    garments_made_ += result.ok() ? 1 : 0;
    garments_new_ += result.ok() && result->created ? 1 : 0;
    if (!result.ok()) refused_.add(result.error().where, 0, result.error().message());
  }
  return kOk;
}

Result<Done> HistoryImport::take_events(const Reading& read) {
  const Stopwatch watch(seconds_, cpu_s_);
  ProgressLine progress("lines", rows_);
  HistorySinks sinks;
  sinks.event = [&](Event&& event, size_t line) -> Result<Done> {
    events_.push_back(std::move(event));
    lines_.push_back(line);
    if (events_.size() < kBatchEvents) return kOk;
    TRY(flush_events());
    return progress.at(line, fmt::format("{} events", accepted_)), kOk;
  };
  TRY_ASSIGN(report_, read(sinks));
  for (const auto& refusal : report_.rows.refusals)
    refused_.add(refusal.column, refusal.line, refusal.reason);
  return flush_events();
}

Result<Done> HistoryImport::flush_events() {
  if (events_.empty()) return kOk;
  TRY_ASSIGN(const auto taken, target_.ingest(std::exchange(events_, {})));
  const auto& fates = taken.fates;
  unknown_garments_ += taken.unknown_garments;
  for (size_t i = 0; i < fates.size(); ++i) {
    if (!fates[i].ok()) {
      ++refused_by_shop_;
      refused_.add(fates[i].error().where, lines_[i], fates[i].error().message());
    } else {
      ++(*fates[i] == IngestResult::kAccepted ? accepted_ : duplicates_);
    }
  }
  lines_.clear();
  return kOk;
}

void HistoryImport::print() const {
  const FeedReport& rows = report_.rows;
  fmt::print("\n{:>8} rows read, {} refused, {} left out\n", rows.rows_read, rows.rows_refused,
             report_.rows_left_out);
  fmt::print("{:>8} events taken, {} known already, {} refused by the shop\n", accepted_, duplicates_,
             refused_by_shop_);
  fmt::print("{:>8} shoppers\n{:>8} garments ({} new)\n", report_.shoppers, garments_made_, garments_new_);
  fmt::print("{:>8.1f} s, {:.0f} rows a second; {:.1f} s of one processor\n", seconds_,
             static_cast<double>(rows.rows_read) / std::max(seconds_, 1e-3), cpu_s_);
  if (unknown_garments_ > 0)
    fmt::print("{:>8} of the events are about garments missing from the catalog: profiles ignore them\n",
               unknown_garments_);
  if (refused_.count() > 0) fmt::print("\nRefused\n{}", refused_.text());
  if (rows.rows_refused > rows.refusals.size())
    fmt::print("  and others: the first {} are listed\n", rows.refusals.size());
  if (!report_.set_aside.empty()) fmt::print("\nTaken without\n");
  for (const auto& [what, count] : report_.set_aside) fmt::print("  {} x {}\n", count, what);
  if (!report_.notes.empty()) fmt::print("\nHow it was understood\n");
  for (const auto& note : report_.notes) fmt::print("  {}\n", note);
}

}  // namespace modiste
