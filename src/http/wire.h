// A response as it goes over the wire.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace modiste::http {

struct WireContext {
  std::string_view request_id;
  bool keep_alive = true;
};

// Status line and fields up to and with the empty line. Adds what every answer carries: date, request id,
// length, security fields; answers that say nothing about caching are not stored.
[[nodiscard]] std::string head_text(const Response& response, const WireContext& context);

// Sixteen hexadecimal digits, unlikely to repeat across restarts. Threads: any.
[[nodiscard]] std::string new_request_id();
// The sender's own id when it is fit for a log line, else a new one.
[[nodiscard]] std::string request_id_for(std::string_view proposed);

}  // namespace modiste::http
