// Changes to a shop that is being served: sent to its API, so that they take effect at once and without a
// restart.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "shop/config.h"

namespace modiste {

// The address of the server that has this data directory open; empty when there is none.
[[nodiscard]] std::optional<std::string> serving_at(const Config& config);

struct RemoteAnswer {
  unsigned status = 0;
  std::string body;
};

// One HTTP/1.1 request to http://host:port. kUnavailable when nobody answers; the key in MODISTE_KEY is sent
// along.
Result<RemoteAnswer> call(const std::string& url, std::string_view method, std::string_view path,
                          std::string_view json);

// Percent-encodes what may not stand in one step of a path.
[[nodiscard]] std::string path_step(std::string_view text);

// kInvalid or kNotFound with the problem's words unless the status is 2xx.
Result<Done> expect_success(const RemoteAnswer& answer);

}  // namespace modiste
