// A whole shop on disk, opened, served and used over its API.
#include "shop/open_shop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "http/server.h"
#include "http/shop_routes.h"
#include "io/atomic_write.h"
#include "io/test_directory.h"
#include "shop/imports/history_import.h"
#include "shop/kept_settings.h"
#include "shop/remote/remote.h"
#include "shop/remote/served_catalog.h"
#include "shop/shop_metrics.h"

namespace modiste {
namespace {

using testing::HasSubstr;

Garment garment(const std::string& id) {
  Garment garment;
  garment.id = id;
  garment.title = "Red dress " + id;
  garment.brand = "Luma";
  garment.currency = "EUR";
  garment.variants.push_back({id + "-S", "S", "Red", 40.0, {}, {}, 3});
  return garment;
}

std::vector<Garment> garments(int count) {
  std::vector<Garment> all;
  for (int i = 0; i < count; ++i) all.push_back(garment(fmt::format("G{:03}", i)));
  return all;
}

Event like(const std::string& id, const std::string& garment_id) {
  Event event;
  event.event_id = id;
  event.type = EventType::kLike;
  event.shopper_id = "ada";
  event.garment_id = garment_id;
  return event;
}

class OpenShopTest : public testing::Test {
 protected:
  OpenShopTest() {
    config_.data.directory = (directory_.path() / "data").string();
    config_.embedding.model = "none";
  }
  std::unique_ptr<OpenShop> open() {
    auto shop = OpenShop::open(config_);
    EXPECT_TRUE(shop.ok()) << shop.error().message();
    return std::move(shop).value();
  }
  // Served where `modiste` commands find it.
  std::unique_ptr<http::Server> serve(OpenShop& shop) {
    http::ServerOptions options = config_.server_options();
    options.port = 0;
    auto server = http::Server::start(http::shop_router(&shop.services()), options);
    EXPECT_TRUE(server.ok());
    note_ = ServingFile::write(config_.folder(), {(*server)->url(), ::getpid(), "none is needed"}).value();
    return std::move(server).value();
  }
  TestDirectory directory_;
  Config config_;
  std::unique_ptr<ServingFile> note_;
};

TEST_F(OpenShopTest, WhatItTookIsThereWhenItIsOpenedAgain) {
  {
    const auto shop = open();
    ASSERT_TRUE(shop->services().catalog().upsert(garments(3)).ok());
    ASSERT_TRUE(shop->services().events().ingest({like("e1", "G001")}).ok());
    ASSERT_TRUE(shop->save_index().ok());
    EXPECT_EQ(OpenShop::open(config_).error().code, Code::kConflict) << "one process at a time";
  }
  const auto shop = open();
  EXPECT_EQ(shop->services().catalog().view().garment_count(), 3U);
  const auto again = shop->services().events().ingest({like("e1", "G001")});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->at(0).value(), IngestResult::kDuplicate);
}

TEST_F(OpenShopTest, WhatItTellsGoesToItsReportAlone) {
  class Notes final : public OpeningReport {
   public:
    void note(const std::string& what) override { text += what + "\n"; }
    void at(std::string_view, size_t) override {}
    std::string text;
  } notes;
  testing::internal::CaptureStderr();
  const auto shop = OpenShop::open(config_, OpenFor::kAnswers, notes);
  std::fflush(stderr);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  ASSERT_TRUE(shop.ok()) << shop.error().message();
  EXPECT_THAT(notes.text, HasSubstr("0 events of the log folded"));
}

// It is as large as the catalog; a restart should not write it again.
TEST_F(OpenShopTest, TheIndexIsSavedWhereTheCatalogChanged) {
  namespace fs = std::filesystem;
  const auto saved = [&] {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(config_.folder() / "index")) files.push_back(file.path());
    EXPECT_EQ(files.size(), 1U);
    fs::last_write_time(files.front(), fs::file_time_type{});  // of what is written again it is another
    return files.front();
  };
  const auto is_as_it_was = [](const fs::path& file) {
    return fs::exists(file) && fs::last_write_time(file) == fs::file_time_type{};
  };
  fs::path file;
  {
    const auto shop = open();
    ASSERT_TRUE(shop->services().catalog().upsert(garments(3)).ok());
    ASSERT_TRUE(shop->save_index().ok());
    file = saved();
    ASSERT_TRUE(shop->save_index().ok());
    EXPECT_TRUE(is_as_it_was(file)) << "saved twice";
  }
  const auto shop = open();
  ASSERT_TRUE(shop->services().events().ingest({like("e1", "G001")}).ok());
  ASSERT_TRUE(shop->save_index().ok());
  EXPECT_TRUE(is_as_it_was(file)) << "loaded and saved";
  ASSERT_TRUE(shop->services().catalog().upsert(garments(4)).ok());
  ASSERT_TRUE(shop->save_index().ok());
  EXPECT_FALSE(is_as_it_was(file));
  file = saved();
  ASSERT_TRUE(shop->services().catalog().remove("G002").ok());
  ASSERT_TRUE(shop->save_index().ok());
  EXPECT_FALSE(is_as_it_was(file));
}

