// One shopper with many devices: merges, their undo, consent, erasure, and a replay that rebuilds all of it.
#include <gtest/gtest.h>

#include <future>
#include <set>
#include <thread>

#include "base/rng.h"
#include "small_shop.h"

namespace modiste {
namespace {

Identifier user(std::string id) { return {IdentifierKind::kUser, std::move(id)}; }
Identifier device(std::string id) { return {IdentifierKind::kDevice, std::move(id)}; }

// A like with the given identifiers; "" leaves one out.
Event like_by(std::string who, std::string on, std::string session, const std::string& garment) {
  Event event = make_event(EventType::kLike, std::move(who), garment);
  event.device_id = std::move(on);
  event.session_id = std::move(session);
  return event;
}

class EnginePeople : public testing::Test {
 protected:
  EnginePeople() { EXPECT_TRUE(shop->catalog().upsert(make_garments(40)).ok()); }
  // Fifteen events of a visit, with alternating likes.
  void visit(const std::string& who, const std::string& on, int first) {
    for (int i = 0; i < 15; ++i) {
      send(*shop, like_by(who, on, "visit-" + on, "G" + std::to_string((first + 2 * i) % 40)));
      stores.clock.advance(std::chrono::seconds(20));
    }
  }
  [[nodiscard]] std::string state() const {
    std::string bytes;
    shop->write_profiles(bytes);
    return bytes;
  }
  [[nodiscard]] int likes(const Identifier& who) const { return shop->shoppers().style(who).likes; }

  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
};

// Lets somebody else do something when the time is asked, and waits for it a while.
class BusyClock final : public Clock {
 public:
  explicit BusyClock(const Clock& clock) : clock_(clock) {}
  ~BusyClock() override {
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] TimePoint now() const override {
    if (auto work = std::exchange(next, {})) {
      auto done = std::make_shared<std::promise<void>>();
      thread_ = std::thread([work, done] { work(), done->set_value(); });
      done->get_future().wait_for(std::chrono::milliseconds(300));
    }
    return clock_.now();
  }
  void join() const { thread_.join(); }
  mutable std::function<void()> next;

