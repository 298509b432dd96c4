// Images of the data directory, by content: the same bytes are kept once, under a name that never changes.
//
// A name is the first 32 hex digits of the bytes' BLAKE2b hash and an extension told by the content, such as
// "0a1b...9f.jpg". Threads: any. What put() answered is durable.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace modiste {

class ImageFolder {
 public:
  // Makes the folder when it is missing.
  static Result<ImageFolder> open(const std::filesystem::path& folder);

  // Answers the name. kInvalid: neither JPEG, PNG, WebP, GIF nor SVG by its first bytes; whether it can be
  // decoded is the decoder's to say.
  Result<std::string> put(std::span<const std::byte> bytes) const;
  // kInvalid: not a name that put() gives (a name from outside cannot leave the folder); kNotFound.
  Result<std::filesystem::path> path(std::string_view name) const;

 private:
  explicit ImageFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

}  // namespace modiste
