// What the commands of `modiste train` share: reading the shop's log, and publishing what was learned from
// it.
#pragma once

#include <memory>
#include <string>

#include "apps/modiste/commands.h"
#include "learning/registry/model_registry.h"
#include "shop/imports/progress.h"
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

// Reads a history from the log of the data directory, which may be served meanwhile.
template <class Read>
auto read_log(const Config& config, const Read& read)
    -> decltype(read(std::declval<const SealedLog&>(), std::declval<const SqliteStore&>(),
                     std::function<void(std::string_view, uint64_t)>())) {
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto directory, DataDirectory::open(view.config().folder()));
  TRY_ASSIGN(const auto store, SqliteStore::open(directory.database()));
  TRY_ASSIGN(const auto log, SealedLog::open(directory.log(), config.log_options()));
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
