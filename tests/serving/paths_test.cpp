#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "small_shop.h"

namespace modiste {
namespace {

bool holds(const std::vector<std::string>& ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

size_t floral_among(const std::vector<std::string>& ids) {
  return static_cast<size_t>(std::count_if(
      ids.begin(), ids.end(), [](const std::string& id) { return std::stoi(id.substr(1)) % 2 == 0; }));
}

std::vector<std::string> ids_of(const Result<Answer>& answer) {
  EXPECT_TRUE(answer.ok());
  std::vector<std::string> ids;
  for (const auto& item : answer->items) ids.push_back(item.garment_id);
  return ids;
}

std::vector<std::string> searched(Shop& shop, std::string query) {
  SearchRequest request;
  request.query = std::move(query);
  return ids_of(shop.search().by_words(request));
}

std::vector<std::string> similar_to(Shop& shop, std::string garment) {
  SimilarRequest request;
  request.garment_id = std::move(garment);
  return ids_of(shop.search().similar(request));
}

struct EnginePaths : testing::Test {
  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();

  void SetUp() override { ASSERT_TRUE(shop->catalog().upsert(make_garments(40)).ok()); }
  void like_floral(const std::string& shopper, int count = 8) {
    for (int i = 0; i < count; ++i) {
      send(*shop, make_event(EventType::kLike, shopper, "G" + std::to_string(2 * i)));
      send(*shop, make_event(EventType::kPass, shopper, "G" + std::to_string(2 * i + 1)));
    }
  }
};

TEST_F(EnginePaths, AStrangerIsNeverLeftWithoutAnAnswer) {
  const auto ids = recommended(*shop, "nobody");
  EXPECT_EQ(ids.size(), 10u);
  EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), 10u);
}

TEST_F(EnginePaths, TheNextAnswerReflectsALike) {
  like_floral("ada");
  for (int i = 0; i < 8; ++i) {
    send(*shop, make_event(EventType::kLike, "bo", "G" + std::to_string(2 * i + 1)));
    send(*shop, make_event(EventType::kPass, "bo", "G" + std::to_string(2 * i)));
  }
  // Six of ten, not ten: before the caps are relaxed, one brand has at most four places
  // and one category five.
  const auto floral = recommended(*shop, "ada"), plain = recommended(*shop, "bo");
  EXPECT_GE(floral_among(floral), 5u);
  EXPECT_LE(floral_among(plain), 5u);
  EXPECT_EQ(floral_among({floral.begin(), floral.begin() + 3}), 3u);
  EXPECT_EQ(floral_among({plain.begin(), plain.begin() + 3}), 0u);
}

TEST_F(EnginePaths, AnUndoneLikeNeverHappened) {
  like_floral("ada", 3);
  const auto before = shop->shoppers().style({IdentifierKind::kUser, "ada"});
  auto like = make_event(EventType::kLike, "ada", "G21");
  const std::string id = like.event_id;
  send(*shop, like);
  auto undo = make_event(EventType::kUndo, "ada", "");
  undo.undoes = id;
  send(*shop, undo);
  EXPECT_EQ(to_json_text(shop->shoppers().style({IdentifierKind::kUser, "ada"})), to_json_text(before));
}

TEST_F(EnginePaths, ARepeatedEventChangesNothing) {
  const auto like = make_event(EventType::kLike, "ada", "G1");
  send(*shop, like);
  const auto again = shop->events().ingest({like, like});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again->at(0), IngestResult::kDuplicate);
  EXPECT_EQ(*again->at(1), IngestResult::kDuplicate);
  EXPECT_EQ(shop->shoppers().style({IdentifierKind::kUser, "ada"}).likes, 1);
  EXPECT_EQ(stores.log.size(), 1u);
}

TEST_F(EnginePaths, ADeckLeavesOutWhatWasSwiped) {
  like_floral("ada", 4);
  const auto ids = recommended(*shop, "ada", 36, true);
  for (const char* liked : {"G0", "G2", "G4", "G6"}) EXPECT_FALSE(holds(ids, liked)) << liked;
  for (const char* just_passed : {"G3", "G5", "G7"}) EXPECT_FALSE(holds(ids, just_passed)) << just_passed;
  EXPECT_TRUE(holds(ids, "G1"));  // passed once, and no longer among the last three
  send(*shop, make_event(EventType::kPass, "ada", "G1"));
  for (const char* id : {"G9", "G11", "G13"}) send(*shop, make_event(EventType::kPass, "ada", id));
  EXPECT_FALSE(holds(recommended(*shop, "ada", 36, true), "G1"));  // passed twice
}

