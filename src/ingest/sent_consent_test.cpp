// Events of shoppers who denied analytics in the sender's own form teach nothing and are not kept.
#include <gtest/gtest.h>

#include "ingest/ingest_testing.h"

namespace modiste {
namespace {

std::string segment(std::string_view context) {
  return R"({"type":"track","event":"Product Viewed","messageId":"m1","anonymousId":"a1",)"
         R"("timestamp":"2026-11-21T09:00:00Z","properties":{"product_id":"g1"},"context":)" +
         std::string(context) + "}";
}

TEST(SentConsent, SegmentsDeniedCategoriesAreHeard) {
  const auto denied =
      taken(segment(R"({"consent":{"categoryPreferences":{"Advertising":true,"Analytics":false}}})"));
  EXPECT_TRUE(denied.events.empty());
  EXPECT_EQ(denied.ignored, 1U);
  const auto granted =
      taken(segment(R"({"consent":{"categoryPreferences":{"Advertising":false,"Analytics":true}}})"));
  EXPECT_EQ(granted.events.size(), 1U) << "advertising is of other companies";
  for (const std::string no : {R"("false")", R"("No")", R"("denied")", "0"})
    EXPECT_TRUE(
        taken(segment(R"({"consent":{"categoryPreferences":{"Analytics":)" + no + "}}}")).events.empty())
        << no;
}

TEST(SentConsent, RudderStacksDeniedIdsAreHeard) {
  const auto of = [](std::string_view ids) {
    return taken(segment(R"({"consentManagement":{"provider":"custom","deniedConsentIds":)" +
                         std::string(ids) + "}}"))
        .events.size();
  };
  EXPECT_EQ(of(R"(["Personalization"])"), 0U);
  EXPECT_EQ(of(R"(["Targeted ads"])"), 1U);
}

TEST(SentConsent, ShopifysPixelSaysWhatMayBeProcessed) {
  const auto of = [](std::string_view privacy) {
    return taken(R"({"id":"e1","name":"product_viewed","clientId":"c1","timestamp":"2026-11-21T09:00:00Z",)"
                 R"("customerPrivacy":)" +
                 std::string(privacy) + R"(,"data":{"productVariant":{"id":"v1","product":{"id":"g1"}}}})")
        .events.size();
  };
  EXPECT_EQ(of(R"({"analyticsProcessingAllowed":false,"marketingAllowed":true})"), 0U);
  EXPECT_EQ(of(R"({"analyticsProcessingAllowed":true,"marketingAllowed":false})"), 1U);
}

}  // namespace
}  // namespace modiste
