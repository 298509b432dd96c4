// Puts new champions in use while the shop is open: a thread that looks at the registry every second.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "shop/shop_models.h"

namespace modiste {

// Borrows the models.
class ModelFollower {
 public:
  explicit ModelFollower(ShopModels& models);

 private:
  void run(const std::stop_token& stop);

  ShopModels& models_;
  std::mutex mutex_;  // of the wait; guards nothing
  std::condition_variable_any wait_;
  std::jthread thread_;  // last: ends before what it uses
};

}  // namespace modiste