TEST_F(EnginePaths, AReplayedLogGivesTheSameAnswers) {
  like_floral("ada");
  auto undo = make_event(EventType::kUndo, "ada", "");
  auto like = make_event(EventType::kLike, "ada", "G31");
  undo.undoes = like.event_id;
  send(*shop, like);
  send(*shop, undo);
  const auto before = recommended(*shop, "ada");
  const auto style = to_json_text(shop->shoppers().style({IdentifierKind::kUser, "ada"}));
  shop = stores.open();
  EXPECT_EQ(recommended(*shop, "ada"), before);
  EXPECT_EQ(to_json_text(shop->shoppers().style({IdentifierKind::kUser, "ada"})), style);
}

TEST_F(EnginePaths, ASavedIndexGivesTheSameAnswersAfterTheCatalogMovedOn) {
  like_floral("ada");
  const SavedSections saved = saved_index(*shop);
  ASSERT_TRUE(shop->catalog().remove("G30").ok());
  ASSERT_TRUE(shop->catalog().upsert({make_garment(32, "with quite other words")}).ok());
  ASSERT_TRUE(shop->catalog().upsert({make_garment(90)}).ok());
  const auto expected = recommended(*shop, "ada", 40);
  const auto found = searched(*shop, "quite other words"), similar = similar_to(*shop, "G32");

  const auto reopened =
      std::make_unique<Shop>(ShopPorts{stores.clock, stores.log, stores.store, stores.store, &stores.encoder},
                             Vocabulary::standard());
  const auto adopted = reopened->catalog().adopt(saved);
  ASSERT_TRUE(adopted.ok()) << adopted.error().message();
  const int texts = stores.encoder.texts_encoded;
  ASSERT_TRUE(reopened->load().ok());
  EXPECT_EQ(stores.encoder.texts_encoded, texts);
  EXPECT_EQ(recommended(*reopened, "ada", 40), expected);
  EXPECT_FALSE(holds(recommended(*reopened, "ada", 40), "G30"));
  EXPECT_EQ(searched(*reopened, "quite other words"), found);
  EXPECT_EQ(similar_to(*reopened, "G32"), similar);
}

// An index of an older program, of another database: only vectors of unchanged items are used.
TEST_F(EnginePaths, ASavedIndexOfOtherWordsGivesItsVectors) {
  like_floral("ada");
  SavedSections saved = saved_index(*shop);
  auto about = std::make_shared<std::string>(reinterpret_cast<const char*>(saved["about"].bytes.data()),
                                             saved["about"].bytes.size());
  (*about)[0] = 77;  // the version
  saved["about"] = {std::as_bytes(std::span(*about)), about};
  // What that program wrote otherwise: read as today's it would be damaged.
  static constexpr std::string_view kOtherLayout = "of another layout";
  for (auto& [name, bytes] : saved)
    if (name != "about" && name != "slots" && name != "vectors")
      bytes = {std::as_bytes(std::span(kOtherLayout)), nullptr};
  const auto expected = recommended(*shop, "ada", 40);
  const auto reopened =
      std::make_unique<Shop>(ShopPorts{stores.clock, stores.log, stores.store, stores.store, &stores.encoder},
                             Vocabulary::standard());
  ASSERT_TRUE(reopened->catalog().adopt(saved).ok());
  EXPECT_GT(reopened->catalog().indexes().vectors()->size(), 0U);
  EXPECT_EQ(reopened->catalog().view().garment_count(), 0U) << "comes from the store";
  ASSERT_TRUE(reopened->load().ok());
  EXPECT_EQ(recommended(*reopened, "ada", 40), expected);
  EXPECT_EQ(searched(*reopened, "floral dress"), searched(*shop, "floral dress"));
}

TEST_F(EnginePaths, OnlyWhatChangedIsEmbeddedAgain) {
  const int before = stores.encoder.texts_encoded;
  const auto same = shop->catalog().upsert(make_garments(40));
  ASSERT_TRUE(same.ok());
  EXPECT_EQ(stores.encoder.texts_encoded, before);
  EXPECT_FALSE(same->front()->created);
  EXPECT_EQ(shop->catalog().upsert({make_garment(3, "renamed")})->front()->embedded, 1u);
}

TEST_F(EnginePaths, StockPriceAndRemovalTakeEffectAtOnce) {
  for (const char* sku : {"G0-S", "G0-M"}) ASSERT_TRUE(shop->catalog().change_variant(sku, {0, {}, {}}).ok());
  EXPECT_FALSE(holds(recommended(*shop, "nobody", 40), "G0"));
  ASSERT_TRUE(shop->catalog().change_variant("G0-M", {1, 5.0, {}}).ok());
  RecommendRequest cheap;
  cheap.shopper_id = "nobody";
  cheap.filter.price_max = 6;
  const auto answer = shop->recommender().recommend(cheap);
  ASSERT_EQ(answer->items.size(), 1u);
  EXPECT_EQ(answer->items[0].sizes_in_stock, std::vector<std::string>{"M"});
  ASSERT_TRUE(shop->catalog().remove("G0").ok());
  EXPECT_TRUE(shop->recommender().recommend(cheap)->items.empty());
  EXPECT_EQ(shop->catalog().remove("G0").error().code, Code::kNotFound);
  EXPECT_EQ(shop->catalog().change_variant("G0-M", {1, {}, {}}).error().code, Code::kNotFound);
}

