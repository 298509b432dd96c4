#include "style/profile_store.h"

namespace modiste {

ProfileStore::State state_at(ProfileStore::State state, TimePoint now, const StyleModel& model) {
  if (state == nullptr || !session_is_over(*state, now, model)) return state;
  auto closed = std::make_shared<ShopperState>(*state);
  close_session(*closed, model);
  return closed;
}

}  // namespace modiste
