// memory:, every store, gone with the process.
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_image_store.h"
#include "storage/memory/memory_store.h"
#include "storage/storage_schemes.h"

namespace modiste {
namespace {

Result<Storage> open_memory(std::string_view, const StorageOptions&) {
  const auto store = std::make_shared<MemoryStore>();
  Storage storage;
  storage.garments = store;
  storage.subjects = store;
  storage.dead_letters = store;
  storage.looks = store;
  storage.log = std::make_shared<MemoryEventLog>();
  storage.images = std::make_shared<MemoryImageStore>();
  return storage;
}

}  // namespace

const StorageScheme kMemoryScheme{"memory", "", open_memory};

}  // namespace modiste
