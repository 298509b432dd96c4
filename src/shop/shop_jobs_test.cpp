// The same work offline and beside a server.
#include "shop/shop_jobs.h"

#include <gtest/gtest.h>
#include <spdlog/sinks/null_sink.h>
#include <unistd.h>

#include "http/job_routes.h"
#include "http/server.h"
#include "http/shop_routes.h"
#include "io/atomic_write.h"
#include "io/test_directory.h"
#include "shop/background/look_maker.h"
#include "shop/background/training_schedule.h"
#include "shop/console/console_report.h"
#include "shop/imports/history_import.h"
#include "shop/open_shop.h"
#include "shop/remote/reading_view.h"
#include "shop/remote/remote.h"
#include "shop/shop_metrics.h"
#include "storage/backup/backup.h"
#include "storage/features/materialise.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

Garment shirt(const std::string& id) {
  Garment garment;
  garment.id = id;
  garment.title = "Linen shirt " + id;
  garment.category = "Men/Shirts";
  garment.variants.push_back({});
  garment.variants[0].sku = id + "-M";
  garment.variants[0].size = "M";
  garment.variants[0].colour = "Navy";
  garment.variants[0].price = 40;
  garment.variants[0].stock = 3;
  return garment;
}

Event liked(const std::string& id, const std::string& garment_id) {
  Event event;
  event.event_id = id;
  event.type = EventType::kLike;
  event.shopper_id = "ada";
  event.garment_id = garment_id;
  event.occurred_at = TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 1 / 5));
  return event;
}

class ShopJobs : public testing::Test {
 protected:
  ShopJobs() {
    config_.data.directory = (directory_.path() / "data").string();
    config_.embedding.model = "none";
  }
  // A server with a key, which commands do not have.
  void serve() {
    shop_ = OpenShop::open(config_).value();
    http::ServerOptions options = config_.server_options();
    options.port = 0;
    options.service.keys = {{"backend", http::Scope::kAdmin, http::new_api_key().hash}};
    options.service.owner_token = http::new_api_key().secret;
    options.service.log =  // the standard output is for what is compared
        std::make_shared<spdlog::logger>("none", std::make_shared<spdlog::sinks::null_sink_mt>());
    looks_ = std::make_unique<LookMaker>(config_, shop_->services(), clock_);
    jobs_ = std::make_unique<Jobs>(clock_, shop_job_kinds(work_place(config_, *shop_, *looks_)));
    http::Router router = http::shop_router(&shop_->services());
    http::add_job_routes(router, jobs_.get());
    server_ = http::Server::start(std::move(router), options).value();
    note_ = ServingFile::write(config_.folder(), {server_->url(), ::getpid(), options.service.owner_token})
                .value();
  }
  void stop() { note_.reset(), server_.reset(), jobs_.reset(), looks_.reset(), shop_.reset(); }
  void fill(OpenShop& shop) {
    ASSERT_TRUE(shop.services().catalog().upsert({shirt("A"), shirt("B")}).ok());
    ASSERT_TRUE(shop.services().events().ingest({liked("e1", "A"), liked("e2", "B")}, Arrival::kImport).ok());
  }
  std::string printed(const JobRequest& request) {
    testing::internal::CaptureStdout();
    const auto done = run_work(config_, request);
    const std::string text = testing::internal::GetCapturedStdout();
    EXPECT_TRUE(done.ok()) << done.error().message();
    return text;
  }
  // What is folded of the log of a directory, as bytes.
  std::vector<std::string> state_of(const fs::path& data) {
    Config config = config_;
    config.data.directory = data.string();
    const auto shop = OpenShop::open(config).value();
    std::vector<std::string> blocks;
    const auto snapshot = shop->services().events().cut().value();
    EXPECT_TRUE(snapshot
                    .write([&](const SnapshotBlock& block) -> Result<Done> {
                      blocks.push_back(block.name + ":" + block.bytes);
                      return kOk;
                    })
                    .ok());
    return blocks;
  }

  TestDirectory directory_;
  SystemClock clock_;
  Config config_;
  std::unique_ptr<OpenShop> shop_;
  std::unique_ptr<LookMaker> looks_;
  std::unique_ptr<Jobs> jobs_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<ServingFile> note_;
};

