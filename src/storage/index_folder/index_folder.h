// DATA/index/: the saved indexes of the catalog, sections of bytes in one file that is mapped
// (docs/formats/saved-index.md). Nothing here is the only copy: without it they are rebuilt from the
// database.
//
// A file is written beside the earlier one, synced, renamed; then the earlier one is removed. A power cut or
// kill -9 at any step leaves the earlier one or the new one whole.
//
// Threads: one owner. The folder must be this process's alone (DataDirectory's lock).
#pragma once

#include <filesystem>
#include <optional>

#include "base/clock.h"
#include "base/kept_bytes.h"
#include "io/file.h"

namespace modiste {

// Of the newest file; nothing when none was saved. kCorrupt: cut short, or a checksum is wrong; kConflict:
// another layout.
Result<std::optional<SavedSections>> read_index(const std::filesystem::path& folder);

// What a process that was killed had begun to write.
void remove_unfinished_index(const std::filesystem::path& folder);

// `fill` puts the sections, whose bytes go to the disk as they come. Replaces what is there. kUnavailable:
// the disk refuses; what was written goes, for the event log needs the room.
Result<Done> write_index(Directory& folder, TimePoint now,
                         const std::function<Result<Done>(const PutSection&)>& fill);

}  // namespace modiste
