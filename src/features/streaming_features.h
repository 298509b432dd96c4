// Definitions of the streaming features, in the order of logged vectors. Used by feature.cpp only.
#pragma once

#include "features/feature.h"

namespace modiste {

[[nodiscard]] std::vector<FeatureDefinition> define_streaming_features();

}  // namespace modiste
