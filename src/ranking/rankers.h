// The rankers that a policy can name beside "hybrid", which each request asks first, and "learned", which is
// the champion of the model registry. A new ranker is a new pair of files and a line here.
#pragma once

#include <memory>
#include <vector>

#include "ranking/learned_ranker.h"

namespace modiste {

[[nodiscard]] inline std::vector<std::shared_ptr<const Ranker>> make_rankers() { return {}; }

}  // namespace modiste
