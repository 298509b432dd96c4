// Private to head_training, and the only place that includes LibTorch (it is precompiled). LibTorch defines
// glog's CHECK too; ours replaces it.
#pragma once

#include "base/check.h"

#pragma push_macro("CHECK")
#undef CHECK
#include <torch/torch.h>
#undef CHECK
#pragma pop_macro("CHECK")
