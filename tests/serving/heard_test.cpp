// What a shopper says of themselves counts: a quiz taken again, named sizes, a body, what they liked.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "small_shop.h"

namespace modiste {
namespace {

const Identifier kAda{IdentifierKind::kUser, "ada"};

Event quiz_of(QuizAnswers answers) {
  Event event = make_event(EventType::kQuiz, "ada", "");
  event.quiz = std::move(answers);
  return event;
}

std::vector<std::string> liked_ids(const LikedPage& page) {
  std::vector<std::string> ids;
  for (const auto& one : page.garments) ids.push_back(one.item.garment_id);
  return ids;
}

class Heard : public testing::Test {
 protected:
  Heard() { EXPECT_TRUE(shop->catalog().upsert(make_garments(40)).ok()); }
  [[nodiscard]] std::string profiles() const {
    std::string bytes;
    shop->write_profiles(bytes);
    return bytes;
  }
  [[nodiscard]] LikedPage liked(std::string_view after = "", size_t count = 24) const {
    auto page = shop->shoppers().liked(kAda, after, count);
    EXPECT_TRUE(page.ok());
    return page.ok() ? std::move(*page) : LikedPage{};
  }
  void act(EventType type, const std::string& garment) {
    send(*shop, make_event(type, "ada", garment));
    stores.clock.advance(std::chrono::seconds(20));
  }
  [[nodiscard]] std::optional<double> affinity(std::string_view term) const {
    for (const auto& one : shop->shoppers().style(kAda).affinities)
      if (one.term == term) return one.score;
    return std::nullopt;
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
};

// For women four shirts and many dresses, for men shirts: a shopper who likes the four would go on with men's
// shirts.
class OfTwoDepartments : public Heard {
 protected:
  OfTwoDepartments() {
    std::vector<Garment> garments;
    for (int i = 0; i < 40; ++i) {
      Garment garment = make_garment(i % 2 == 0 && i >= 8 ? 0 : 1);  // a dress, or a shirt
      garment.id = fmt::format("{}{}", i % 2 == 0 ? "W" : "M", i);
      garment.department = i % 2 == 0 ? "Women" : "Men";
      for (Variant& variant : garment.variants) variant.sku = garment.id + variant.size + variant.colour;
      garments.push_back(std::move(garment));
    }
    const auto upserted = shop->catalog().upsert(std::move(garments));
    for (const auto& result : *upserted) EXPECT_TRUE(result.ok());
    for (int i = 0; i < 40; ++i) EXPECT_TRUE(shop->catalog().remove(fmt::format("G{}", i)).ok());
  }
  [[nodiscard]] size_t of_men(int count) const {
    const auto ids = recommended(*shop, "ada", count);
    return static_cast<size_t>(
        std::count_if(ids.begin(), ids.end(), [](const std::string& id) { return id.front() == 'M'; }));
  }
};

TEST_F(OfTwoDepartments, WhoChoosesOneIsShownThatFirst) {
  for (const char* liked : {"W0", "W2", "W4"}) act(EventType::kLike, liked);
  EXPECT_GT(of_men(12), 0U) << "three choices may be chance";
  act(EventType::kLike, "W6");
  EXPECT_EQ(of_men(12), 0U);
  EXPECT_EQ(recommended(*shop, "ada", 30).size(), 30U) << "the rest follows when they run out";
  act(EventType::kLike, "M1");
  EXPECT_GT(of_men(12), 0U) << "a choice of the other lifts it";
}

TEST_F(OfTwoDepartments, WhatIsStatedOrAskedForCountsMore) {
  for (const char* liked : {"W0", "W2", "W4", "W6"}) act(EventType::kLike, liked);
  RecommendRequest asked;
  asked.shopper_id = "ada";
  asked.count = 5;
  asked.filter.departments = {"men"};
  const auto answer = shop->recommender().recommend(asked);
  ASSERT_TRUE(answer.ok());
  for (const AnswerItem& item : answer->items) EXPECT_EQ(item.garment_id.front(), 'M');
  EXPECT_EQ(answer->items.size(), 5U);
  QuizAnswers both;
  both.departments = {"women", "men"};
  send(*shop, quiz_of(std::move(both)));
  EXPECT_GT(of_men(12), 0U);
}

TEST_F(Heard, WhatWasShownAndLeftCountsBesideALike) {
  const auto page = [] {  // dresses and shirts, half each
    Event shown = make_event(EventType::kImpression, "ada", "");
    for (int i = 10; i < 20; ++i) shown.items.push_back({fmt::format("G{}", i), "", i - 10});
    return shown;
  };
  send(*shop, page());
  EXPECT_EQ(shop->shoppers().style(kAda).signals, 0) << "who was only shown something has no profile";
  act(EventType::kLike, "G0");
  const double before = affinity("solid").value_or(0);
  send(*shop, page());
  act(EventType::kLike, "G10");
  act(EventType::kLike, "G12");
  EXPECT_LT(affinity("solid").value_or(0), before) << "the shirts on the page were left";
  EXPECT_GT(affinity("floral").value_or(0), 0);
  const std::string lived = profiles();
  shop = stores.open();
  EXPECT_EQ(profiles(), lived);
}

TEST_F(Heard, AQuizTakenAgainReplacesTheOneBefore) {
  QuizAnswers first, second;
  first.categories = {"dresses"};
  first.colours = {"red"};
  first.sizes = {"S"};
  first.budget_max = 50;
  first.formality = 0.9;
  second.colours = {"navy"};
  second.sizes = {"M"};
  send(*shop, quiz_of(first));
  act(EventType::kLike, "G1");
  const auto before = shop->shoppers().style(kAda);
  EXPECT_TRUE(affinity("red").has_value());
  send(*shop, quiz_of(second));
  const auto style = shop->shoppers().style(kAda);
  EXPECT_FALSE(affinity("red").has_value());
  EXPECT_GT(affinity("navy").value_or(0), 0);
  EXPECT_FALSE(style.budget_max.has_value());
  EXPECT_FALSE(style.formality_stated.has_value());
  EXPECT_EQ(style.sizes, std::vector<std::string>{"M"});
  EXPECT_EQ(style.signals, before.signals) << "what the shopper did stays";
  ASSERT_EQ(style.sizes_known.size(), before.sizes_known.size());
  EXPECT_NE(style.sizes_known[0].size, before.sizes_known[0].size);
  EXPECT_EQ(style.sizes_known[0].observations, 1);

  // The same as if the first had never been taken, and the same after a replay of the log.
  SmallShop other_stores;
  const auto other = other_stores.open();
  ASSERT_TRUE(other->catalog().upsert(make_garments(40)).ok());
  send(*other, make_event(EventType::kLike, "ada", "G1"));
  other_stores.clock.advance(std::chrono::seconds(20));
  send(*other, quiz_of(second));
  EXPECT_EQ(to_json_text(other->shoppers().style(kAda)), to_json_text(style));
  const std::string bytes = profiles();
  shop = stores.open();
  EXPECT_EQ(profiles(), bytes);
  EXPECT_EQ(to_json_text(shop->shoppers().export_shopper(kAda)->style), to_json_text(style));
}

TEST_F(Heard, TheLastOfManyQuizzesCountsAlsoWhenDevicesBecomeOneShopper) {
  const auto colours = [](std::string name) {
    QuizAnswers answers;
    answers.colours = {std::move(name)};
    return answers;
  };
  Event on_phone = quiz_of(colours("red"));
  on_phone.shopper_id.clear();
  on_phone.device_id = "phone";
  send(*shop, on_phone);
  send(*shop, quiz_of(colours("green")));
  send(*shop, quiz_of(colours("navy")));
  Event login = make_event(EventType::kIdentify, "ada", "");
  login.device_id = "phone";
  send(*shop, login);
  EXPECT_FALSE(affinity("red").has_value());
  EXPECT_FALSE(affinity("green").has_value());
  EXPECT_GT(affinity("navy").value_or(0), 0);
}

TEST_F(Heard, SizesNamedInTheQuizAreAdvisedOfTopsBottomsAndShoes) {
  const auto sell = [&](std::string id, std::string category, std::vector<std::string> sizes,
                        std::string department) {
    Garment garment = make_garment(90);
    garment.id = std::move(id);
    garment.title = category;
    garment.category = category;
    garment.department = std::move(department);
    garment.variants.clear();
    for (const auto& size : sizes)
      garment.variants.push_back({garment.id + size, size, "Red", 50, {}, {}, 3});
    return garment;
  };
  ASSERT_TRUE(shop->catalog()
                  .upsert({sell("shirt", "Men/Tops/Shirts", {"S", "M", "L", "XL"}, "Men"),
                           sell("jeans", "Men/Jeans", {"W30 L32", "W34 L32", "W38 L32"}, "Men"),
                           sell("shoe", "Men/Shoes/Sneakers", {"41", "42", "43", "44"}, "Men"),
                           sell("boot", "Women/Shoes/Boots", {"37", "38", "39"}, "Women")})
                  .ok());
  const auto advised = [&](QuizAnswers answers, std::string_view category) -> std::string {
    send(*shop, quiz_of(std::move(answers)));
    RecommendRequest request;
    request.shopper_id = "ada";
    request.count = 100;
    request.seed = 1;
    request.filter.categories = {std::string(category)};
    const auto answer = shop->recommender().recommend(request);
    for (const auto& item : answer->items)
      if (item.garment_id == "shirt" || item.garment_id == "jeans" || item.garment_id == "shoe" ||
          item.garment_id == "boot")
        return item.size.value_or("");
    return "not shown";
  };
  const auto men = [](std::vector<std::string> sizes) {
    QuizAnswers answers;
    answers.departments = {"men"};
    answers.sizes = std::move(sizes);
    return answers;
  };
  EXPECT_EQ(advised(men({"XL"}), "shirt"), "XL");
  EXPECT_EQ(advised(men({"S"}), "shirt"), "S");
  EXPECT_EQ(advised(men({"W34 L32"}), "jeans"), "W34 L32");
  EXPECT_EQ(advised(men({"shoe EU 43"}), "sneakers"), "43");
  EXPECT_EQ(advised(men({"Shoes EU 41", "L"}), "sneakers"), "41");
  QuizAnswers nobody_said;
  nobody_said.sizes = {"shoe EU 38"};
  EXPECT_EQ(advised(nobody_said, "boots"), "38") << "without a department the charts of adults count";
}

TEST_F(Heard, TheStylePageShowsTheWeightsThatRank) {
  for (int i = 0; i < 8; ++i) act(EventType::kLike, fmt::format("G{}", i));
  const auto weights = shop->shoppers().style(kAda).source_weights;
  EXPECT_LT(weights.at("neighbours"), 0.01) << "nobody else chose anything in this shop";
  EXPECT_GT(weights.at("content"), 0.7);
}

TEST_F(Heard, BodyAndFormalityArePartOfTheProfile) {
  QuizAnswers answers;
  answers.formality = 0.8;
  Event quiz = quiz_of(answers);
  quiz.body.emplace();
  quiz.body->height_cm = 171;
  quiz.body->bust_cm = 92;
  send(*shop, quiz);
  auto style = shop->shoppers().style(kAda);
  EXPECT_EQ(style.body.height_cm, 171);
  EXPECT_EQ(style.formality_stated.value_or(0), static_cast<double>(0.8F));
  EXPECT_FALSE(style.formality.has_value()) << "nothing is chosen yet";
  act(EventType::kLike, "G0");
  style = shop->shoppers().style(kAda);
  ASSERT_TRUE(style.formality.has_value());
  EXPECT_GT(*style.formality, 0.2);
  EXPECT_LT(*style.formality, 0.9);
  const auto exported = shop->shoppers().export_shopper(kAda);
  ASSERT_TRUE(exported.ok());
  EXPECT_EQ(exported->style.body.bust_cm, 92);
}

TEST_F(Heard, WhatWasLikedIsListedLatestFirstAndTakenBack) {
  EXPECT_TRUE(liked().garments.empty());
  for (const char* id : {"G0", "G1", "G2", "G3"}) act(EventType::kLike, id);
  act(EventType::kSave, "G4");
  act(EventType::kAddToCart, "G5");
  act(EventType::kPurchase, "G6");
  EXPECT_EQ(liked_ids(liked()), (std::vector<std::string>{"G5", "G4", "G3", "G2", "G1", "G0"}));
  EXPECT_EQ(liked().garments[0].how, EventType::kAddToCart);
  EXPECT_EQ(liked().garments[1].how, EventType::kSave);
  act(EventType::kPass, "G3");            // passed after all
  act(EventType::kUnsave, "G4");          // no longer saved
  act(EventType::kRemoveFromCart, "G5");  // out of the cart
  act(EventType::kRemoveFromCart, "G2");  // but what was liked stays liked
  act(EventType::kPurchase, "G1");        // also when it is bought
  EXPECT_EQ(liked_ids(liked()), (std::vector<std::string>{"G1", "G2", "G0"}));
  auto like = make_event(EventType::kLike, "ada", "G7");
  auto undo = make_event(EventType::kUndo, "ada", "");
  undo.undoes = like.event_id;
  send(*shop, like);
  EXPECT_EQ(liked_ids(liked()).front(), "G7");
  send(*shop, undo);
  EXPECT_EQ(liked_ids(liked()).front(), "G1");
  ASSERT_TRUE(shop->catalog().remove("G0").ok());
  EXPECT_EQ(liked_ids(liked()), (std::vector<std::string>{"G1", "G2"}));
}

// Two shops where the same happens, but for an event that one of them takes back in the end.
class TakenBack : public Heard {
 protected:
  TakenBack() { EXPECT_TRUE(other->catalog().upsert(make_garments(40)).ok()); }
  void both(EventType type, const std::string& garment) {
    const Event event = make_event(type, "ada", garment);
    send(*shop, event);
    send(*other, event);
    advance();
  }
  void advance() {
    stores.clock.advance(std::chrono::seconds(20));
    others.clock.advance(std::chrono::seconds(20));
  }
  void take_back(const Event& event) {
    Event undo = make_event(EventType::kUndo, "ada", "");
    undo.undoes = event.event_id;
    send(*shop, undo);
  }
  static std::string style_in(Shop& of) { return to_json_text(of.shoppers().style(kAda)); }

