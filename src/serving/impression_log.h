// The impression log: what was answered, as one `served` event a request, with the features that each item
// was ranked by. Training reads them; requests do not wait for them.
//
// Threads: any. Memory: at most ImpressionOptions::queue_max events of about 5 KB (20 items). When nobody
// takes them the oldest go first and are counted.
#pragma once

#include <deque>
#include <mutex>
#include <vector>

#include "events/event.h"
#include "features/feature_matrix.h"
#include "ranking/select.h"
#include "serving/request_state.h"

namespace modiste {

struct ImpressionOptions {
  bool enabled = true;
  size_t queue_max = 4'096;  // eight seconds at 500 requests a second: longer than a disk should stall
  size_t batch_max = 512;    // of one append by itself: 2.5 MB
  size_t ride_max = 64;      // that go along with the events of an ingest, whose sender waits
};

class ImpressionQueue {
 public:
  explicit ImpressionQueue(const ImpressionOptions& options) : options_(options) {}

  // Nothing is kept of a request without a known identifier: an event belongs to somebody.
  void log(const RequestState& request, const std::optional<RequestContext>& asked,
           std::span<const SelectedItem> selected, const FeatureMatrix& features);
  void push(Event event);
  // The oldest ones, at most so many.
  [[nodiscard]] std::vector<Event> take(size_t most);
  void count_lost(size_t events);
  // Events that never reached the log: pushed out, or their append failed.
  [[nodiscard]] uint64_t lost() const;

 private:
  const ImpressionOptions options_;
  mutable std::mutex mutex_;  // guards what follows
  std::deque<Event> events_;
  uint64_t lost_ = 0;
};

}  // namespace modiste
