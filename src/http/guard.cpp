#include "http/guard.h"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "base/text.h"
#include "http/problem.h"
#include "http/signing.h"

namespace modiste::http {
namespace {

// "localhost:8080" -> "localhost", "[::1]:8080" -> "[::1]"
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, std::min(host.find(']') + 1, host.size()));
  return host.substr(0, host.find(':'));
}

bool is_read(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

// An origin as browsers send it: scheme, host, and a port unless it is the scheme's own.
Result<std::string> listed_origin(std::string_view text) {
  const auto origin = ascii_lower(text);
  const auto parsed = boost::urls::parse_uri(origin);
  const bool is_web = parsed && (parsed->scheme() == "https" || parsed->scheme() == "http");
  if (is_web && !parsed->encoded_host().empty() && !parsed->has_userinfo() &&
      parsed->encoded_path().empty() && !parsed->has_query() && !parsed->has_fragment())
    return origin;
  return Error{Code::kInvalid, "'" + std::string(text) + "' is not an origin", "",
               "scheme and host of the storefront, such as https://shop.example"};
}

Response unauthorized(Error error) {
  auto out = problem(401, error);
  out.fields.emplace_back("WWW-Authenticate", "Bearer realm=\"modiste\", error=\"invalid_token\"");
  return out;
}

// A key of too small a scope.
Response insufficient(Scope needed) {
  auto out = problem(403, "the API key's scope does not allow this route",
                     "a key of scope " + std::string(name_of(needed)));
  out.fields.emplace_back("WWW-Authenticate",
                          "Bearer realm=\"modiste\", error=\"insufficient_scope\", scope=\"" +
                              std::string(name_of(needed)) + "\"");
  return out;
}

}  // namespace

Guard::Guard(KeyRing keys, DeviceTokens device_tokens, ShopperTokens shopper_tokens,
             const ServiceOptions& options)
    : keys_(std::move(keys)),
      device_tokens_(std::move(device_tokens)),
      shopper_tokens_(std::move(shopper_tokens)),
      open_(keys_.empty()),
      unknown_(options.shoppers_without_key),
      loopback_(options.loopback),
      owner_token_(options.owner_token),
      hosts_{"localhost", "127.0.0.1", "[::1]"} {
  for (const auto& host : options.hosts) hosts_.push_back(ascii_lower(host));
  if (!options.address.empty())
    hosts_.push_back(options.address.find(':') == std::string::npos ? options.address
                                                                    : "[" + options.address + "]");
}

Result<Guard> Guard::make(const ServiceOptions& options) {
  TRY_ASSIGN(auto keys, KeyRing::make(options.keys));
  if (!options.loopback && keys.empty())
    return Error{Code::kInvalid, "an address other than loopback needs an API key", "",
                 "an API key, or a loopback address such as 127.0.0.1"};
  const auto& secret = options.device_token_secret;
  TRY_ASSIGN(auto device_tokens, DeviceTokens::make(secret.empty() ? random_bytes(kSecretBytesMin) : secret));
  TRY_ASSIGN(auto shopper_tokens, ShopperTokens::make(options.shopper_token_secrets));
  Guard guard(std::move(keys), std::move(device_tokens), std::move(shopper_tokens), options);
  for (const auto& origin : options.origins) {
    TRY_ASSIGN(auto listed, listed_origin(origin));
    guard.origins_.push_back(std::move(listed));
  }
  return guard;
}

bool Guard::is_listed(std::string_view origin) const {
  return std::find(origins_.begin(), origins_.end(), ascii_lower(origin)) != origins_.end();
}

bool Guard::is_ours(std::string_view host) const {
  return std::find(hosts_.begin(), hosts_.end(), ascii_lower(without_port(host))) != hosts_.end();
}

