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

// A service that was taken over could else put a link there and be given a file of the system.
void give_to_owner_of_folder(int fd, const std::filesystem::path& path) {
  if (::geteuid() != 0) return;
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  struct stat of_folder {
  }, held{}, named{};
  if (::stat(folder.c_str(), &of_folder) != 0 || ::fstat(fd, &held) != 0 || held.st_uid != 0) return;
  if (::lstat(path.c_str(), &named) != 0 || named.st_ino != held.st_ino || named.st_dev != held.st_dev)
    return;
  if (!S_ISDIR(held.st_mode) && held.st_nlink != 1) return;
  if (of_folder.st_uid != 0) static_cast<void>(::fchown(fd, of_folder.st_uid, of_folder.st_gid) == 0);
}

namespace {

Result<Done> make_folders_of(const std::filesystem::path& folder, mode_t mode) {
  std::error_code error;
  if (folder.empty() || std::filesystem::is_directory(folder, error)) return kOk;
  if (!folder.has_filename()) return make_folders_of(folder.parent_path(), mode);  // "a/"
  TRY(make_folders_of(folder.parent_path(), mode));
  if (const int failed = ::mkdir(folder.c_str(), mode) == 0 ? 0 : errno; failed != 0) {
    if (failed == EEXIST && std::filesystem::is_directory(folder, error)) return kOk;  // made meanwhile
    return Error{Code::kUnavailable, "cannot make the directory: " + std::generic_category().message(failed),
                 folder.string(), "a directory that can be written"};
  }
  if (::geteuid() != 0) return kOk;
  TRY_ASSIGN(const auto fd, open_descriptor(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
  give_to_owner_of_folder(fd.get(), folder);
  return kOk;
}

}  // namespace

Result<Done> make_folders(const std::filesystem::path& folder) {
  return make_folders_of(folder, S_IRWXU | S_IRWXG | S_IRWXO);
}

Result<Done> make_private_folder(const std::filesystem::path& folder) {
  return make_folders_of(folder, S_IRWXU);
}

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
  TRY(make_folders(path));
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
