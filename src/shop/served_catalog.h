// Reads and writes the catalog of a running server over its API.
#pragma once

#include <functional>
#include <string>

#include "shop/catalog_import.h"

namespace modiste {

// The catalog of the server at url; what it refuses comes back garment by garment.
[[nodiscard]] ImportTarget served_target(const std::string& url);

// Every garment of the server at url, in the order of ids, page by page.
Result<Done> for_each_served_garment(const std::string& url,
                                     const std::function<Result<Done>(Garment&&)>& visit);

}  // namespace modiste
