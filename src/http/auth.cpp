#include "http/auth.h"

#include <sodium.h>

#include <array>

#include "base/check.h"
#include "base/text.h"
#include "http/signing.h"

namespace modiste::http {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr std::string_view kPrefix = "mk_";
constexpr size_t kSecretLength = 3 + 43;
constexpr size_t kHashLength = size_t{2} * crypto_generichash_BYTES;

void start_sodium() { CHECK(sodium_init() >= 0); }

bool is_key(std::string_view secret) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return secret.size() == kSecretLength && secret.starts_with(kPrefix) &&
         std::all_of(secret.begin(), secret.end(), allowed);
}

}  // namespace

std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() < kScheme.size()) return {};
  for (size_t i = 0; i < kScheme.size(); ++i)
    if ((authorization[i] | 0x20) != kScheme[i]) return {};
  auto token = authorization.substr(kScheme.size());
  while (token.starts_with(' ')) token.remove_prefix(1);
  return token;
}

NewApiKey new_api_key() {
  NewApiKey out{.secret = std::string(kPrefix) + base64url(random_bytes(kKeyBytes)), .hash = {}};
  out.hash = *hash_of_key(out.secret);
  return out;
}

Result<std::string> hash_of_key(std::string_view secret) {
  start_sodium();
  if (!is_key(secret))
    return Error{Code::kInvalid, "malformed API key", "", "'mk_' followed by 43 characters of base64url"};
  std::array<unsigned char, crypto_generichash_BYTES> hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(secret.data()),
                     secret.size(), nullptr, 0);
  return to_hex(std::as_bytes(std::span(hash)));
}

Result<KeyRing> KeyRing::make(const std::vector<ApiKey>& keys) {
  start_sodium();
  KeyRing ring;
  for (const auto& key : keys) {
    if (key.scope == Scope::kPublic)
      return Error{Code::kInvalid, "key '" + key.name + "' has no scope", "", "shopper, writer or admin"};
    if (key.hash.size() != kHashLength || key.hash.find_first_not_of("0123456789abcdef") != std::string::npos)
      return Error{Code::kInvalid, "key '" + key.name + "' has no valid hash", "",
                   "64 hexadecimal digits, as printed when the key was created"};
    ring.keys_.push_back({key.hash, key.scope});
  }
  return ring;
}

std::optional<Scope> KeyRing::scope_of(std::string_view authorization) const {
  const auto hash = hash_of_key(bearer_token(authorization));
  if (!hash.ok()) return std::nullopt;
  std::optional<Scope> found;
  for (const auto& key : keys_)
    if (same_bytes(*hash, key.hash)) found = key.scope;
  return found;
}

}  // namespace modiste::http
