// Port: where pools are kept from one night to the next. Implemented in storage/.
//
// Threads: any. Durable when they answer.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "lookbook/look.h"

namespace modiste {

class LookStore {
 public:
  virtual ~LookStore() = default;
  // All or none. Each takes the place of the one with its cluster id.
  virtual Result<Done> put_pools(std::span<const lookbook::LookPool> pools) = 0;
  // Every pool of the version that this program knows, by cluster id.
  [[nodiscard]] virtual Result<std::vector<lookbook::LookPool>> pools() const = 0;
  // Answers how many expired before this time and went.
  virtual Result<size_t> drop_expired_pools(TimePoint now) = 0;
};

}  // namespace modiste
