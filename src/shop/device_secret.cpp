#include "shop/device_secret.h"

#include "base/text.h"
#include "http/signing.h"
#include "io/atomic_write.h"
#include "io/read_file.h"

namespace modiste {

Result<std::string> device_secret(const std::filesystem::path& data) {
  const auto file = data / "device-token.key";
  if (auto kept = read_text_file(file); kept.ok()) {
    std::string secret(trim(*kept));
    if (secret.size() >= http::kSecretBytesMin) return secret;
    return Error{Code::kCorrupt, "the secret of device tokens is too short", file.string(),
                 "the file as it was made, or none: then a new one is made and every device token is void"};
  } else if (kept.error().code != Code::kNotFound) {
    return std::move(kept).error();
  }
  const auto secret = http::base64url(http::random_bytes(http::kSecretBytesMin));
  TRY(write_atomically(file, secret + "\n"));  // made with mode 0600
  return secret;
}

}  // namespace modiste
