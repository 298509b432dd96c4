// The backends that open_storage() knows.
#pragma once

#include <array>
#include <string_view>

#include "storage/open_storage.h"

namespace modiste {

struct StorageScheme {
  std::string_view name;  // before the colon
  std::string_view rest;  // what stands behind it: "DIRECTORY"
  Result<Storage> (*open)(std::string_view rest, const StorageOptions& options);
};

// Declared here, defined each in its backend's folder.
extern const StorageScheme kFileScheme, kSqliteScheme, kMemoryScheme;

inline constexpr std::array kStorageSchemes{&kFileScheme, &kSqliteScheme, &kMemoryScheme};

}  // namespace modiste
