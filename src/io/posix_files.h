// The real disk behind the ports of file.h, and the little that the rest of this folder needs of POSIX.
#pragma once

#include <filesystem>
#include <memory>

#include "io/file.h"

namespace modiste {

// Closes on destruction.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor();
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_ = -1;
};

// The last failed call as an error: kNotFound for a missing file, else kUnavailable.
Error errno_error(std::string_view action, const std::filesystem::path& path);

// flags of open(2); close-on-exec is added. New files are readable by the owner only: they hold shoppers'
// facts. One that root makes belongs to the owner of its folder.
Result<FileDescriptor> open_descriptor(const std::filesystem::path& path, int flags);

// Gives a file or folder of root's to the owner of the folder that it stands in: a command that root runs
// beside a service must not leave what the service cannot read. For others than root nothing happens; a
// failure shows when the service reads it. fd: of what stands at the path. One that is a link, or that has
// another name too, stays root's.
void give_to_owner_of_folder(int fd, const std::filesystem::path& path);

// Makes a folder, and those above it; one that root makes belongs to the owner of the folder above it. One
// that is there stays as it is. kUnavailable.
Result<Done> make_folders(const std::filesystem::path& folder);
// The same of folders that only their owner may read.
Result<Done> make_private_folder(const std::filesystem::path& folder);

// Makes names within a directory durable.
Result<Done> sync_directory(const std::filesystem::path& directory);

class PosixDirectory final : public Directory {
 public:
  // Makes the directory when it is missing.
  static Result<std::unique_ptr<PosixDirectory>> open_or_create(const std::filesystem::path& path);

  [[nodiscard]] std::string path() const override { return path_.string(); }
  Result<std::unique_ptr<File>> open(std::string_view name) const override;
  Result<std::unique_ptr<File>> create_empty(std::string_view name) override;
  Result<Done> remove(std::string_view name) override;
  Result<Done> rename(std::string_view from, std::string_view to) override;
  Result<std::vector<std::string>> list() const override;
  Result<Done> sync_names() override;
  Result<std::shared_ptr<void>> lock(std::string_view name) override;

 private:
  explicit PosixDirectory(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace modiste
