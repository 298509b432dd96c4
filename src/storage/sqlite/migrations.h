// The versions of the database's schema, in docs/formats/database.md. Internal to storage/sqlite.
#pragma once

#include "storage/sqlite/connection.h"

namespace modiste {

// "MODS": marks our databases.
inline constexpr int kApplicationId = 0x4d4f4453;

// Brings the database to the newest version, or leaves it as it was. kConflict: of a newer program, or
// somebody else's database.
Result<Done> migrate(SqliteConnection& connection);

}  // namespace modiste
