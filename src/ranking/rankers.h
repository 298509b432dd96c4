// The rankers that a policy can name. A new ranker is a new pair of files and a line here.
#pragma once

#include <memory>
#include <vector>

#include "ranking/hybrid.h"

namespace modiste {

[[nodiscard]] inline std::vector<std::unique_ptr<Ranker>> make_rankers() {
  std::vector<std::unique_ptr<Ranker>> rankers;
  rankers.push_back(std::make_unique<HybridRanker>());
  return rankers;
}

}  // namespace modiste
