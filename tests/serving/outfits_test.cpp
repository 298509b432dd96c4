// Outfits over a real shop in memory: complete a look, budget, vetoes, swap, and what is refused.
#include "outfit_shop.h"
#include "outfits/compatibility.h"
#include "serving/lookbook/look_pieces.h"
#include "serving/outfits/outfit_plan.h"
#include "serving/outfits/outfit_reasons.h"
#include "serving/request/outfit_looks.h"

namespace modiste {
namespace {

TEST_F(Outfits, AreWholeAndDiffer) {
  OutfitRequest request;
  request.count = 4;
  const auto answer = compose(request);
  ASSERT_EQ(answer.outfits.size(), 4U);
  for (size_t i = 0; i < answer.outfits.size(); ++i) {
    const ComposedOutfit& outfit = answer.outfits[i];
    const auto roles = roles_of(outfit);
    EXPECT_TRUE(roles.contains(OutfitRole::kShoes));
    EXPECT_TRUE(roles.contains(OutfitRole::kOnePiece) ||
                (roles.contains(OutfitRole::kTop) && roles.contains(OutfitRole::kBottom)));
    double total = 0, score = 0;
    for (const auto& piece : outfit.pieces) total += piece.item.price;
    for (const auto& part : outfit.score_breakdown) score += part.weight * part.value;
    EXPECT_NEAR(outfit.total_price, total, 0.005);
    EXPECT_NEAR(outfit.score, score, 1e-5);
    EXPECT_EQ(outfit.currency, "EUR");
    for (size_t j = 0; j < i; ++j) {
      const auto mine = chosen_of(outfit), other = chosen_of(answer.outfits[j]);
      EXPECT_LE(std::count_if(mine.begin(), mine.end(), [&](const auto& id) { return other.contains(id); }),
                1);
    }
  }
}

TEST_F(Outfits, CompleteTheLookOfAGarment) {
  OutfitRequest request;
  request.anchors = {{"DRE2", "", false}};
  const auto answer = compose(request);
  ASSERT_EQ(answer.outfits.size(), 3U);
  for (const ComposedOutfit& outfit : answer.outfits) {
    EXPECT_EQ(outfit.pieces.front().item.garment_id, "DRE2");
    EXPECT_TRUE(outfit.pieces.front().anchor);
    const auto roles = roles_of(outfit);
    EXPECT_TRUE(roles.contains(OutfitRole::kShoes));
    EXPECT_FALSE(roles.contains(OutfitRole::kTop) || roles.contains(OutfitRole::kBottom));
    EXPECT_FALSE(has_kind(outfit, "LUG"));
  }
}

TEST_F(Outfits, ACoatInTheColdAndNoneInTheHeat) {
  OutfitRequest request;
  request.context.emplace();
  request.context->occasion = Occasion::kWork;
  request.context->warmth = 0.9;
  for (const auto& outfit : compose(request).outfits) {
    EXPECT_TRUE(has_kind(outfit, "COA"));
    EXPECT_FALSE(has_kind(outfit, "TEE")) << "a T-shirt at work beside blouses";
  }
  request.context->warmth = 0.0;
  for (const auto& outfit : compose(request).outfits) EXPECT_FALSE(has_kind(outfit, "COA"));
}

TEST_F(Outfits, KeepTheBudgetOfTheWhole) {
  OutfitRequest request;
  request.budget = 200;
  const auto answer = compose(request);
  ASSERT_FALSE(answer.outfits.empty());
  for (const auto& outfit : answer.outfits) EXPECT_LE(outfit.total_price, 200);
  EXPECT_TRUE(answer.degraded.empty());
  request.budget = 150;  // T-shirt, jeans and sneakers, and nothing else
  const auto least = compose(request);
  ASSERT_FALSE(least.outfits.empty());
  for (const auto& outfit : least.outfits) EXPECT_DOUBLE_EQ(outfit.total_price, 150);
}

TEST_F(Outfits, ABudgetBelowTheCheapestIsRelaxedAndSaidSo) {
  OutfitRequest request;
  request.budget = 100;
  const auto answer = compose(request);
  ASSERT_FALSE(answer.outfits.empty());
  EXPECT_EQ(answer.degraded, (std::vector<std::string>{"relaxed budget"}));
  EXPECT_DOUBLE_EQ(answer.outfits.front().total_price, 150) << "the cheapest there is";
  for (const auto& outfit : answer.outfits)
    for (const Reason& reason : outfit.reasons) EXPECT_NE(reason.code, ReasonCode::kWithinBudget);
  request.anchors = {{"COA0", "", true}};  // owned: costs nothing
  request.budget = 150;
  request.roles = {OutfitRole::kTop, OutfitRole::kBottom, OutfitRole::kShoes};
  const auto owned = compose(request);
  ASSERT_FALSE(owned.outfits.empty());
  EXPECT_TRUE(owned.degraded.empty());
  EXPECT_DOUBLE_EQ(owned.outfits.front().total_price, 150);
}

TEST_F(Outfits, OnlyWhatAPieceIsShortOfIsNamed) {
  Event quiz = make_event(EventType::kQuiz, "ada", "");
  quiz.quiz.emplace().budget_max = 100;  // no coat costs so little
  quiz.quiz->sizes = {"M"};              // which all garments have
  send(*shop, quiz);
  OutfitRequest request;
  request.shopper_id = "ada";
  request.anchors = {{"DRE0", "", true}};
  request.roles = {OutfitRole::kOuter, OutfitRole::kShoes};
  const auto answer = compose(request);
  ASSERT_FALSE(answer.outfits.empty());
  EXPECT_EQ(answer.degraded, (std::vector<std::string>{"relaxed price limit"}));
}

// Cheaper than all that women wear.
std::vector<Garment> childrens() {
  std::vector<Garment> garments;
  for (size_t i = 0; i < 7; ++i)
    for (Kind kind : {kWomensKinds[0], kWomensKinds[2], kWomensKinds[6]}) {
      kind.price /= 10;
      Garment garment = garment_of(kind, 20 + i, "Pink");
      garment.id = "KID" + garment.id;
      garment.variants[0].sku = garment.id;
      garment.category = "Girls" + garment.category.substr(garment.category.find('/'));
      garment.department = "Girls";
      garments.push_back(std::move(garment));
    }
  return garments;
}

TEST_F(Outfits, ASmallBudgetIsNotSpentOnChildrensClothes) {
  ASSERT_TRUE(shop->catalog().upsert(childrens()).ok());
  Event quiz = make_event(EventType::kQuiz, "ada", "");
  quiz.quiz.emplace().departments = {"women"};
  send(*shop, quiz);
  OutfitRequest request;
  request.shopper_id = "ada";
  for (const double budget : {60, 30}) {
    request.budget = budget;
    const auto answer = compose(request);
    ASSERT_FALSE(answer.outfits.empty());
    for (const auto& outfit : answer.outfits) EXPECT_FALSE(has_kind(outfit, "KID")) << budget;
    EXPECT_EQ(answer.degraded, (std::vector<std::string>{"relaxed budget"}));
  }
}

TEST_F(Outfits, AnAnchorThatCostsTheBudgetIsStillDressed) {
  ASSERT_TRUE(shop->catalog().upsert(childrens()).ok());
  OutfitRequest request;
  request.anchors = {{"COA0", "", false}};
  request.budget = 150;
  const auto answer = compose(request);
  ASSERT_FALSE(answer.outfits.empty());
  EXPECT_EQ(answer.degraded, (std::vector<std::string>{"relaxed budget"}));
  for (const auto& outfit : answer.outfits) EXPECT_FALSE(has_kind(outfit, "KID"));
}

TEST_F(Outfits, WhatIsAddedForTheBudgetSaysWhatItIsShortOf) {
  for (size_t i = 0; i < 4; ++i) {
    const Kind& kind = kWomensKinds[0];
    Garment garment = garment_of({kind.id, kind.title, kind.category, 4}, 10 + i, "Grey");
    garment.variants[0].size = "XXL";
    ASSERT_TRUE(shop->catalog().upsert({garment}).ok());
  }
  Event quiz = make_event(EventType::kQuiz, "ada", "");
  quiz.quiz.emplace().sizes = {"M"};
  send(*shop, quiz);
  OutfitRequest request;
  request.shopper_id = "ada";
  request.budget = 140;
  const auto answer = compose(request);
  ASSERT_FALSE(answer.outfits.empty());
  for (const auto& outfit : answer.outfits) EXPECT_LE(outfit.total_price, 140);
  EXPECT_EQ(answer.degraded, (std::vector<std::string>{"relaxed size"}));
}

TEST_F(Outfits, WhatIsLikedIsOffered) {
  OutfitRequest request;
  request.shopper_id = "ada";
  request.anchors = {{"DRE0", "", false}};
  request.roles = {OutfitRole::kShoes};
  send(*shop, make_event(EventType::kSave, "ada", "LOA2"));
  const auto answer = compose(request);
  EXPECT_TRUE(std::any_of(answer.outfits.begin(), answer.outfits.end(), [](const auto& outfit) {
    return has_kind(outfit, "LOA2");
  })) << "the shoes that they saved";
}

TEST_F(Outfits, APieceHasTheScoreOfItsParts) {
  send(*shop, make_event(EventType::kLike, "ada", "TEE0"));
  OutfitRequest request;
  request.shopper_id = "ada";
  for (const auto& outfit : compose(request).outfits)
    for (const auto& piece : outfit.pieces) {
      EXPECT_GT(piece.item.score, 0) << piece.item.garment_id;
      double score = 0;
      for (const auto& part : piece.item.score_breakdown) score += part.weight * part.value;
      EXPECT_NEAR(piece.item.score, score, 1e-5);
    }
}

TEST_F(Outfits, VetoesAndStockAreNeverRelaxed) {
  OutfitRequest request;
  request.vetoes.categories = {"jeans", "dresses"};
  request.vetoes.colours = {"red"};
  for (const auto& outfit : compose(request).outfits) {
    EXPECT_FALSE(has_kind(outfit, "JEA") || has_kind(outfit, "DRE"));
    for (const auto& piece : outfit.pieces) EXPECT_NE(piece.item.colour, "Red");
  }
  for (int i = 0; i < 4; ++i)
    ASSERT_TRUE(shop->catalog().change_variant(fmt::format("SNE{}-M", i), {0, {}, {}}).ok());
  for (const auto& outfit : compose(request).outfits) EXPECT_TRUE(has_kind(outfit, "LOA"));
}

TEST_F(Outfits, AShopWithoutShoesStillDressesPeople) {
  OutfitRequest request;
  request.vetoes.categories = {"shoes"};
  const auto answer = compose(request);
  ASSERT_FALSE(answer.outfits.empty());
  EXPECT_EQ(answer.degraded, (std::vector<std::string>{"without shoes"}));
  for (const auto& outfit : answer.outfits) EXPECT_GE(outfit.pieces.size(), 2U);
}

// Locked pieces stay, the named one changes, the shape of the outfit does not.
TEST_F(Outfits, OnePieceIsSwappedAndTheRestAdapts) {
  OutfitRequest request;
  request.count = 1;
  const auto first = compose(request);
  ASSERT_EQ(first.outfits.size(), 1U);
  std::string shoes;
  OutfitRequest swap;
  swap.count = 1;
  swap.swap = OutfitRole::kShoes;
  std::set<std::string> locked;
  for (const auto& piece : first.outfits[0].pieces) {
    if (piece.role == OutfitRole::kShoes) shoes = piece.item.garment_id;
    if (piece.role == OutfitRole::kTop || piece.role == OutfitRole::kOnePiece) {
      swap.anchors.push_back({piece.item.garment_id, piece.item.colour, false});
      locked.insert(piece.item.garment_id);
    } else {
      swap.current.push_back({piece.item.garment_id, piece.item.colour});
    }
  }
  const auto second = compose(swap);
  ASSERT_EQ(second.outfits.size(), 1U);
  EXPECT_EQ(roles_of(second.outfits[0]), roles_of(first.outfits[0]));
  std::set<std::string> worn;
  for (const auto& piece : second.outfits[0].pieces) worn.insert(piece.item.garment_id);
  EXPECT_FALSE(worn.contains(shoes));
  for (const auto& id : locked) EXPECT_TRUE(worn.contains(id));
}

TEST_F(Outfits, RefusalsSayWhatWhereAndWhatWouldBeRight) {
  OutfitRequest request;
  request.anchors = {{"NOPE", "", false}};
  auto error = refusal_of(request);
  EXPECT_EQ(error.code, Code::kInvalid);
  EXPECT_EQ(error.where, "/anchors/0/garment_id");
  EXPECT_EQ(error.what, "no garment 'NOPE' in this shop");
  request.anchors = {{"TEE0", "Pink", false}};
  EXPECT_EQ(refusal_of(request).where, "/anchors/0/colour");
  request.anchors = {{"TEE0", "", false}, {"BLO0", "", false}};
  error = refusal_of(request);
  EXPECT_EQ(error.where, "/anchors/1");
  EXPECT_EQ(error.what, "two pieces of the role top");
  request.anchors = {{"JEA0", "", false}, {"DRE0", "", false}};
  EXPECT_EQ(refusal_of(request).what, "a one piece is not worn with a bottom");
  request.anchors = {{"LUG0", "", false}};
  EXPECT_EQ(refusal_of(request).expected, "clothes, shoes, a bag or an accessory");
  request.anchors = {{"TEE0", "", false}};
  request.swap = OutfitRole::kTop;
  EXPECT_EQ(refusal_of(request).where, "/swap");
  request.swap = OutfitRole::kOnePiece;
  EXPECT_EQ(refusal_of(request).where, "/swap") << "a dress is not worn with the anchor";
  request.swap.reset();
  request.roles = {OutfitRole::kBottom, OutfitRole::kOnePiece};
  EXPECT_EQ(refusal_of(request).where, "/roles/1");
  request.roles.clear();
  request.vetoes.colours = {"reddish"};
  EXPECT_TRUE(refusal_of(request).where.starts_with("/vetoes/colours")) << refusal_of(request).where;
}

TEST_F(Outfits, ABudgetCountsInTheShopsCurrency) {
  for (const Kind& kind : kWomensKinds) {  // the same garments, cheap by number and dear in truth
    Garment garment = garment_of({kind.id, kind.title, kind.category, 3}, 9, "Black");
    garment.currency = "KWD";
    ASSERT_TRUE(shop->catalog().upsert({garment}).ok());
  }
  OutfitRequest request;
  request.budget = 250;
  const auto answer = compose(request);
  ASSERT_FALSE(answer.outfits.empty());
  for (const auto& outfit : answer.outfits) {
    EXPECT_EQ(outfit.currency, "EUR");
    for (const auto& piece : outfit.pieces) EXPECT_EQ(piece.item.currency, "EUR");
  }
  request.budget.reset();
  request.anchors = {{"TRO9", "", false}};
  for (const auto& outfit : compose(request).outfits)
    for (const auto& piece : outfit.pieces) EXPECT_EQ(piece.item.currency, "KWD") << "as the anchor's";
}

// Knows one thing: garments called "Red" belong together.
class RedTogether final : public outfits::Compatibility {
 public:
  [[nodiscard]] std::string_view name() const override { return "red"; }
  [[nodiscard]] double pair(const outfits::Wearable& a, const outfits::Wearable& b) const override {
    return a.title.starts_with("Red") && b.title.starts_with("Red") ? 1 : 0;
  }
  [[nodiscard]] double set(std::span<const outfits::Wearable> pieces) const override {
    return pair(pieces.front(), pieces.back());
  }
};

TEST_F(Outfits, ATrainedModelJudgesBesideTheRules) {
  OutfitRequest request;
  request.count = 1;
  request.anchors = {{"TEE3", "", false}};
  const auto rules = compose(request);
  shop->outfits().use(std::make_shared<const RedTogether>(), 1);
  const auto learned = compose(request);
  ASSERT_EQ(learned.outfits.size(), 1U);
  double score = 0;
  for (const auto& part : learned.outfits[0].score_breakdown) score += part.weight * part.value;
  EXPECT_NEAR(learned.outfits[0].score, score, 1e-5);
  const auto reds = [](const ComposedOutfit& outfit) {
    return std::count_if(outfit.pieces.begin(), outfit.pieces.end(),
                         [](const auto& piece) { return piece.item.colour == "Red"; });
  };
  EXPECT_GT(reds(learned.outfits[0]), reds(rules.outfits[0]));
}

// Every reason is held against the facts, taken from the catalog and not from the composer.
TEST_F(Outfits, EveryReasonIsTrue) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  std::set<ReasonCode> said;
  for (const auto occasion : {Occasion::kWork, Occasion::kCasual})
    for (const bool anchored : {false, true}) {
      OutfitRequest request;
      request.budget = 400;
      request.context.emplace();
      request.context->occasion = occasion;
      request.context->season = Season::kAutumn;
      if (anchored) request.anchors = {{"BLO1", "", false}};
      const auto answer = compose(request);
      ASSERT_FALSE(answer.outfits.empty());
      for (const auto& outfit : answer.outfits) {
        std::vector<Item> items;
        for (const auto& piece : outfit.pieces) {
          Item item;
          item.garment = PackedGarment(*shop->catalog().view().garment(piece.item.garment_id));
          item.colour = piece.item.colour;
          item.facts = shop->catalog().view().snapshot()->facts(
              shop->catalog().view().slot(piece.item.garment_id, piece.item.colour));
          items.push_back(std::move(item));
        }
        std::vector<outfits::Wearable> looks;
        std::vector<const Item*> views;
        for (const Item& item : items) {
          looks.push_back(wearable_of(item, nullptr, vocabulary));
          views.push_back(&item);
        }
        OutfitFacts facts{vocabulary, shop->outfits().rules(), looks, views};
        facts.anchors = anchored ? 1 : 0;
        facts.budget = request.budget;
        facts.total_price = outfit.total_price;
        for (const Reason& reason : outfit.reasons) {
          said.insert(reason.code);
          if (reason.code == ReasonCode::kForOccasion || reason.code == ReasonCode::kForSeason) continue;
          EXPECT_TRUE(is_true_of_outfit(reason, facts)) << name_of(reason.code);
        }
        facts.total_price = 401;
        EXPECT_FALSE(is_true_of_outfit({ReasonCode::kWithinBudget, {}}, facts));
      }
    }
  EXPECT_TRUE(said.contains(ReasonCode::kColoursGo));
  EXPECT_TRUE(said.contains(ReasonCode::kGoesWith) || said.contains(ReasonCode::kWithinBudget));
}

TEST_F(Outfits, AreLoggedAsServed) {
  OutfitRequest request;
  request.shopper_id = "ada";
  send(*shop, make_event(EventType::kLike, "ada", "TEE0"));
  const auto answer = compose(request);
  ASSERT_TRUE(shop->events().flush_impressions().ok());
  size_t served = 0;
  const auto count = [&](const LoggedEvent& logged) -> Result<Done> {
    if (logged.event.type == EventType::kServed && logged.event.request_id == answer.request_id) {
      ++served;
      EXPECT_GE(logged.event.items.size(), 5U);
    }
    return kOk;
  };
  ASSERT_TRUE(stores.log.replay(LogPosition::begin(), count).ok());
  EXPECT_EQ(served, 1U);
}

// The request keeps the catalog that it began with.
TEST_F(Outfits, AGarmentThatComesDuringTheRequestIsUnknownToIt) {
  const ShopState& state = shop->lookbook().shop();
  RequestState request = make_request_state({}, state, stores.store, stores.clock.now());
  ASSERT_TRUE(shop->catalog().upsert({garment_of(kWomensKinds[0], 9, "Green")}).ok());
  OutfitRequest asked;
  asked.anchors = {{"TEE9", ""}};
  const auto unknown = plan_outfits(asked, state, request);
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().what, "no garment 'TEE9' in this shop");
  lookbook::Look look;
  look.pieces = {{"TEE9", "Green", OutfitRole::kTop}, {"TEE0", "Black", OutfitRole::kTop}};
  const auto slots = slots_of_look(look, state.catalog, *request.catalog);
  EXPECT_EQ(slots, (std::vector<Slot>{kNoSlot, state.catalog.slot("TEE0", "Black")}));
  RequestState later = make_request_state({}, state, stores.store, stores.clock.now());
  EXPECT_TRUE(plan_outfits(asked, state, later).ok());
}

}  // namespace
}  // namespace modiste
