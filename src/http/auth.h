// API keys: who may call what.
//
// A key is 32 random bytes, "mk_" and base64url. What is stored is its BLAKE2b-256: a key has 256 bits of
// entropy by construction (other texts are refused by their form), so there is no guessing that a slow
// password hash would slow down, and a fast one cannot be used to exhaust the server.
// Threads: a KeyRing is immutable.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/router.h"

namespace modiste::http {

struct ApiKey {
  std::string name;  // for people; never secret
  Scope scope = Scope::kShopper;
  std::string hash;  // hex, as new_api_key() gives it
};

struct NewApiKey {
  std::string secret;  // shown once, never stored
  std::string hash;
};
[[nodiscard]] NewApiKey new_api_key();
// kInvalid when the text is not a key's.
Result<std::string> hash_of_key(std::string_view secret);

class KeyRing {
 public:
  // kInvalid for a hash that new_api_key() cannot have given, or a key for the public scope.
  static Result<KeyRing> make(const std::vector<ApiKey>& keys);

  [[nodiscard]] bool empty() const { return keys_.empty(); }
  // By the text of an Authorization field. Nothing when it is no key of this ring; takes the same time for
  // every well-formed key.
  [[nodiscard]] std::optional<Scope> scope_of(std::string_view authorization) const;

 private:
  struct Entry {
    std::string hash;
    Scope scope;
  };
  std::vector<Entry> keys_;
};

}  // namespace modiste::http
