// Port: where the shoppers' profiles are kept. Implemented by MemoryProfileStore, and in storage/.
//
// A profile is a ShopperFold. Outside of the process it is bytes of a versioned format (state_format.h),
// whose slots, terms and brands are the shop's numbers: a store belongs to one catalog. Profiles are a fold
// of the event log; a snapshot (serving/events/shop_snapshot.h) says up to where, and holds of the store what
// cut() gives it. A store begins empty, or as a snapshot has it.
//
// Threads: any. Changes of one person come in the order of the log.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "events/snapshot_blocks.h"
#include "style/shopper_fold.h"

namespace modiste {

// The profiles of one moment, on their way into a snapshot. Lives no longer than its store.
class ProfileCut {
 public:
  using Put = std::function<Result<Done>(const SnapshotBlock&)>;

  virtual ~ProfileCut() = default;
  // Puts the blocks from which restore() makes the store again. Profiles may change meanwhile.
  virtual Result<Done> write(const Put& put) = 0;
  // Call it once the snapshot with these blocks is durable and the earlier ones are removed: frees what only
  // those needed.
  virtual Result<Done> kept() = 0;
};

class ProfileStore {
 public:
  using State = std::shared_ptr<const ShopperState>;
  using Change = std::function<void(ShopperFold&)>;
  using Visitor = std::function<Result<Done>(const std::string& person, const ShopperFold& fold)>;

  virtual ~ProfileStore() = default;

  // As the latest change left it; the session may be over by now (state_at). Null when nothing is known.
  [[nodiscard]] virtual Result<State> get(std::string_view person) const = 0;

  // Changes one profile, begun if there is none, while nobody else does. Returns the state after it.
  virtual Result<State> update(std::string_view person, const Change& change) = 0;
  // Puts a profile in place of the one that was there, if any.
  virtual Result<Done> put(std::string_view person, ShopperFold fold) = 0;
  // False when nothing was known.
  virtual Result<bool> remove(std::string_view person) = 0;
  // Of a person who asks for it: what is on a disk of them, in earlier versions too, is overwritten when it
  // answers. Also of somebody who was removed before.
  virtual Result<Done> erase(std::string_view person) = 0;

  // Every profile that is there from the beginning to the end of the visit, in no order. Stops at the
  // visitor's first error and returns it. The visitor calls nothing of the store.
  virtual Result<Done> for_each(const Visitor& visit) const = 0;

  // Nobody changes profiles meanwhile.
  virtual Result<std::unique_ptr<ProfileCut>> cut() = 0;
  // A block of a cut, into a store that holds nothing beside earlier blocks. kCorrupt: not such a block, or
  // what it names is damaged or missing.
  virtual Result<Done> restore(const SnapshotBlock& block) = 0;
};

// As a state is to be read at this time (settle() in shopper_state.h). Null stays null.
[[nodiscard]] ProfileStore::State state_at(ProfileStore::State state, TimePoint now, const StyleModel& model);

}  // namespace modiste
