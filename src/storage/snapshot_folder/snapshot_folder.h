// DATA/snapshot/: what was folded from the log, with the position up to which it was
// (docs/formats/snapshot.md). Nothing here is the only copy: without it the log is folded from its beginning.
//
// A snapshot is written beside the earlier one, synced, renamed; then the earlier one is removed. A power cut
// or kill -9 at any step leaves the earlier one or the new one whole.
//
// Threads: write() one caller at a time; erase_all() from any thread, also during a write, which then fails:
// after erase_all() nothing stands on the disk that was copied before it.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "base/mutex.h"
#include "events/log_position.h"
#include "events/snapshot_blocks.h"
#include "io/file.h"

namespace modiste {

class SnapshotFolder {
 public:
  // Removes what a process that was killed had begun to write.
  explicit SnapshotFolder(std::unique_ptr<Directory> directory);

  struct Stored {
    LogPosition includes;
    uint64_t bytes = 0;
    std::unique_ptr<SnapshotBlocks> blocks;
  };
  // The newest that is whole: every checksum was compared. Those that are not are reported to left_aside.
  Result<std::optional<Stored>> newest(const std::function<void(const Error&)>& left_aside) const;

  // What the caller copied may be written while nothing was erased since: begin before the copy.
  class Permit {
    friend class SnapshotFolder;
    uint64_t erasures = 0;
  };
  [[nodiscard]] Permit begin() const;
  using Put = std::function<Result<Done>(const SnapshotBlock&)>;
  // `fill` puts the blocks. Answers the bytes of the file. kConflict: something was erased meanwhile. One
  // that fails leaves nothing: where the disk is full, the event log needs the room.
  Result<uint64_t> write(Permit permit, LogPosition includes,
                         const std::function<Result<Done>(const Put&)>& fill);
  Result<Done> erase_all();

 private:
  Result<uint64_t> write_unfinished(const std::function<Result<Done>(const Put&)>& fill);
  Result<Done> commit(Permit permit, const std::string& name);
  Result<Done> remove_all_but(std::string_view kept) REQUIRES(mutex_);

  std::unique_ptr<Directory> directory_;
  mutable Mutex mutex_;
  uint64_t erasures_ GUARDED_BY(mutex_) = 0;
};

}  // namespace modiste
