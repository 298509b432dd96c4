// Whole files as bytes, for the readers that only know bytes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "nn/weights.h"

namespace modiste {

using FileBytes = std::vector<std::byte>;

inline constexpr size_t kFileBytesMax = size_t{4} << 30;

// kNotFound: there is no such file; kUnavailable: it cannot be read.
Result<FileBytes> read_file(const std::filesystem::path& path);

// Written beside its place and renamed over it: readers see the old file or the new one, never half of one.
Result<Done> write_file(const std::filesystem::path& path, std::span<const std::byte> bytes);

// The files of a model's folder, for FileReader. What was read stays in memory until the folder ends.
[[nodiscard]] FileReader folder_reader(std::filesystem::path folder);

}  // namespace modiste
