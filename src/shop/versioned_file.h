// Small JSON files of a data directory with a member `version`, of which this program reads one. Larger ones
// have formats of their own.
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "io/atomic_write.h"
#include "io/posix_files.h"
#include "io/read_file.h"

namespace modiste {

inline constexpr size_t kVersionedBytesMax = size_t{1} << 20;

// T: has a Contract, kVersion and version. Empty where there is no file. kCorrupt: it cannot be read as T, or
// is of another version; kInvalid: it is larger than kVersionedBytesMax; kUnavailable.
// without_it: what happens when the file is removed, for the person who reads the error.
template <class T>
Result<std::optional<T>> read_versioned(const std::filesystem::path& file, std::string_view without_it) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return std::optional<T>();
  TRY_ASSIGN(const auto text, read_text_file(file, kVersionedBytesMax));
  auto read = from_json_text<T>(text);
  if (!read.ok())
    return Error{Code::kCorrupt, read.error().message(), file.string(),
                 fmt::format("a file that Modiste wrote; without it {}", without_it)};
  if (read->version != T::kVersion)
    return Error{Code::kCorrupt, fmt::format("unsupported version {}", read->version), file.string(),
                 fmt::format("version {}; without the file {}", T::kVersion, without_it)};
  return std::optional<T>(std::move(*read));
}

// Replaces the file whole, and makes its folder. kUnavailable.
template <class T>
Result<Done> write_versioned(const std::filesystem::path& file, const T& value) {
  TRY(make_folders(file.parent_path()));
  return write_atomically(file, to_json_text(value) + "\n");
}

}  // namespace modiste
