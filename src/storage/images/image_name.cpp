#include "storage/images/image_name.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace modiste {
namespace {

constexpr size_t kHashBytes = 16;
constexpr std::array<std::string_view, 5> kExtensions{".jpg", ".png", ".webp", ".gif", ".svg"};

// Empty for any other format.
std::string_view extension_of(std::span<const std::byte> bytes) {
  const std::string_view head(reinterpret_cast<const char*>(bytes.data()),
                              std::min<size_t>(bytes.size(), 1024));
  if (head.starts_with("\xff\xd8\xff")) return ".jpg";
  if (head.starts_with("\x89PNG\r\n\x1a\n")) return ".png";
  if (head.starts_with("RIFF") && head.substr(8).starts_with("WEBP")) return ".webp";
  if (head.starts_with("GIF8")) return ".gif";
  if (head.find("<svg") != head.npos) return ".svg";
  return "";
}

}  // namespace

Result<std::string> image_name(std::span<const std::byte> bytes) {
  const auto extension = extension_of(bytes);
  if (extension.empty())
    return Error{Code::kInvalid, "unsupported image format", "", "a JPEG, PNG, WebP, GIF or SVG"};
  if (sodium_init() < 0) return Error{Code::kInternal, "libsodium cannot be started", "", ""};
  std::array<unsigned char, kHashBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  return to_hex(std::as_bytes(std::span(hash))) + std::string(extension);
}

Result<Done> check_image_name(std::string_view name) {
  const auto digits = name.substr(0, 2 * kHashBytes);
  if (digits.size() == 2 * kHashBytes && digits.find_first_not_of("0123456789abcdef") == digits.npos &&
      std::ranges::find(kExtensions, name.substr(digits.size())) != kExtensions.end())
    return kOk;
  return Error{Code::kInvalid, "not the name of a stored image", "", "32 hex digits and an extension"};
}

}  // namespace modiste
