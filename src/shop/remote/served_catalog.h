// Reads and writes the catalog of a running server over its API.
#pragma once

#include <functional>
#include <string>

#include "shop/imports/catalog_import.h"
#include "shop/remote/remote.h"

namespace modiste {

// The catalog of the server; what it refuses comes back garment by garment.
[[nodiscard]] ImportTarget served_target(const ServingNote& server);

// Every garment of the server, in the order of ids, page by page.
Result<Done> for_each_served_garment(const ServingNote& server,
                                     const std::function<Result<Done>(Garment&&)>& visit);

}  // namespace modiste
