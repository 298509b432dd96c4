// A snapshot with the rest of the log is what the whole log is, bit for bit.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "person_log.h"
#include "serving/events/shop_snapshot.h"
#include "small_shop.h"

namespace modiste {
namespace {

using testing::HasSubstr;

// Blocks in memory, as a stored snapshot gives them.
class KeptBlocks final : public SnapshotBlocks {
 public:
  explicit KeptBlocks(std::vector<SnapshotBlock> blocks) : blocks_(std::move(blocks)) {}
  Result<std::optional<SnapshotBlock>> next() override {
    if (next_ == blocks_.size()) return std::optional<SnapshotBlock>();
    return std::optional(blocks_[next_++]);
  }

 private:
  std::vector<SnapshotBlock> blocks_;
  size_t next_ = 0;
};

std::vector<SnapshotBlock> snapshot_of(Shop& shop) {
  std::vector<SnapshotBlock> blocks;
  const auto cut = shop.events().cut();
  EXPECT_TRUE(cut.ok()) << cut.error().message();
  if (!cut.ok()) return blocks;
  EXPECT_TRUE(cut->write([&](const SnapshotBlock& block) -> Result<Done> {
                   blocks.push_back(block);
                   return kOk;
                 })
                  .ok());
  return blocks;
}

std::string profiles_of(const Shop& shop) {
  std::string out;
  shop.write_profiles(out);
  return out;
}

// Of two snapshots, the names of blocks that differ.
std::vector<std::string> differing(const std::vector<SnapshotBlock>& a, const std::vector<SnapshotBlock>& b) {
  std::vector<std::string> names;
  EXPECT_EQ(a.size(), b.size());
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (a[i].name != b[i].name || a[i].bytes != b[i].bytes) names.push_back(a[i].name);
  return names;
}

class Snapshots : public testing::Test {
 protected:
  std::unique_ptr<Shop> unloaded() {
    return std::make_unique<Shop>(
        ShopPorts{stores_->clock, stores_->log, stores_->store, stores_->store, &stores_->encoder},
        Vocabulary::standard());
  }
  // Loaded with the snapshot, which fits.
  std::unique_ptr<Shop> restored(const std::vector<SnapshotBlock>& blocks) {
    auto shop = unloaded();
    KeptBlocks kept(blocks);
    const auto loaded = shop->load({}, &kept);
    EXPECT_TRUE(loaded.ok()) << loaded.error().message();
    EXPECT_FALSE(loaded.ok() && loaded->left_aside) << loaded->left_aside->message();
    return shop;
  }
  // Why a snapshot was left aside; empty if it was not.
  std::string left_aside(const std::vector<SnapshotBlock>& blocks) {
    auto shop = unloaded();
    KeptBlocks kept(blocks);
    const auto loaded = shop->load({}, &kept);
    EXPECT_TRUE(loaded.ok()) << loaded.error().message();
    EXPECT_EQ(profiles_of(*shop), profiles_of(*stores_->open())) << "the log was folded from its beginning";
    return loaded->left_aside ? loaded->left_aside->message() : "";
  }

  std::unique_ptr<SmallShop> stores_ = std::make_unique<SmallShop>();
};

// Appends what PersonLog draws, with orders among the purchases.
class DrawnLog {
 public:
  explicit DrawnLog(uint64_t seed) : drawn_(seed), timeline_({}), rng_(seed) {}

  void append(EventLog& log, int count) {
    for (int i = 0; i < count; ++i) {
      auto [event, at] = drawn_.next(
          [&](const NodeRef& node) {
            return timeline_.person_of({&node, 1});
          },
          [&](const std::string& person) { return timeline_.identity_keys(person); },
          [&](const std::string& person) { return timeline_.explain(person); });
      if (event.type == EventType::kPurchase) event.order_id = fmt::format("order-{}", rng_.below(60));
      const auto appended = log.append({&event, 1}, at);
      ASSERT_TRUE(appended.ok());
      timeline_.observe({appended->positions.front(), at, std::move(event)});
    }
  }

