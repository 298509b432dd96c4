#include "apps/modiste_train/training_flags.h"

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
  command.add_option("--cache", into.cache, "Folder that keeps what the networks computed, for the next run");
}

}  // namespace modiste
