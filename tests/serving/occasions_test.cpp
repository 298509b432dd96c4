// Occasions that shoppers stated: learned from the log and inferred while serving.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "learning/datasets/occasion_history.h"
#include "small_shop.h"

namespace modiste {
namespace {

using testing::ElementsAre;

constexpr const char* kZone = "Europe/Vienna";

// One third for work, one third for the beach, one third without occasion.
std::vector<Garment> garments_with_occasions() {
  auto garments = make_garments(60);
  for (auto& garment : garments)
    if (const int kind = std::stoi(garment.id.substr(1)) % 3; kind != 2)
      garment.supplier_attributes["occasion"] = {kind == 0 ? "Work" : "Beach"};
  return garments;
}

Event saying(std::string_view occasion, const std::string& shopper, const std::string& garment) {
  Event event = make_event(EventType::kLike, shopper, garment);
  event.context.emplace().occasion = occasion;
  event.context->time_zone = kZone;
  return event;
}

double of(const OccasionCounts& counts, Occasion occasion) { return counts[static_cast<size_t>(occasion)]; }

class LearnedOccasions : public testing::Test {
 protected:
  LearnedOccasions() { EXPECT_TRUE(shop->catalog().upsert(garments_with_occasions()).ok()); }
  OccasionHistory history() {
    auto read = read_occasion_history({stores.log, stores.store}, Vocabulary::standard());
    EXPECT_TRUE(read.ok()) << read.error().message();
    return std::move(read).value();
  }
  std::vector<Occasion> said() {
    std::vector<Occasion> occasions;
    for (const auto& one : history().said) occasions.push_back(one.example.said);
    return occasions;
  }
  ContextView seen(const RequestContext& situation, const std::string& shopper) {
    RecommendRequest request;
    request.shopper_id = shopper;
    request.context = situation;
    return shop->recommender().recommend(request)->context.value();
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
};

// Unlike the prior table: the beach on weekday mornings, black tie in the evening.
TEST_F(LearnedOccasions, AHabitOfTheShopIsGuessedAtTheHourItHas) {
  for (int day = 0; day < 40; ++day) {
    for (const auto& [hours, occasion] : {std::pair(7, "beach"), std::pair(12, "formal")}) {
      stores.clock.advance(std::chrono::hours(hours));
      for (int shopper = 0; shopper < 6; ++shopper)
        send(*shop, saying(occasion, "s" + std::to_string(shopper), "G" + std::to_string(day)));
    }
    stores.clock.advance(std::chrono::hours(5));
  }
  const auto trained = train_occasions(history().said, Vocabulary::standard());
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  EXPECT_EQ(trained->trained + trained->held_out, 480U);
  EXPECT_LT(trained->learned.log_loss, trained->table.log_loss - 1);

  RequestContext morning, evening;
  morning.time_zone = evening.time_zone = kZone;
  morning.local_time = "2026-06-09T09:00";  // a Tuesday
  evening.local_time = "2026-06-09T21:00";
  EXPECT_NE(seen(morning, "s1").occasion, Occasion::kBeach) << "by the prior table";
  ShopPorts ports{stores.clock, stores.log, stores.store, stores.store, &stores.encoder};
  shop = std::make_unique<Shop>(ports, Vocabulary::standard());
  shop->use_occasions(std::make_shared<const OccasionModel>(
                          OccasionModel::parse(trained->model.serialize(), Vocabulary::standard()).value()),
                      1);
  ASSERT_TRUE(shop->load().ok());
  for (const char* shopper : {"s1", "somebody new"}) {
    const auto at_nine = seen(morning, shopper), at_night = seen(evening, shopper);
    EXPECT_EQ(at_nine.occasion, Occasion::kBeach) << shopper;
    EXPECT_GT(at_nine.occasions.at("beach"), 0.6) << shopper;
    EXPECT_EQ(at_nine.known.at("occasion"), Provenance::kLearned);
    EXPECT_EQ(at_night.occasion, Occasion::kFormal) << shopper;
  }
}

// One definition of features: an example holds what a request at that moment was answered with.
TEST_F(LearnedOccasions, AnExampleHoldsWhatARequestOfThatMomentWasToldBy) {
  for (int i = 0; i < 14; ++i) {
    send(*shop, make_event(EventType::kLike, "ada", "G" + std::to_string(3 * i)));
    stores.clock.advance(std::chrono::seconds(20));
  }
  Event event = saying("party", "ada", "G1");
  event.context->latitude = -37.8;
  event.context->longitude = 145;
  event.context->country = "AU";
  event.context->temperature_c = 28;
  event.context->weather = "rain";
  const auto before = seen(request_in(*event.context), "ada");
  EXPECT_EQ(before.season, Season::kAutumn) << "the place is read";
  send(*shop, event);
  for (int i = 0; i < 14; ++i) {  // later behaviour
    send(*shop, make_event(EventType::kLike, "ada", "G" + std::to_string(3 * i + 1)));
    stores.clock.advance(std::chrono::seconds(20));
  }
  const auto history = this->history();
  ASSERT_EQ(history.said.size(), 1U);
  EXPECT_EQ(history.with_recent, 1U);
  const OccasionExample& example = history.said[0].example;
  EXPECT_EQ(of(example.clues.recent, Occasion::kWork), 14);
  EXPECT_EQ(of(example.clues.recent, Occasion::kBeach), 0)
      << "neither the event's garment nor later behaviour";
  EXPECT_FALSE(example.clues.category.has_value()) << "a request has none";
  const auto guessed = OccasionModel(Vocabulary::standard()).predict(example.clues);
  for (size_t o = 0; o < kOccasionCount; ++o)
    EXPECT_NEAR(before.occasions.at(std::string(EnumNames<Occasion>::kNames[o])), guessed[o], 1e-4) << o;
}

// A file with the later day first: at the earlier day nothing of it was known.
TEST_F(LearnedOccasions, ImportedHistoryIsReadInTheOrderOfItsDays) {
  std::vector<Event> events;
  for (const auto& [day, occasion, garment] :
       {std::tuple(20, "party", "G1"), std::tuple(10, "work", "G0"), std::tuple(30, "date", "G3")}) {
    Event rental = saying(occasion, "ada", garment);
    rental.type = EventType::kPurchase;
    rental.occurred_at = TimePoint(std::chrono::sys_days(std::chrono::year(2020) / 1 / day));
    events.push_back(rental);
  }
  ASSERT_TRUE(shop->events().ingest(events, Arrival::kImport).ok());
  const auto history = this->history();
  ASSERT_EQ(history.said.size(), 3U);
  const auto recent = [&](size_t i, Occasion occasion) {
    return of(history.said[i].example.clues.recent, occasion);
  };
  EXPECT_THAT(said(), ElementsAre(Occasion::kWork, Occasion::kParty, Occasion::kDate));
  EXPECT_EQ(history.with_recent, 2U);
  EXPECT_EQ(recent(1, Occasion::kWork), 1);
  EXPECT_EQ(recent(1, Occasion::kBeach), 0);
  EXPECT_EQ(recent(2, Occasion::kWork), 1);
  EXPECT_EQ(recent(2, Occasion::kBeach), 1);
}

TEST_F(LearnedOccasions, OnePartyIsOneParty) {
  for (int i = 0; i < 5; ++i) {
    send(*shop, saying("party", "ada", "G" + std::to_string(i)));
    stores.clock.advance(std::chrono::seconds(20));
  }
  send(*shop, saying("work", "ada", "G9"));
  send(*shop, saying("party", "bea", "G9"));
  stores.clock.advance(std::chrono::days(1));
  send(*shop, saying("party", "ada", "G9"));
  send(*shop, saying("a funeral", "ada", "G9"));
  Event nowhere = saying("work", "cleo", "G9");
  nowhere.context->time_zone = "Europe/Atlantis";
  send(*shop, nowhere);
  EXPECT_THAT(said(), ElementsAre(Occasion::kParty, Occasion::kWork, Occasion::kParty, Occasion::kParty));
  EXPECT_EQ(history().repeated, 4U);
  EXPECT_EQ(history().unusable, 1U);
}

TEST_F(LearnedOccasions, WhoDidNotConsentOrIsForgottenOrARobotTeachesNothing) {
  const auto consent = [&](const std::string& who, bool training) {
    Event event = make_event(EventType::kConsent, who, "");
    event.consent = ConsentChoice{.personalisation = {}, .training = training};
    send(*shop, event);
  };
  for (const char* who : {"ada", "bea", "cleo", "dora"}) send(*shop, saying("party", who, "G1"));
  consent("ada", false);  // later than the statement
  consent("bea", false);
  consent("bea", true);
  ASSERT_TRUE(shop->shoppers().erase({IdentifierKind::kUser, "cleo"}).ok());
  for (int i = 0; i < 200; ++i) {
    send(*shop, saying("beach", "robot", "G" + std::to_string(i % 40)));
    stores.clock.advance(std::chrono::milliseconds(20));
  }
  Event agent = saying("work", "crawler", "G1");
  agent.context->user_agent = "Somebot/1.0";
  send(*shop, agent);
  const auto history = this->history();
  EXPECT_THAT(said(), ElementsAre(Occasion::kParty, Occasion::kParty)) << "bea's and dora's";
  EXPECT_EQ(history.without_consent, 2U);
  EXPECT_GE(history.noise, 2U);
}

// A click marked as accidental teaches nothing; the same statement later that day does.
TEST_F(LearnedOccasions, ASlipDoesNotTakeTheDaysPlace) {
  Event click = saying("party", "ada", "G1");
  click.type = EventType::kClick;
  send(*shop, click);
  stores.clock.advance(std::chrono::seconds(1));
  Event left = make_event(EventType::kProductView, "ada", "G1");
  left.dwell_ms = 700;
  send(*shop, left);
  stores.clock.advance(std::chrono::hours(2));
  EXPECT_TRUE(said().empty());
  EXPECT_EQ(history().noise, 1U);
  send(*shop, saying("party", "ada", "G2"));
  EXPECT_THAT(said(), ElementsAre(Occasion::kParty));
}

TEST_F(LearnedOccasions, AnAnsweredRequestSaysItTooOfShoppersThatAreKnown) {
  send(*shop, make_event(EventType::kLike, "ada", "G0"));
  RequestContext context;
  context.occasion = Occasion::kWedding;
  context.time_zone = kZone;
  context.weather = Weather{.temperature_c = 9, .feels_like_c = 4, .precipitation_mm = 2};
  (void)seen(context, "ada");
  (void)seen(context, "ada");
  ASSERT_TRUE(shop->events().flush_impressions().ok());
  const auto history = this->history();
  ASSERT_EQ(history.said.size(), 1U);
  const auto& example = history.said[0].example;
  EXPECT_EQ(example.said, Occasion::kWedding);
  EXPECT_EQ(of(example.clues.recent, Occasion::kWork), 1);
  ASSERT_TRUE(example.clues.local.hour.has_value());
  EXPECT_EQ(*example.clues.local.hour, 2) << "midnight UTC in Vienna's summer";
  ASSERT_TRUE(example.clues.weather.has_value());
  EXPECT_EQ(example.clues.weather->temperature_c, 4) << "as it felt, which the guess read";
  EXPECT_EQ(wetness(*example.clues.weather), 1);
}

}  // namespace
}  // namespace modiste
