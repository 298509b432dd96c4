// API keys: who may call which routes.
//
// A key is 32 random bytes, written as "mk_" and base64url. Its BLAKE2b-256 hash is stored. A key has 256
// bits of entropy by construction (texts of another form are refused), so that a slow password hash would add
// no protection against guessing, and a fast hash cannot be used to exhaust the server.
// Threads: a KeyRing is immutable.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/access.h"

namespace modiste::http {

// The credential in the text of an Authorization field of scheme Bearer, whose case does not matter (RFC
// 9110); empty for another scheme.
[[nodiscard]] std::string_view bearer_token(std::string_view authorization);

struct ApiKey {
  std::string name;  // label for people; not secret
  Scope scope = Scope::kShopper;
  std::string hash;  // hexadecimal, from new_api_key()
};

struct NewApiKey {
  std::string secret;  // shown once, never stored
  std::string hash;
};
[[nodiscard]] NewApiKey new_api_key();
// kInvalid when the text is not a well-formed key.
Result<std::string> hash_of_key(std::string_view secret);

class KeyRing {
 public:
  // kInvalid for a hash that new_api_key() cannot have produced, or a key for the public scope.
  static Result<KeyRing> make(const std::vector<ApiKey>& keys);

  [[nodiscard]] bool empty() const { return keys_.empty(); }
  // Looks up the key in the text of an Authorization field. Empty when the ring does not have it. Takes the
  // same time for every well-formed key.
  [[nodiscard]] std::optional<Scope> scope_of(std::string_view authorization) const;

 private:
  struct Entry {
    std::string hash;
    Scope scope;
  };
  std::vector<Entry> keys_;
};

}  // namespace modiste::http
