// Keeps the k best of a stream of candidates, in a heap of size k.
#pragma once

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "retrieval/candidate.h"

namespace modiste {

class TopCandidates {
 public:
  explicit TopCandidates(size_t k) : k_(std::min(k, kCandidatesMax)) { heap_.reserve(k_); }

  // Whether offer() would keep this score: check it before the filter, which costs more.
  [[nodiscard]] bool wants(const Candidate& candidate) const {
    return heap_.size() < k_ || (k_ > 0 && better(candidate, heap_.front()));
  }
  void offer(const Candidate& candidate) {
    if (!wants(candidate)) return;
    if (heap_.size() == k_) {
      std::pop_heap(heap_.begin(), heap_.end(), better);
      heap_.pop_back();
    }
    heap_.push_back(candidate);
    std::push_heap(heap_.begin(), heap_.end(), better);
  }
  // The score that a candidate must exceed to be kept; -infinity while there is room.
  [[nodiscard]] float threshold() const {
    if (heap_.size() < k_) return -std::numeric_limits<float>::infinity();
    return k_ == 0 ? std::numeric_limits<float>::infinity() : heap_.front().score;
  }
  // Best first.
  [[nodiscard]] std::vector<Candidate> take() && {
    std::sort_heap(heap_.begin(), heap_.end(), better);
    return std::move(heap_);
  }

 private:
  size_t k_;
  std::vector<Candidate> heap_;  // the worst on top
};

}  // namespace modiste
