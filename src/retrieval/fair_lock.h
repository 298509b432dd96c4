// A shared lock that is first come, first served: neither readers nor writers starve.
#pragma once

#include <mutex>
#include <shared_mutex>

namespace modiste {

// std::shared_mutex admits readers while readers hold it, so that under constant searches a
// change would wait forever. Here a waiting change holds the gate that every newcomer must pass.
// Meets SharedLockable: use std::shared_lock.
class FairSharedMutex {
 public:
  void lock() {
    const std::lock_guard gate(gate_);
    mutex_.lock();
  }
  void unlock() { mutex_.unlock(); }
  void lock_shared() {
    const std::lock_guard gate(gate_);
    mutex_.lock_shared();
  }
  void unlock_shared() { mutex_.unlock_shared(); }

 private:
  std::mutex gate_;
  std::shared_mutex mutex_;
};

}  // namespace modiste
