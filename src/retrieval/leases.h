// A bounded set of numbers lent to threads one at a time; a thread waits if none is free.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <numeric>
#include <vector>

#include "base/mutex.h"

namespace modiste {

class Leases {
 public:
  // Numbers 0 to count - 1.
  explicit Leases(size_t count) : free_(count) { std::iota(free_.rbegin(), free_.rend(), size_t{0}); }

  class Lease {
   public:
    explicit Lease(Leases& from) : from_(from), number_(from.take()) {}
    ~Lease() { from_.give_back(number_); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    [[nodiscard]] size_t number() const { return number_; }

   private:
    Leases& from_;
    size_t number_;
  };

 private:
  size_t take() {
    MutexLock lock(mutex_);
    returned_.wait(lock, [&]() REQUIRES(mutex_) { return !free_.empty(); });
    const size_t number = free_.back();
    free_.pop_back();
    return number;
  }
  void give_back(size_t number) {
    {
      const MutexLock lock(mutex_);
      free_.push_back(number);
    }
    returned_.notify_one();
  }

  Mutex mutex_;
  std::condition_variable_any returned_;
  std::vector<size_t> free_ GUARDED_BY(mutex_);  // last in, first out: its buffers are still in the cache
};

}  // namespace modiste
