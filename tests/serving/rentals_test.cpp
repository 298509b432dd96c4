// The claims of docs/reports/fit.json and context.json on a part of the real data, for time.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <set>

#include "history/history_run.h"
#include "io/file_input.h"
#include "learning/datasets/fit_history.h"
#include "learning/evaluation/evaluate_context.h"
#include "learning/evaluation/evaluate_fit.h"
#include "small_shop.h"

namespace modiste {
namespace {

class RealRentals : public testing::Test {
 protected:
  void SetUp() override {
    const std::string file =
        std::string(MODISTE_SOURCE_DIR) + "/../shared/data/rtr/interactions_train.csv.gz";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "the research data is not beside the source tree";
    set.format = &kRtrHistory;
    set.options.now = TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 1));
    set.open = [file]() -> Result<std::unique_ptr<FeedInput>> {
      TRY_ASSIGN(auto input, FileInput::open(file));
      return std::unique_ptr<FeedInput>(std::make_unique<FileInput>(std::move(input)));
    };
  }
  ImportedSet set;
};

// 135 rows repeat another, 238 are of a US 28 or larger, which the chart does not have. The first fifth
// teaches and judges.
TEST_F(RealRentals, TeachTheSizeModelMoreThanTheGarmentsRates) {
  auto read = read_fit_rows(set, Vocabulary::standard());
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(read->rows.size(), 147'592U - 135U - 238U);
  EXPECT_EQ(read->left_out, 238U);
  read->rows.resize(30'000);
  EvaluateFitOptions options;
  options.training.meaning = FitMeaning::kReview;
  const auto report = evaluate_fit(std::move(read->rows), options);
  ASSERT_TRUE(report.ok()) << report.error().message();
  for (const auto& scores : report->all)
    std::printf("%-24s AUC %.3f, log-loss %.3f\n", scores.name.c_str(), scores.auc, scores.log_loss);
  EXPECT_GT(report->all[5].auc, report->all[1].auc);
  EXPECT_LT(report->all[5].log_loss, report->all[1].log_loss);
  EXPECT_LT(report->sizes[1].mean, 0.7 * report->sizes[0].mean) << "a body tells the size";
}

// The whole way: rentals come in as events, the shop trains on its own log, serves by what it learned, and a
// shopper who told only their body is advised by it.
TEST_F(RealRentals, AShopTrainsOnItsLogAndAdvisesNewShoppersByTheirBodies) {
  constexpr size_t kRentals = 6'000;
  SmallShop stores;
  const auto shop = stores.open();
  std::vector<Garment> garments;
  std::vector<Event> events;
  HistorySinks sinks;
  sinks.garment = [&](Garment&& garment) -> Result<Done> {
    return garments.push_back(std::move(garment)), kOk;
  };
  sinks.event = [&](Event&& event, size_t) -> Result<Done> {
    if (event.type == EventType::kPurchase && events.size() < kRentals) events.push_back(std::move(event));
    return kOk;
  };
  auto input = set.open();
  ASSERT_TRUE(input.ok());
  ASSERT_TRUE(read_history(**input, kRtrHistory, set.options, sinks).ok());
  std::set<std::string> rented;
  for (const Event& event : events) rented.insert(event.garment_id);
  std::erase_if(garments, [&](const Garment& garment) { return !rented.contains(garment.id); });
  ASSERT_TRUE(shop->catalog().upsert(std::move(garments)).ok());
  ASSERT_TRUE(shop->events().ingest(std::move(events), Arrival::kImport).ok());
  const auto history = read_fit_history(stores.log, stores.store, Vocabulary::standard());
  ASSERT_TRUE(history.ok()) << history.error().message();
  EXPECT_GT(history->rows.size(), kRentals * 9 / 10);
  FitTrainingOptions options;
  options.meaning = FitMeaning::kReview;
  const auto trained = train_fit(history->rows, options);
  ASSERT_TRUE(trained.ok()) << trained.error().message();

  const auto say_body = [&](const char* who, double height_cm, double weight_kg) {
    Event body = make_event(EventType::kBody, who, "");
    body.body.emplace();
    body.body->height_cm = height_cm;
    body.body->weight_kg = weight_kg;
    send(*shop, std::move(body));
  };
  say_body("small", 152, 47);
  say_body("large", 178, 88);
  // Mean position of the advised sizes on the chart, of a page of twenty.
  const auto advised = [&](const char* who) -> std::optional<double> {
    RecommendRequest request;
    request.shopper_id = who;
    request.count = 20;
    request.seed = 7;
    const auto answer = shop->recommender().recommend(request);
    EXPECT_TRUE(answer.ok());
    double sum = 0, count = 0;
    for (const AnswerItem& item : answer->items) {
      if (!item.size) continue;
      EXPECT_TRUE(item.fit && *item.fit > 0 && *item.fit <= 1);
      const auto size = parse_size(*item.size, SizeChart::kWomen);
      const auto position = size ? size_position(*size, SizeChart::kWomen) : std::nullopt;
      if (position) sum += *position, ++count;
    }
    return count > 10 ? std::optional(sum / count) : std::nullopt;
  };
  EXPECT_FALSE(advised("large")) << "the default parameters read height and weight hardly";
  shop->use_fit(trained->parameters(), 1);
  const auto large = advised("large"), small = advised("small");
  ASSERT_TRUE(large && small);
  std::printf("sizes between the two bodies: %.2f as trained\n", *large - *small);
  EXPECT_GT(*large - *small, 2) << "three US sizes or more";
}

// The last third.
TEST_F(RealRentals, TeachOccasionsBetterThanTheTable) {
  auto said = read_said_occasions(set, Vocabulary::standard());
  ASSERT_TRUE(said.ok()) << said.error().message();
  EXPECT_EQ(said->rows_read, 147'592U);
  said->rows.erase(said->rows.begin(),
                   said->rows.begin() + static_cast<std::ptrdiff_t>(said->rows.size() * 2 / 3));
  const auto report = evaluate_context(*said, Vocabulary::standard());
  ASSERT_TRUE(report.ok());
  const auto loss = [&](std::string_view name) {
    for (const auto& scores : report->scores)
      if (scores.name == name) return scores.log_loss;
    ADD_FAILURE() << name;
    return 0.0;
  };
  EXPECT_LT(loss("learned: date"), loss("prior table"));
  EXPECT_LT(loss("learned: date, category"), loss("training frequencies"));
}

}  // namespace
}  // namespace modiste