TEST_F(OpenShopTest, AStartLoadsTheSnapshotAndFoldsTheRest) {
  namespace fs = std::filesystem;
  const fs::path folder = config_.folder() / "snapshot";
  const auto profiles = [](OpenShop& shop) {
    std::string bytes;
    shop.services().write_profiles(bytes);
    return bytes;
  };
  std::string before;
  {
    const auto shop = open();
    ASSERT_TRUE(shop->services().catalog().upsert(garments(3)).ok());
    ASSERT_TRUE(shop->services().events().ingest({like("e1", "G001")}).ok());
    const auto written = shop->snapshots().write();
    ASSERT_TRUE(written.ok()) << written.error().message();
    EXPECT_GT((*written)->bytes, 0U);
    EXPECT_FALSE(shop->snapshots().write()->has_value()) << "nothing is new";
    ASSERT_TRUE(shop->services().events().ingest({like("e2", "G002")}).ok());
    before = profiles(*shop);
  }
  {
    const auto shop = open();
    EXPECT_EQ(shop->services().events().events_folded(), 1U) << "the one after the snapshot";
    EXPECT_EQ(profiles(*shop), before);
    EXPECT_TRUE(shop->snapshots().write()->has_value());
  }
  const fs::path file = fs::directory_iterator(folder)->path();
  fs::resize_file(file, fs::file_size(file) - 1);
  {
    const auto shop = open();
    EXPECT_EQ(shop->services().events().events_folded(), 2U) << "a damaged one is left aside";
    EXPECT_EQ(profiles(*shop), before);
    ASSERT_TRUE(shop->snapshots().write()->has_value());
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1);
    ASSERT_TRUE(shop->services().shoppers().erase({IdentifierKind::kUser, "ada"}).ok());
    EXPECT_TRUE(fs::is_empty(folder)) << "what is on the disk was copied before the erasure";
    EXPECT_TRUE(shop->snapshots().write()->has_value()) << "the next one is due";
  }
}

// What is folded without it writes other profiles into the files whose places it names: a later start, whose
// catalog or encoder it fits again, must not find it.
TEST_F(OpenShopTest, ASnapshotThatIsLeftAsideGoes) {
  namespace fs = std::filesystem;
  const fs::path folder = config_.folder() / "snapshot";
  {
    const auto shop = open();
    ASSERT_TRUE(shop->services().events().ingest({like("e1", "G001")}, Arrival::kImport).ok());
    ASSERT_TRUE(shop->snapshots().write()->has_value());
  }
  {
    const auto shop = open();
    EXPECT_EQ(shop->services().events().events_folded(), 0U);
    ASSERT_TRUE(shop->services().catalog().upsert(garments(3)).ok());  // which an earlier event named
    EXPECT_FALSE(fs::is_empty(folder));
  }
  const auto shop = open();
  EXPECT_EQ(shop->services().events().events_folded(), 1U);
  EXPECT_TRUE(fs::is_empty(folder));
}

TEST_F(OpenShopTest, OnlyTheServerChangesWhatTheDirectoryIsKeptWith) {
  config_.shop.currency = "EUR";
  open();
  Config other = config_;
  other.shop.currency = "USD";
  const auto refused = OpenShop::open(other, OpenFor::kIntake).error();
  EXPECT_EQ(refused.code, Code::kConflict);
  EXPECT_EQ(refused.what, "the shop is kept with shop.currency = \"EUR\", not \"USD\"");
  other.shop.currency = "EUR";
  other.embedding.model = "modiste";
  EXPECT_THAT(OpenShop::open(other).error().what, HasSubstr("kept with embedding.model = \"none\""));
  other.embedding.model = "none";
  other.shop.currency = "GBP";
  EXPECT_TRUE(OpenShop::open(other, OpenFor::kServing).ok());
  Config bare;
  bare.data.directory = config_.data.directory;
  ASSERT_TRUE(take_kept_settings(bare).ok());
  EXPECT_EQ(bare.shop.currency, "GBP");
  EXPECT_EQ(bare.embedding.model, "none");
  std::ofstream(config_.folder() / "shop.json") << "{";
  EXPECT_EQ(OpenShop::open(other, OpenFor::kServing).error().code, Code::kCorrupt);
}

