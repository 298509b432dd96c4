// Internal to features: the first part of the registry.
#pragma once

#include "features/feature.h"

namespace modiste {

[[nodiscard]] std::vector<FeatureDefinition> define_streaming_features();

}  // namespace modiste
