// HTTP/1.1 and HTTPS requests to other services (libcurl), bounded in time and size.
//
// Certificates must be valid for the host by the system's authorities, or by those in the file that
// SSL_CERT_FILE names. Redirects are not followed unless asked for. http_proxy, https_proxy, all_proxy and
// no_proxy in the environment are obeyed; this machine itself (localhost, 127.0.0.1, ::1) is always asked
// directly. Threads: any; a call blocks at most the timeout. Every call makes its own connection.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace modiste {

struct HttpLimits {
  std::chrono::milliseconds timeout{3'000};  // for all of it: name, connection, handshake, answer
  size_t body_bytes_max = size_t{64} << 10;  // of the answer, as sent
  int redirects_max = 0;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;  // http://HOST[:PORT]/PATH?QUERY or https://...; without a user or password in it
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  bool direct = false;  // past the proxies of the environment: for what another one must not read
};

struct HttpAnswer {
  unsigned status = 0;
  std::string body;
};

// Any status is an answer. kInvalid: not such a URL, or a header with a line break. kUnavailable: not
// reached, too slow, too large, not HTTP; where: the URL without its query.
Result<HttpAnswer> send_http(const HttpRequest& request, const HttpLimits& limits = {});

// For a process that is about to end: calls that wait for an answer, and all later ones, are kUnavailable.
void end_http_calls();

// Percent-encodes all but letters, digits and "-._~", for one step of a path or one value of a query.
[[nodiscard]] std::string percent_encode(std::string_view text);

}  // namespace modiste
