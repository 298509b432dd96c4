// Imports a history into a shop: reads it, sends it in batches, counts, reports.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "history/history.h"
#include "shop/console/progress_line.h"
#include "shop/imports/catalog_import.h"
#include "shop/imports/refusal_groups.h"
#include "shop/remote/remote.h"

namespace modiste {

// The shop that a history goes into.
struct HistoryTarget {
  struct Taken {
    std::vector<Result<IngestResult>> fates;  // of the events, in their order
    size_t unknown_garments = 0;              // events about garments that the catalog does not know
  };
  Upserter upsert;
  std::function<Result<Taken>(std::vector<Event>)> ingest;
};

// A shop that this process has open; borrowed.
[[nodiscard]] HistoryTarget history_target(Shop& shop);
// The shop of a running server.
[[nodiscard]] HistoryTarget served_history_target(const std::shared_ptr<PatientCalls>& calls);

// Threads: one owner.
class HistoryImport {
 public:
  // One reading of the source into the sinks.
  using Reading = std::function<Result<HistoryReport>(const HistorySinks&)>;

  explicit HistoryImport(HistoryTarget target) : target_(std::move(target)) {}

  // Garments first, in a reading of their own: profiles ignore events of garments that are missing from
  // the catalog. Errors: the reading's, or the shop's when it could keep nothing.
  Result<Done> take_garments(const Reading& read);
  Result<Done> take_events(const Reading& read);

  void print() const;

 private:
  Result<Done> flush_garments();
  Result<Done> flush_events();

  HistoryTarget target_;
  std::vector<Garment> garments_;
  std::vector<Event> events_;
  std::vector<size_t> lines_;  // of events_
  HistoryReport report_;       // of the reading of events
  size_t garments_made_ = 0, garments_new_ = 0, accepted_ = 0, duplicates_ = 0, refused_by_shop_ = 0;
  size_t unknown_garments_ = 0;
  RefusalGroups refused_;
  double seconds_ = 0, cpu_s_ = 0;
  size_t rows_ = 0;  // of the first reading: what the second has before it
};

}  // namespace modiste
