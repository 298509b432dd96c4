// Answers reach the log with their features, and training rows are built from them: a small shop, end to end.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "io/simulated_files.h"
#include "io/test_directory.h"
#include "small_shop.h"
#include "storage/event_log/file_event_log.h"
#include "storage/features/materialise.h"

namespace modiste {
namespace {

using std::chrono::days;
using std::chrono::seconds;

class EngineServed : public testing::Test {
 protected:
  EngineServed() { EXPECT_TRUE(shop->catalog().upsert(make_garments(40)).ok()); }

  Answer ask(const std::string& who, bool in_context = false) {
    RecommendRequest request;
    request.shopper_id = who;
    request.count = 10;
    request.seed = 3;
    if (in_context) {
      request.context.emplace();
      request.context->time_zone = "Europe/Vienna";
      request.context->device = DeviceClass::kPhone;
    }
    auto answer = shop->recommender().recommend(request);
    EXPECT_TRUE(answer.ok()) << answer.error().message();
    return *answer;
  }

  std::vector<Event> logged(EventType type) const {
    std::vector<Event> found;
    EXPECT_TRUE(stores.log
                    .replay(LogPosition::begin(),
                            [&](const LoggedEvent& event) -> Result<Done> {
                              if (event.event.type == type) found.push_back(event.event);
                              return kOk;
                            })
                    .ok());
    return found;
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
};

TEST_F(EngineServed, AnAnswerIsLoggedWithWhatItWasRankedBy) {
  send(*shop, make_event(EventType::kLike, "ada", "G0"));
  const auto answer = ask("ada", true);
  ASSERT_TRUE(shop->events().flush_impressions().ok());
  const auto served = logged(EventType::kServed);
  ASSERT_EQ(served.size(), 1u);
  EXPECT_EQ(served[0].request_id, answer.request_id);
  EXPECT_EQ(served[0].shopper_id, logged(EventType::kLike)[0].shopper_id) << "the subject, not the name";
  EXPECT_EQ(served[0].context->device, DeviceClass::kPhone);
  ASSERT_EQ(served[0].items.size(), answer.items.size());
  const auto features = streaming_features();
  for (size_t i = 0; i < answer.items.size(); ++i) {
    const ShownItem& item = served[0].items[i];
    EXPECT_EQ(item.garment_id, answer.items[i].garment_id);
    EXPECT_NEAR(static_cast<double>(item.propensity), answer.items[i].propensity, 1e-3);
    ASSERT_EQ(item.features.size(), 1 + features.size());
    EXPECT_EQ(item.features[0], static_cast<float>(feature_set()));
    std::map<std::string, float> values;
    for (size_t f = 0; f < features.size(); ++f) values[features[f].name] = item.features[1 + f];
    EXPECT_EQ(values["evidence_n"], 1) << i;
    EXPECT_EQ(values["stock_share"], 1) << i;
    for (const auto& part : answer.items[i].score_breakdown)  // logged with three digits
      EXPECT_TRUE(values[part.name] == kFeatureUnknown ||
                  std::abs(static_cast<double>(values[part.name]) - part.value) <=
                      5.1e-3 * std::abs(part.value))
          << part.name << ' ' << values[part.name] << " and " << part.value;
  }
}

TEST_F(EngineServed, RidesAlongWithEventsAndBeforeThem) {
  send(*shop, make_event(EventType::kLike, "ada", "G0"));
  const auto answer = ask("ada");
  auto click = make_event(EventType::kClick, "ada", answer.items[0].garment_id);
  click.request_id = answer.request_id;
  const uint64_t before = stores.log.size();
  const LogPosition last = stores.log.append({}, stores.clock.now())->previous.value();
  send(*shop, click);
  EXPECT_EQ(stores.log.size(), before + 2);
  std::vector<EventType> types;
  ASSERT_TRUE(stores.log
                  .replay(last,
                          [&](const LoggedEvent& event) -> Result<Done> {
                            types.push_back(event.event.type);
                            return kOk;
                          })
                  .ok());
  EXPECT_EQ(types, (std::vector{EventType::kServed, EventType::kClick}));
  ASSERT_TRUE(shop->events().flush_impressions().ok());
  EXPECT_EQ(stores.log.size(), before + 2) << "once";
}

TEST_F(EngineServed, TheFirstAnswerOfANewShopperIsLoggedUnderTheirSubject) {
  ask("");
  ASSERT_TRUE(shop->events().flush_impressions().ok());
  EXPECT_EQ(stores.log.size(), 0u) << "an answer to nobody: an event needs a subject";
  const auto answer = ask("newcomer");
  ASSERT_TRUE(shop->events().flush_impressions().ok());
  send(*shop, make_event(EventType::kLike, "newcomer", "G0"));
  const auto served = logged(EventType::kServed);
  ASSERT_EQ(served.size(), 1u);
  EXPECT_EQ(served[0].request_id, answer.request_id);
  EXPECT_NE(served[0].shopper_id, "newcomer");
  EXPECT_EQ(served[0].shopper_id, logged(EventType::kLike)[0].shopper_id);
}

TEST_F(EngineServed, AShopperWhoOnlyGotAnswersCanBeErased) {
  const Identifier newcomer{IdentifierKind::kUser, "newcomer"};
  ask("newcomer");  // still queued when they are erased
  ASSERT_TRUE(shop->shoppers().erase(newcomer).ok());
  EXPECT_FALSE(stores.store.find(newcomer).ok());
  ASSERT_EQ(logged(EventType::kErase).size(), 1u);
  EXPECT_EQ(logged(EventType::kErase)[0].subjects, std::vector{logged(EventType::kServed)[0].shopper_id});
  EXPECT_FALSE(shop->shoppers().erase(newcomer).ok()) << "nothing is left";
}

TEST_F(EngineServed, SearchesAndSimilarGarmentsAreLoggedToo) {
  SearchRequest search;
  search.shopper_id = "ada";
  search.query = "floral";
  const auto found = shop->search().by_words(search);
  ASSERT_TRUE(found.ok()) << found.error().message();
  SimilarRequest similar;
  similar.shopper_id = "ada";
  similar.garment_id = "G0";
  const auto alike = shop->search().similar(similar);
  ASSERT_TRUE(alike.ok()) << alike.error().message();
  ASSERT_TRUE(shop->events().flush_impressions().ok());
  const auto served = logged(EventType::kServed);
  ASSERT_EQ(served.size(), 2u);
  EXPECT_EQ(served[0].query, "floral");
  EXPECT_EQ(served[0].items.size(), found->items.size());
  EXPECT_EQ(served[0].items[0].garment_id, found->items[0].garment_id);
  EXPECT_EQ(served[1].garment_id, "G0");
  EXPECT_EQ(served[1].request_id, alike->request_id);
  EXPECT_EQ(served[1].items.size(), alike->items.size());
}

TEST_F(EngineServed, AnAnswerTakesFewBytesOfTheLog) {
  constexpr size_t kAnswers = 60;
  for (size_t i = 0; i < kAnswers; ++i) {
    const std::string who = fmt::format("shopper {}", i);
    for (size_t like = 0; like <= i % 5; ++like)
      send(*shop, make_event(EventType::kLike, who, fmt::format("G{}", (7 * i + 3 * like) % 40)));
    ask(who);
  }
  ASSERT_TRUE(shop->events().flush_impressions().ok());
  const auto served = logged(EventType::kServed);
  ASSERT_EQ(served.size(), kAnswers);
  SimulatedDisk disk;
  auto log = FileEventLog::open(disk.directory(), {}).value();
  ASSERT_TRUE(log->append(served, stores.clock.now()).ok());
  EXPECT_LT(disk.read(segment_name(0)).size(), kAnswers * 400);
}

TEST_F(EngineServed, IsOffWhenSwitchedOff) {
  ShopOptions options;
  options.impressions.enabled = false;
  Shop quiet({stores.clock, stores.log, stores.store, stores.store, &stores.encoder}, Vocabulary::standard(),
             options);
  ASSERT_TRUE(quiet.load().ok());
  send(quiet, make_event(EventType::kLike, "ada", "G0"));
  EXPECT_FALSE(recommended(quiet, "ada").empty());
  ASSERT_TRUE(quiet.events().flush_impressions().ok());
  EXPECT_EQ(stores.log.size(), 1u);
}

TEST(ImpressionQueue, DropsTheOldestAndCountsThem) {
  ImpressionQueue queue({.queue_max = 3});
  for (int i = 0; i < 5; ++i) queue.push({make_event(EventType::kServed, "ada", std::to_string(i))});
  EXPECT_EQ(queue.lost(), 2u);
  const auto first = queue.take(2), rest = queue.take(9);
  ASSERT_EQ(first.size(), 2u);
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(first[0].event.garment_id, "2");
  EXPECT_EQ(rest[0].event.garment_id, "4");
  EXPECT_TRUE(queue.take(9).empty());
}

TEST_F(EngineServed, AReplayOfServedAnswersChangesNoState) {
  for (int i = 0; i < 6; ++i) {
    send(*shop, make_event(EventType::kLike, "ada", "G" + std::to_string(2 * i)));
    ask("ada");
  }
  ASSERT_TRUE(shop->events().flush_impressions().ok());
  std::string live, replayed;
  shop->write_profiles(live);
  shop = stores.open();
  shop->write_profiles(replayed);
  EXPECT_TRUE(live == replayed);
  EXPECT_EQ(logged(EventType::kServed).size(), 6u);
}

// A week of shoppers who like floral garments: rows of the log have the features of the moment and the labels
// of later outcomes.
TEST_F(EngineServed, TrainingRowsComeOfALivedWeek) {
  const auto begun = stores.clock.now();
  const std::vector<std::string> shoppers{"ada", "bea", "cleo"};
  for (const auto& who : shoppers) send(*shop, make_event(EventType::kLike, who, "G0"));
  stores.clock.advance(seconds(1));  // facts of the same microsecond are not known yet
  size_t shown = 0, liked = 0;
  for (int day = 0; day < 7; ++day)
    for (const auto& who : shoppers) {
      const auto answer = ask(who);
      auto impression = make_event(EventType::kImpression, who, "");
      impression.request_id = answer.request_id;
      for (const auto& item : answer.items)
        impression.items.push_back(
            {item.garment_id, item.colour, item.position, static_cast<float>(item.propensity)});
      send(*shop, impression);
      shown += answer.items.size();
      for (const auto& item : answer.items) {
        stores.clock.advance(seconds(20));
        if (item.title.find("floral") == std::string::npos) continue;
        auto like = make_event(EventType::kLike, who, item.garment_id);
        like.request_id = answer.request_id;
        send(*shop, like);
        ++liked;
      }
      stores.clock.advance(std::chrono::hours(6));
    }
  ASSERT_TRUE(shop->events().flush_impressions().ok());
  const TestDirectory directory;
  const auto report = materialise_features(stores.log, begun + days(30), directory.path(), {},
                                           [](uint64_t) -> Result<Done> { return kOk; });
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->rows, shown);
  EXPECT_EQ(report->rows_with_vector, shown);
  EXPECT_EQ(report->shoppers, shoppers.size());

  auto duckdb = DuckDb::open().value();
  const auto file = report->folder / "training_rows.parquet";
  const auto checked = duckdb->query(
      fmt::format("SELECT count(*) FILTER (WHERE label = 2), count(*) FILTER (WHERE served AND impressed), "
                  "count(*) FILTER (WHERE evidence_n IS NULL), "
                  "max(abs(shopper_likes_30d - evidence_n))::DOUBLE, max(garment_likes_30d)::DOUBLE "
                  "FROM read_parquet({})",
                  sql_text(file.string())),
      {}, [&](const SqlRows& rows) -> Result<Done> {
        EXPECT_EQ(static_cast<size_t>(rows.integer(0, 0)), liked);
        EXPECT_EQ(static_cast<size_t>(rows.integer(1, 0)), shown);
        EXPECT_EQ(rows.integer(2, 0), 0);
        // One number in two ways: the shop's count of the shopper's signals when it answered, and the likes
        // in the log before that moment.
        EXPECT_EQ(rows.real(3, 0), 0);
        EXPECT_GT(rows.real(4, 0), 1);
        return kOk;
      });
  EXPECT_TRUE(checked.ok()) << checked.error().message();
}

}  // namespace
}  // namespace modiste
