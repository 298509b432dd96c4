// Gives back the networks of a shop that nobody searches and nobody adds garments to: after one to two
// minutes.
#pragma once

#include "base/repeating_thread.h"
#include "shop/open_shop.h"

namespace modiste {

// Borrows the shop. At its start it returns to the system what opening the shop used and freed.
class IdleNetworks {
 public:
  explicit IdleNetworks(OpenShop& shop);

 private:
  RepeatingThread thread_;
};

}  // namespace modiste
