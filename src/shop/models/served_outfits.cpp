// What outfits are judged by beside the rules: a network that learned what is worn together
// (outfits/learned_compatibility.h).
#include "outfits/learned_compatibility.h"
#include "shop/models/served_models.h"

namespace modiste {
namespace {

Result<Done> use_outfit_model(const StoredModel* model, Shop& shop) {
  if (model == nullptr) {
    shop.outfits().use(nullptr, 0);
    return kOk;
  }
  TRY_ASSIGN(auto network, SetTransformer::parse(model->payload));
  TRY_ASSIGN(auto learned, outfits::LearnedCompatibility::create(std::move(network), Vocabulary::standard()));
  shop.outfits().use(std::make_shared<const outfits::LearnedCompatibility>(std::move(learned)),
                     model->manifest.version);
  return kOk;
}

}  // namespace

const ServedModel kServedOutfits{"outfits", SetTransformer::kKind, "the rules alone", use_outfit_model};

}  // namespace modiste
