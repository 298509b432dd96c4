// The stated propensity is the share with which an item is shown, over the whole request path.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "small_shop.h"

namespace modiste {
namespace {

// 30 garments, three of them new: G0, G10 and G20.
struct Exploring : testing::Test {
  Exploring() {
    auto garments = make_garments(30);
    for (Garment& garment : garments)
      garment.created_at = stores.clock.now() - std::chrono::days(is_new(garment.id) ? 2 : 300);
    EXPECT_TRUE(shop->catalog().upsert(garments).ok());
    stores.clock.advance(std::chrono::minutes(1));
  }
  static bool is_new(const std::string& id) { return id.back() == '0'; }

  std::vector<AnswerItem> ask(const std::string& who, size_t count = 3) {
    RecommendRequest request;
    request.shopper_id = who;
    request.count = static_cast<int>(count);
    // As the HTTP server asks, which gives each request an id of its own.
    auto answer = shop->recommender().recommend(request, "r" + std::to_string(++asked));
    EXPECT_TRUE(answer.ok()) << answer.error().message();
    return std::move(answer->items);
  }

  // More than by default: the shares of some thousand answers are then told apart.
  static ShopOptions exploring() {
    Policy policy;
    policy.exploration.epsilon_start = 0.30;
    ShopOptions options;
    options.recommender.policy = std::make_shared<const Policy>(std::move(policy));
    return options;
  }

  int asked = 0;
  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open(exploring());
};

struct Seen {
  double count = 0, stated = 0;
};
// By what was shown before, then by garment. Items have one colour here.
using Shares = std::map<std::string, std::map<std::string, Seen>>;

void note(const std::vector<AnswerItem>& items, Shares& shares) {
  std::string before;
  for (const AnswerItem& item : items) {
    Seen& seen = shares[before][item.garment_id];
    if (seen.count > 0) {
      ASSERT_NEAR(seen.stated, item.propensity, 1e-6) << item.garment_id << " after " << before;
    }
    ++seen.count;
    seen.stated = item.propensity;
    before += item.garment_id + ' ';
  }
}

int compare(const Shares& shares, const std::string& who) {
  constexpr double kEnough = 200;
  int compared = 0;
  for (const auto& [before, items] : shares) {
    double n = 0, stated = 0;
    for (const auto& [id, seen] : items) n += seen.count;
    if (n < kEnough) continue;
    for (const auto& [id, seen] : items) {
      const double deviation = std::sqrt(seen.stated * (1 - seen.stated) / n);
      EXPECT_NEAR(seen.count / n, seen.stated, 4.5 * deviation + 1 / n)
          << who << ": " << id << " after " << before;
      stated += seen.stated;
      ++compared;
    }
    EXPECT_LT(stated, 1 + 1e-6) << who << " after " << before;
    EXPECT_GT(stated, 0.9) << who << " after " << before;
  }
  return compared;
}

TEST_F(Exploring, StatedPropensitiesAreObservedSharesWithinAnHour) {
  for (const char* liked : {"G2", "G4", "G6"}) send(*shop, make_event(EventType::kLike, "ada", liked));
  Event quiz = make_event(EventType::kQuiz, "bob", "");
  quiz.quiz.emplace().budget_max = 34;  // two garments: the budget is relaxed, and tiers follow
  send(*shop, quiz);
  for (const char* who : {"ada", "bob", "stranger"}) {
    Shares shares;
    for (int request = 0; request < 1'200; ++request) note(ask(who), shares);
    EXPECT_GT(compare(shares, who), 4) << who;
  }
}

TEST_F(Exploring, StatedPropensitiesAddUpOverTheHours) {
  for (const char* liked : {"G2", "G4", "G6"}) send(*shop, make_event(EventType::kLike, "ada", liked));
  constexpr int kHours = 12, kRequests = 100;
  constexpr double kOften = 0.05;  // rarer ones may be missing in an hour, and their propensity with them
  std::map<std::string, Seen> first;
  int stated_often = 0;
  for (int hour = 0; hour < kHours; ++hour) {
    std::map<std::string, Seen> now;
    for (int request = 0; request < kRequests; ++request) {
      const AnswerItem item = ask("ada", 1).front();
      ++now[item.garment_id].count;
      now[item.garment_id].stated = item.propensity;
    }
    for (const auto& [id, seen] : now) {
      if (seen.stated < kOften) continue;
      first[id].count += seen.count;
      first[id].stated += kRequests * seen.stated;
      ++stated_often;
    }
    stores.clock.advance(std::chrono::hours(1));
  }
  EXPECT_GE(stated_often, kHours);
  for (const auto& [id, seen] : first)
    EXPECT_NEAR(seen.count, seen.stated, 4.5 * std::sqrt(seen.stated)) << id;
}

TEST_F(Exploring, FavoursWhatIsNew) {
  for (const char* liked : {"G1", "G3", "G5"}) send(*shop, make_event(EventType::kLike, "ada", liked));
  double explored = 0, fresh = 0;
  for (int request = 0; request < 600; ++request)
    for (const AnswerItem& item : ask("ada"))
      if (item.explored) {
        ++explored;
        if (is_new(item.garment_id)) ++fresh;
      }
  ASSERT_GT(explored, 100);
  EXPECT_GT(fresh / explored, 0.25) << "a tenth of the garments";
}

// Sixty garments or more are new: what is old is tried again all the same.
TEST(ExploringMuchThatIsNew, TriesWhatIsOldToo) {
  SmallShop stores;
  const auto shop = stores.open();
  auto garments = make_garments(400);
  for (size_t i = 0; i < garments.size(); ++i)
    garments[i].created_at = stores.clock.now() - std::chrono::days(i % 2 == 0 ? 2 : 300);
  std::set<std::string> old;
  for (size_t i = 1; i < garments.size(); i += 2) old.insert(garments[i].id);
  ASSERT_TRUE(shop->catalog().upsert(garments).ok());
  stores.clock.advance(std::chrono::minutes(1));
  int tried_again = 0;
  for (int asked = 0; asked < 60; ++asked) {
    RecommendRequest request;
    request.count = 20;
    const auto answer = shop->recommender().recommend(request, fmt::format("r{}", asked));
    ASSERT_TRUE(answer.ok());
    for (const AnswerItem& item : answer->items)
      tried_again += item.explored && old.contains(item.garment_id);
  }
  EXPECT_GT(tried_again, 5);
}

}  // namespace
}  // namespace modiste