TEST_F(ShopJobs, PrintTheSameOfflineAndBesideAServer) {
  serve();
  fill(*shop_);
  const FeaturesArguments as_of{"2026-02-01T00:00:00Z"};
  const std::vector<JobRequest> requests{{"log_verify"}, {"features", to_json(as_of)}, {"log_seal"}};
  std::vector<std::string> beside;
  for (const auto& request : requests) beside.push_back(printed(request));
  stop();
  for (size_t i = 0; i < requests.size(); ++i) {
    EXPECT_EQ(printed(requests[i]), beside[i]) << requests[i].kind;
    EXPECT_FALSE(beside[i].empty());
  }
  EXPECT_EQ(beside[0], "2 events in 0 sealed days and 1 segments: as they were acknowledged\n");
}

TEST_F(ShopJobs, TheMetricsSayTheLatestReportOfDrift) {
  shop_ = OpenShop::open(config_).value();
  const ShopMetrics metrics(*shop_);
  EXPECT_EQ(metrics.text().find("modiste_feature_psi"), std::string::npos);
  DriftReport report;
  report.features.resize(1);
  report.features[0].feature = "content";
  report.features[0].psi = 0.5;
  const auto folder = config_.folder() / "features";
  fs::create_directories(folder);
  ASSERT_TRUE(write_atomically(folder / kDriftReportName, to_json_text(report)).ok());
  EXPECT_NE(metrics.text().find("modiste_feature_psi{feature=\"content\"} 0.5\n"), std::string::npos);
}

TEST_F(ShopJobs, ErrorsAreTheSameToo) {
  const JobRequest wrong{"features", to_json(FeaturesArguments{"yesterday"})};
  serve();
  const auto beside = run_work(config_, wrong);
  stop();
  const auto offline = run_work(config_, wrong);
  ASSERT_FALSE(offline.ok());
  ASSERT_FALSE(beside.ok());
  EXPECT_EQ(beside.error().message(), offline.error().message());
  EXPECT_EQ(beside.error().where, "/arguments/as_of");
}

TEST_F(ShopJobs, ATimeThatCannotBeReadIsRefusedBeforeAJobIsMade) {
  serve();
  EXPECT_FALSE(jobs_->start({"features", to_json(FeaturesArguments{"yesterday"})}).ok());
  EXPECT_TRUE(jobs_->list().jobs.empty());
}

TEST_F(ShopJobs, AVerifiedLogWasReadToItsEnd) {
  serve();
  fill(*shop_);
  (void)printed({"log_verify"});
  const auto progress = jobs_->list().jobs.at(0).progress;
  ASSERT_TRUE(progress.has_value());
  EXPECT_EQ(progress->done, 2U);
  EXPECT_EQ(progress->of, 2U);
}

TEST_F(ShopJobs, ABackupOfAServedShopHasItsState) {
  serve();
  fill(*shop_);
  ConsoleReport report;
  const auto backup = directory_.path() / "backup", restored = directory_.path() / "restored";
  ASSERT_TRUE(backup_into({config_}, backup, report).ok());
  ASSERT_TRUE(shop_->services().events().ingest({liked("later", "A")}, Arrival::kImport).ok());
  ASSERT_TRUE(restore_backup(backup, restored, [](uint64_t) -> Result<Done> { return kOk; }).ok());
  const auto twin = directory_.path() / "twin";
  ASSERT_TRUE(restore_backup(backup, twin, [](uint64_t) -> Result<Done> { return kOk; }).ok());
  stop();
  const auto state = state_of(restored);
  EXPECT_FALSE(state.empty());
  EXPECT_EQ(state, state_of(twin)) << "a restored shop is the same each time";
  EXPECT_NE(state, state_of(config_.folder())) << "it went on after the backup";
}

TEST_F(ShopJobs, ABackupAsAJobIsBelowTheDataDirectory) {
  serve();
  fill(*shop_);
  EXPECT_NE(printed({"backup", {{"name", "night"}}}).find("2 events"), std::string::npos);
  EXPECT_TRUE(fs::exists(config_.folder() / "backups/night/backup.json"));
  EXPECT_EQ(run_work(config_, {"backup", {{"name", "../x"}}}).error().where, "/arguments/name");
  EXPECT_EQ(run_work(config_, {"backup", {{"name", "night"}}}).error().code, Code::kConflict)
      << "nothing is overwritten";
  const auto state = [&](const fs::path& data) { return state_of(data); };
  const auto restored = directory_.path() / "restored";
  ASSERT_TRUE(restore_backup(config_.folder() / "backups/night", restored, [](uint64_t) -> Result<Done> {
                return kOk;
              }).ok());
  stop();
  EXPECT_EQ(state(restored), state(config_.folder())) << "bit for bit";
}

TEST_F(ShopJobs, ABackupIsMadeWhereNoSnapshotCanBeWritten) {
  serve();
  fill(*shop_);
  fs::remove_all(config_.folder() / "snapshot");
  EXPECT_NE(printed({"backup", {{"name", "night"}}}).find("2 events"), std::string::npos);
  EXPECT_TRUE(fs::exists(config_.folder() / "backups/night/backup.json"));
}

