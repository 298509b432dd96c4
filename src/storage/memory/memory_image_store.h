// Images in memory, for simulation and tests: as ImageFolder, without disk.
#pragma once

#include <map>

#include "base/mutex.h"
#include "catalog/image_store.h"

namespace modiste {

class MemoryImageStore final : public ImageStore {
 public:
  Result<std::string> keep(std::span<const std::byte> bytes) override;
  [[nodiscard]] Result<std::string> name_of(std::span<const std::byte> bytes) const override;
  [[nodiscard]] Result<std::vector<std::byte>> read(std::string_view name) const override;
  Result<Done> remove(std::string_view name) override;

 private:
  mutable Mutex mutex_;
  std::map<std::string, std::vector<std::byte>, std::less<>> images_ GUARDED_BY(mutex_);
};

}  // namespace modiste
