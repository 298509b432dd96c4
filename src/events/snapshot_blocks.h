// Port: a stored snapshot of what was folded from the log, as named blocks of bytes. Implemented in storage/.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace modiste {

struct SnapshotBlock {
  std::string name, bytes;
};

// The blocks in the order in which they were written; nothing after the last. Threads: one owner.
class SnapshotBlocks {
 public:
  virtual ~SnapshotBlocks() = default;
  virtual Result<std::optional<SnapshotBlock>> next() = 0;
};

}  // namespace modiste
