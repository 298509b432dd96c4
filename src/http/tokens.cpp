#include "http/tokens.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "http/signing.h"

namespace modiste::http {
namespace {

constexpr std::string_view kDevicePrefix = "md_";
// Signed with the id, so that the same secret used for something else gives no valid device token.
constexpr std::string_view kDeviceDomain = "modiste device token 1\n";
constexpr size_t kDeviceIdBytes = 16;

Error not_ours() {
  return {Code::kInvalid, "the device token was not issued by this server", "",
          "a device token of POST /v1/devices; ask for a new one"};
}

Error bad_token(std::string what, std::string expected) {
  return {Code::kInvalid, "invalid shopper token: " + std::move(what), "", std::move(expected)};
}

Result<Done> check_secret(std::string_view secret, std::string_view name) {
  if (secret.size() >= kSecretBytesMin) return kOk;
  return Error{
      Code::kInvalid, fmt::format("{} has {} bytes", name, secret.size()), "",
      fmt::format("at least {} random bytes, such as `openssl rand -base64 48` prints", kSecretBytesMin)};
}

// header, payload, signature; views of the token.
Result<std::array<std::string_view, 3>> parts_of(std::string_view token) {
  const size_t first = token.find('.');
  const size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
    return bad_token("it does not have three parts", "a signed JSON Web Token: header.payload.signature");
  return std::array{token.substr(0, first), token.substr(first + 1, second - first - 1),
                    token.substr(second + 1)};
}

Result<json::object> object_of(std::string_view part, std::string_view name) {
  const auto text = from_base64url(part);
  if (text) {
    auto value = parse_json(*text);
    if (value.ok() && value->is_object()) return std::move(value->get_object());
  }
  return bad_token(fmt::format("its {} cannot be read", name), "a JSON object in base64url without padding");
}

// The signature is not looked at under another algorithm: a token must not choose how it is checked.
Result<Done> check_header(const json::object& header) {
  const auto* algorithm = header.if_contains("alg");
  if (algorithm == nullptr || !algorithm->is_string() || algorithm->get_string() != "HS256")
    return bad_token("its algorithm is not HS256", "alg: HS256");
  if (header.contains("crit"))
    return bad_token("it asks for extensions (crit) that are not supported", "a header without crit");
  return kOk;
}

// Seconds since 1970, as RFC 7519 writes times.
Result<std::optional<double>> time_claim(const json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  if (value == nullptr) return std::optional<double>();
  if (!value->is_number() || !std::isfinite(value->to_number<double>()))
    return bad_token(fmt::format("{} is not a number", name), "seconds since 1970");
  return std::optional(value->to_number<double>());
}

Result<std::string> text_claim(const json::object& claims, std::string_view name, bool required) {
  const auto* value = claims.if_contains(name);
  if (value == nullptr && !required) return std::string();
  const auto* text = value == nullptr ? nullptr : value->if_string();
  if (text == nullptr || text->empty() || text->size() > kIdentifierBytesMax)
    return bad_token(fmt::format("{} is missing, empty or too long", name),
                     fmt::format("{}: text of 1 to {} bytes", name, kIdentifierBytesMax));
  return std::string(*text);
}

Result<Done> check_times(const json::object& claims, TimePoint now) {
  const auto seconds = [](auto duration) { return std::chrono::duration<double>(duration).count(); };
  const double present = seconds(now.time_since_epoch());
  TRY_ASSIGN(const auto expires, time_claim(claims, "exp"));
  if (!expires) return bad_token("it has no expiry", "exp: seconds since 1970, for instance in an hour");
  if (*expires <= present) return bad_token("it has expired", "a new token of the shop's backend");
  if (*expires > present + seconds(kTokenAgeMax))
    return bad_token("it expires more than a year ahead", "exp: seconds (not milliseconds) since 1970");
  TRY_ASSIGN(const auto begins, time_claim(claims, "nbf"));
  if (begins && *begins > present + seconds(kClockSkew))
    return bad_token("it is not valid yet", "nbf: a time that has passed");
  return kOk;
}

// A token that was made for another service is not for this one (RFC 7519 4.1.3).
Result<Done> check_audience(const json::object& claims) {
  const auto* audience = claims.if_contains("aud");
  if (audience == nullptr) return kOk;
  const auto is_us = [](const json::value& name) {
    return name.is_string() && name.get_string() == kTokenAudience;
  };
  if (is_us(*audience)) return kOk;
  if (const auto* names = audience->if_array(); names && std::any_of(names->begin(), names->end(), is_us))
    return kOk;
  return bad_token("it is for another audience", fmt::format("aud: {}, or no aud", kTokenAudience));
}

}  // namespace

bool looks_like_device_token(std::string_view text) { return text.starts_with(kDevicePrefix); }

// A header is an object, and '{"' is "eyJ" in base64url.
bool looks_like_shopper_token(std::string_view text) {
  return text.starts_with("ey") && text.find('.') != std::string_view::npos;
}

Result<DeviceTokens> DeviceTokens::make(std::string secret) {
  TRY(check_secret(secret, "the device token secret"));
  return DeviceTokens(std::move(secret));
}

std::string DeviceTokens::new_device_id() { return "dev_" + base64url(random_bytes(kDeviceIdBytes)); }

std::string DeviceTokens::signature(std::string_view device_id) const {
  return hmac_sha256(secret_, std::string(kDeviceDomain) + std::string(device_id));
}

std::string DeviceTokens::token_of(std::string_view device_id) const {
  return fmt::format("{}{}.{}", kDevicePrefix, base64url(device_id), base64url(signature(device_id)));
}

Result<std::string> DeviceTokens::device_of(std::string_view token) const {
  if (!looks_like_device_token(token)) return not_ours();
  token.remove_prefix(kDevicePrefix.size());
  const size_t dot = token.find('.');
  if (dot == std::string_view::npos) return not_ours();
  auto device_id = from_base64url(token.substr(0, dot));
  const auto given = from_base64url(token.substr(dot + 1));
  if (!device_id || !given || device_id->empty() || device_id->size() > kIdentifierBytesMax)
    return not_ours();
  if (!same_bytes(*given, signature(*device_id))) return not_ours();
  return std::move(*device_id);
}

Result<ShopperTokens> ShopperTokens::make(std::vector<std::string> secrets) {
  if (secrets.size() > kShopperSecretsMax)
    return Error{Code::kInvalid, fmt::format("{} secrets of shopper tokens", secrets.size()), "",
                 "one, or two while the secret is replaced"};
  for (const auto& secret : secrets) TRY(check_secret(secret, "a secret of shopper tokens"));
  return ShopperTokens(std::move(secrets));
}

bool ShopperTokens::signed_by_us(std::string_view message, std::string_view signature) const {
  bool found = false;
  for (const auto& secret : secrets_) found |= same_bytes(signature, hmac_sha256(secret, message));
  return found;
}

Result<ShopperClaims> ShopperTokens::verify(std::string_view token, TimePoint now) const {
  if (secrets_.empty())
    return bad_token("this server has no secret to check it with",
                     "server.shopper_token_secrets in its configuration");
  TRY_ASSIGN(const auto parts, parts_of(token));
  TRY_ASSIGN(const auto header, object_of(parts[0], "header"));
  TRY(check_header(header));
  const auto signature = from_base64url(parts[2]);
  if (!signature || !signed_by_us(token.substr(0, parts[0].size() + 1 + parts[1].size()), *signature))
    return bad_token("its signature is wrong", "HS256 with a secret of this server");
  TRY_ASSIGN(const auto claims, object_of(parts[1], "payload"));
  TRY(check_times(claims, now));
  TRY(check_audience(claims));
  ShopperClaims out;
  TRY_ASSIGN(out.shopper_id, text_claim(claims, "sub", true));
  TRY_ASSIGN(out.device_id, text_claim(claims, "device", false));
  return out;
}

}  // namespace modiste::http
