#include "shop/remote/served_catalog.h"

#include <gtest/gtest.h>

#include "http/catalog_contracts.h"
#include "io/test_server.h"

namespace modiste {
namespace {

Garment of_size(std::string id, size_t bytes) {
  Garment garment;
  garment.id = std::move(id);
  garment.title = "Dress";
  garment.description = std::string(bytes, 'x');
  garment.variants = {{garment.id + "-M", "M", "Red", 20, {}, {}, 3}};
  return garment;
}

TEST(ServedCatalog, SendsInPartsWhatIsTooLargeForOneRequest) {
  TestServer server([](const std::string&) -> CannedAnswer {
    http::BatchUpsertReport report;
    report.accepted = 1;
    return {http_answer("200 OK", to_json_text(report)), {}};
  });
  constexpr size_t kMegabyte = 1'000'000;
  const auto target =
      served_target(std::make_shared<PatientCalls>(ServingNote{server.url(), 1, "secret"}, ""));
  auto results = target.upsert({of_size("A", 3 * kMegabyte), of_size("B", 3 * kMegabyte),
                                of_size("huge", 9 * kMegabyte), of_size("C", 3 * kMegabyte)});
  ASSERT_TRUE(results.ok()) << results.error().message();
  ASSERT_EQ(results->size(), 4U);
  for (const size_t sent : {0U, 1U, 3U}) EXPECT_TRUE((*results)[sent].ok()) << sent;
  ASSERT_FALSE((*results)[2].ok());
  EXPECT_NE((*results)[2].error().message().find("at most 8388608 bytes"), std::string::npos);
  EXPECT_EQ(server.targets().size(), 2U) << "A with B, and C";
}

}  // namespace
}  // namespace modiste
