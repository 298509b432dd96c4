#include "http/guard.h"

#include <algorithm>

#include "base/text.h"
#include "http/problem.h"

namespace modiste::http {
namespace {

// "localhost:8080" -> "localhost", "[::1]:8080" -> "[::1]"
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, std::min(host.find(']') + 1, host.size()));
  return host.substr(0, host.find(':'));
}

bool is_read(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

Response unauthorized(std::string detail, std::string_view challenge) {
  auto out = problem(401, std::move(detail), "Authorization: Bearer and a key of this shop");
  out.fields.emplace_back("WWW-Authenticate", std::string(challenge));
  return out;
}

}  // namespace

Result<Guard> Guard::make(const ServiceOptions& options) {
  Guard guard;
  TRY_ASSIGN(guard.keys_, KeyRing::make(options.keys));
  guard.loopback_ = options.loopback;
  if (!options.loopback && guard.keys_.empty())
    return Error{Code::kInvalid, "an address other than loopback needs an API key", "",
                 "an API key, or a loopback address such as 127.0.0.1"};
  if (!guard.keys_.empty())
    guard.anonymous_ = options.shoppers_without_key ? Scope::kShopper : Scope::kPublic;
  guard.hosts_ = {"localhost", "127.0.0.1", "[::1]"};
  for (const auto& host : options.hosts) guard.hosts_.push_back(ascii_lower(host));
  return guard;
}

bool Guard::is_ours(std::string_view host) const {
  return std::find(hosts_.begin(), hosts_.end(), ascii_lower(without_port(host))) != hosts_.end();
}

std::optional<Response> Guard::check_origin(const RequestHead& head) const {
  // HTTP/1.0 may leave out Host; a browser never does.
  if (loopback_ && !head.host.empty() && !is_ours(head.host))
    return problem(421, "this server does not serve that Host",
                   "localhost, or a host name of the configuration");
  if (head.origin.empty() || is_read(head.method)) return std::nullopt;
  const auto scheme = head.origin.find("://");
  const auto origin = scheme == std::string_view::npos ? "" : head.origin.substr(scheme + 3);
  if (!origin.empty() && (ascii_lower(origin) == ascii_lower(head.host) || is_ours(origin)))
    return std::nullopt;
  return problem(403, "cross-origin writes are not allowed");
}

std::optional<Response> Guard::check_scope(const RequestHead& head, Scope needed) const {
  if (needed <= anonymous_) return std::nullopt;
  if (head.authorization.empty())
    return unauthorized("this route needs an API key", "Bearer realm=\"modiste\"");
  const auto scope = keys_.scope_of(head.authorization);
  if (!scope) return unauthorized("unknown API key", "Bearer realm=\"modiste\", error=\"invalid_token\"");
  if (*scope >= needed) return std::nullopt;
  auto out = problem(403, "the API key's scope does not allow this route",
                     "a key of scope " + std::string(name_of(needed)));
  out.fields.emplace_back("WWW-Authenticate",
                          "Bearer realm=\"modiste\", error=\"insufficient_scope\", scope=\"" +
                              std::string(name_of(needed)) + "\"");
  return out;
}

}  // namespace modiste::http
