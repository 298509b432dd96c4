// Lets a challenger score the candidates of live requests beside the ranker that answers, and counts how far
// the two agree. The answer does not know of it.
//
// A share of the answers is passed on when it is complete: the request and what was ranked are moved into a
// short queue, and a thread of its own computes what the challenger reads, scores, compares and forgets. When
// the queue is full the answer is passed over and counted, so that a slow challenger costs other answers
// nothing but its thread. Compared are the rankers' own scores, before the objective's terms, rules and
// diversity, which are the same for both.
//
// Threads: any. Memory: at most waiting_max requests with their candidates, some 100 KB each.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/mutex.h"
#include "base/versioned.h"
#include "ranking/ranker.h"
#include "serving/answer/ranked.h"
#include "serving/request/request_state.h"

namespace modiste {

struct ShadowOptions {
  double share = 0.1;           // of the answers: a tenth of 100,000 a day tells orders apart to a thousandth
  size_t waiting_max = 16;      // answers; more than a second of them would be compared too late to matter
  size_t ahead = 10;            // garments that a shopper sees first, by which orders are compared
  uint64_t told_every = 1'000;  // comparisons between two lines of the log
};

// What a challenger is compared on, as the answering ranker had it.
struct ShadowedAnswer {
  RequestState request;
  Ranked ranked;  // by the ranker that answered; without what was found
};

// Of the pair of rankers that is compared now; begins again when either changes.
struct ShadowCounts {
  std::string champion, challenger;  // names; the challenger's is empty while there is none
  uint64_t compared = 0;
  uint64_t passed_over = 0;               // the queue was full
  uint64_t unusable = 0;                  // a score of the challenger was not finite
  double first_common = 0;                // mean
  double correlation = 0;                 // mean
  double score_ms = 0, score_ms_max = 0;  // features and scores of the challenger: mean and most
};

class ShadowRanking {
 public:
  explicit ShadowRanking(const ShadowOptions& options);
  // Forgets what waits.
  ~ShadowRanking();
  ShadowRanking(const ShadowRanking&) = delete;
  ShadowRanking& operator=(const ShadowRanking&) = delete;

  // Null: nothing is compared. May be replaced while requests run.
  void use(std::shared_ptr<const Ranker> challenger, int version);
  // Whether this answer belongs to the share; counts it.
  [[nodiscard]] bool wants();
  void offer(ShadowedAnswer answer);
  [[nodiscard]] ShadowCounts counts() const;
  // Waits until nothing waits. For tests and simulations.
  void drain() const;

 private:
  void run(const std::stop_token& stop);
  void compare(const Ranker& challenger, ShadowedAnswer answer);
  void begin_again_for(const std::string& champion, std::string_view challenger) REQUIRES(mutex_);

  const ShadowOptions options_;
  Versioned<const Ranker> challenger_{nullptr};  // replaced under mutex_, with the counts
  std::atomic<uint64_t> answers_ = 0;
  mutable Mutex mutex_;
  mutable std::condition_variable_any changed_;
  std::deque<ShadowedAnswer> waiting_ GUARDED_BY(mutex_);
  bool comparing_ GUARDED_BY(mutex_) = false;
  ShadowCounts counts_ GUARDED_BY(mutex_);
  std::jthread thread_;
};

}  // namespace modiste
