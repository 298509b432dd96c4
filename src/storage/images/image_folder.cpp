#include "storage/images/image_folder.h"

#include "io/atomic_write.h"
#include "io/mapped_file.h"
#include "io/posix_files.h"
#include "storage/images/image_name.h"

namespace modiste {

Result<ImageFolder> ImageFolder::open(const std::filesystem::path& folder) {
  TRY(make_folders(folder));
  return ImageFolder(folder);
}

Result<std::string> ImageFolder::keep(std::span<const std::byte> bytes) {
  TRY_ASSIGN(auto name, image_name(bytes));
  std::error_code ignored;
  if (!std::filesystem::exists(folder_ / name, ignored)) TRY(write_atomically(folder_ / name, bytes));
  return name;
}

Result<std::string> ImageFolder::name_of(std::span<const std::byte> bytes) const { return image_name(bytes); }

Result<std::vector<std::byte>> ImageFolder::read(std::string_view name) const {
  TRY_ASSIGN(const auto file, path(name));
  TRY_ASSIGN(const auto mapped, MappedFile::open(file));
  const auto bytes = mapped.bytes();
  return std::vector<std::byte>(bytes.begin(), bytes.end());
}

Result<Done> ImageFolder::remove(std::string_view name) {
  TRY(check_image_name(name));
  std::error_code error;
  const bool was_there = std::filesystem::remove(folder_ / name, error);
  if (error)
    return Error{Code::kUnavailable, "cannot remove the image: " + error.message(), std::string(name), ""};
  return was_there ? sync_directory(folder_) : Result<Done>(kOk);
}

Result<std::filesystem::path> ImageFolder::path(std::string_view name) const {
  TRY(check_image_name(name));
  std::error_code ignored;
  const auto path = folder_ / name;
  if (!std::filesystem::is_regular_file(path, ignored))
    return Error{Code::kNotFound, "no such image", std::string(name), ""};
  return path;
}

}  // namespace modiste