TEST(SnapshotPace, EventsSeldomWaitForSnapshots) {
  using std::chrono::seconds;
  const auto due = [](bool has_one, uint64_t events, int since, int pause, int failures = 0) {
    return snapshot_is_due({has_one, events, seconds(since), seconds(pause), failures});
  };
  EXPECT_FALSE(due(true, 10, 1'000, 0));
  EXPECT_TRUE(due(true, 10, 3'601, 0));
  EXPECT_TRUE(due(true, 250'000, 10, 0));
  EXPECT_TRUE(due(false, 0, 6, 0)) << "soon after an erasure";
  EXPECT_FALSE(due(false, 0, 4, 0));
  EXPECT_FALSE(due(false, 0, 100, 14)) << "but a thousand erasures do not hold up events all the time";
  EXPECT_TRUE(due(false, 0, 290, 14));
  EXPECT_FALSE(due(false, 0, 15, 0, 2)) << "nor does a full disk";
  EXPECT_TRUE(due(false, 0, 21, 0, 2));
  EXPECT_TRUE(due(false, 0, 1'300, 0, 30));
}

TEST_F(OpenShopTest, CommandsReachAShopThatIsServed) {
  const auto shop = open();
  const auto server = serve(*shop);
  const auto serving = serving_at(config_.folder());
  ASSERT_TRUE(serving.has_value());
  ASSERT_EQ(serving->url, server->url());

  auto sent = garments(230);  // three pages
  sent[7].variants.clear();
  const auto results = served_target(std::make_shared<PatientCalls>(*serving, "")).upsert(sent);
  ASSERT_TRUE(results.ok()) << results.error().message();
  ASSERT_EQ(results->size(), 230U);
  size_t taken = 0;
  for (const auto& result : *results) taken += result.ok() ? 1 : 0;
  EXPECT_EQ(taken, shop->services().catalog().view().garment_count());
  ASSERT_GE(taken, 229U);

  std::vector<std::string> ids;
  const auto read = for_each_served_garment(*serving, [&](Garment&& each) -> Result<Done> {
    ids.push_back(each.id);
    return kOk;
  });
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(ids.size(), taken);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
}

TEST_F(OpenShopTest, CountsForPrometheus) {
  const auto shop = open();
  const std::string text = ShopMetrics(*shop).text();
  EXPECT_THAT(text, HasSubstr("# TYPE modiste_served_lost_total counter\nmodiste_served_lost_total 0\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE modiste_occasion_model_evidence gauge\n"));
  EXPECT_THAT(text, Not(HasSubstr("modiste_weather"))) << "no weather service is asked";
  WeatherStats stats;
  stats.answered = 3;
  stats.failed = 2;
  stats.fetched_at = TimePoint(std::chrono::seconds(100));
  const auto families = weather_families(stats, TimePoint(std::chrono::seconds(160)));
  ASSERT_EQ(families.size(), 4U);
  EXPECT_EQ(families[0].metric[0].counter.value, 3);
  EXPECT_EQ(families[1].metric[1].counter.value, 2);
  EXPECT_EQ(families[3].metric[0].gauge.value, 60);
}

TEST_F(OpenShopTest, AHistoryGoesInAndItsRefusalsAreGrouped) {
  const auto shop = open();
  ASSERT_TRUE(shop->services().catalog().upsert(garments(2)).ok());
  HistoryImport import(history_target(shop->services()));
  const auto done = import.take_events([](const HistorySinks& sinks) -> Result<HistoryReport> {
    HistoryReport report;
    for (size_t line = 1; line <= 5; ++line) {
      Event event = like(fmt::format("e{}", line), line == 5 ? "" : "G001");
      event.occurred_at = parse_rfc3339("2024-05-01T10:00:00Z").value();
      TRY(sinks.event(std::move(event), line));
    }
    report.rows.rows_read = 105;
    report.rows.rows_refused = 100;
    for (size_t line = 6; line < 106; ++line)
      report.rows.refusals.push_back({"h.csv", line, "time", "is not a time"});
    return report;
  });
  ASSERT_TRUE(done.ok()) << done.error().message();
  testing::internal::CaptureStdout();
  import.print();
  std::fflush(stdout);
  const auto text = testing::internal::GetCapturedStdout();
  EXPECT_THAT(text, HasSubstr("4 events taken"));
  EXPECT_THAT(text, HasSubstr("1 refused by the shop"));
  EXPECT_THAT(text, HasSubstr("  100 x line 6, 7, 8, 9, 10, ...  time: is not a time\n"));
}

}  // namespace
}  // namespace modiste
