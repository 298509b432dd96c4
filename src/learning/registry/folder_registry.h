// A model registry in one folder of files: docs/formats/models.md.
//
//   NAME.VERSION.payload   the model's bytes
//   NAME.VERSION.json      its manifest; a version exists from the moment its manifest does
//   NAME.ALIAS.json        the version that an alias points at
//   .lock                  held by whoever writes
//
// A file is written beside, synced and renamed. What an interrupted publication left is removed by the next.
// Of each name the latest kVersionsKept versions are kept, and those that an alias names.
#pragma once

#include <memory>

#include "io/file.h"
#include "learning/registry/model_registry.h"

namespace modiste {

inline constexpr size_t kVersionsKept = 30;  // a month of trainings by the schedule

class FolderRegistry final : public ModelRegistry {
 public:
  explicit FolderRegistry(std::unique_ptr<Directory> folder) : folder_(std::move(folder)) {}

  Result<ModelManifest> publish(const ModelDraft& draft, std::span<const std::byte> payload,
                                TimePoint now) override;
  Result<StoredModel> read(std::string_view name, int version) const override;
  Result<std::vector<ModelEntry>> list() const override;
  Result<Done> set_alias(std::string_view name, ModelAlias alias, int version, TimePoint now) override;
  Result<int> version_of(std::string_view name, ModelAlias alias) const override;

 private:
  struct Contents;
  Result<Contents> contents() const;
  Result<std::vector<std::byte>> read_file(const std::string& file, size_t bytes_max) const;
  Result<ModelManifest> read_manifest(std::string_view name, int version) const;
  Result<Done> write(const std::string& file, std::span<const std::byte> bytes);
  Result<Done> replace(const std::string& file, std::string_view text);
  Result<Done> remove_leftovers(const Contents& contents);
  Result<Done> remove_old_versions(std::string_view name);
  [[nodiscard]] std::string where(const std::string& file) const { return folder_->path() + "/" + file; }

  std::unique_ptr<Directory> folder_;
};

}  // namespace modiste