  SmallShop others;
  std::unique_ptr<Shop> other = others.open();
};

TEST_F(TakenBack, AnOutfitWithAllItsPieces) {
  both(EventType::kLike, "G0");
  Event outfit = make_event(EventType::kOutfitComplete, "ada", "");
  outfit.garment_ids = {"G5", "G6", "G7"};
  send(*shop, outfit);
  advance();
  ASSERT_NE(style_in(*shop), style_in(*other));
  take_back(outfit);
  EXPECT_EQ(style_in(*shop), style_in(*other));
}

TEST_F(TakenBack, APurchaseLongAgoWithItsSize) {
  both(EventType::kLike, "G0");
  Event purchase = make_event(EventType::kPurchase, "ada", "G5");
  purchase.sku = "G5-M";
  purchase.size = "M";
  send(*shop, purchase);
  advance();
  for (int i = 10; i < 35; ++i) both(i % 3 == 0 ? EventType::kPass : EventType::kLike, fmt::format("G{}", i));
  ASSERT_NE(style_in(*shop), style_in(*other));
  take_back(purchase);
  EXPECT_EQ(style_in(*shop), style_in(*other));
}

TEST_F(TakenBack, APassDoesNotBecomeAChoice) {
  for (int shopper = 0; shopper < 5; ++shopper)
    for (const char* garment : {"G5", "G6"})
      send(*shop, make_event(EventType::kLike, fmt::format("other {}", shopper), garment));
  const Event pass = make_event(EventType::kPass, "ada", "G5");
  send(*shop, pass);
  take_back(pass);
  RecommendRequest request;
  request.shopper_id = "ada";
  const auto answer = shop->recommender().recommend(request);
  ASSERT_TRUE(answer.ok());
  for (const auto& item : answer->items)
    for (const auto& reason : item.reasons)
      EXPECT_NE(reason.code, ReasonCode::kLikeMinded) << item.garment_id;
  both(EventType::kLike, "G0");
  EXPECT_EQ(style_in(*shop), style_in(*other));
}

TEST_F(Heard, PagesOfTheLikedHoldEachGarmentOnce) {
  for (int i = 0; i < 9; ++i) act(EventType::kLike, fmt::format("G{}", i));
  const auto first = liked("", 4);
  EXPECT_EQ(liked_ids(first), (std::vector<std::string>{"G8", "G7", "G6", "G5"}));
  EXPECT_EQ(first.total, 9);
  ASSERT_TRUE(first.next.has_value());
  act(EventType::kPass, "G5");  // where the next page begins is no longer liked
  const auto second = liked(*first.next, 4);
  EXPECT_EQ(liked_ids(second), (std::vector<std::string>{"G4", "G3", "G2", "G1"}));
  ASSERT_TRUE(second.next.has_value());
  const auto third = liked(*second.next, 4);
  EXPECT_EQ(liked_ids(third), std::vector<std::string>{"G0"});
  EXPECT_FALSE(third.next.has_value());
  EXPECT_FALSE(shop->shoppers().liked(kAda, "page two", 4).ok());
}

TEST_F(Heard, WhatWasLikedIsNotInTheFeedForAMonth) {
  const std::set<std::string> chosen{"G0", "G2", "G4", "G6", "G8"};
  for (const auto& id : chosen) act(EventType::kLike, id);
  const auto shown = [&] {
    size_t count = 0;
    for (const auto& id : recommended(*shop, "ada", 35)) count += chosen.contains(id);
    return count;
  };
  EXPECT_EQ(shown(), 0U);
  stores.clock.advance(std::chrono::days(29));
  EXPECT_EQ(shown(), 0U);
  stores.clock.advance(std::chrono::days(2));
  EXPECT_GT(shown(), 0U);
}

TEST_F(Heard, ANarrowFilterAnswersWhatWasLikedOrPassedRatherThanNothing) {
  RecommendRequest request;
  request.shopper_id = "ada";
  request.seed = 1;
  request.filter.categories = {"dresses"};
  const auto ids = [&] {
    const auto answer = shop->recommender().recommend(request);
    std::set<std::string> shown;
    for (const auto& item : answer->items) shown.insert(item.garment_id);
    return std::pair(shown, answer->degraded);
  };
  for (int i = 0; i < 40; i += 2) {
    if (i == 8 || i == 10) continue;
    for (int twice = 0; twice < 2; ++twice) act(EventType::kPass, fmt::format("G{}", i));
  }
  EXPECT_EQ(ids().first, (std::set<std::string>{"G8", "G10"}));
  act(EventType::kLike, "G8");
  EXPECT_EQ(ids().first, (std::set<std::string>{"G10"}));
  act(EventType::kPurchase, "G10");
  const auto [liked_again, told] = ids();
  EXPECT_EQ(liked_again, (std::set<std::string>{"G8"}));
  EXPECT_EQ(told.front(), "relaxed liked");
  act(EventType::kPurchase, "G8");
  const auto [passed_again, told_more] = ids();
  EXPECT_FALSE(passed_again.empty());
  EXPECT_FALSE(passed_again.contains("G8") || passed_again.contains("G10")) << "what was bought stays out";
  EXPECT_EQ(told_more.front(), "relaxed passed_twice");
}

}  // namespace
}  // namespace modiste
