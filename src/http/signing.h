// What keys and tokens are made of: random bytes, base64url, HMAC-SHA256, comparison in constant time. By
// libsodium.
//
// Threads: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace modiste::http {

// Shorter secrets could be guessed offline by someone who holds one token (RFC 7518 3.2 asks for as many bits
// as the hash has).
inline constexpr size_t kSecretBytesMin = 32;

[[nodiscard]] std::string random_bytes(size_t count);

// Base64url without padding (RFC 4648 5).
[[nodiscard]] std::string base64url(std::string_view bytes);
// Empty for anything that base64url() cannot have written: padding, other characters, stray bits at the end.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

// 32 bytes (RFC 2104).
[[nodiscard]] std::string hmac_sha256(std::string_view secret, std::string_view message);

// In a time that depends on the lengths only.
[[nodiscard]] bool same_bytes(std::string_view a, std::string_view b);

}  // namespace modiste::http
