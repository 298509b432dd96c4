// Refuses requests from strangers before they are handled, including those that other sites make
// in a shopper's browser, and says who calls.
//
// On loopback the Host field must name this machine; otherwise a page that points its own name at
// 127.0.0.1 (DNS rebinding) could read the shop. Writes from another origin are refused, and no answer is
// shared with one, unless the configuration lists it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/access.h"
#include "http/auth.h"
#include "http/message.h"
#include "http/options.h"
#include "http/tokens.h"

namespace modiste::http {

class Guard {
 public:
  static Result<Guard> make(const ServiceOptions& options);

  // The refusal, if any: 421 for a foreign Host, 403 for a write that a page of another origin sends.
  [[nodiscard]] std::optional<Response> check_origin(const RequestHead& head) const;
  // Header fields that let the page of a listed origin read the answer (CORS); empty for every other request.
  [[nodiscard]] HeaderFields sharing_fields(const RequestHead& head) const;

  // Whether pages of another origin are to show our photos.
  [[nodiscard]] bool shares() const { return !origins_.empty(); }

  // The caller, or the refusal: 401 for missing or invalid credentials, 403 for valid ones that do not allow
  // the route.
  struct Admission {
    Caller caller;
    std::optional<Response> refused;
  };
  [[nodiscard]] Admission admit(const RequestHead& head, const AccessRule& rule, TimePoint now) const;

  [[nodiscard]] const DeviceTokens& device_tokens() const { return device_tokens_; }

 private:
  Guard(KeyRing keys, DeviceTokens device_tokens, ShopperTokens shopper_tokens,
        const ServiceOptions& options);
  [[nodiscard]] bool is_ours(std::string_view host) const;
  [[nodiscard]] bool is_listed(std::string_view origin) const;
  Result<Scope> read_credentials(const RequestHead& head, TimePoint now, Caller& caller) const;

  KeyRing keys_;
  DeviceTokens device_tokens_;
  ShopperTokens shopper_tokens_;
  bool open_ = true;      // no keys: everybody may do everything
  bool unknown_ = false;  // callers without key and token may do what a rule says of them
  bool loopback_ = true;
  std::string owner_token_;
  std::vector<std::string> hosts_, origins_;
};

// Header fields of every answer: no sniffing, no framing, no referrer. HTML also gets the content policy of
// the web app. Pages of other origins may not embed what is answered, unless the answer itself says so.
inline constexpr std::string_view kSecurityFields =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";

inline constexpr std::string_view kEmbedding = "Cross-Origin-Resource-Policy";

// Content policy of answers that are data. HTML pages have their own.
inline constexpr std::string_view kDataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

}  // namespace modiste::http
