// file:DIRECTORY, the embedded stores of one machine in a data directory, which is locked meanwhile.
#include "storage/files/data_directory.h"
#include "storage/images/image_folder.h"
#include "storage/sqlite/sqlite_store.h"
#include "storage/storage_schemes.h"

namespace modiste {
namespace {

Result<Storage> open_file(std::string_view rest, const StorageOptions& options) {
  TRY_ASSIGN(auto directory, DataDirectory::open(rest));
  const DataPaths paths = directory;
  Storage storage;
  storage.lock = std::make_shared<DataDirectory>(std::move(directory));
  TRY_ASSIGN(const std::shared_ptr<SqliteStore> store, SqliteStore::open(paths.database()));
  storage.garments = store;
  storage.subjects = store;
  storage.dead_letters = store;
  storage.looks = store;
  TRY_ASSIGN(storage.sealed_log, SealedLog::open(paths.log(), options.log));
  storage.log = storage.sealed_log;
  TRY_ASSIGN(auto images, ImageFolder::open(paths.images()));
  storage.images = std::make_shared<ImageFolder>(std::move(images));
  return storage;
}

}  // namespace

const StorageScheme kFileScheme{"file", "DIRECTORY", open_file};

}  // namespace modiste
