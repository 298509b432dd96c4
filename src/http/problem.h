// Errors as RFC 9457 problem details.
//
// kInvalid 400 (malformed and meaningless alike: the pointer tells them apart), kNotFound 404, kConflict 409,
// kUnavailable 503 with Retry-After, kCorrupt and kInternal 500 without their text: that is for the log.
#pragma once

#include <string>

#include "base/result.h"
#include "http/contracts.h"
#include "http/message.h"

namespace modiste::http {

inline constexpr std::string_view kProblemType = "application/problem+json";
inline constexpr int kRetryAfterSeconds = 1;

[[nodiscard]] int status_of(Code code);

[[nodiscard]] Response problem(const Error& error);
// A problem that HTTP knows and Error does not: 401, 405, 413, ...
[[nodiscard]] Response problem(int status, std::string detail, std::string expected = {});

// Says in a problem which request it is about, by the id that the log has. Other answers stay as they are.
void name_request(Response& response, std::string_view request_id);

}  // namespace modiste::http
