// A request and a response, independent of the HTTP library.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace modiste::http {

enum class Method : uint8_t { kGet, kPut, kPost, kPatch, kDelete };

[[nodiscard]] std::string_view name_of(Method method);
// HEAD is read as GET; the connection leaves the body out. Empty for methods that no route can have.
[[nodiscard]] std::optional<Method> method_from_name(std::string_view name);

// The header fields that the server reads. Views: valid while the parser that read them exists.
struct RequestHead {
  std::string_view method, target;
  std::string_view host, origin, content_type, content_encoding, authorization, device_token;
  std::string_view accept, accept_encoding, if_none_match, request_id;
  std::string_view peer, forwarded_for;  // address of the connection; all X-Forwarded-For
};

// A request target, split and percent-decoded; every part is valid UTF-8.
struct Target {
  std::string path;                   // as sent, without the query
  std::vector<std::string> segments;  // "/v1/garments/MH01" -> v1, garments, MH01; "/" -> none
  std::vector<std::pair<std::string, std::string>> query;
};

// Origin form, or absolute form (RFC 9112 3.2). kInvalid for anything else and for broken escapes.
Result<Target> parse_target(std::string_view target);

using HeaderFields = std::vector<std::pair<std::string_view, std::string>>;

struct Response {
  int status = 200;
  std::string content_type;  // empty: no body
  HeaderFields fields;       // further header fields
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // instead of body, when not null
  std::string log;                                 // added to the request's log line

  [[nodiscard]] std::string_view bytes() const { return shared_body ? *shared_body : std::string_view(body); }
};

[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace modiste::http
