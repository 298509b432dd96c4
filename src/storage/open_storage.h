// Opens stores by URL: the scheme names the backend, the rest is the backend's own.
//
//   open_storage("file:/srv/shop")      open_storage("sqlite:shop.db")      open_storage("memory:")
//
// A shop may take its stores from several URLs: each backend opens those that it has. A new backend is a new
// file with its StorageScheme, and its name in the two lists of storage_schemes.h.
#pragma once

#include <memory>
#include <string_view>

#include "catalog/garment_store.h"
#include "catalog/image_store.h"
#include "events/event_log.h"
#include "identity/subject_store.h"
#include "ingest/dead_letters.h"
#include "lookbook/look_store.h"
#include "storage/sealed_log/sealed_log.h"

namespace modiste {

// Null: the backend has no such store.
struct Storage {
  std::shared_ptr<const void> lock;  // on the backend, while its stores are used
  std::shared_ptr<GarmentStore> garments;
  std::shared_ptr<SubjectStore> subjects;
  std::shared_ptr<DeadLetters> dead_letters;
  std::shared_ptr<LookStore> looks;
  std::shared_ptr<EventLog> log;
  std::shared_ptr<SealedLog> sealed_log;  // `log`, where its days can be sealed
  std::shared_ptr<ImageStore> images;
};

struct StorageOptions {
  SealedLogOptions log;
};

// kInvalid: not a URL, or a scheme that is not known (the error lists those that are). Others as the
// backend's stores say.
Result<Storage> open_storage(std::string_view url, const StorageOptions& options = {});

}  // namespace modiste
