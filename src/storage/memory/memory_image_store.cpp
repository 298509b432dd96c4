#include "storage/memory/memory_image_store.h"

#include "base/mutex.h"
#include "storage/images/image_name.h"

namespace modiste {

Result<std::string> MemoryImageStore::keep(std::span<const std::byte> bytes) {
  TRY_ASSIGN(auto name, image_name(bytes));
  const MutexLock lock(mutex_);
  images_.try_emplace(name, bytes.begin(), bytes.end());
  return name;
}

Result<std::string> MemoryImageStore::name_of(std::span<const std::byte> bytes) const {
  return image_name(bytes);
}

Result<std::vector<std::byte>> MemoryImageStore::read(std::string_view name) const {
  TRY(check_image_name(name));
  const MutexLock lock(mutex_);
  const auto found = images_.find(name);
  if (found == images_.end()) return Error{Code::kNotFound, "no such image", std::string(name), ""};
  return found->second;
}

Result<Done> MemoryImageStore::remove(std::string_view name) {
  TRY(check_image_name(name));
  const MutexLock lock(mutex_);
  if (const auto found = images_.find(name); found != images_.end()) images_.erase(found);
  return kOk;
}

}  // namespace modiste
