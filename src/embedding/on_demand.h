// A network that is loaded when a call needs it, and given back when none has needed it for a while.
#pragma once

#include <malloc.h>

#include <functional>
#include <memory>
#include <utility>

#include "base/mutex.h"
#include "base/result.h"

namespace modiste {

// Threads: any. A call that comes while the network is loaded waits for it.
template <class Network>
class OnDemand {
 public:
  using Load = std::function<Result<Network>()>;

  explicit OnDemand(Load load) : load_(std::move(load)) {}
  OnDemand(Load load, Network loaded)
      : load_(std::move(load)), network_(std::make_shared<const Network>(std::move(loaded))) {}

  // The caller's share keeps the network alive while it works with it.
  Result<std::shared_ptr<const Network>> get() {
    MutexLock lock(mutex_);
    if (network_ == nullptr) {
      auto loaded = load_();
      if (!loaded.ok()) return loaded.error();
      network_ = std::make_shared<const Network>(std::move(loaded).value());
      ::malloc_trim(0);  // what loading read, folded and handed over is several times what stays
    }
    used_ = true;
    return network_;
  }

  // Gives the network back unless get() was called since the last call. True when it did.
  bool release_unused() {
    MutexLock lock(mutex_);
    if (std::exchange(used_, false) || network_ == nullptr) return false;
    network_.reset();
    return true;
  }

 private:
  const Load load_;
  Mutex mutex_;
  std::shared_ptr<const Network> network_ GUARDED_BY(mutex_);
  bool used_ GUARDED_BY(mutex_) = false;
};

}  // namespace modiste
