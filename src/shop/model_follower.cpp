#include "shop/model_follower.h"

namespace modiste {
namespace {

constexpr auto kLookAtModelsEvery =
    std::chrono::seconds(1);  // a look reads one small file for each kind of model

}  // namespace

ModelFollower::ModelFollower(ShopModels& models)
    : thread_(kLookAtModelsEvery, [&models](const std::stop_token&) { models.look(); }) {}

}  // namespace modiste
