// One GET over HTTP/1.1 or HTTPS (Boost.Beast, OpenSSL), with everything about it bounded.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"

namespace modiste {

struct HttpLimits {
  std::chrono::milliseconds timeout{3'000};  // for all of it: name, connection, handshake, answer
  size_t body_bytes_max = 64 * 1024;
};

struct HttpAnswer {
  unsigned status = 0;
  std::string body;
};

// url: http://HOST[:PORT]/PATH?QUERY or https://..., whose certificate must be good for the host by the
// system's authorities. Redirects are not followed. Blocks at most the timeout, except while the system
// resolves a name. kInvalid: no such url. kUnavailable: not reached, too slow, too large, no HTTP.
Result<HttpAnswer> http_get(const std::string& url, const HttpLimits& limits = {});

}  // namespace modiste
