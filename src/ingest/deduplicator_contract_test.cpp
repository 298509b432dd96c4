// What every deduplicator promises, wherever it keeps the keys.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "ingest/recent_event_ids.h"

namespace modiste {
namespace {

struct Backend {
  const char* name;
  std::unique_ptr<Deduplicator> (*make)();
};

std::unique_ptr<Deduplicator> make_memory() { return std::make_unique<RecentEventIds>(); }

class DeduplicatorContract : public testing::TestWithParam<Backend> {
 protected:
  using Claims = std::vector<Claim>;
  using Keys = std::vector<EventKey>;

  Claims claim(const Keys& keys) { return deduplicator_->claim(keys).value(); }
  void confirm(const Keys& keys) { ASSERT_TRUE(deduplicator_->confirm(keys).ok()); }
  void release(const Keys& keys) { ASSERT_TRUE(deduplicator_->release(keys).ok()); }

  std::unique_ptr<Deduplicator> deduplicator_ = GetParam().make();
};

TEST_P(DeduplicatorContract, AnEventIsNewOnce) {
  EXPECT_EQ(claim({{"ada", "1"}}), Claims{Claim::kNew});
  EXPECT_EQ(claim({{"ada", "1"}}), Claims{Claim::kPending});
  confirm({{"ada", "1"}});
  EXPECT_EQ(claim({{"ada", "1"}}), Claims{Claim::kKnown});
}

TEST_P(DeduplicatorContract, AnswersInTheOrderOfTheKeys) {
  confirm({{"ada", "2"}});
  EXPECT_EQ(claim({{"ada", "1"}, {"ada", "2"}, {"ada", "1"}, {"ada", "3"}}),
            (Claims{Claim::kNew, Claim::kKnown, Claim::kPending, Claim::kNew}));
  EXPECT_TRUE(claim({}).empty());
}

TEST_P(DeduplicatorContract, IdsAreEachSubjectsOwn) {
  EXPECT_EQ(claim({{"ada", "1"}, {"bea", "1"}, {"ada1", ""}, {"", "ada1"}}), Claims(4, Claim::kNew));
}

TEST_P(DeduplicatorContract, WhatIsReleasedMayComeAgain) {
  EXPECT_EQ(claim({{"ada", "1"}, {"ada", "2"}}), Claims(2, Claim::kNew));
  release({{"ada", "1"}});
  release({{"ada", "never claimed"}});
  EXPECT_EQ(claim({{"ada", "1"}, {"ada", "2"}}), (Claims{Claim::kNew, Claim::kPending}));
}

TEST_P(DeduplicatorContract, AskingClaimsNothing) {
  const auto is_claimed = [&] { return deduplicator_->is_claimed({"ada", "1"}).value(); };
  EXPECT_FALSE(is_claimed());
  EXPECT_EQ(claim({{"ada", "1"}}), Claims{Claim::kNew});
  EXPECT_TRUE(is_claimed());
  release({{"ada", "1"}});
  EXPECT_FALSE(is_claimed());
  confirm({{"ada", "1"}});
  EXPECT_TRUE(is_claimed());
}

TEST_P(DeduplicatorContract, WhatIsConfirmedIsNotReleased) {
  confirm({{"ada", "1"}});
  release({{"ada", "1"}});
  EXPECT_EQ(claim({{"ada", "1"}}), Claims{Claim::kKnown});
}

TEST_P(DeduplicatorContract, ConfirmingTwiceIsConfirming) {
  confirm({{"ada", "1"}, {"ada", "1"}});
  confirm({{"ada", "1"}});
  EXPECT_EQ(claim({{"ada", "1"}}), Claims{Claim::kKnown});
}

TEST_P(DeduplicatorContract, OfManyThreadsOneWins) {
  constexpr size_t kThreads = 4, kEvents = 200;
  std::vector<std::string> ids;
  for (size_t i = 0; i < kEvents; ++i) ids.push_back(std::to_string(i));
  std::atomic<size_t> won = 0;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&] {
      for (const auto& id : ids) won += claim({{"ada", id}}).front() == Claim::kNew ? 1 : 0;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(won, kEvents);
}

INSTANTIATE_TEST_SUITE_P(All, DeduplicatorContract, testing::Values(Backend{"Memory", make_memory}),
                         [](const auto& backend) { return std::string(backend.param.name); });

}  // namespace
}  // namespace modiste
