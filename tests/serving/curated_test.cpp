// Outfits that the shop put together: they come first, a sold-out piece is replaced, vetoes hold.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "serving/outfits/outfit_reasons.h"
#include "small_shop.h"

namespace modiste {
namespace {

Garment curated_garment(std::string id, std::string title, std::string category, std::string colour) {
  Garment garment;
  garment.id = std::move(id);
  garment.title = std::move(title);
  garment.brand = "Maison";
  garment.category = std::move(category);
  garment.department = "Women";
  garment.currency = "EUR";
  garment.supplier_attributes["pattern"] = {"Solid"};
  garment.variants.push_back({garment.id + "-M", "M", std::move(colour), 50, {}, {}, 3});
  return garment;
}

class Curated : public testing::Test {
 protected:
  Curated() : shop(stores.open()) {
    std::vector<Garment> garments;
    for (const char* colour : {"Black", "White", "Navy", "Red", "Green"}) {
      garments.push_back(
          curated_garment(fmt::format("TEE-{}", colour), "T-shirt", "Women/Tops/T-shirts", colour));
      garments.push_back(
          curated_garment(fmt::format("JEA-{}", colour), "Jeans", "Women/Bottoms/Jeans", colour));
      garments.push_back(
          curated_garment(fmt::format("SNE-{}", colour), "Sneakers", "Women/Shoes/Sneakers", colour));
      garments.push_back(
          curated_garment(fmt::format("BAG-{}", colour), "Handbag", "Women/Bags/Handbags", colour));
    }
    EXPECT_TRUE(shop->catalog().upsert(std::move(garments)).ok());
  }

