// From events to training rows: labels, attribution, marks, consent, and nothing from the future.
#include "storage/features/materialise.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "base/rng.h"
#include "io/test_directory.h"
#include "storage/memory/memory_event_log.h"

namespace modiste {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using T = EventType;

constexpr TimePoint kStart{std::chrono::sys_days(std::chrono::year(2026) / 10 / 1)};

// Subjects in the log are 32 hex digits.
std::string subject(int number) { return fmt::format("{:032x}", number); }

struct Shop {
  MemoryEventLog log;
  int ids = 0;

  Event event(T type, int who, std::string garment = "", std::string request = "") {
    Event event;
    event.event_id = fmt::format("e{}", ids++);
    event.type = type;
    event.shopper_id = subject(who);
    event.garment_id = std::move(garment);
    event.request_id = std::move(request);
    return event;
  }
  void add(Event event, TimePoint at, Micros late = seconds(1)) {
    event.occurred_at = at;
    ASSERT_TRUE(log.append({&event, 1}, at + late).ok());
  }
  void did(T type, int who, const std::string& garment, TimePoint at, const std::string& request = "") {
    add(event(type, who, garment, request), at);
  }
  void showed(int who, const std::string& request, TimePoint at, std::vector<std::string> garments) {
    Event shown = event(T::kImpression, who, "", request);
    for (size_t i = 0; i < garments.size(); ++i)
      shown.items.push_back({garments[i], "Red", static_cast<int>(i), 0.5F});
    add(std::move(shown), at);
  }
};

// The rows by request and garment, as column -> value; null is absent.
using Row = std::map<std::string, double>;
using Rows = std::map<std::string, Row>;

const std::vector<std::string> kRead{"label",
                                     "label_final",
                                     "clicked",
                                     "purchased",
                                     "returned",
                                     "passed",
                                     "bot",
                                     "abandoned",
                                     "accidental",
                                     "served",
                                     "impressed",
                                     "position",
                                     "garment_clicks_7d",
                                     "garment_clicks_1d",
                                     "garment_impressions_30d",
                                     "shopper_clicks_7d",
                                     "garment_return_rate_30d",
                                     "content"};

Rows rows_of(const MemoryEventLog& log, TimePoint as_of, const TrainingRowOptions& options = {}) {
  auto duckdb = DuckDb::open();
  EXPECT_TRUE(duckdb.ok()) << duckdb.error().message();
  const auto tables =
      create_event_tables(**duckdb, log, as_of, {}, [](uint64_t) -> Result<Done> { return kOk; });
  EXPECT_TRUE(tables.ok()) << tables.error().message();
  const auto training = create_training_tables(**duckdb, as_of, options);
  EXPECT_TRUE(training.ok()) << training.error().message();
  std::string columns;
  for (const auto& name : kRead) columns += fmt::format(", {}::DOUBLE", name);
  Rows rows;
  const auto read =
      (*duckdb)->query(fmt::format("SELECT request_id, garment_id{} FROM training_rows", columns), {},
                       [&](const SqlRows& answer) -> Result<Done> {
                         for (size_t row = 0; row < answer.size(); ++row) {
                           const auto key = fmt::format("{} {}", answer.text(0, row), answer.text(1, row));
                           EXPECT_FALSE(rows.contains(key)) << key;
                           for (size_t i = 0; i < kRead.size(); ++i)
                             if (!answer.is_null(2 + i, row)) rows[key][kRead[i]] = answer.real(2 + i, row);
                         }
                         return kOk;
                       });
  EXPECT_TRUE(read.ok()) << read.error().message();
  return rows;
}

Row features_of(Row row) {
  std::erase_if(row, [](const auto& column) { return find_feature(column.first) == nullptr; });
  return row;
}

TEST(TrainingRows, AreLabelledByTheBestThatCameOfThem) {
  Shop shop;
  shop.showed(1, "r1", kStart,
              {"none", "click", "like", "cart", "bought", "kept", "back", "passed", "undone"});
  const auto later = kStart + minutes(5);
  shop.did(T::kClick, 1, "click", later, "r1");
  for (const char* garment : {"like", "cart", "bought", "kept", "back"})
    shop.did(T::kClick, 1, garment, later);
  shop.did(T::kLike, 1, "like", later, "r1");
  for (const char* garment : {"cart", "kept", "back"}) shop.did(T::kAddToCart, 1, garment, later, "r1");
  for (const char* garment : {"kept", "back"}) shop.did(T::kPurchase, 1, garment, later, "r1");
  shop.did(T::kPurchase, 1, "bought",
           kStart + days(6));  // cites nothing: credited to the shopper's latest showing
  shop.did(T::kPass, 1, "passed", later, "r1");
  Event like = shop.event(T::kLike, 1, "undone", "r1"), undo = shop.event(T::kUndo, 1);
  undo.undoes = like.event_id;
  shop.add(like, later);
  shop.add(undo, later + minutes(1));
  Event back = shop.event(T::kReturn, 1, "back");
  back.reason = ReturnReason::kStyle;
  shop.add(back, kStart + days(20));

  auto rows = rows_of(shop.log, kStart + days(32));
  ASSERT_EQ(rows.size(), 9u);
  const std::map<std::string, int> labels{{"none", 0}, {"click", 1},  {"like", 2},
                                          {"cart", 3}, {"bought", 4}, {"kept", 5},
                                          {"back", 0}, {"passed", 0}, {"undone", 0}};
  for (const auto& [garment, label] : labels) EXPECT_EQ(rows["r1 " + garment]["label"], label) << garment;
  EXPECT_EQ(rows["r1 back"]["returned"], 1);
  EXPECT_EQ(rows["r1 passed"]["passed"], 1);
  EXPECT_EQ(rows["r1 kept"]["label_final"], 1);
  EXPECT_EQ(rows_of(shop.log, kStart + days(2))["r1 kept"]["label"], 4) << "it may still come back";
  EXPECT_EQ(rows_of(shop.log, kStart + days(2))["r1 kept"]["label_final"], 0);
}

TEST(TrainingRows, CreditTheAnswerThatIsCitedElseTheLatestShowingWithinTheWindow) {
  Shop shop;
  shop.showed(1, "early", kStart, {"A", "B", "C"});
  shop.showed(1, "late", kStart + hours(2), {"A", "B", "C"});
  shop.showed(2, "other", kStart + hours(3), {"A"});
  shop.did(T::kClick, 1, "A", kStart + hours(4), "early");
  shop.did(T::kClick, 1, "B", kStart + hours(4));
  shop.did(T::kClick, 1, "C", kStart + hours(1));
  shop.did(T::kPurchase, 1, "C", kStart + days(8));
  auto rows = rows_of(shop.log, kStart + days(9));
  EXPECT_EQ(rows["early A"]["label"], 1);
  EXPECT_EQ(rows["late A"]["label"], 0);
  EXPECT_EQ(rows["other A"]["label"], 0);
  EXPECT_EQ(rows["early B"]["label"], 0);
  EXPECT_EQ(rows["late B"]["label"], 1);
  EXPECT_EQ(rows["early C"]["label"], 1);
  EXPECT_EQ(rows["late C"]["label"], 0) << "a purchase after the window is not its doing";
  EXPECT_EQ(rows_of(shop.log, kStart + days(9), {.attribution_days = 8})["late C"]["label"], 4);
}

// The planted leak: clicks that come after the showing would give the answer away.
TEST(TrainingRows, HoldNothingFromTheFuture) {
  Shop shop;
  shop.did(T::kClick, 2, "A", kStart - days(10));
  shop.did(T::kClick, 2, "A", kStart - days(3));
  shop.did(T::kClick, 2, "A", kStart - hours(5));
  shop.showed(1, "r1", kStart, {"A"});
  const auto before = rows_of(shop.log, kStart + days(1)).at("r1 A");

  shop.did(T::kClick, 1, "A", kStart + minutes(1), "r1");
  for (int i = 0; i < 5; ++i) shop.did(T::kClick, 2, "A", kStart + minutes(2 + i));
  // It happened before the showing, but came in after it: nobody knew.
  shop.add(shop.event(T::kClick, 3, "A"), kStart - hours(1), hours(2));
  // As it was shown, to the microsecond: neither was this.
  shop.add(shop.event(T::kClick, 4, "A"), kStart, Micros(0));
  shop.showed(2, "r2", kStart + days(1), {"A"});

  auto rows = rows_of(shop.log, kStart + days(2));
  const Row after = rows.at("r1 A");
  for (const auto& [name, value] : features_of(before)) EXPECT_EQ(after.at(name), value) << name;
  EXPECT_EQ(after.at("garment_clicks_7d"), 2);
  EXPECT_EQ(after.at("garment_clicks_1d"), 1);
  EXPECT_EQ(after.at("garment_impressions_30d"), 0) << "its own showing counts for nobody";
  EXPECT_EQ(after.at("shopper_clicks_7d"), 0);
  EXPECT_EQ(after.at("label"), 1);
  EXPECT_EQ(rows.at("r2 A").at("garment_clicks_7d"), 10);

  // What a join without a time gives: the label, in the features.
  auto duckdb = DuckDb::open().value();
  ASSERT_TRUE(create_event_tables(*duckdb, shop.log, kStart + days(2), {}, [](uint64_t) -> Result<Done> {
                return kOk;
              }).ok());
  int64_t leaked = 0;
  ASSERT_TRUE(duckdb
                  ->query("SELECT count(*) FROM log WHERE garment_id = 'A' AND type = 'click'", {},
                          [&](const SqlRows& answer) -> Result<Done> {
                            leaked = answer.integer(0, 0);
                            return kOk;
                          })
                  .ok());
  EXPECT_EQ(leaked, 11);
}

// Any log: a row's features are the same whether the log ends right before the showing or goes on.
TEST(TrainingRows, DoNotChangeWhenTheLogGrows) {
  const uint64_t seed = 20261125;
  SCOPED_TRACE(fmt::format("seed {}", seed));
  Rng rng(seed);
  Shop whole;
  std::vector<TimePoint> shown;
  TimePoint now = kStart;
  constexpr std::array kTypes{T::kClick, T::kLike, T::kAddToCart, T::kPurchase, T::kReturn};
  for (int i = 0; i < 300; ++i) {
    now += minutes(1 + static_cast<int>(rng.below(400)));
    const int who = static_cast<int>(rng.below(4));
    const std::string garment(1, static_cast<char>('A' + rng.below(3)));
    if (rng.below(4) == 0) {
      whole.showed(who, fmt::format("r{}", shown.size()), now, {"A", "B", "C"});
      shown.push_back(now);
    } else {
      whole.did(kTypes[rng.below(kTypes.size())], who, garment, now);
    }
  }
  const auto all = rows_of(whole.log, now + days(1));
  for (const size_t request : {size_t{3}, shown.size() / 2, shown.size() - 1}) {
    const auto then = rows_of(whole.log, shown[request] + seconds(2));
    for (const char* garment : {"A", "B", "C"}) {
      const auto key = fmt::format("r{} {}", request, garment);
      for (const auto& [name, value] : features_of(then.at(key)))
        EXPECT_EQ(all.at(key).at(name), value) << key << ' ' << name;
    }
  }
}

TEST(TrainingRows, LeaveOutWhoDeniesTrainingAndWhoWasForgotten) {
  Shop shop;
  const auto consent = [&](int who, bool training, TimePoint at) {
    Event event = shop.event(T::kConsent, who);
    event.consent = ConsentChoice{{}, training};
    shop.add(event, at);
  };
  consent(3, false, kStart - hours(2));
  for (int who = 1; who <= 4; ++who) shop.showed(who, fmt::format("r{}", who), kStart, {"A"});
  consent(2, false, kStart + hours(1));
  consent(3, true, kStart + hours(1));
  Event erase;
  erase.event_id = "erase";
  erase.type = T::kErase;
  erase.shopper_id = subject(4);
  erase.subjects = {subject(4)};
  shop.add(erase, kStart + hours(2));
  const auto rows = rows_of(shop.log, kStart + days(1));
  EXPECT_TRUE(rows.contains("r1 A"));
  EXPECT_FALSE(rows.contains("r2 A")) << "consent was withdrawn";
  EXPECT_FALSE(rows.contains("r3 A")) << "consent was denied at that time";
  EXPECT_FALSE(rows.contains("r4 A")) << "the shopper was erased";
}

TEST(TrainingRows, CarryTheMarksOfNoise) {
  Shop shop;
  Event robot = shop.event(T::kImpression, 1, "", "bot");
  robot.items.push_back({"A", "Red", 0, 1});
  robot.context.emplace().user_agent = "SomeBot/1.0";
  shop.add(robot, kStart);
  shop.did(T::kClick, 1, "A", kStart + seconds(1), "bot");
  shop.showed(2, "left", kStart, {"A"});  // and never came back
  shop.showed(3, "slip", kStart, {"A"});
  shop.did(T::kClick, 3, "A", kStart + seconds(20), "slip");
  const auto click = fmt::format("e{}", shop.ids - 1);
  Event undo = shop.event(T::kUndo, 3);
  undo.undoes = click;
  shop.add(undo, kStart + seconds(21));
  shop.did(T::kLike, 3, "B", kStart + seconds(40));
  shop.showed(4, "next", kStart + days(1), {"A"});
  shop.did(T::kLike, 4, "A", kStart + days(1) + minutes(1), "next");
  auto rows = rows_of(shop.log, kStart + days(2));
  EXPECT_EQ(rows["bot A"]["bot"], 1);
  EXPECT_EQ(rows["bot A"]["label"], 0);
  EXPECT_EQ(rows["left A"]["abandoned"], 1);
  EXPECT_EQ(rows["slip A"]["abandoned"], 0);
  EXPECT_EQ(rows["slip A"]["label"], 0);
  EXPECT_EQ(rows["next A"]["bot"], 0);
  EXPECT_EQ(rows["next A"]["garment_impressions_30d"], 1) << "only the one that somebody saw";
  EXPECT_EQ(rows["next A"]["garment_clicks_7d"], 0);
}

// A login joins device and account: what the phone showed is credited with what the account bought.
TEST(TrainingRows, FollowAPersonFromDeviceToAccount) {
  Shop shop;
  Event shown = shop.event(T::kImpression, 0, "", "");
  shown.shopper_id.clear();
  shown.device_id = subject(7);
  shown.items.push_back({"A", "Red", 0, 1});
  shop.add(shown, kStart);
  Event login = shop.event(T::kIdentify, 1);
  login.device_id = subject(7);
  shop.add(login, kStart + minutes(1));
  shop.did(T::kPurchase, 1, "A", kStart + minutes(2));
  EXPECT_EQ(rows_of(shop.log, kStart + days(1)).at(" A").at("label"), 4);
}

// A served answer of this feature set, with the same value for every feature.
Event served(Shop& shop, int who, const std::string& request, float value) {
  Event event = shop.event(T::kServed, who, "", request);
  std::vector<float> vector(1 + streaming_features().size(), value);
  vector[0] = static_cast<float>(feature_set());
  vector[2] = kFeatureUnknown;
  event.items.push_back({"A", "Red", 3, 0.25F, vector});
  return event;
}

TEST(TrainingRows, JoinWhatWasServedWithWhatWasSeen) {
  Shop shop;
  shop.add(served(shop, 1, "r1", 0.5F), kStart);
  shop.showed(1, "r1", kStart + seconds(2), {"A"});
  Event other = served(shop, 1, "r2", 0.5F);
  other.items[0].features[0] = 1;
  shop.add(other, kStart + minutes(1));
  shop.did(T::kLike, 1, "A", kStart + seconds(3), "r1");
  auto rows = rows_of(shop.log, kStart + days(1));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows["r1 A"]["served"], 1);
  EXPECT_EQ(rows["r1 A"]["impressed"], 1);
  EXPECT_EQ(rows["r1 A"]["position"], 3) << "the shop knows better than the page";
  EXPECT_EQ(rows["r1 A"]["content"], 0.5);
  EXPECT_EQ(rows["r1 A"]["label"], 2);
  EXPECT_EQ(rows["r2 A"]["impressed"], 0);
  EXPECT_FALSE(rows["r2 A"].contains("content")) << "of another feature set: its places mean something else";
}

