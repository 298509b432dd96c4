#include "style/fit_profile.h"

namespace modiste {

const SizeEvidence* FitProfile::evidence(SizeChart chart) const {
  const auto found = sizes.find(std::string(name_of(chart)));
  return found == sizes.end() ? nullptr : &found->second;
}

SizeEvidence& FitProfile::evidence(SizeChart chart) { return sizes[std::string(name_of(chart))]; }

}  // namespace modiste
