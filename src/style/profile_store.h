// Port: where the shoppers' profiles are kept. Implemented by MemoryProfileStore, and in storage/.
//
// A profile is a ShopperFold. Outside of the process it is bytes of a versioned format (state_format.h),
// whose slots, terms and brands are the shop's numbers: a store belongs to one catalog. Profiles are a fold
// of the event log: includes() says up to where, and a start folds what the log has after it.
//
// Threads: any. Changes of one person come in the order of the log.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/log_position.h"
#include "style/shopper_fold.h"

namespace modiste {

struct StoredProfile {
  std::string person;
  ShopperFold fold;
};

class ProfileStore {
 public:
  using State = std::shared_ptr<const ShopperState>;
  using Change = std::function<void(ShopperFold&)>;
  using Visitor = std::function<Result<Done>(const std::string& person, const ShopperFold& fold)>;

  virtual ~ProfileStore() = default;

  // As the latest change left it; the session may be over by now (state_at). Null when nothing is known.
  [[nodiscard]] virtual Result<State> get(std::string_view person) const = 0;
  // The same of many, in their order, in one round trip.
  [[nodiscard]] virtual Result<std::vector<State>> get_many(std::span<const std::string> persons) const = 0;

  // Every change says which position of the log the store includes once it is made. Positions only advance.

  // Changes one profile, begun if there is none, while nobody else does. Returns the state after it.
  virtual Result<State> update(std::string_view person, LogPosition includes, const Change& change) = 0;
  // Puts profiles in place of those that were there. All or none, with the position.
  virtual Result<Done> put_many(std::span<const StoredProfile> profiles, LogPosition includes) = 0;
  // False when nothing was known.
  virtual Result<bool> erase(std::string_view person, LogPosition includes) = 0;

  // Every profile, in no order. Stops at the visitor's first error and returns it. The visitor calls nothing
  // of the store.
  virtual Result<Done> for_each(const Visitor& visit) const = 0;
  // Everything of the log up to here, and nothing after it; begin() of an empty store.
  [[nodiscard]] virtual Result<LogPosition> includes() const = 0;
};

// As a state is to be read at this time (settle() in shopper_state.h). Null stays null.
[[nodiscard]] ProfileStore::State state_at(ProfileStore::State state, TimePoint now, const StyleModel& model);

}  // namespace modiste
