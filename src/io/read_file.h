// Whole files in memory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace modiste {

using FileBytes = std::vector<std::byte>;

inline constexpr size_t kFileBytesMax = size_t{4} << 30;

// kNotFound: no such file; kInvalid: a directory, or larger than bytes_max; kUnavailable: the system refuses.
Result<FileBytes> read_file(const std::filesystem::path& path, size_t bytes_max = kFileBytesMax);
Result<std::string> read_text_file(const std::filesystem::path& path, size_t bytes_max = kFileBytesMax);

// The files of a model's folder by name (nn/weights.h's FileReader). What was read stays in memory as long as
// the reader or a copy of it does.
[[nodiscard]] std::function<Result<std::span<const std::byte>>(std::string_view name)> folder_reader(
    std::filesystem::path folder);

// The same folder, opened again by each call (nn/weights.h's ModelFolder).
[[nodiscard]] std::function<std::function<Result<std::span<const std::byte>>(std::string_view name)>()>
model_folder(std::filesystem::path folder);

}  // namespace modiste
