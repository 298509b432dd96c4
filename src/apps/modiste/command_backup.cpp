// `modiste backup` and `modiste restore`: a whole data directory, also while it is served.
#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "apps/modiste/commands.h"
#include "shop/console/console_report.h"
#include "shop/shop_jobs.h"
#include "storage/backup/backup.h"
#include "storage/files/data_directory.h"

namespace modiste {
namespace {

// Needs neither the lock nor the server: the files say what is whole (storage/backup/data_copy.h).
Result<Done> backup(const Config& config, const std::string& to) {
  ConsoleReport report;
  return backup_into({config}, to, report);
}

Result<Done> restore(const Config& config, const std::string& from) {
  const auto begun = std::chrono::steady_clock::now();
  ConsoleReport report;
  TRY_ASSIGN(const auto restored, restore_backup(from, config.folder(), [&](uint64_t bytes) {
               return report.at("bytes", bytes, 0);
             }));
  report.print(fmt::format("{} events, {} files, {} bytes in {}, as they were at {}; {:.1f} s\n",
                           restored.events, restored.files.size(), restored.bytes(), config.folder().string(),
                           to_rfc3339(restored.made_at),
                           std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count()));
  return kOk;
}

}  // namespace

void add_backup(CLI::App& app, Command& chosen) {
  auto folder = std::make_shared<std::string>();
  auto* making = app.add_subcommand(
      "backup", "Copy the whole data directory, also while it is served, with a digest of every file");
  making->add_option("folder", *folder, "A new or empty folder")->required();
  runs(making, chosen, folder, backup);
  auto* restoring = app.add_subcommand(
      "restore", "Check a backup and make the data directory of it, which must be new or empty");
  restoring->add_option("folder", *folder, "A backup")->required()->check(CLI::ExistingDirectory);
  runs(restoring, chosen, folder, restore);
}

}  // namespace modiste
