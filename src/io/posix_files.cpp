#include "io/posix_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace modiste {

namespace {

class PosixFile final : public File {
 public:
  PosixFile(std::filesystem::path path, FileDescriptor fd) : path_(std::move(path)), fd_(std::move(fd)) {}

  Result<size_t> write_some(uint64_t position, std::span<const std::byte> bytes) override {
    while (true) {
      const ssize_t written = ::pwrite(fd_.get(), bytes.data(), bytes.size(), static_cast<off_t>(position));
      if (written > 0 || bytes.empty()) return static_cast<size_t>(written);
      if (written == 0) errno = EIO;
      if (errno != EINTR) return errno_error("write", path_);
    }
  }

  Result<size_t> read_some(uint64_t position, std::span<std::byte> into) const override {
    while (true) {
      const ssize_t read = ::pread(fd_.get(), into.data(), into.size(), static_cast<off_t>(position));
      if (read >= 0) return static_cast<size_t>(read);
      if (errno != EINTR) return errno_error("read", path_);
    }
  }

  Result<uint64_t> size() const override {
    struct stat status {};
    if (::fstat(fd_.get(), &status) != 0) return errno_error("ask the size of", path_);
    return static_cast<uint64_t>(status.st_size);
  }

  Result<Done> truncate(uint64_t size) override {
    if (::ftruncate(fd_.get(), static_cast<off_t>(size)) != 0) return errno_error("shorten", path_);
    return kOk;
  }

  // fdatasync also writes the size when it grew, which is all the metadata that reading needs.
  Result<Done> sync() override {
    if (::fdatasync(fd_.get()) != 0) return errno_error("sync", path_);
    return kOk;
  }

 private:
  std::filesystem::path path_;
  FileDescriptor fd_;
};

}  // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Error errno_error(std::string_view action, const std::filesystem::path& path) {
  const int number = errno;
  return {number == ENOENT ? Code::kNotFound : Code::kUnavailable,
          fmt::format("cannot {}: {}", action, std::generic_category().message(number)), path.string(), ""};
}

namespace {

// Gives a file that root made to the owner of its folder: a command that root runs beside a service must not
// leave what the service cannot read. A failure shows when the service reads it.
void give_to_owner_of_folder(int fd, const std::filesystem::path& path) {
  if (::geteuid() != 0) return;
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  struct stat of_folder {
  }, of_file{};
  if (::stat(folder.c_str(), &of_folder) != 0 || ::fstat(fd, &of_file) != 0 || of_file.st_uid != 0) return;
  if (of_folder.st_uid != 0) static_cast<void>(::fchown(fd, of_folder.st_uid, of_folder.st_gid) == 0);
}

}  // namespace

Result<FileDescriptor> open_descriptor(const std::filesystem::path& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return errno_error("open", path);
  if ((flags & O_CREAT) != 0) give_to_owner_of_folder(fd, path);
  return FileDescriptor(fd);
}

Result<Done> sync_directory(const std::filesystem::path& directory) {
  TRY_ASSIGN(const auto fd, open_descriptor(directory, O_RDONLY | O_DIRECTORY));
  if (::fsync(fd.get()) != 0) return errno_error("sync", directory);
  return kOk;
}

Result<std::unique_ptr<PosixDirectory>> PosixDirectory::open_or_create(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error)
    return Error{Code::kUnavailable, "cannot make the directory: " + error.message(), path.string(), ""};
  return std::unique_ptr<PosixDirectory>(new PosixDirectory(path));
}

Result<std::unique_ptr<File>> PosixDirectory::open(std::string_view name) const {
  auto fd = open_descriptor(path_ / name, O_RDWR);
  // What the installation ships may belong to somebody else: it can still be read.
  if (!fd.ok() && (errno == EACCES || errno == EROFS)) fd = open_descriptor(path_ / name, O_RDONLY);
  if (!fd.ok()) return std::move(fd).error();
  return std::unique_ptr<File>(std::make_unique<PosixFile>(path_ / name, std::move(*fd)));
}

Result<std::unique_ptr<File>> PosixDirectory::create_empty(std::string_view name) {
  TRY_ASSIGN(auto fd, open_descriptor(path_ / name, O_RDWR | O_CREAT | O_TRUNC));
  return std::unique_ptr<File>(std::make_unique<PosixFile>(path_ / name, std::move(fd)));
}

Result<Done> PosixDirectory::remove(std::string_view name) {
  if (::unlink((path_ / name).c_str()) != 0) return errno_error("remove", path_ / name);
  return kOk;
}

Result<Done> PosixDirectory::rename(std::string_view from, std::string_view to) {
  if (::rename((path_ / from).c_str(), (path_ / to).c_str()) != 0) return errno_error("rename", path_ / from);
  return kOk;
}

Result<std::vector<std::string>> PosixDirectory::list() const {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(path_, error), end; !error && entry != end;
       entry.increment(error))
    names.push_back(entry->path().filename().string());
  if (error) return Error{Code::kUnavailable, "cannot list: " + error.message(), path_.string(), ""};
  std::sort(names.begin(), names.end());
  return names;
}

Result<Done> PosixDirectory::sync_names() { return sync_directory(path_); }

Result<std::shared_ptr<void>> PosixDirectory::lock(std::string_view name) {
  TRY_ASSIGN(auto fd, open_descriptor(path_ / name, O_RDWR | O_CREAT));
  while (::flock(fd.get(), LOCK_EX) != 0)
    if (errno != EINTR) return errno_error("lock", path_ / name);
  return std::shared_ptr<void>(std::make_shared<FileDescriptor>(std::move(fd)));
}

}  // namespace modiste
