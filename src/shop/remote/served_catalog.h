// Reads and writes the catalog of a running server over its API.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "shop/imports/catalog_import.h"
#include "shop/remote/remote.h"

namespace modiste {

// The catalog of the server; what it refuses comes back garment by garment. The calls are shared with the
// target.
[[nodiscard]] ImportTarget served_target(const std::shared_ptr<PatientCalls>& calls);

// Every garment of the server that `call` asks, in the order of ids, page by page.
using CallServer = std::function<Result<std::string>(const ServerCall&)>;
Result<Done> for_each_served_garment(const CallServer& call,
                                     const std::function<Result<Done>(Garment&&)>& visit);
// By one call a page: a server that is busy is not waited for.
Result<Done> for_each_served_garment(const ServingNote& server,
                                     const std::function<Result<Done>(Garment&&)>& visit);

}  // namespace modiste
