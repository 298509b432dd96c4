// Which nights of the lookbook are made, whoever asks for looks before.
#include "shop/background/lookbook_keeper.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "io/test_directory.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"

namespace modiste {
namespace {

constexpr double kNightHour = 4;

class LookbookKeeperTest : public testing::Test {
 protected:
  LookbookKeeperTest() {
    config_.data.directory = directory_.path().string();
    ShopPorts ports{.clock = clock_, .log = log_, .garments = store_, .subjects = store_};
    ports.looks = &store_;
    shop_ = std::make_unique<Shop>(ports, Vocabulary::standard());
    EXPECT_TRUE(shop_->load().ok());
    std::vector<Garment> garments;
    for (const char* department : {"Women", "Men"})
      for (const char* category :
           {"Tops/T-shirts", "Bottoms/Dress Pants", "Shoes/Loafers", "Outerwear/Coats"})
        for (const char* colour : {"Black", "White", "Navy"}) {
          Garment& garment = garments.emplace_back();
          garment.id = fmt::format("G{}", garments.size());
          garment.title = fmt::format("{} {}", colour, category);
          garment.category = fmt::format("{}/{}", department, category);
          garment.department = department;
          garment.variants.push_back({garment.id + "-M", "M", colour, 50, {}, {}, 3});
        }
    EXPECT_TRUE(shop_->catalog().upsert(std::move(garments)).ok());
    start();
  }
  // A server; what it is told to forget of the one before it is what stands in memory.
  void start() {
    looks_ = std::make_unique<LookMaker>(config_, *shop_, clock_);
    keeper_ = std::make_unique<LookbookKeeper>(*looks_, kNightHour);
  }
  void be_at(int day, int hour) {
    const TimePoint at = TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / day));
    clock_.advance(at + std::chrono::hours(hour) - clock_.now());
  }
  void look_at(int day, int hour) {
    be_at(day, hour);
    keeper_->look(std::stop_token());
  }
  // Departments of which newcomers have looks of this day.
  std::string newcomers_of(int day) {
    std::string departments;
    const auto pools = store_.pools().value();
    for (const auto& pool : pools)
      if (pool.day == fmt::format("2026-05-{:02}", day)) departments += "(" + pool.cluster.department + ")";
    return departments;
  }

  static constexpr const char* kAll = "(men)()(women)";  // as their ids sort
  TestDirectory directory_;
  ManualClock clock_{TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 1)) +
                     std::chrono::hours(3)};
  MemoryEventLog log_;
  MemoryStore store_;
  Config config_;
  std::unique_ptr<Shop> shop_;
  std::unique_ptr<LookMaker> looks_;
  std::unique_ptr<LookbookKeeper> keeper_;
};

TEST_F(LookbookKeeperTest, ANewcomerWhoAsksBeforeTheNightDoesNotTakeItsPlace) {
  look_at(1, 3);
  EXPECT_EQ(newcomers_of(1), kAll) << "at once, where there are none";
  look_at(2, 0);
  EXPECT_EQ(newcomers_of(2), "") << "the night has not come";
  ASSERT_TRUE(shop_->lookbook().looks({}).ok());
  look_at(2, 0);
  EXPECT_EQ(newcomers_of(2), "()") << "what was asked for";
  look_at(2, 4);
  EXPECT_EQ(newcomers_of(2), kAll);
}

TEST_F(LookbookKeeperTest, ANightThatWasStoppedIsMadeByTheNextServer) {
  look_at(1, 4);
  be_at(2, 4);
  class OneCluster final : public JobReport {
   public:
    void print(const std::string&) override {}
    Result<Done> at(const std::string&, uint64_t done, uint64_t) override {
      if (done == 0) return kOk;
      return Error{Code::kConflict, "the shop is closing", "", ""};
    }
  } one_cluster;
  EXPECT_FALSE(looks_->make(NightScope::kAll, one_cluster).ok());
  EXPECT_EQ(newcomers_of(2), "()");
  start();
  look_at(2, 4);
  EXPECT_EQ(newcomers_of(2), kAll);
}

TEST_F(LookbookKeeperTest, ANightIsMadeOnce) {
  look_at(1, 4);
  ASSERT_EQ(newcomers_of(1), kAll);
  const auto made_at = store_.pools()->front().made_at;
  look_at(1, 5);
  start();
  look_at(1, 6);
  EXPECT_EQ(store_.pools()->front().made_at, made_at) << "a restart knows of it";
  look_at(2, 0);
  EXPECT_EQ(newcomers_of(2), "");
}

}  // namespace
}  // namespace modiste
