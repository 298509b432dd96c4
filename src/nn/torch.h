// Private to nn, and the only place that includes LibTorch (it is precompiled). LibTorch brings glog's CHECK
// along; ours stays.
#pragma once

#include "base/check.h"

#pragma push_macro("CHECK")
#undef CHECK
#include <torch/torch.h>
#undef CHECK
#pragma pop_macro("CHECK")
