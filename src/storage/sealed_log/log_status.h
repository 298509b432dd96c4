// What a log holds, from its files alone: for looking at a log that another process may be writing.
#pragma once

#include <filesystem>

#include "storage/sealed_log/sealed_log.h"

namespace modiste {

// Takes no lock and writes nothing. Events whose block is still being written are not counted, nor is a torn
// end. Reads the last segment. An absent folder holds nothing. kCorrupt and kConflict as SealedLog::open for
// the manifest and the names and headers of segments; kUnavailable when days are sealed faster than the
// folder can be read.
Result<LogStatus> read_log_status(const std::filesystem::path& folder);

}  // namespace modiste
