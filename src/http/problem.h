// Writes errors as RFC 9457 problem details.
//
// kInvalid is 400 (for malformed and meaningless input alike: the pointer shows where), kNotFound 404,
// kConflict 409, kUnavailable 503 with Retry-After, kCorrupt and kInternal 500 without their text, which goes
// to the log only.
#pragma once

#include <string>

#include "base/result.h"
#include "http/basic_contracts.h"
#include "http/message.h"

namespace modiste::http {

inline constexpr std::string_view kProblemType = "application/problem+json";
inline constexpr int kRetryAfterSeconds = 1;

[[nodiscard]] int status_of(Code code);

[[nodiscard]] Response problem(const Error& error);
// A problem that HTTP has and Error does not: 401, 405, 413, ...
[[nodiscard]] Response problem(int status, std::string detail, std::string expected = {});
// The same with the error's words, and where it is.
[[nodiscard]] Response problem(int status, const Error& error);

// Adds to a problem the id under which the server's log has the request. Leaves other answers unchanged.
void name_request(Response& response, std::string_view request_id);

}  // namespace modiste::http
