// What the commands of `modiste train` share: reading the shop's log, and publishing what was learned from
// it.
#pragma once

#include <memory>
#include <string>

#include "apps/modiste/commands.h"
#include "learning/registry/model_registry.h"
#include "shop/console/progress_line.h"
#include "shop/models/served_models.h"
#include "shop/remote/reading_view.h"
#include "storage/files/data_directory.h"
#include "storage/sealed_log/sealed_log.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste {

// Where a trained model goes.
struct PublishFlags {
  std::string registry;         // empty: models/ of the data directory
  std::string as = "champion";  // name of a ModelAlias
};

void add_publish_flags(CLI::App& command, PublishFlags& into);

// Publishes a version, sets its alias and prints both.
Result<Done> publish(const Config& config, const PublishFlags& flags, const ModelDraft& draft,
                     std::span<const std::byte> payload);
Result<Done> publish(const Config& config, const PublishFlags& flags, const ModelDraft& draft,
                     const std::string& payload);

// The same through the gate of the row: what it refuses becomes the challenger, so that it can be looked at
// and compared. kConflict: refused, and why.
Result<Done> publish_gated(const Config& config, const PublishFlags& flags, const ServedModel& row,
                           const ModelDraft& draft, const std::string& payload);

// What a training opens before it reads anything. A directory that is in use, or is not this configuration's,
// says nothing of the data, of which a schedule would take kConflict and kInvalid to speak: it is
// kUnavailable.
template <class T>
Result<T> opened(Result<T> result) {
  if (result.ok()) return result;
  Error error = std::move(result).error();
  if (error.code == Code::kConflict || error.code == Code::kInvalid) error.code = Code::kUnavailable;
  return error;
}

// Reads a history from the log of the data directory, which may be served meanwhile. kUnavailable, kCorrupt:
// it cannot be opened.
template <class Read>
auto read_log(const Config& config, const Read& read)
    -> decltype(read(std::declval<const SealedLog&>(), std::declval<const SqliteStore&>(),
                     std::function<void(std::string_view, uint64_t)>())) {
  TRY_ASSIGN(const auto view, opened(ReadingView::open(config)));
  TRY_ASSIGN(const auto directory, opened(DataDirectory::open(view.config().folder())));
  TRY_ASSIGN(const auto store, opened(SqliteStore::open(directory.database())));
  TRY_ASSIGN(const auto log, opened(SealedLog::open(directory.log(), config.log_options())));
  std::unique_ptr<ProgressLine> line;
  std::string stage;
  return read(*log, *store,
              std::function<void(std::string_view, uint64_t)>([&](std::string_view what, uint64_t done) {
                if (stage != what)
                  line = std::make_unique<ProgressLine>(stage = what, what == "garments" ? 0 : log->size());
                line->at(done);
              }));
}

}  // namespace modiste
