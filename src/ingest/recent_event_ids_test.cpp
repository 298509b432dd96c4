#include "ingest/recent_event_ids.h"

#include <gtest/gtest.h>

#include <deque>
#include <set>
#include <string>

#include "base/rng.h"

namespace modiste {
namespace {

TEST(RecentEventIds, KnowsARepetition) {
  RecentEventIds ids;
  EXPECT_FALSE(ids.contains("ada", "1"));
  EXPECT_TRUE(ids.insert("ada", "1"));
  EXPECT_TRUE(ids.contains("ada", "1"));
  EXPECT_FALSE(ids.insert("ada", "1"));
  EXPECT_EQ(ids.size(), 1u);
}

TEST(RecentEventIds, IdsAreEachSubjectsOwn) {
  RecentEventIds ids;
  EXPECT_TRUE(ids.insert("ada", "1"));
  EXPECT_TRUE(ids.insert("bea", "1"));
  EXPECT_TRUE(ids.insert("ada1", ""));
  EXPECT_TRUE(ids.insert("", "ada1"));
}

TEST(RecentEventIds, ForgetsTheOldestPastItsCapacity) {
  RecentEventIds ids(3);
  for (const char* id : {"1", "2", "3", "4"}) EXPECT_TRUE(ids.insert("ada", id));
  EXPECT_FALSE(ids.contains("ada", "1"));
  for (const char* id : {"2", "3", "4"}) EXPECT_TRUE(ids.contains("ada", id)) << id;
  EXPECT_EQ(ids.size(), 3u);
}

TEST(RecentEventIds, AForgottenOneMayComeAgain) {
  RecentEventIds ids(3);
  EXPECT_TRUE(ids.insert("ada", "1"));
  ids.forget("ada", "1");
  ids.forget("ada", "never heard");
  EXPECT_FALSE(ids.contains("ada", "1"));
  EXPECT_TRUE(ids.insert("ada", "1"));
  EXPECT_TRUE(ids.insert("ada", "2"));
  EXPECT_TRUE(ids.insert("ada", "3")) << "pushes out the forgotten place, not the living one";
  EXPECT_TRUE(ids.contains("ada", "1"));
  EXPECT_TRUE(ids.insert("ada", "4"));
  EXPECT_FALSE(ids.contains("ada", "1"));
}

// The plain definition: a queue of places, some of them forgotten.
class Reference {
 public:
  explicit Reference(size_t capacity) : capacity_(capacity) {}
  bool insert(const std::string& id) {
    if (live_.contains(id)) return false;
    if (places_.size() == capacity_) {
      if (!places_.front().forgotten) live_.erase(places_.front().id);
      places_.pop_front();
    }
    places_.push_back({id, false});
    live_.insert(id);
    return true;
  }
  void forget(const std::string& id) {
    for (auto& place : places_) place.forgotten |= place.id == id;
    live_.erase(id);
  }
  [[nodiscard]] const std::set<std::string>& live() const { return live_; }

 private:
  struct Place {
    std::string id;
    bool forgotten;
  };
  size_t capacity_;
  std::deque<Place> places_;
  std::set<std::string> live_;
};

TEST(RecentEventIds, DoesAsTheDefinitionSays) {
  for (const size_t capacity : {1u, 2u, 7u, 100u, 600u, 1500u}) {
    Rng rng(capacity);
    RecentEventIds ids(capacity);
    Reference reference(capacity);
    for (int step = 0; step < 10'000; ++step) {
      const std::string id = std::to_string(rng.below(2 * capacity + 1));
      if (rng.chance(0.1)) {
        ids.forget("s", id);
        reference.forget(id);
      } else {
        ASSERT_EQ(ids.insert("s", id), reference.insert(id)) << "capacity " << capacity << " step " << step;
      }
      ASSERT_EQ(ids.size(), reference.live().size()) << "capacity " << capacity << " step " << step;
    }
    for (const auto& id : reference.live()) ASSERT_TRUE(ids.contains("s", id));
  }
}

}  // namespace
}  // namespace modiste
