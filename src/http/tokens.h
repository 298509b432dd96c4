// Tokens: which device a browser is, and who is signed in on it. docs/access.md says how a storefront uses
// them.
//
// A device token is this server's own: "md_", the device id and an HMAC-SHA256 over it, both in base64url.
// Nothing is stored for it. server.devices_per_minute bounds how many an address gets (rate_limit.h). It does
// not expire: it is as old as the browser's device id. Another secret makes all of them void. A shopper token
// is a JSON Web Token (RFC 7519) that the retailer's backend signs with HS256 and a secret that it shares
// with this server. `alg` is fixed: "none" and every other one is refused, whatever the token says.
//
// Threads: immutable. Failure: kInvalid says what is wrong and what would be right, never a secret.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace modiste::http {

inline constexpr size_t kIdentifierBytesMax = 100;  // of a shopper id or a device id, as in events
inline constexpr size_t kShopperSecretsMax = 2;     // the one in use, and the next or last while rotating
inline constexpr auto kClockSkew =
    std::chrono::minutes(1);  // between the retailer's clock and ours, for `nbf`
inline constexpr auto kTokenAgeMax = std::chrono::days(366);   // further ahead, `exp` is not in seconds
inline constexpr std::string_view kTokenAudience = "modiste";  // what `aud` must name, if there is one

// Whether a bearer text has the form of one, valid or not.
[[nodiscard]] bool looks_like_device_token(std::string_view text);
[[nodiscard]] bool looks_like_shopper_token(std::string_view text);

class DeviceTokens {
 public:
  // kInvalid for a secret shorter than kSecretBytesMin.
  static Result<DeviceTokens> make(std::string secret);

  // 128 random bits: nobody can guess another device's.
  [[nodiscard]] static std::string new_device_id();
  [[nodiscard]] std::string token_of(std::string_view device_id) const;
  // The device of a token that this server signed.
  [[nodiscard]] Result<std::string> device_of(std::string_view token) const;

 private:
  explicit DeviceTokens(std::string secret) : secret_(std::move(secret)) {}
  [[nodiscard]] std::string signature(std::string_view device_id) const;

  std::string secret_;
};

// What a shopper token says.
struct ShopperClaims {
  std::string shopper_id;  // `sub`
  std::string device_id;   // `device`; empty: none
};

class ShopperTokens {
 public:
  // kInvalid for more than kShopperSecretsMax secrets, or one shorter than kSecretBytesMin. Without secrets
  // every token is refused.
  static Result<ShopperTokens> make(std::vector<std::string> secrets);

  [[nodiscard]] Result<ShopperClaims> verify(std::string_view token, TimePoint now) const;

 private:
  explicit ShopperTokens(std::vector<std::string> secrets) : secrets_(std::move(secrets)) {}
  [[nodiscard]] bool signed_by_us(std::string_view message, std::string_view signature) const;

  std::vector<std::string> secrets_;
};

}  // namespace modiste::http
