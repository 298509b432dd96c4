// The secret that signs device tokens, where the configuration names none.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace modiste {

// Of device-token.key in the data directory; the file is made on the first call, readable by its owner only.
// Deleting it makes every device token void. kCorrupt when it is too short to be a secret; kUnavailable as
// the file system says.
Result<std::string> device_secret(const std::filesystem::path& data);

}  // namespace modiste
