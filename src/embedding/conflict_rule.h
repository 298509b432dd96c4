// How often a kind of contradiction between photo and words is right, and from which strength it is reported.
#pragma once

#include "catalog/photo_conflict.h"

namespace modiste {

struct ConflictRule {
  ConflictKind kind{};
  float report_from = 0;  // least strength that is reported, 0 to 1 (embedding/conflicts.h)
  float precision = 0;    // share of those reported that were right, on sets left out of training
};

}  // namespace modiste
