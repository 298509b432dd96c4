// Puts new champions in use while the shop is open: a thread that looks at the registry every second.
#pragma once

#include "base/repeating_thread.h"
#include "shop/shop_models.h"

namespace modiste {

// Borrows the models.
class ModelFollower {
 public:
  explicit ModelFollower(ShopModels& models);

 private:
  RepeatingThread thread_;
};

}  // namespace modiste
