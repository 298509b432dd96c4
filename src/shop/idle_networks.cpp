#include "shop/idle_networks.h"

#include <malloc.h>

namespace modiste {
namespace {

constexpr auto kNetworksIdleAfter = std::chrono::minutes(1);

}  // namespace

IdleNetworks::IdleNetworks(OpenShop& shop)
    : thread_(kNetworksIdleAfter,
              [encoder = shop.encoder(), started = false](const std::stop_token&) mutable {
                const bool released = encoder != nullptr && encoder->release_unused();
                if (released || !std::exchange(started, true)) ::malloc_trim(0);
              }) {}

}  // namespace modiste
