// A shared lock that starves neither side: who comes first goes first.
#pragma once

#include <mutex>
#include <shared_mutex>

namespace modiste {

// std::shared_mutex lets readers in while readers are in, so that under steady searches a change would wait
// for ever. Here a waiting change holds the gate that every newcomer passes. Meets SharedLockable: use
// std::shared_lock.
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
