#include "io/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "io/posix_files.h"

namespace modiste {

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  TRY_ASSIGN(const auto fd, open_descriptor(path, O_RDONLY));
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return errno_error("look at", path);
  if (!S_ISREG(status.st_mode))
    return Error{Code::kInvalid, "is not a file", path.string(), "a regular file"};
  if (status.st_size == 0) return MappedFile({});
  const auto size = static_cast<size_t>(status.st_size);
  void* memory = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd.get(), 0);
  if (memory == MAP_FAILED) return errno_error("map", path);
  return MappedFile({static_cast<const std::byte*>(memory), size});
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

void MappedFile::let_go(std::span<const std::byte> part) {
  if (!part.empty()) ::madvise(const_cast<std::byte*>(part.data()), part.size(), MADV_DONTNEED);
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace modiste
