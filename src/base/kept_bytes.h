// Bytes that are read in place, and writing them in pieces: saved indexes.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace modiste {

// keeper: an object that must live as long as the bytes are used (a mapping).
struct KeptBytes {
  std::span<const std::byte> bytes;
  std::shared_ptr<const void> keeper;
};

// Receives the next bytes of a file; returns false to stop writing (disk full).
using ByteSink = std::function<bool(std::span<const std::byte>)>;

// A saved index is sections of bytes, by name. A section begins at a page of memory.
using SavedSections = std::map<std::string, KeptBytes, std::less<>>;
using FillSection = std::function<Result<Done>(const ByteSink&)>;
using PutSection = std::function<Result<Done>(std::string_view name, const FillSection& fill)>;

}  // namespace modiste
