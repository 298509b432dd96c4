#include "lookbook/last_mile.h"

namespace modiste::lookbook {

MileResult last_mile(const MileInput& input) {
  MileResult result;
  auto& after = result.after;
  after[0] = by_time(input.looks, input.evening);
  auto kept = without_vetoed(input.looks, after[0], input.wanted);
  result.allowed = std::move(kept.allowed);
  MileOrder order = std::move(kept.order);
  after[1] = order;
  by_liking(input.looks, input.weights, order);
  after[2] = order;
  by_traits(input.looks, input.shopper, input.weights, order);
  after[3] = order;
  by_hash(input.looks, input.seed, order);
  after[4] = order;
  result.order = std::move(order);
  return result;
}

}  // namespace modiste::lookbook
