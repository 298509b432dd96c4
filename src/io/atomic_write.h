// Files that are either the old one or the new one, never half of each, also after a power cut.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "base/result.h"

namespace modiste {

// Writes beside the path, syncs, renames over it, syncs the directory. The file is its owner's alone to read;
// one that root makes belongs to the owner of its folder (posix_files.h). An error leaves the old file as it
// was and nothing beside it. kUnavailable with the system's words.
Result<Done> write_atomically(const std::filesystem::path& path, std::span<const std::byte> bytes);

inline Result<Done> write_atomically(const std::filesystem::path& path, std::string_view text) {
  return write_atomically(path, std::as_bytes(std::span(text)));
}

}  // namespace modiste
