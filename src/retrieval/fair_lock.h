// A shared lock that is first come, first served: neither readers nor writers starve.
#pragma once

#include "base/mutex.h"

namespace modiste {

// std::shared_mutex admits readers while readers hold it, so that under constant searches a
// change would wait forever. Here a waiting change holds the gate that every newcomer must pass.
// Use MutexLock and ReaderLock.
class CAPABILITY("shared mutex") FairSharedMutex {
 public:
  void lock() ACQUIRE() NO_THREAD_SAFETY_ANALYSIS {
    const MutexLock gate(gate_);
    mutex_.lock();
  }
  void unlock() RELEASE() NO_THREAD_SAFETY_ANALYSIS { mutex_.unlock(); }
  void lock_shared() ACQUIRE_SHARED() NO_THREAD_SAFETY_ANALYSIS {
    const MutexLock gate(gate_);
    mutex_.lock_shared();
  }
  void unlock_shared() RELEASE_SHARED() NO_THREAD_SAFETY_ANALYSIS { mutex_.unlock_shared(); }

 private:
  Mutex gate_;
  SharedMutex mutex_;
};

}  // namespace modiste
