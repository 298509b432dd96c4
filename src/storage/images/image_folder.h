// Images as files of one folder, each under its image_name().
#pragma once

#include <filesystem>

#include "catalog/image_store.h"

namespace modiste {

class ImageFolder final : public ImageStore {
 public:
  // Makes the folder when it is missing.
  static Result<ImageFolder> open(const std::filesystem::path& folder);

  Result<std::string> keep(std::span<const std::byte> bytes) override;
  [[nodiscard]] Result<std::string> name_of(std::span<const std::byte> bytes) const override;
  [[nodiscard]] Result<std::vector<std::byte>> read(std::string_view name) const override;
  Result<Done> remove(std::string_view name) override;
  // Where the file stands; errors as read().
  [[nodiscard]] Result<std::filesystem::path> path(std::string_view name) const;

 private:
  explicit ImageFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

}  // namespace modiste
