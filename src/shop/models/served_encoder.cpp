// The projection heads of the encoder "modiste". New heads make vectors of another space, in which the whole
// catalog has to be embedded again: that is what opening a shop does (open_encoder in open_shop.h).
#include "nn/projection_heads.h"
#include "shop/models/served_models.h"

namespace modiste {

const ServedModel kServedEncoder{"encoder", ProjectionHeads::kKind, "the shipped heads", nullptr};

}  // namespace modiste
