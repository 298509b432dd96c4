#include "style/profile_store.h"

namespace modiste {

ProfileStore::State state_at(ProfileStore::State state, TimePoint now, const StyleModel& model) {
  if (state == nullptr || is_settled(*state, now, model)) return state;
  auto settled = std::make_shared<ShopperState>(*state);
  settle(*settled, now, model);
  return settled;
}

}  // namespace modiste