TEST(Materialise, OnlyTheLatestDaysAreKept) {
  const TestDirectory directory;
  for (const char* name : {"2026-10-01", "2026-10-15", "2026-10-02", "by-hand", "2026-13-01"})
    std::filesystem::create_directories(directory.path() / name / "below");
  ASSERT_TRUE(keep_latest_days(directory.path(), 2).ok());
  for (const char* kept : {"2026-10-15", "2026-10-02", "by-hand", "2026-13-01"})
    EXPECT_TRUE(std::filesystem::exists(directory.path() / kept)) << kept;
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "2026-10-01"));
  EXPECT_TRUE(keep_latest_days(directory.path() / "nowhere", 2).ok()) << "nothing was written there yet";
}

TEST(Materialise, EndsWhenItIsToldTo) {
  Shop shop;
  shop.did(T::kLike, 1, "A", kStart, "");
  const TestDirectory directory;
  const auto stopped = materialise_features(shop.log, kStart + days(1), directory.path(), {}, [](uint64_t) {
    return Result<Done>(Error{Code::kConflict, "stopped", "", ""});
  });
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().what, "stopped");
}

TEST(Materialise, WritesTablesRowsAndDrift) {
  Shop shop;
  Rng rng(7);
  for (int i = 0; i < 1'200; ++i) {  // 600 in each window; what is served shifts by half
    const bool latest = i >= 600;
    shop.add(served(shop, i % 5, fmt::format("r{}", i),
                    static_cast<float>(rng.uniform()) + (latest ? 0.5F : 0.0F)),
             kStart + days(latest ? 9 : 2) + minutes(i));
    shop.did(T::kLike, i % 5, "A", kStart + days(latest ? 9 : 2) + minutes(i) + seconds(20),
             fmt::format("r{}", i));
  }
  const TestDirectory directory;
  const auto report = materialise_features(shop.log, kStart + days(14), directory.path(), {},
                                           [](uint64_t) -> Result<Done> { return kOk; });
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->log.events, 2'400u);
  EXPECT_EQ(report->garments, 1u);
  EXPECT_EQ(report->shoppers, 5u);
  EXPECT_EQ(report->rows, 1'200u);
  EXPECT_EQ(report->rows_with_vector, 1'200u);
  EXPECT_EQ(report->folder, directory.path() / "2026-10-15");
  for (const char* file : {"garments.parquet", "shoppers.parquet", "training_rows.parquet"})
    EXPECT_TRUE(std::filesystem::exists(report->folder / file)) << file;
  const auto drift = read_drift_report(directory.path());
  ASSERT_TRUE(drift.ok()) << drift.error().message();
  EXPECT_EQ(to_json_text(drift->value()), to_json_text(report->drift));
  EXPECT_FALSE(read_drift_report(report->folder)->has_value()) << "there is none there";
  ASSERT_EQ(report->drift.features.size(), streaming_features().size());
  EXPECT_EQ(report->drift.features[0].verdict, DriftVerdict::kAct);
  EXPECT_EQ(report->drift.features[1].psi, 0) << "never known, then as now";
  EXPECT_EQ(report->drift.features[1].unknown_share, 1);
}

TEST(Materialise, DriftCountsAShoppersFeatureOnceAnAnswer) {
  Shop shop;
  for (int i = 0; i < 60; ++i) {
    Event event = served(shop, i % 5, fmt::format("r{}", i), 0.5F);
    for (int more = 1; more < 20; ++more) {
      event.items.push_back(event.items[0]);
      event.items.back().garment_id = fmt::format("more{}", more);
      event.items.back().position = more;
    }
    shop.add(std::move(event), kStart + days(i < 30 ? 2 : 9) + minutes(i));
  }
  const TestDirectory directory;
  const auto report = materialise_features(shop.log, kStart + days(14), directory.path(), {},
                                           [](uint64_t) -> Result<Done> { return kOk; });
  ASSERT_TRUE(report.ok()) << report.error().message();
  for (const FeatureDrift& drift : report->drift.features) {
    const bool once = is_of_answer(*find_feature(drift.feature));
    EXPECT_EQ(drift.latest, once ? 30u : 600u) << drift.feature;
    EXPECT_EQ(drift.psi.has_value(), !once) << drift.feature;
  }
}

}  // namespace
}  // namespace modiste
