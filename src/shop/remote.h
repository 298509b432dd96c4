// Changes to a shop that is being served go to its API, so that they take effect at once and without a
// restart.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "io/http_client.h"

namespace modiste {

// The address of the server that has this data directory open; empty when there is none.
[[nodiscard]] std::optional<std::string> serving_at(const std::filesystem::path& data);

// One request to the server at url, as JSON. The key in the environment's MODISTE_KEY is sent along. Errors
// as send_http; the problem's own words, pointer and expectation unless the status is 2xx (kNotFound for 404,
// else kInvalid).
Result<std::string> call_server(const std::string& url, std::string_view method, std::string_view path,
                                std::string_view json);

}  // namespace modiste
