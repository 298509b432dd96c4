#include "learning/models/outfit_models.h"

#include <fmt/format.h>

#include <array>

#include "learning/models/outfit_statistics.h"
#include "learning/models/outfit_transformer.h"

namespace modiste {
namespace {

struct NamedOutfitModel {
  std::string_view name;
  std::unique_ptr<OutfitModel> (*make)(bool served);
};

template <class Model>
std::unique_ptr<OutfitModel> made(bool) {
  return std::make_unique<Model>();
}

template <bool kWords, bool kVectors, bool kOrder>
std::unique_ptr<OutfitModel> transformer(bool served) {
  constexpr OutfitReads kReads{kWords, kVectors, kOrder};
  OutfitTransformerOptions options;
  options.reads = kReads;
  if (served) options = served_outfit_options(kReads);
  return std::make_unique<OutfitTransformer>(std::string("transformer") + (kWords ? "-words" : "") +
                                                 (kVectors ? "-vectors" : "") + (kOrder ? "-in-order" : ""),
                                             options);
}

constexpr std::array<NamedOutfitModel, 8> kOutfitModels{{
    {"chance", made<OutfitChance>},
    {"popularity", made<OutfitPopularity>},
    {"category-pairs", made<OutfitPairs>},
    {"transformer", transformer<false, false, false>},
    {"transformer-in-order", transformer<false, false, true>},
    {"transformer-words", transformer<true, false, false>},
    {"transformer-vectors", transformer<false, true, false>},
    {"transformer-words-vectors", transformer<true, true, false>},
}};

}  // namespace

std::vector<std::string> outfit_model_names() {
  std::vector<std::string> names;
  for (const NamedOutfitModel& model : kOutfitModels) names.emplace_back(model.name);
  return names;
}

Result<std::unique_ptr<OutfitModel>> make_outfit_model(const std::string& name, bool served) {
  for (const NamedOutfitModel& model : kOutfitModels)
    if (model.name == name) return model.make(served);
  return Error{Code::kInvalid, fmt::format("unknown model \"{}\"", name), "",
               fmt::format("{}", fmt::join(outfit_model_names(), ", "))};
}

}  // namespace modiste