std::optional<Response> Guard::check_origin(const RequestHead& head) const {
  // HTTP/1.0 may leave out Host; a browser never does.
  if (loopback_ && !head.host.empty() && !is_ours(head.host))
    return problem(421, "this server does not serve that Host",
                   "localhost, or a host name of the configuration");
  if (head.origin.empty() || is_read(head.method) || is_listed(head.origin)) return std::nullopt;
  const auto scheme = head.origin.find("://");
  const auto origin = scheme == std::string_view::npos ? "" : head.origin.substr(scheme + 3);
  if (!origin.empty() && (ascii_lower(origin) == ascii_lower(head.host) || is_ours(origin)))
    return std::nullopt;
  return problem(403, "this Origin may not make changes (CORS)",
                 "a page of this server, or an origin that server.origins of the configuration lists");
}

HeaderFields Guard::sharing_fields(const RequestHead& head) const {
  if (origins_.empty()) return {};
  HeaderFields out{{"Vary", "Origin"}};
  if (head.origin.empty() || !is_listed(head.origin)) return out;
  out.emplace_back("Access-Control-Allow-Origin", std::string(head.origin));
  if (head.method != "OPTIONS") {
    out.emplace_back("Access-Control-Expose-Headers", "X-Request-Id, Retry-After");
    return out;
  }
  out.emplace_back("Access-Control-Allow-Methods", "GET, PUT, POST, PATCH, DELETE");
  out.emplace_back("Access-Control-Allow-Headers",
                   "Authorization, Content-Type, X-Device-Token, X-Request-Id");
  out.emplace_back("Access-Control-Max-Age", "7200");  // browsers keep it two hours at most
  return out;
}

// The scope of the key, kPublic without one. Error: credentials that are not valid.
Result<Scope> Guard::read_credentials(const RequestHead& head, TimePoint now, Caller& caller) const {
  const auto token = bearer_token(head.authorization);
  Scope scope = Scope::kPublic;
  if (looks_like_device_token(token)) {
    TRY_ASSIGN(caller.device_id, device_tokens_.device_of(token));
  } else if (looks_like_shopper_token(token)) {
    TRY_ASSIGN(auto claims, shopper_tokens_.verify(token, now));
    caller.shopper_id = std::move(claims.shopper_id);
    caller.device_id = std::move(claims.device_id);
  } else if (!owner_token_.empty() && same_bytes(token, owner_token_)) {
    scope = Scope::kAdmin;
  } else if (!open_ && !head.authorization.empty()) {
    const auto found = keys_.scope_of(head.authorization);
    if (!found)
      return Error{Code::kInvalid, "unknown API key", "", "Authorization: Bearer and a key of this shop"};
    scope = *found;
  }
  if (head.device_token.empty()) return scope;
  TRY_ASSIGN(auto device_id, device_tokens_.device_of(head.device_token));
  if (!caller.device_id.empty() && caller.device_id != device_id)
    return Error{Code::kInvalid, "the two tokens belong to different devices", "", "tokens of one device"};
  caller.device_id = std::move(device_id);
  return scope;
}

Guard::Admission Guard::admit(const RequestHead& head, const AccessRule& rule, TimePoint now) const {
  Admission out;
  if (rule.key == Scope::kPublic) return out;
  auto scope = read_credentials(head, now, out.caller);
  if (!scope.ok()) {
    out.refused = unauthorized(std::move(scope).error());
    return out;
  }
  out.caller.trusted = open_ || *scope != Scope::kPublic;
  if (out.caller.trusted) {
    if (!open_ && *scope < rule.key) out.refused = insufficient(rule.key);
    return out;
  }
  const Right right = !out.caller.shopper_id.empty()  ? rule.shopper
                      : !out.caller.device_id.empty() ? rule.device
                      : unknown_                      ? rule.unknown
                                                      : Right::kNone;
  if (right == Right::kNone)
    out.refused = refusal(out.caller, {Code::kInvalid,
                                       out.caller.known() ? "the token does not allow this route"
                                                          : "this route needs credentials",
                                       "", "Authorization: Bearer and " + accepted_credentials(rule)});
  return out;
}

}  // namespace modiste::http
