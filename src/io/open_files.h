// How many files and sockets this process may have open.
#pragma once

#include <cstddef>

namespace modiste {

inline constexpr size_t kOpenFilesWanted = 65'536;

// Raises the limit to kOpenFilesWanted, or as near to it as the system lets this process, and answers the
// limit as it is then. Many systems start a process with 1,024, which is less than a server's connections.
size_t raise_open_files_limit();

}  // namespace modiste
