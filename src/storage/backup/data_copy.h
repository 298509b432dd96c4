// A consistent copy of a data directory, also of one that a server is writing to meanwhile: for backups and
// for commands that read beside a server. Format: docs/formats/backup.md.
//
// Copied in this order, so that each part knows of what the parts before it name: the snapshot of the fold
// with the profiles, the event log up to its last whole block, the database by SQLite's backup API, then
// files that never change once they have their name (models after their aliases, photos) or that are replaced
// whole (index, weights, secret, schedule). What came in after the log was copied is not in the copy: a shop
// opened on it is the shop as it was at that event.
//
// Threads: one call a target. Takes no lock of the source and writes nothing there.
#pragma once

#include <filesystem>
#include <functional>

#include "base/result.h"
#include "storage/files/data_directory.h"

namespace modiste {

// So many bytes are copied; an error stops the copy.
using CopyProgress = std::function<Result<Done>(uint64_t bytes)>;

// Every part of the directory into `to`, which is made. kUnavailable: no room, or days are sealed faster than
// copied.
Result<Done> copy_all(const DataPaths& from, const std::filesystem::path& to, const CopyProgress& progress);

// A copy to read from for a while: files that never change are hard links where the disk can, and there are
// no photos. `to` is made.
Result<Done> copy_for_reading(const DataPaths& from, const std::filesystem::path& to);

}  // namespace modiste
