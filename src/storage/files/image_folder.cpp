#include "storage/files/image_folder.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "storage/files/atomic_write.h"

namespace modiste {

namespace {

constexpr size_t kHashBytes = 16;
constexpr std::array<std::string_view, 5> kExtensions{".jpg", ".png", ".webp", ".gif", ".svg"};

// Empty when it is none of those.
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

bool is_name(std::string_view name) {
  if (name.size() < 2 * kHashBytes) return false;
  const auto digits = name.substr(0, 2 * kHashBytes), extension = name.substr(2 * kHashBytes);
  return digits.find_first_not_of("0123456789abcdef") == digits.npos &&
         std::ranges::find(kExtensions, extension) != kExtensions.end();
}

}  // namespace

Result<ImageFolder> ImageFolder::open(const std::filesystem::path& folder) {
  if (sodium_init() < 0) return Error{Code::kInternal, "libsodium cannot be started", "", ""};
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return Error{Code::kUnavailable, "cannot make the directory: " + error.message(), folder.string(), ""};
  return ImageFolder(folder);
}

Result<std::string> ImageFolder::put(std::span<const std::byte> bytes) const {
  const auto extension = extension_of(bytes);
  if (extension.empty())
    return Error{Code::kInvalid, "the bytes are no image", "", "a JPEG, PNG, WebP, GIF or SVG"};
  std::array<unsigned char, kHashBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::array<char, 2 * kHashBytes + 1> digits{};
  sodium_bin2hex(digits.data(), digits.size(), hash.data(), hash.size());
  std::string name = std::string(digits.data()) + std::string(extension);
  std::error_code ignored;
  if (!std::filesystem::exists(folder_ / name, ignored)) TRY(write_atomically(folder_ / name, bytes));
  return name;
}

Result<std::filesystem::path> ImageFolder::path(std::string_view name) const {
  if (!is_name(name))
    return Error{Code::kInvalid, "not the name of a stored image", "", "32 hex digits and an extension"};
  std::error_code ignored;
  const auto path = folder_ / name;
  if (!std::filesystem::is_regular_file(path, ignored))
    return Error{Code::kNotFound, "no such image", std::string(name), ""};
  return path;
}

}  // namespace modiste
