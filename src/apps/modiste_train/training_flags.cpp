#include "apps/modiste_train/training_flags.h"

#include <fmt/format.h>

namespace modiste {

void add_training_sets(CLI::App& command, TrainingSetArguments& into) {
  command
      .add_option("--clothing-cc0", into.clothing_cc0,
                  "Folder with images.csv (image,sender_id,label,kids) and images/")
      ->check(CLI::ExistingDirectory);
  command
      .add_option("--catalog", into.catalogs,
                  "Folder of a catalog with its photos, as `catalog import` reads; may be repeated")
      ->check(CLI::ExistingDirectory);
  command.add_option("--fashion-mnist", into.fashion_mnist, "Folder with the four idx files")
      ->check(CLI::ExistingDirectory);
  command
      .add_option(
          "--looked-at", into.looked_at,
          "CSV of contradictions between photos and words that people looked at: set,photo,kind,right")
      ->check(CLI::ExistingFile);
  command.add_option("--cache", into.cache, "Folder that keeps what the networks computed, for the next run");
}

std::string describe(const KindPrecision& row) {
  const std::string from = row.reported ? fmt::format("reported from {:.2f}", row.report_from)
                                        : fmt::format("not reported (best from {:.2f})", row.report_from);
  return fmt::format(
      "{:<11} {}: {:.0f}% right; doubts {} of {} photos as they are ({} of these seen to be right), and "
      "{:.1f}% of exchanged ones",
      name_of(row.kind), from, 100 * row.precision, row.doubted, row.photos, row.looked_right,
      100 * row.caught);
}

}  // namespace modiste