  // Colours that the rules would never put together.
  void put(const std::string& occasion = "") {
    ASSERT_TRUE(
        shop->catalog()
            .put_outfit(
                {"loud", "Loud and clear", occasion, {{"TEE-Red", ""}, {"JEA-Green", ""}, {"SNE-Navy", ""}}})
            .ok());
  }
  [[nodiscard]] OutfitAnswer compose(const OutfitRequest& request) {
    auto answer = shop->outfits().compose(request);
    EXPECT_TRUE(answer.ok()) << answer.error().message();
    return answer.ok() ? std::move(*answer) : OutfitAnswer{};
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop;
};

std::set<std::string> ids_of(const ComposedOutfit& outfit) {
  std::set<std::string> ids;
  for (const auto& piece : outfit.pieces) ids.insert(piece.item.garment_id);
  return ids;
}

bool says(const ComposedOutfit& outfit, ReasonCode code) {
  return std::any_of(outfit.reasons.begin(), outfit.reasons.end(),
                     [&](const Reason& reason) { return reason.code == code; });
}

OutfitRequest around(const std::string& garment) {
  OutfitRequest request;
  request.anchors = {{garment, "", false}};
  return request;
}

TEST_F(Curated, ComesFirstAndSaysSo) {
  EXPECT_FALSE(ids_of(compose(around("TEE-Red")).outfits.at(0)).contains("JEA-Green"))
      << "by the rules alone";
  put();
  for (const OutfitRequest& request : {around("TEE-Red"), around("SNE-Navy"), OutfitRequest()}) {
    const auto answer = compose(request);
    ASSERT_GE(answer.outfits.size(), 2u);
    const ComposedOutfit& first = answer.outfits.front();
    EXPECT_EQ(ids_of(first), (std::set<std::string>{"TEE-Red", "JEA-Green", "SNE-Navy"}));
    EXPECT_EQ(first.shop_outfit_id, "loud");
    EXPECT_EQ(first.reasons.front().code, ReasonCode::kByShop);
    EXPECT_EQ(first.reasons.front().args.title, "Loud and clear");
    double score = 0;
    for (const auto& part : first.score_breakdown) score += part.weight * part.value;
    EXPECT_NEAR(score, first.score, 2e-5);
    EXPECT_FALSE(answer.outfits[1].shop_outfit_id.has_value());
    EXPECT_FALSE(says(answer.outfits[1], ReasonCode::kByShop));
  }
}

TEST_F(Curated, ASoldOutPieceIsReplaced) {
  put();
  ASSERT_TRUE(shop->catalog().change_variant("SNE-Navy-M", {.stock = 0, .price = {}, .list_price = {}}).ok());
  const auto answer = compose(around("TEE-Red"));
  const ComposedOutfit& first = answer.outfits.at(0);
  EXPECT_TRUE(ids_of(first).contains("JEA-Green"));
  EXPECT_FALSE(ids_of(first).contains("SNE-Navy"));
  EXPECT_TRUE(std::any_of(first.pieces.begin(), first.pieces.end(),
                          [](const auto& piece) { return piece.role == OutfitRole::kShoes; }));
  ASSERT_EQ(first.reasons.front().code, ReasonCode::kByShopInPart);
  EXPECT_EQ(first.reasons.front().args.terms, (std::vector<std::string>{"shoes"}));
}

TEST_F(Curated, VetoesHold) {
  put();
  OutfitRequest request = around("TEE-Red");
  request.vetoes.categories = {"jeans"};
  for (const auto& outfit : compose(request).outfits)
    for (const auto& id : ids_of(outfit)) EXPECT_FALSE(id.starts_with("JEA")) << id;
  send(*shop, [] {
    Event event = make_event(EventType::kVetoes, "ada", "");
    event.vetoes.emplace().colours = {"green"};
    return event;
  }());
  OutfitRequest mine = around("TEE-Red");
  mine.shopper_id = "ada";
  for (const auto& outfit : compose(mine).outfits) EXPECT_FALSE(ids_of(outfit).contains("JEA-Green"));
}

void choose(Shop& shop, const QuizAnswers& answers) {
  Event quiz = make_event(EventType::kQuiz, "ada", "");
  quiz.quiz = answers;
  send(shop, quiz);
}

TEST_F(Curated, AnotherDepartmentsAreNotForThem) {
  std::vector<Garment> for_men;
  for (const char* colour : {"Black", "White", "Navy", "Red", "Green", "Grey", "Brown", "Beige"}) {
    for_men.push_back(
        curated_garment(fmt::format("MTEE-{}", colour), "T-shirt", "Men/Tops/T-shirts", colour));
    for_men.push_back(curated_garment(fmt::format("MJEA-{}", colour), "Jeans", "Men/Bottoms/Jeans", colour));
    for_men.push_back(
        curated_garment(fmt::format("MSNE-{}", colour), "Sneakers", "Men/Shoes/Sneakers", colour));
  }
  for (Garment& garment : for_men) garment.department = "Men";
  ASSERT_TRUE(shop->catalog().upsert(std::move(for_men)).ok());
  put();
  QuizAnswers men;
  men.departments = {"men"};
  choose(*shop, men);
  OutfitRequest request;
  request.shopper_id = "ada";
  const auto answer = compose(request);
  ASSERT_FALSE(answer.outfits.empty());
  for (const auto& outfit : answer.outfits) {
    EXPECT_FALSE(outfit.shop_outfit_id.has_value());
    for (const auto& id : ids_of(outfit)) EXPECT_TRUE(id.starts_with("M")) << id;
  }
}

TEST_F(Curated, APieceThatDoesNotComeInTheirSizeOrPriceIsReplaced) {
  put();
  QuizAnswers answers;
  answers.sizes = {"M"};
  answers.budget_max = 60;
  choose(*shop, answers);
  OutfitRequest request = around("TEE-Red");
  request.shopper_id = "ada";
  EXPECT_EQ(compose(request).outfits.at(0).reasons.front().code, ReasonCode::kByShop);
  auto jeans = curated_garment("JEA-Green", "Jeans", "Women/Bottoms/Jeans", "Green");
  jeans.variants[0].size = "XS";
  ASSERT_TRUE(shop->catalog().upsert({jeans}).ok());
  auto first = compose(request).outfits.at(0);
  EXPECT_EQ(first.shop_outfit_id, "loud");
  EXPECT_FALSE(ids_of(first).contains("JEA-Green"));
  EXPECT_TRUE(ids_of(first).contains("SNE-Navy"));
  EXPECT_EQ(first.reasons.front().args.terms, (std::vector<std::string>{"bottom"}));
  jeans.variants[0].size = "M";
  jeans.variants[0].price = 70;
  ASSERT_TRUE(shop->catalog().upsert({jeans}).ok());
  first = compose(request).outfits.at(0);
  EXPECT_EQ(first.shop_outfit_id, "loud");
  EXPECT_FALSE(ids_of(first).contains("JEA-Green"));
}

TEST_F(Curated, IsForItsOccasionOnly) {
  put("party");
  OutfitRequest request = around("TEE-Red");
  request.context.emplace().occasion = Occasion::kCasual;
  for (const auto& outfit : compose(request).outfits) EXPECT_FALSE(outfit.shop_outfit_id.has_value());
  request.context->occasion = Occasion::kParty;
  EXPECT_EQ(compose(request).outfits.at(0).shop_outfit_id, "loud");
}

TEST_F(Curated, IsNotShownAgainstTheWeather) {
  std::vector<Garment> summer;
  summer.push_back(curated_garment("SUN", "Sundress", "Women/Dresses/Sundresses", "Red"));
  summer.push_back(curated_garment("SAN", "Sandals", "Women/Shoes/Sandals", "Red"));
  ASSERT_TRUE(shop->catalog().upsert(std::move(summer)).ok());
  ASSERT_TRUE(shop->catalog().put_outfit({"sun", "Sun", "casual", {{"SUN", ""}, {"SAN", ""}}}).ok());
  const auto is_shown = [&](double warmth, std::optional<Occasion> occasion) {
    OutfitRequest request;
    request.shopper_id = "ada";
    request.context.emplace().warmth = warmth;
    request.context->occasion = occasion;
    const OutfitAnswer answer = compose(request);
    return std::any_of(answer.outfits.begin(), answer.outfits.end(),
                       [](const ComposedOutfit& outfit) { return outfit.shop_outfit_id == "sun"; });
  };
  for (const std::optional<Occasion> occasion :
       {std::optional<Occasion>(), std::optional(Occasion::kCasual)}) {
    EXPECT_TRUE(is_shown(0.05, occasion));
    EXPECT_FALSE(is_shown(0.75, occasion)) << "the occasion does not warm";
  }
}

TEST_F(Curated, SurvivesARestartAndGoesWhenItIsRemoved) {
  put();
  shop = stores.open();
  EXPECT_EQ(compose(around("TEE-Red")).outfits.at(0).shop_outfit_id, "loud");
  ASSERT_TRUE(shop->catalog().remove_outfit("loud").ok());
  EXPECT_EQ(shop->catalog().remove_outfit("loud").error().code, Code::kNotFound);
  EXPECT_FALSE(compose(around("TEE-Red")).outfits.at(0).shop_outfit_id.has_value());
}

TEST_F(Curated, SetsOfTheCatalogCountAndFollowIt) {
  auto garments = std::vector{curated_garment("TEE-Red", "T-shirt", "Women/Tops/T-shirts", "Red"),
                              curated_garment("JEA-Green", "Jeans", "Women/Bottoms/Jeans", "Green")};
  for (Garment& garment : garments) garment.sets = {"co-ord 7"};
  ASSERT_TRUE(shop->catalog().upsert(garments).ok());
  const auto first = compose(around("JEA-Green")).outfits.at(0);
  EXPECT_EQ(first.shop_outfit_id, "set:co-ord 7");
  EXPECT_TRUE(ids_of(first).contains("TEE-Red"));
  EXPECT_TRUE(std::any_of(first.pieces.begin(), first.pieces.end(), [](const auto& piece) {
    return piece.role == OutfitRole::kShoes;
  })) << "what the set lacks is added";
  shop = stores.open();
  EXPECT_EQ(compose(around("JEA-Green")).outfits.at(0).shop_outfit_id, "set:co-ord 7") << "after a restart";
  ASSERT_TRUE(shop->catalog().remove("TEE-Red").ok());
  EXPECT_FALSE(compose(around("JEA-Green")).outfits.at(0).shop_outfit_id.has_value());
}

TEST_F(Curated, LinkedGarmentsAreAmongTheCandidates) {
  auto linked = curated_garment("TEE-Red", "T-shirt", "Women/Tops/T-shirts", "Red");
  linked.goes_with = {"JEA-Green", "SNE-Navy"};
  ASSERT_TRUE(shop->catalog().upsert({linked}).ok());
  const auto answer = compose(around("TEE-Red"));
  EXPECT_TRUE(std::any_of(answer.outfits.begin(), answer.outfits.end(),
                          [](const auto& outfit) { return ids_of(outfit).contains("JEA-Green"); }));
}

TEST_F(Curated, RefusesWhatTheShopDoesNotHave) {
  auto& catalog = shop->catalog();
  EXPECT_EQ(catalog.put_outfit({"x", "", "", {{"TEE-Red", ""}, {"NONE", ""}}}).error().where,
            "/items/1/garment_id");
  EXPECT_EQ(catalog.put_outfit({"x", "", "", {{"TEE-Red", "Pink"}, {"JEA-Red", ""}}}).error().where,
            "/items/0/colour");
  EXPECT_EQ(catalog.put_outfit({"x", "", "", {{"TEE-Red", ""}, {"TEE-Red", ""}}}).error().where,
            "/items/1/garment_id");
  EXPECT_EQ(catalog.put_outfit({"x", "", "", {{"TEE-Red", ""}}}).error().where, "/items");
  EXPECT_EQ(catalog.put_outfit({"x", "", "brunch", {{"TEE-Red", ""}, {"JEA-Red", ""}}}).error().where,
            "/occasion");
  EXPECT_EQ(catalog.outfit("x").error().code, Code::kNotFound);
}

}  // namespace
}  // namespace modiste
