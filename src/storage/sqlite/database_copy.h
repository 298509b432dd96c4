// One SQLite database copied while another connection or process writes to it.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace modiste {

// SQLite's backup API in one step: the state between two transactions; writers go on (WAL). `to` is made, as
// one file without a WAL. Errors as sqlite_error.
Result<Done> copy_database(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace modiste
