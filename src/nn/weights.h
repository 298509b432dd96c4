// How the networks get their bytes: nothing in nn opens a file.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>

#include "base/result.h"

namespace modiste {

// Returns the bytes of a file by its name in the model's directory ("config.json", "group1-shard1of25.bin");
// kNotFound when there is no such file. The bytes must live until the load that asked for them returns.
using FileReader = std::function<Result<std::span<const std::byte>>(std::string_view name)>;

// Opens a model's directory: what its reader read is kept as long as the reader is.
using ModelFolder = std::function<FileReader()>;

}  // namespace modiste
