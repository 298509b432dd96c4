#include "ingest/recent_event_ids.h"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <string>

#include "base/rng.h"

namespace modiste {
namespace {

Claim claim(RecentEventIds& ids, const std::string& id) {
  const EventKey key{"s", id};
  return ids.claim({&key, 1}).value().front();
}
void confirm(RecentEventIds& ids, const std::string& id) {
  const EventKey key{"s", id};
  ASSERT_TRUE(ids.confirm({&key, 1}).ok());
}
void release(RecentEventIds& ids, const std::string& id) {
  const EventKey key{"s", id};
  ASSERT_TRUE(ids.release({&key, 1}).ok());
}

TEST(RecentEventIds, ForgetsTheOldestPastItsCapacity) {
  RecentEventIds ids(3);
  for (const char* id : {"1", "2", "3", "4"}) confirm(ids, id);
  for (const char* id : {"2", "3", "4"}) EXPECT_EQ(claim(ids, id), Claim::kKnown) << id;
  EXPECT_EQ(ids.size(), 3u);
  EXPECT_EQ(claim(ids, "1"), Claim::kNew);
}

TEST(RecentEventIds, AReleasedPlaceIsPushedOutInItsTurn) {
  RecentEventIds ids(3);
  EXPECT_EQ(claim(ids, "1"), Claim::kNew);
  release(ids, "1");
  for (const char* id : {"1", "2", "3"}) EXPECT_EQ(claim(ids, id), Claim::kNew) << id;
  EXPECT_EQ(claim(ids, "1"), Claim::kPending) << "the released place went, not the living one";
  EXPECT_EQ(claim(ids, "4"), Claim::kNew);
  EXPECT_EQ(claim(ids, "1"), Claim::kNew);
}

// The plain definition: a queue of places, some of them released.
class Reference {
 public:
  explicit Reference(size_t capacity) : capacity_(capacity) {}
  Claim claim(const std::string& id) {
    if (const auto found = live_.find(id); found != live_.end()) return found->second;
    remember(id, Claim::kPending);
    return Claim::kNew;
  }
  void confirm(const std::string& id) {
    if (live_.contains(id))
      live_[id] = Claim::kKnown;
    else
      remember(id, Claim::kKnown);
  }
  void release(const std::string& id) {
    const auto found = live_.find(id);
    if (found == live_.end() || found->second == Claim::kKnown) return;
    for (auto& place : places_)
      if (place == id) place.clear();
    live_.erase(found);
  }
  [[nodiscard]] size_t size() const { return live_.size(); }

 private:
  void remember(const std::string& id, Claim claim) {
    if (places_.size() == capacity_) {
      live_.erase(places_.front());
      places_.pop_front();
    }
    places_.push_back(id);
    live_[id] = claim;
  }

  size_t capacity_;
  std::deque<std::string> places_;  // empty: released
  std::map<std::string, Claim> live_;
};

TEST(RecentEventIds, DoesAsTheDefinitionSays) {
  for (const size_t capacity : {1u, 2u, 7u, 100u, 600u, 1500u}) {
    Rng rng(capacity);
    RecentEventIds ids(capacity);
    Reference reference(capacity);
    for (int step = 0; step < 10'000; ++step) {
      const std::string id = std::to_string(rng.below(2 * capacity + 1));
      if (rng.chance(0.1)) {
        release(ids, id);
        reference.release(id);
      } else if (rng.chance(0.4)) {
        confirm(ids, id);
        reference.confirm(id);
      } else {
        ASSERT_EQ(claim(ids, id), reference.claim(id)) << "capacity " << capacity << " step " << step;
      }
      ASSERT_EQ(ids.size(), reference.size()) << "capacity " << capacity << " step " << step;
    }
  }
}

}  // namespace
}  // namespace modiste
