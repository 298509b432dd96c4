// Refuses requests from strangers before they are handled, including those that other sites make
// in a shopper's browser.
//
// On loopback the Host field must name this machine; otherwise a page that points its own name at
// 127.0.0.1 (DNS rebinding) could read the shop. No answer has a CORS field, and writes from
// another origin are refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/auth.h"
#include "http/message.h"
#include "http/options.h"

namespace modiste::http {

class Guard {
 public:
  static Result<Guard> make(const ServiceOptions& options);

  // The refusal, if any: 421 for a foreign Host, 403 for a write that a page of another origin sends.
  [[nodiscard]] std::optional<Response> check_origin(const RequestHead& head) const;
  // 401 without a valid key, 403 with a key whose scope is too small.
  [[nodiscard]] std::optional<Response> check_scope(const RequestHead& head, Scope needed) const;

 private:
  [[nodiscard]] bool is_ours(std::string_view host) const;

  KeyRing keys_;
  Scope anonymous_ = Scope::kAdmin;
  bool loopback_ = true;
  std::vector<std::string> hosts_;
};

// Header fields of every answer: no sniffing, no framing, no referrer. HTML also gets the content policy of
// the web app.
inline constexpr std::string_view kSecurityFields =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";

// Content policy of answers that are data. HTML pages have their own.
inline constexpr std::string_view kDataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

}  // namespace modiste::http
