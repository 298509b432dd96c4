// The impression log: one `served` event per request, with the items shown and, from the recommender, the
// features that each was ranked by. Training reads it. Requests do not wait for it.
//
// Threads: any. Memory: at most ImpressionOptions::queue_max events of about 5 KB (20 items). When the queue
// is full, the oldest events are dropped and counted.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "base/mutex.h"
#include "events/event.h"
#include "features/feature_matrix.h"
#include "ranking/select.h"
#include "serving/request/request_state.h"

namespace modiste {

struct ImpressionOptions {
  bool enabled = true;
  size_t queue_max = 4'096;  // eight seconds at 500 requests a second: longer than a disk should stall
  size_t batch_max = 512;    // per append by flush_impressions(): 2.5 MB
  size_t ride_max = 64;      // appended together with an ingest, whose sender waits
};

struct QueuedAnswer {
  Event event;
  bool raw = false;  // its identifiers are as asked: nothing carried them before, so they have no subject yet
};

class ImpressionQueue {
 public:
  explicit ImpressionQueue(const ImpressionOptions& options) : options_(options) {}

  // A request without an identifier is not logged: an event needs a subject.
  void log(const RequestState& request, const std::optional<RequestContext>& asked,
           std::span<const SelectedItem> selected, const FeatureMatrix& features);
  // An answer that no ranker with features made: to a query, or like a garment. A photo's has neither.
  struct Found {
    std::string query, garment_id;
  };
  void log_found(const RequestState& request, const Answer& answer, Found by);
  void push(QueuedAnswer answer);
  // Removes and returns the oldest answers, at most `most`.
  [[nodiscard]] std::vector<QueuedAnswer> take(size_t most);
  void count_lost(size_t events);
  // The number of events that never reached the log: dropped from the full queue, or their append failed.
  [[nodiscard]] uint64_t lost() const;

 private:
  [[nodiscard]] static std::optional<QueuedAnswer> answer_to(const RequestState& request);

  const ImpressionOptions options_;
  mutable Mutex mutex_;
  std::deque<QueuedAnswer> answers_ GUARDED_BY(mutex_);
  uint64_t lost_ GUARDED_BY(mutex_) = 0;
};

}  // namespace modiste