 private:
  PersonLog drawn_;
  PersonTimeline timeline_;
  Rng rng_;
};

TEST_F(Snapshots, WithTheRestOfTheLogAreTheWholeLogBitForBit) {
  constexpr int kEvents = 1'200;
  for (const uint64_t seed : {11, 12, 13}) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    stores_ = std::make_unique<SmallShop>();
    ASSERT_TRUE(stores_->open()->catalog().upsert(make_garments(40)).ok());
    Rng rng(seed);
    DrawnLog log(seed);
    struct Cut {
      int events = 0;
      std::unique_ptr<Shop> shop;  // which goes on
      std::vector<SnapshotBlock> blocks;
    };
    std::vector<Cut> cuts;
    int events = 0;
    while (events < kEvents) {
      const int more = 1 + static_cast<int>(rng.below(300));
      log.append(stores_->log, more);
      events += more;
      auto shop = stores_->open();
      auto blocks = snapshot_of(*shop);
      cuts.push_back({events, std::move(shop), std::move(blocks)});
    }
    log.append(stores_->log, 150);
    const auto from_zero = stores_->open();
    ASSERT_GT(from_zero->events().events_folded(), 1'200U);
    for (Cut& cut : cuts) {
      SCOPED_TRACE(fmt::format("cut after {} events", cut.events));
      const auto shop = restored(cut.blocks);
      EXPECT_LT(shop->events().events_folded(), from_zero->events().events_folded());
      EXPECT_EQ(profiles_of(*shop), profiles_of(*from_zero));
      // A profile that a merge changed is rebuilt when a batch ends, so that among equal profiles what is
      // chosen together stands in the order in which it was rebuilt: compared with the process that went on.
      EXPECT_THAT(differing(snapshot_of(*shop), snapshot_of(*from_zero)),
                  testing::Each(testing::AnyOf("people", "co-choices", "profiles")));
      ASSERT_TRUE(cut.shop->events().replay().ok());
      EXPECT_THAT(differing(snapshot_of(*shop), snapshot_of(*cut.shop)), testing::IsEmpty());
    }
  }
}

TEST_F(Snapshots, AStartContinuesWhereTheSnapshotEnds) {
  const auto shop = stores_->open();
  ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
  send(*shop, make_event(EventType::kLike, "ada", "G2"));
  const auto blocks = snapshot_of(*shop);
  send(*shop, make_event(EventType::kLike, "ada", "G4"));
  const auto again = restored(blocks);
  EXPECT_EQ(again->events().events_folded(), 1U);
  EXPECT_EQ(profiles_of(*again), profiles_of(*shop));
  send(*again, make_event(EventType::kLike, "ada", "G6"));  // appends after what it folded
  EXPECT_EQ(profiles_of(*again), profiles_of(*stores_->open()));
}

TEST_F(Snapshots, ARepeatedEventIsKnownAfterIt) {
  const auto shop = stores_->open();
  ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
  Event like = make_event(EventType::kLike, "ada", "G2");
  like.event_id = "the-same";
  send(*shop, like);
  const auto again = restored(snapshot_of(*shop));
  const auto fates = again->events().ingest({like});
  ASSERT_TRUE(fates.ok());
  EXPECT_EQ(fates->front().value(), IngestResult::kDuplicate);
}

TEST_F(Snapshots, OfAnotherLogOrAheadOfItAreLeftAside) {
  auto shop = stores_->open();
  ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
  for (const char* garment : {"G2", "G4"}) send(*shop, make_event(EventType::kLike, "ada", garment));
  const auto blocks = snapshot_of(*shop);
  shop.reset();
  stores_ = std::make_unique<SmallShop>();
  EXPECT_THAT(left_aside(blocks), HasSubstr("another log, or ahead of this one"));
  shop = stores_->open();
  ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
  for (const char* garment : {"G4", "G2"}) send(*shop, make_event(EventType::kLike, "bea", garment));
  EXPECT_THAT(left_aside(blocks), HasSubstr("another log, or ahead of this one"));
}

TEST_F(Snapshots, OfAnotherEncoderVersionOrFitModelAreLeftAside) {
  const auto shop = stores_->open();
  ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
  send(*shop, make_event(EventType::kLike, "ada", "G2"));
  auto blocks = snapshot_of(*shop);
  EXPECT_EQ(left_aside(blocks), "");
  stores_->encoder.name = "words-2";
  EXPECT_THAT(left_aside(blocks), HasSubstr("of the encoder 'words-1'"));
  stores_->encoder.name = "words-1";
  blocks.front().bytes[0] ^= 0x40;
  EXPECT_THAT(left_aside(blocks), HasSubstr("the snapshot is of version"));
}

// A running server takes a new fit model, and is backed up and tidied as before: the next start, with the new
// one, folds the log.
TEST_F(Snapshots, AfterAnotherFitModelSayByWhichTheyWereFolded) {
  const auto shop = stores_->open();
  ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
  send(*shop, make_event(EventType::kLike, "ada", "G2"));
  shop->use_fit(FitParameters(), 3);
  EXPECT_EQ(left_aside(snapshot_of(*shop)), "")
      << "by a start with the earlier model, by which it was folded";
  send(*shop, make_event(EventType::kLike, "ada", "G3"));
  EXPECT_THAT(left_aside(snapshot_of(*shop)), HasSubstr("the fit model was replaced"));
  shop->use_fit(FitParameters(), 0);
  send(*shop, make_event(EventType::kLike, "ada", "G4"));
  EXPECT_THAT(left_aside(snapshot_of(*shop)), HasSubstr("the fit model was replaced"))
      << "a mix all the same";
}

TEST_F(Snapshots, ThatAreOfNoUseAreToldBeforeAnythingIsFolded) {
  std::vector<SnapshotBlock> blocks;
  {
    const auto shop = stores_->open();
    ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
    send(*shop, make_event(EventType::kLike, "ada", "G2"));
    blocks = snapshot_of(*shop);
  }
  stores_->encoder.name = "words-2";
  auto shop = unloaded();
  KeptBlocks kept(blocks);
  uint64_t folded = 99;
  const auto loaded = shop->load({}, &kept, [&](const Error&) -> Result<Done> {
    folded = shop->events().events_folded();
    return Error{Code::kUnavailable, "it cannot be deleted", "", ""};
  });
  EXPECT_EQ(folded, 0U);
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().what, "it cannot be deleted");
}

TEST_F(Snapshots, NumberTheCatalogAsTheyDo) {
  const auto shop = stores_->open();
  for (const int number : {7, 2, 9, 4}) ASSERT_TRUE(shop->catalog().upsert({make_garment(number)}).ok());
  for (const char* garment : {"G9", "G2"}) send(*shop, make_event(EventType::kLike, "ada", garment));
  const auto blocks = snapshot_of(*shop);
  ASSERT_TRUE(shop->catalog().upsert({make_garment(1)}).ok());
  const auto again = restored(blocks);  // the store gives them in another order
  EXPECT_EQ(recommended(*again, "ada", 3), recommended(*shop, "ada", 3));
  EXPECT_TRUE(differing(snapshot_of(*again), snapshot_of(*shop)).empty());
}

TEST_F(Snapshots, AGarmentThatEarlierEventsNamedAsksForTheWholeLog) {
  const auto shop = stores_->open();
  ASSERT_TRUE(shop->catalog().upsert(make_garments(4)).ok());
  Event early = make_event(EventType::kLike, "ada", "G8");
  early.occurred_at = stores_->clock.now() - std::chrono::days(60);
  ASSERT_TRUE(shop->events().ingest({early}, Arrival::kImport).value().front().ok());
  const auto blocks = snapshot_of(*shop);
  EXPECT_EQ(left_aside(blocks), "");
  ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
  EXPECT_THAT(left_aside(blocks), HasSubstr("garments that earlier events named"));
}

TEST_F(Snapshots, AnyBlockThatIsCutShortIsRefusedWithoutACrash) {
  {
    const auto shop = stores_->open();
    ASSERT_TRUE(shop->catalog().upsert(make_garments(40)).ok());
  }
  DrawnLog log(5);
  log.append(stores_->log, 400);
  const auto blocks = snapshot_of(*stores_->open());
  ASSERT_GT(blocks.size(), 10U);
  Rng rng(5);
  for (size_t block = 0; block < blocks.size(); ++block) {
    SCOPED_TRACE(blocks[block].name);
    for (int i = 0; i < 3 && !blocks[block].bytes.empty(); ++i) {
      auto spoilt = blocks;
      spoilt[block].bytes.resize(rng.below(spoilt[block].bytes.size()));
      auto shop = unloaded();
      KeptBlocks kept(spoilt);
      const auto loaded = shop->load({}, &kept);
      if (block == 0) {
        EXPECT_TRUE(loaded.ok() && loaded->left_aside);
      } else {
        ASSERT_FALSE(loaded.ok());
        EXPECT_EQ(loaded.error().where, kSnapshotPlace);
      }
    }
    auto missing = blocks;
    missing.erase(missing.begin() + static_cast<ptrdiff_t>(block));
    KeptBlocks kept(missing);
    auto shop = unloaded();
    const auto loaded = shop->load({}, &kept);
    // Without a block of profiles it is whole in itself: the folder's count of blocks tells.
    if (blocks[block].name != "profiles") {
      EXPECT_TRUE(!loaded.ok() || loaded->left_aside);
    }
  }
}

TEST_F(Snapshots, HoldNothingOfAShopperWhoWasErased) {
  const auto shop = stores_->open();
  ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
  Event bought = make_event(EventType::kPurchase, "ada", "G2");
  bought.order_id = "order-of-ada";
  send(*shop, bought);
  send(*shop, make_event(EventType::kLike, "bea", "G3"));
  const auto holds = [&](std::string_view text) {
    for (const SnapshotBlock& block : snapshot_of(*shop))
      if (block.bytes.find(text) != std::string::npos) return true;
    return false;
  };
  EXPECT_TRUE(holds("order-of-ada"));
  int forgotten = 0;
  shop->shoppers().on_erasure([&]() -> Result<Done> {
    ++forgotten;
    return kOk;
  });
  ASSERT_TRUE(shop->shoppers().erase({IdentifierKind::kUser, "ada"}).ok());
  EXPECT_EQ(forgotten, 1);
  EXPECT_FALSE(holds("order-of-ada"));
}

}  // namespace
}  // namespace modiste
