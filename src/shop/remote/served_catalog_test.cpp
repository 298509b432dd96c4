#include "shop/remote/served_catalog.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

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

// The server reports on a batch: a refusal belongs to its garment, and the counts to those that it took.
TEST(ServedCatalog, ARefusalIsOfItsGarmentAndTheCountsAreOfTheOthers) {
  TestServer server([](const std::string&) -> CannedAnswer {
    http::BatchUpsertReport report;
    report.accepted = 2;
    report.created = 1;
    report.embedded = 3;
    report.photo_problems = {"garment 'C': blurred"};
    http::GarmentRefusal refused;
    refused.garment_id = "A";
    refused.index = 0;
    refused.pointer = "/title";
    refused.reason = "is empty";
    report.refused = {refused};
    return {http_answer("200 OK", to_json_text(report)), {}};
  });
  const auto target =
      served_target(std::make_shared<PatientCalls>(ServingNote{server.url(), 1, "secret"}, ""));
  auto results = target.upsert({of_size("A", 1), of_size("B", 1), of_size("C", 1)});
  ASSERT_TRUE(results.ok()) << results.error().message();
  ASSERT_EQ(results->size(), 3U);
  ASSERT_FALSE((*results)[0].ok());
  EXPECT_EQ((*results)[0].error().where, "/title");
  ASSERT_TRUE((*results)[1].ok() && (*results)[2].ok());
  EXPECT_EQ((*results)[1]->garment_id, "B");
  EXPECT_TRUE((*results)[1]->created);
  EXPECT_FALSE((*results)[2]->created);
  EXPECT_EQ((*results)[1]->embedded + (*results)[2]->embedded, 3U);
  EXPECT_EQ((*results)[1]->photo_problems, std::vector<std::string>{"garment 'C': blurred"});
  EXPECT_TRUE((*results)[2]->photo_problems.empty());
}

// At the end of a long import a whole feed asks for the ids: a server that is busy then is waited for.
TEST(ServedCatalog, AsksABusyServerForTheIdsAgain) {
  std::atomic<int> asked = 0;
  TestServer server([&](const std::string&) -> CannedAnswer {
    if (++asked == 1) return {http_answer("503 Service Unavailable", "{}"), {}};
    GarmentPage page;
    page.garments = {of_size("A", 1)};
    return {http_answer("200 OK", to_json_text(page)), {}};
  });
  constexpr PatientCalls::Patience kShortly{std::chrono::milliseconds(1), std::chrono::milliseconds(4),
                                            std::chrono::milliseconds(10'000)};
  const auto target =
      served_target(std::make_shared<PatientCalls>(ServingNote{server.url(), 1, "secret"}, "", kShortly));
  const auto ids = target.ids();
  ASSERT_TRUE(ids.ok()) << ids.error().message();
  EXPECT_EQ(*ids, std::vector<std::string>{"A"});
}

}  // namespace
}  // namespace modiste