TEST_F(ShopJobs, ABackupIsMadeWhereNoIndexCanBeWritten) {
  serve();
  fill(*shop_);
  fs::remove_all(config_.folder() / "index");
  ASSERT_TRUE(write_atomically(config_.folder() / "index", std::string("not a folder")).ok());
  EXPECT_NE(printed({"backup", {{"name", "night"}}}).find("2 events"), std::string::npos);
  EXPECT_TRUE(fs::exists(config_.folder() / "backups/night/backup.json"));
}

TEST_F(ShopJobs, TheMetricsSayThatTheScheduleCannotBeRead) {
  shop_ = OpenShop::open(config_).value();
  const ShopMetrics metrics(*shop_);
  EXPECT_NE(metrics.text().find("modiste_training_state_readable 1\n"), std::string::npos);
  TrainingState state;
  state.of("ranker").good_at = shop_->clock().now();
  ASSERT_TRUE(write_training_state(shop_->directory().training(), state).ok());
  EXPECT_NE(metrics.text().find("modiste_training_success_age_seconds{model=\"ranker\"}"), std::string::npos);
  ASSERT_TRUE(write_atomically(shop_->directory().training() / "schedule.json", std::string("{")).ok());
  EXPECT_NE(metrics.text().find("modiste_training_state_readable 0\n"), std::string::npos);
}

// A copy has all identifiers in it.
TEST_F(ShopJobs, WhatAKilledReaderLeftGoesWithAnErasureAndAtAStart) {
  serve();
  fill(*shop_);
  const auto left = config_.folder() / "reading" / "1-1";  // of a process that lives, and is another's
  const auto leave = [&] {
    fs::create_directories(left);
    return fs::exists(left);
  };
  {
    ASSERT_TRUE(leave());
    const auto view = ReadingView::open(config_);
    ASSERT_TRUE(view.ok()) << view.error().message();
    EXPECT_FALSE(fs::exists(left)) << "by the next reader";
    ASSERT_TRUE(leave());
    ASSERT_TRUE(shop_->services().shoppers().erase({IdentifierKind::kUser, "ada"}).ok());
    EXPECT_FALSE(fs::exists(left));
    EXPECT_TRUE(fs::exists(view->config().folder())) << "it is being read";
  }
  EXPECT_FALSE(fs::exists(config_.folder() / "reading"));
  stop();
  ASSERT_TRUE(leave());
  serve();
  EXPECT_FALSE(fs::exists(left));
}

TEST_F(ShopJobs, AReadingViewIsACopyBesideAServerAndTheDirectoryWithoutOne) {
  serve();
  fill(*shop_);
  std::string copy;
  {
    const auto view = ReadingView::open(config_);
    ASSERT_TRUE(view.ok()) << view.error().message();
    copy = view->config().data.directory;
    EXPECT_NE(copy, config_.data.directory);
    const auto shop = OpenShop::open(view->config());
    ASSERT_TRUE(shop.ok()) << shop.error().message();
    EXPECT_EQ((*shop)->services().catalog().view().garment_count(), 2U);
    EXPECT_EQ((*shop)->log().size(), 2U);
  }
  EXPECT_FALSE(fs::exists(copy));
  stop();
  EXPECT_EQ(ReadingView::open(config_)->config().data.directory, config_.data.directory);
}

TEST_F(ShopJobs, AHistoryGoesInBesideAServerAsItDoesOffline) {
  serve();
  fill(*shop_);
  const auto target =
      served_history_target(std::make_shared<PatientCalls>(*serving_at(config_.folder()), config_.folder()));
  auto events = std::vector{liked("h1", "A"), liked("e1", "A"), liked("h2", "NOT-SOLD"), liked("h3", "B")};
  events[3].shopper_id = "";
  const auto taken = target.ingest(events);
  ASSERT_TRUE(taken.ok()) << taken.error().message();
  ASSERT_EQ(taken->fates.size(), 4U);
  EXPECT_EQ(*taken->fates[0], IngestResult::kAccepted);
  EXPECT_EQ(*taken->fates[1], IngestResult::kDuplicate);
  EXPECT_EQ(taken->unknown_garments, 1U);
  ASSERT_FALSE(taken->fates[3].ok());
  const auto offline = shop_->services().events().ingest({events[3]}, Arrival::kImport);
  EXPECT_EQ(taken->fates[3].error().message(), offline->front().error().message());
}

}  // namespace
}  // namespace modiste
