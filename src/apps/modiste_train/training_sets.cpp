#include "apps/modiste_train/training_sets.h"

#include "io/read_file.h"
#include "nn/threads.h"
#include "shop/imports/catalog_import.h"
#include "shop/open_shop.h"

namespace modiste {

Result<TrainEncoderOptions> training_options(const TrainingSetArguments& given) {
  TrainEncoderOptions options;
  options.clothing_cc0 = given.clothing_cc0;
  options.fashion_mnist = given.fashion_mnist;
  options.cache = given.cache;
  options.fitting = default_head_fitting();
  TRY_ASSIGN(options.looked_at, read_looked_at(given.looked_at));
  const Normaliser normaliser(Vocabulary::standard());
  for (const std::filesystem::path catalog : given.catalogs) {
    GarmentSet set;
    set.name =
        catalog.filename().empty() ? catalog.parent_path().filename().string() : catalog.filename().string();
    set.images = std::filesystem::is_directory(catalog / "images") ? catalog / "images" : catalog;
    TRY(read_catalog(catalog, {}, [&](Garment&& garment) -> Result<Done> {
      normaliser.normalise(garment);
      set.garments.push_back(std::move(garment));
      return kOk;
    }));
    options.garment_sets.push_back(std::move(set));
  }
  if (options.clothing_cc0.empty() && options.fashion_mnist.empty() && options.garment_sets.empty())
    return Error{Code::kInvalid, "there is nothing to learn from", "",
                 "--clothing-cc0, --catalog or --fashion-mnist"};
  return options;
}

Result<Towers> open_towers(int threads) {
  set_nn_threads(threads);
  TRY_ASSIGN(const auto home, installation());
  return Towers::load(folder_reader(home.resnet), folder_reader(home.minilm));
}

}  // namespace modiste
