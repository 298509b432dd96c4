// links: modiste_base
// A value that a contract reads is the same after writing and reading it again. The first
// byte selects the contract.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/json.h"
#include "http/catalog_contracts.h"
#include "http/event_contracts.h"
#include "serving/shopper/style_view.h"

namespace {

using namespace modiste;

template <class T>
void round_trip(std::string_view text) {
  const auto first = from_json_text<T>(text);
  if (!first.ok()) {
    CHECK(!first.error().what.empty());
    return;
  }
  const auto written = to_json_text(*first);
  const auto second = from_json_text<T>(written);
  CHECK(second.ok());
  CHECK(to_json_text(*second) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr void (*kContracts[])(std::string_view) = {round_trip<Garment>,
                                                      round_trip<http::EventBatch>,
                                                      round_trip<RecommendRequest>,
                                                      round_trip<SearchRequest>,
                                                      round_trip<http::VariantPatch>,
                                                      round_trip<Answer>,
                                                      round_trip<http::GarmentBatch>,
                                                      round_trip<StyleView>};
  kContracts[data[0] % std::size(kContracts)](text);
  return 0;
}
