#include "shop/model_follower.h"

namespace modiste {
namespace {

constexpr auto kLookAtModelsEvery =
    std::chrono::seconds(1);  // a look reads one small file for each kind of model

}  // namespace

ModelFollower::ModelFollower(ShopModels& models)
    : models_(models), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void ModelFollower::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    models_.look();
    std::unique_lock lock(mutex_);
    wait_.wait_for(lock, stop, kLookAtModelsEvery, [] { return false; });
  }
}

}  // namespace modiste