 private:
  const Clock& clock_;
  mutable std::thread thread_;
};

// The tablet is linked to ada after the shop looked up who ada is, and before the erasure is in the log.
TEST_F(EnginePeople, AnErasureTakesWhatIsLinkedWhileItBegins) {
  visit("ada", "phone", 0);
  BusyClock clock(stores.clock);
  Shop busy({clock, stores.log, stores.store, stores.store, &stores.encoder}, Vocabulary::standard());
  ASSERT_TRUE(busy.load().ok());
  clock.next = [&] { static_cast<void>(busy.events().ingest({like_by("ada", "tablet", "", "G3")})); };
  ASSERT_TRUE(busy.shoppers().erase(user("ada")).ok());
  clock.join();
  EXPECT_FALSE(busy.shoppers().identity(user("ada")).ok());
  EXPECT_FALSE(busy.shoppers().identity(device("tablet")).ok());
}

TEST_F(EnginePeople, ARetiredSessionThatComesBackKeepsItsIdentifier) {
  ShopOptions options;
  options.state.profiles.sessions_max = 1;
  shop = stores.open(options);
  for (const char* session : {"s1", "s2", "s3", "s4", "s1"}) {
    send(*shop, like_by("ada", "phone", session, "G3"));
    stores.clock.advance(std::chrono::seconds(20));
  }
  ASSERT_TRUE(shop->events().cut().ok());  // forgets the identifiers of the others
  EXPECT_FALSE(stores.store.find({IdentifierKind::kSession, "s2"}).ok());
  EXPECT_TRUE(stores.store.find({IdentifierKind::kSession, "s1"}).ok());
}

TEST_F(EnginePeople, ThirtyEventsFromTwoDevicesBecomeOneShopperWhenSheLogsInOnBoth) {
  visit("", "phone", 0);
  visit("", "laptop", 1);
  EXPECT_EQ(likes(device("phone")), 15);
  EXPECT_EQ(likes(device("laptop")), 15);
  for (const char* on : {"phone", "laptop"}) {
    Event login = make_event(EventType::kIdentify, "ada", "");
    login.device_id = on;
    login.session_id = std::string("visit-") + on;
    send(*shop, login);
  }
  EXPECT_EQ(likes(user("ada")), 30);
  EXPECT_EQ(likes(device("phone")), 30) << "the phone is ada's";
  const auto identity = shop->shoppers().identity(user("ada"));
  ASSERT_TRUE(identity.ok());
  EXPECT_EQ(identity->identifiers.size(), 5u);  // ada, two devices, two visits
  for (const auto& link : identity->links) {
    EXPECT_EQ(link.effect, LinkEffect::kMerges) << link.why;
    EXPECT_EQ(link.why.find('{'), std::string::npos) << link.why;
  }
}

TEST_F(EnginePeople, AMergeIsAsIfSheHadAlwaysBeenOne) {
  visit("", "phone", 0);
  visit("ada", "laptop", 1);
  send(*shop, like_by("ada", "phone", "visit-phone", "G7"));
  const auto merged = shop->shoppers().style(user("ada"));

  SmallShop other;
  auto alone = other.open();
  ASSERT_TRUE(alone->catalog().upsert(make_garments(40)).ok());
  // The same likes at the same times, all by ada.
  for (const auto& [first, on] : {std::pair(0, "phone"), std::pair(1, "laptop")})
    for (int i = 0; i < 15; ++i) {
      send(*alone, like_by("ada", on, "", "G" + std::to_string((first + 2 * i) % 40)));
      other.clock.advance(std::chrono::seconds(20));
    }
  send(*alone, like_by("ada", "phone", "", "G7"));
  EXPECT_EQ(to_json_text(alone->shoppers().style(user("ada"))), to_json_text(merged));
}

TEST_F(EnginePeople, UndoingAMergeRestoresBothSides) {
  visit("ada", "phone", 0);
  visit("bea", "laptop", 1);
  const std::string ada = to_json_text(shop->shoppers().style(user("ada")));
  const std::string bea = to_json_text(shop->shoppers().style(user("bea")));
  for (const char* who : {"ada", "bea"}) {  // one card for the family
    Event card = make_event(EventType::kIdentify, who, "");
    card.loyalty_id = "card-1";
    send(*shop, card);
  }
  EXPECT_EQ(likes(user("ada")), 30);
  EXPECT_EQ(likes(user("bea")), 30);

  const auto identity = shop->shoppers().identity(user("bea"));
  const auto link = std::find_if(identity->links.begin(), identity->links.end(), [](const LinkView& l) {
    return l.type == LinkType::kLoyalty && (l.a.id == "bea" || l.b.id == "bea");
  });
  ASSERT_NE(link, identity->links.end());
  ASSERT_TRUE(shop->shoppers().set_link(user("bea"), link->link, false).ok());
  EXPECT_EQ(to_json_text(shop->shoppers().style(user("ada"))), ada);
  EXPECT_EQ(to_json_text(shop->shoppers().style(user("bea"))), bea);
  const std::string parted = state();
  shop = stores.open();
  EXPECT_EQ(state(), parted) << "the undo is in the log";
  EXPECT_EQ(to_json_text(shop->shoppers().style(user("bea"))), bea);

  ASSERT_TRUE(shop->shoppers().set_link(user("bea"), link->link, true).ok());
  EXPECT_EQ(likes(user("bea")), 30);
  EXPECT_EQ(shop->shoppers().set_link(user("bea"), "login:no:such", false).error().code, Code::kNotFound);
}

TEST_F(EnginePeople, ASharedDeviceKeepsTwoPeopleApart) {
  visit("", "tablet", 4);
  visit("ada", "tablet", 0);
  EXPECT_EQ(likes(user("ada")), 30) << "the visits on ada's own device are ada's";
  for (int i = 0; i < 5; ++i)
    send(*shop, like_by("bea", "tablet", "visit-b", "G" + std::to_string(2 * i + 1)));
  EXPECT_EQ(likes(user("bea")), 5);
  EXPECT_EQ(likes(user("ada")), 30) << "the login in the visit still links it";
  const auto ada = shop->shoppers().identity(user("ada")), bea = shop->shoppers().identity(user("bea"));
  EXPECT_NE(ada->person, bea->person);
  EXPECT_TRUE(std::any_of(ada->links.begin(), ada->links.end(),
                          [](const LinkView& link) { return link.effect == LinkEffect::kShared; }));
  const auto held = shop->shoppers().export_shopper(user("ada"));
  ASSERT_TRUE(held.ok());
  EXPECT_EQ(to_json_text(*held).find("bea"), std::string::npos);
}

TEST_F(EnginePeople, WithoutConsentNothingIsLearnedAndWhatWasIsForgotten) {
  visit("ada", "phone", 0);
  Event consent = make_event(EventType::kConsent, "ada", "");
  consent.consent = ConsentChoice{.personalisation = false, .training = false};
  send(*shop, consent);
  EXPECT_EQ(likes(user("ada")), 0);
  send(*shop, like_by("ada", "phone", "", "G3"));
  EXPECT_EQ(likes(user("ada")), 0);
  EXPECT_FALSE(recommended(*shop, "ada").empty());
  EXPECT_FALSE(shop->shoppers().identity(user("ada"))->personalisation);
  const std::string before = state();
  shop = stores.open();
  EXPECT_EQ(state(), before);
  consent.event_id = "again";
  consent.consent = ConsentChoice{.personalisation = true, .training = {}};
  send(*shop, consent);
  send(*shop, like_by("ada", "phone", "", "G5"));
  EXPECT_EQ(likes(user("ada")), 1);
}

TEST_F(EnginePeople, ARobotTeachesNothing) {
  for (int i = 0; i < 200; ++i) {
    send(*shop, make_event(EventType::kLike, "robot", "G" + std::to_string(i % 40)));
    stores.clock.advance(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(likes(user("robot")), 0);
}

TEST_F(EnginePeople, AColourThatTheGarmentLacksDoesNotLoseTheLike) {
  Event like = make_event(EventType::kLike, "ada", "G2");
  like.colour = "M / tall";
  send(*shop, like);
  const auto style = shop->shoppers().style(user("ada"));
  ASSERT_EQ(style.liked.size(), 1u);
  EXPECT_EQ(style.liked[0].garment_id, "G2");
}

TEST_F(EnginePeople, AClickThatSlippedIsTakenBack) {
  Event click = make_event(EventType::kClick, "ada", "G1");
  send(*shop, click);
  EXPECT_EQ(shop->shoppers().style(user("ada")).signals, 1);
  stores.clock.advance(std::chrono::seconds(1));
  Event left = make_event(EventType::kProductView, "ada", "G1");
  left.dwell_ms = 700;
  send(*shop, left);
  EXPECT_EQ(shop->shoppers().style(user("ada")).signals, 0) << "a glance teaches nothing either";
}

TEST_F(EnginePeople, AnExportHoldsEverythingUnderTheShopsOwnNames) {
  visit("ada", "phone", 0);
  send(*shop, make_event(EventType::kLike, "bea", "G1"));
  Event search = make_event(EventType::kSearch, "ada", "");
  search.query = "red dress";
  send(*shop, search);
  const auto held = shop->shoppers().export_shopper(user("ada"));
  ASSERT_TRUE(held.ok());
  EXPECT_EQ(held->events.size(), 16u);
  const std::string text = to_json_text(*held);
  EXPECT_NE(text.find("red dress"), std::string::npos);
  EXPECT_NE(text.find("\"shopper_id\":\"ada\""), std::string::npos);
  EXPECT_EQ(text.find("bea"), std::string::npos);
  EXPECT_EQ(shop->shoppers().export_shopper(user("nobody")).error().code, Code::kNotFound);
}

TEST_F(EnginePeople, ErasingForgetsEveryIdentifierOfHers) {
  visit("", "phone", 0);
  visit("ada", "phone", 1);
  visit("bea", "tablet", 0);
  ASSERT_TRUE(shop->shoppers().erase(device("phone")).ok());
  for (const auto& who : {user("ada"), device("phone")}) {
    EXPECT_EQ(shop->shoppers().style(who).signals, 0);
    EXPECT_EQ(shop->shoppers().identity(who).error().code, Code::kNotFound);
    EXPECT_EQ(stores.store.find(who).error().code, Code::kNotFound);
  }
  EXPECT_EQ(likes(user("bea")), 15);
  const std::string before = state();
  shop = stores.open();
  EXPECT_EQ(state(), before);
  visit("ada", "phone", 1);
  EXPECT_EQ(likes(user("ada")), 15) << "after an erasure ada is a new person";
}

// A store that cannot delete identifiers.
class NothingErased final : public SubjectStore {
 public:
  explicit NothingErased(SubjectStore& store) : store_(store) {}
  Result<std::vector<std::string>> subjects(std::span<const Identifier> identifiers) override {
    return store_.subjects(identifiers);
  }
  [[nodiscard]] Result<std::string> find(const Identifier& identifier) const override {
    return store_.find(identifier);
  }
  [[nodiscard]] Result<std::vector<std::optional<Identifier>>> identifiers(
      std::span<const std::string> subjects) const override {
    return store_.identifiers(subjects);
  }
  Result<std::vector<std::string>> erase(std::span<const Identifier>) override {
    return Error{Code::kUnavailable, "the disk is full", "", ""};
  }

 private:
  SubjectStore& store_;
};

TEST_F(EnginePeople, AnErasureThatIsInterruptedGoesOnAtTheNextStart) {
  visit("ada", "phone", 1);
  NothingErased subjects(stores.store);
  shop = std::make_unique<Shop>(ShopPorts{stores.clock, stores.log, stores.store, subjects, &stores.encoder},
                                Vocabulary::standard(), ShopOptions{});
  ASSERT_TRUE(shop->load().ok());
  EXPECT_EQ(shop->shoppers().erase(device("phone")).error().code, Code::kUnavailable);
  EXPECT_TRUE(stores.store.find(user("ada")).ok());
  shop = stores.open();
  for (const auto& who : {user("ada"), device("phone")})
    EXPECT_EQ(stores.store.find(who).error().code, Code::kNotFound);
}

// Random lives of a few people on a few devices: the state in memory equals the state that a second process
// builds from the log.
TEST(EngineReplay, RebuildsTheStateBitForBit) {
  for (const uint64_t seed : {1u, 2u, 3u, 4u}) {
    SCOPED_TRACE(seed);
    SmallShop stores;
    auto shop = stores.open();
    ASSERT_TRUE(shop->catalog().upsert(make_garments(40)).ok());
    Rng rng(seed);
    const auto pick = [&](std::initializer_list<const char*> from) {
      return std::string(from.begin()[rng.below(from.size())]);
    };
    for (int i = 0; i < 400; ++i) {
      const EventType types[] = {EventType::kLike,    EventType::kPass,        EventType::kSave,
                                 EventType::kClick,   EventType::kProductView, EventType::kPurchase,
                                 EventType::kConsent, EventType::kQuiz,        EventType::kUndo};
      Event event = make_event(types[rng.below(rng.chance(0.9) ? 6 : 9)], pick({"", "", "ada", "bea"}),
                               "G" + std::to_string(rng.below(40)));
      event.device_id = pick({"", "phone", "laptop", "tablet"});
      event.session_id = pick({"", "s1", "s2", "s3", "s4"});
      if (rng.chance(0.03)) event.loyalty_id = pick({"c1", "c2"});
      if (identifier_count(event) == 0) event.device_id = "phone";
      event.dwell_ms = rng.uniform(0, 20'000);
      if (event.type == EventType::kConsent)
        event.consent = ConsentChoice{.personalisation = rng.chance(0.7), .training = {}};
      if (event.type == EventType::kQuiz)
        event.quiz = QuizAnswers{{"women"}, {}, {"red"}, {}, {}, {"M"}, 90.0, {}, {}};
      if (event.type == EventType::kUndo) event.undoes = "event-" + std::to_string(rng.below(2000));
      send(*shop, event);
      stores.clock.advance(std::chrono::seconds(rng.chance(0.05) ? 4'000 : 8));
      if (rng.chance(0.01)) {
        const Identifier who = user(pick({"ada", "bea"}));
        if (const auto identity = shop->shoppers().identity(who); identity.ok() && !identity->links.empty()) {
          const auto& link = identity->links[rng.below(identity->links.size())];
          ASSERT_TRUE(shop->shoppers().set_link(who, link.link, link.effect == LinkEffect::kSevered).ok());
        }
      }
      if (rng.chance(0.005)) (void)shop->shoppers().erase(device(pick({"phone", "laptop"})));
    }
    std::string live, replayed;
    shop->write_profiles(live);
    const auto answer = recommended(*shop, "ada");
    shop = stores.open();
    shop->write_profiles(replayed);
    EXPECT_TRUE(live == replayed) << live.size() << " and " << replayed.size() << " bytes";
    EXPECT_EQ(recommended(*shop, "ada"), answer);
  }
}

// A store whose database cannot be read for a while.
class TroubledSubjects final : public SubjectStore {
 public:
  explicit TroubledSubjects(SubjectStore& store) : store_(store) {}
  Result<std::vector<std::string>> subjects(std::span<const Identifier> identifiers) override {
    return store_.subjects(identifiers);
  }
  Result<std::string> find(const Identifier& identifier) const override {
    if (troubled) return Error{Code::kUnavailable, "the database is locked", "", ""};
    return store_.find(identifier);
  }
  Result<std::vector<std::optional<Identifier>>> identifiers(
      std::span<const std::string> subjects) const override {
    return store_.identifiers(subjects);
  }
  Result<std::vector<std::string>> erase(std::span<const Identifier> identifiers) override {
    return store_.erase(identifiers);
  }
  bool troubled = false;

 private:
  SubjectStore& store_;
};

TEST(TroubledStore, IsNotTakenForAnUnknownShopper) {
  SmallShop stores;
  TroubledSubjects subjects(stores.store);
  Shop shop(ShopPorts{stores.clock, stores.log, stores.store, subjects, &stores.encoder},
            Vocabulary::standard());
  ASSERT_TRUE(shop.load().ok());
  ASSERT_TRUE(shop.catalog().upsert(make_garments(8)).ok());
  send(shop, make_event(EventType::kLike, "ada", "G1"));
  RecommendRequest request;
  request.shopper_id = "ada";
  EXPECT_TRUE(shop.recommender().recommend(request)->degraded.empty());
  subjects.troubled = true;
  const auto answer = shop.recommender().recommend(request);
  ASSERT_TRUE(answer.ok()) << "a stranger's answer is better than none";
  EXPECT_EQ(answer->degraded, std::vector<std::string>{"profile"});
  EXPECT_EQ(shop.shoppers().identity(user("ada")).error().code, Code::kUnavailable);
  EXPECT_EQ(shop.shoppers().erase(user("ada")).error().code, Code::kUnavailable) << "not 'unknown'";
  subjects.troubled = false;
  EXPECT_TRUE(shop.shoppers().erase(user("ada")).ok());
}

}  // namespace
}  // namespace modiste
