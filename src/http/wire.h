// Writes the head of a response.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace modiste::http {

struct WireContext {
  std::string_view request_id;
  bool keep_alive = true;
};

// Status line and header fields, including the empty line. Adds what every answer has: date, request id,
// length, security fields. Answers without caching fields are marked as not to be stored.
[[nodiscard]] std::string head_text(const Response& response, const WireContext& context);

// Sixteen hexadecimal digits, unlikely to repeat across restarts. Threads: any.
[[nodiscard]] std::string new_request_id();
// The sender's own id if it is safe for a log line, else a new one.
[[nodiscard]] std::string request_id_for(std::string_view proposed);

}  // namespace modiste::http
