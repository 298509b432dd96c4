// Snapshots of what a shop folded from its log, so that a start need not fold it again:
// docs/formats/snapshot.md. ShopState's parts that come from the log, the order book and the deduplicator, as
// named blocks of bytes.
//
//   write   EventService::cut() copies between two batches; ShopSnapshot::write() turns the copy into blocks
//           while the shop goes on
//   read    about -> Catalog::reserve() -> the catalog -> EventService::restore() -> replay of the rest
//
// A snapshot is of one log, vocabulary, encoder, fit model and version of the fold; of any other it is left
// aside and the log is folded from its beginning. It holds what garments were when their events arrived; a
// running shop does the same: a change of a garment's facts counts from then on. But a garment that events
// named before the catalog knew it, and knows now, asks for the whole log again.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/snapshot_blocks.h"
#include "ingest/deduplicator.h"
#include "serving/events/order_book.h"
#include "serving/state/shop_state.h"

namespace modiste {

// Raise it when the same log would be folded into other bytes than before, or a block changes.
inline constexpr uint32_t kSnapshotVersion = 10;

// SnapshotAbout::fit_version where the fit model was replaced while events were folded: no start may use it.
inline constexpr int kFoldedByMany = -1;

// Error::where of a snapshot that could not be restored.
inline constexpr std::string_view kSnapshotPlace = "snapshot";

// The first block: what the rest is of.
struct SnapshotAbout {
  LogPosition includes;
  uint64_t mark = 0;  // of the event there (EventService)
  uint64_t vocabulary = 0;
  std::string space;  // of the encoder; empty without
  int fit_version = 0;
  struct KnownItem {
    ItemKey key;
    bool was_sold = false;  // else its slot was only reserved
  };
  std::vector<KnownItem> items;     // by slot
  std::vector<std::string> brands;  // by BrandId
  // ProfileBuilder::garments_unknown(), ascending.
  std::vector<uint64_t> garments_unknown;
  bool too_many_unknown = false;  // to be kept
};

// Up to where the log was folded, and by what.
struct FoldedTo {
  LogPosition includes;
  uint64_t mark = 0;  // of the event there
  int fit_version = 0;
};

// What a snapshot is made of and restored into.
struct FoldedParts {
  ShopState& shop;
  OrderBook& orders;
  Deduplicator& deduplicator;
};

class ShopSnapshot {
 public:
  [[nodiscard]] LogPosition includes() const { return includes_; }
  // Stops at the first error of `put` and returns it. Blocks are some MB at most, but for a part that is
  // larger as a whole.
  Result<Done> write(const ProfileCut::Put& put) const;
  // Call it once the snapshot is durable and the earlier ones are removed.
  Result<Done> kept() const { return profiles_->kept(); }

 private:
  friend Result<ShopSnapshot> cut_snapshot(const FoldedParts& parts, const FoldedTo& to);
  [[nodiscard]] SnapshotBlock about_block() const;

  LogPosition includes_;
  SnapshotAbout about_;  // without its items: about_block() lists them from the next two
  std::shared_ptr<const CatalogSnapshot> catalog_;  // as it was at the cut
  const Catalog* keys_ = nullptr;                   // of slots, which keep them; outlives this
  std::vector<SnapshotBlock> parts_;
  std::unique_ptr<ProfileCut> profiles_;
};

// Copies the parts; nobody changes them meanwhile. The catalog must outlive the snapshot.
Result<ShopSnapshot> cut_snapshot(const FoldedParts& parts, const FoldedTo& to);

// The first block. kConflict: of another version; kCorrupt: not what was written.
Result<SnapshotAbout> read_about(SnapshotBlocks& blocks);
// kConflict: the catalog, as it is loaded now, numbers items or brands otherwise, has lost some, or knows
// garments that events named in vain; or another vocabulary, encoder or fit model.
Result<Done> check_snapshot(const SnapshotAbout& about, const ShopState& shop);
// The blocks after the first, into parts that nothing was folded into.
Result<Done> restore_snapshot(const FoldedParts& parts, SnapshotBlocks& blocks);

}  // namespace modiste
