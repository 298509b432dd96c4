#include "http/problem.h"

#include <fmt/format.h>

#include "base/check.h"

namespace modiste::http {
namespace {

Response answer(Problem body) {
  body.title = std::string(reason_phrase(body.status));
  body.type = fmt::format("/docs#problem-{}", body.status);
  Response out{.status = body.status,
               .content_type = std::string(kProblemType),
               .fields = {},
               .body = {},
               .shared_body = {},
               .log = {}};
  out.body = to_json_text(body);
  if (body.status == 503 || body.status == 429)
    out.fields.emplace_back("Retry-After", std::to_string(kRetryAfterSeconds));
  return out;
}

}  // namespace

int status_of(Code code) {
  switch (code) {
    case Code::kInvalid:
      return 400;
    case Code::kNotFound:
      return 404;
    case Code::kConflict:
      return 409;
    case Code::kUnavailable:
      return 503;
    case Code::kCorrupt:
    case Code::kInternal:
      return 500;
  }
  return 500;
}

Response problem(const Error& error) {
  if (status_of(error.code) != 500) return problem(status_of(error.code), error);
  return problem(500, "internal server error; the server's log has the cause under this request's id");
}

Response problem(int status, const Error& error) {
  Problem body;
  body.status = status;
  body.detail = error.what;
  // Only JSON pointers and parameters go into the pointer member; another place ("byte 12") is added
  // to the detail text.
  if (error.where.starts_with('/') || error.where.starts_with('?'))
    body.pointer = error.where;
  else if (!error.where.empty())
    body.detail += fmt::format(" ({})", error.where);
  if (!error.expected.empty()) body.expected = error.expected;
  return answer(std::move(body));
}

Response problem(int status, std::string detail, std::string expected) {
  Problem body;
  body.status = status;
  body.detail = std::move(detail);
  if (!expected.empty()) body.expected = std::move(expected);
  return answer(std::move(body));
}

void name_request(Response& response, std::string_view request_id) {
  if (response.content_type != kProblemType) return;
  CHECK(response.body.ends_with('}'));
  response.body.pop_back();
  response.body += fmt::format(",\"instance\":\"urn:modiste:request:{}\"}}", request_id);
}

}  // namespace modiste::http
