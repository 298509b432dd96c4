// Private to nn: includes LibTorch.
#pragma once

#include "nn/head_network.h"
#include "nn/projection_heads.h"

namespace modiste {

struct ProjectionHeads::Network : HeadNetwork {};

}  // namespace modiste
