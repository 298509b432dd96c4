// links: modiste_style
// What the model registry reads: a manifest, or the payload of a fit model. The first byte selects. What is
// read is the same after writing and reading it again.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "learning/registry/model_manifest.h"
#include "style/fit_format.h"

namespace {

using namespace modiste;

void manifest(std::string_view text) {
  const auto first = from_json_text<ModelManifest>(text);
  if (!first.ok()) return;
  const auto written = to_json_text(*first);
  const auto second = from_json_text<ModelManifest>(written);
  CHECK(second.ok());
  CHECK(to_json_text(*second) == written);
}

void fit_model(std::string_view text) {
  const auto first = parse_fit(text);
  if (!first.ok()) {
    CHECK(first.error().code == Code::kCorrupt);
    return;
  }
  const auto written = serialize_fit(*first);
  const auto second = parse_fit(written);
  CHECK(second.ok());
  CHECK(serialize_fit(*second) == written);
  // A model of these parameters answers finite probabilities.
  const FitModel model(*first);
  FitProfile profile;
  profile.body.height_cm = 170;
  const auto p = model.predict(profile, {"g", "dress", SizeChart::kWomen, 5, true, {}});
  CHECK(p.small >= 0 && p.fit >= -1e-9 && p.large >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  (data[0] % 2 == 0 ? manifest : fit_model)(text);
  return 0;
}