TEST_F(EnginePaths, WishesGiveWayBeforeTheAnswerIsShort) {
  Event quiz = make_event(EventType::kQuiz, "ada", "");
  quiz.quiz = QuizAnswers{.departments = {"women"},
                          .categories = {},
                          .colours = {},
                          .brands = {},
                          .styles = {},
                          .sizes = {"XL"},
                          .budget_max = 35.0,
                          .formality = {},
                          .vetoes = {}};
  send(*shop, quiz);
  RecommendRequest request;
  request.shopper_id = "ada";
  const auto answer = shop->recommender().recommend(request);
  EXPECT_EQ(answer->items.size(), 20u);
  EXPECT_FALSE(answer->degraded.empty());
  request.filter.price_max = 35;  // limits of the request are never relaxed
  const auto cheap = shop->recommender().recommend(request);
  for (const auto& item : cheap->items) EXPECT_LE(item.price, 35);
}

TEST_F(EnginePaths, PartsAddUpToTheScoreAndPropensitiesAreProbabilities) {
  like_floral("ada");
  RecommendRequest request;
  request.shopper_id = "ada";
  const auto answer = shop->recommender().recommend(request);
  for (const auto& item : answer->items) {
    double sum = 0;
    for (const auto& part : item.score_breakdown) sum += part.weight * part.value;
    EXPECT_LE(item.score, sum + 1e-6);  // equal, or less for items passed once
    EXPECT_GT(item.propensity, 0);
    EXPECT_LE(item.propensity, 1);
  }
  EXPECT_FALSE(answer->items.front().reasons.empty());
}

TEST_F(EnginePaths, SearchFindsWordsAndSimilarFindsLikeness) {
  SearchRequest search;
  search.query = "floral dress";
  const auto found = shop->search().by_words(search);
  ASSERT_TRUE(found.ok());
  for (size_t i = 0; i < 10; ++i) EXPECT_EQ(floral_among({found->items[i].garment_id}), 1u);
  SimilarRequest similar;
  similar.garment_id = "G1";
  const auto alike = shop->search().similar(similar);
  ASSERT_TRUE(alike.ok());
  EXPECT_EQ(alike->items.size(), 12u);
  for (const auto& item : alike->items) {
    EXPECT_NE(item.garment_id, "G1");
    EXPECT_EQ(floral_among({item.garment_id}), 0u);
  }
  similar.garment_id = "absent";
  EXPECT_EQ(shop->search().similar(similar).error().code, Code::kNotFound);
}

TEST_F(EnginePaths, BadEventsAreRefusedOneByOne) {
  auto like = make_event(EventType::kLike, "ada", "");
  auto good = make_event(EventType::kLike, "ada", "G2");
  auto erase = make_event(EventType::kErase, "ada", "");
  const auto fates = shop->events().ingest({like, good, erase});
  ASSERT_TRUE(fates.ok());
  EXPECT_EQ(fates->at(0).error().where, "/garment_id");
  EXPECT_TRUE(fates->at(1).ok());
  EXPECT_FALSE(fates->at(2).ok());
}

TEST_F(EnginePaths, AnErasedShopperIsAStrangerAlsoAfterAReplay) {
  like_floral("ada");
  ASSERT_TRUE(shop->shoppers().erase({IdentifierKind::kUser, "ada"}).ok());
  EXPECT_EQ(shop->shoppers().style({IdentifierKind::kUser, "ada"}).signals, 0);
  EXPECT_EQ(shop->shoppers().erase({IdentifierKind::kUser, "ada"}).error().code, Code::kNotFound);
  shop = stores.open();
  EXPECT_EQ(shop->shoppers().style({IdentifierKind::kUser, "ada"}).signals, 0);
}

TEST_F(EnginePaths, SwipesAnswersAndUpsertsGoOnSideBySide) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([this, t] {
      for (int i = 0; i < 40; ++i) {
        send(*shop, make_event(i % 2 ? EventType::kLike : EventType::kPass, "shopper" + std::to_string(i % 2),
                               "G" + std::to_string((7 * i + t) % 40)));
        EXPECT_FALSE(recommended(*shop, "shopper" + std::to_string(t % 2)).empty());
      }
    });
  threads.emplace_back([this] {
    for (int i = 0; i < 20; ++i) {
      EXPECT_TRUE(shop->catalog().upsert({make_garment(40 + i)}).ok());
      EXPECT_TRUE(shop->catalog().change_variant("G1-S", {i, {}, {}}).ok());
    }
  });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(shop->shoppers().style({IdentifierKind::kUser, "shopper0"}).signals +
                shop->shoppers().style({IdentifierKind::kUser, "shopper1"}).signals,
            120);
  EXPECT_EQ(shop->catalog().view().garment_count(), 60u);
}

}  // namespace
}  // namespace modiste
