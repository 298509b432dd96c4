#include "io/file.h"

namespace modiste {

Result<Done> write_all(File& file, uint64_t position, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    TRY_ASSIGN(const size_t written, file.write_some(position, bytes));
    CHECK(written > 0 && written <= bytes.size());
    position += written;
    bytes = bytes.subspan(written);
  }
  return kOk;
}

Result<size_t> read_full(const File& file, uint64_t position, std::span<std::byte> into) {
  size_t total = 0;
  while (total < into.size()) {
    TRY_ASSIGN(const size_t read, file.read_some(position + total, into.subspan(total)));
    if (read == 0) break;
    total += read;
  }
  return total;
}

}  // namespace modiste
