// The network of next choices in the request path: its items are candidates, its share of the score is told,
// it is swapped while requests run, and nothing is left of it where there is none. What it learns from.
#include "retrieval/next_choices.h"

#include <gtest/gtest.h>

#include "learning/datasets/choice_history.h"
#include "small_shop.h"

namespace modiste {
namespace {

// Shoppers who chose G0 want G3.
std::shared_ptr<const NextChoices> g3_after_g0(Shop& shop, float share) {
  NextChoicesModel model;
  const Catalog& catalog = shop.catalog().view();
  for (const char* id : {"G0", "G3", "G4"}) model.items.push_back(catalog.key(catalog.slot_ever(id, "")));
  model.width = 1;
  model.read = {1, 0, 0};
  model.rows = {0, 8, 1};
  model.bias = {0, 0, 0};
  model.decay = 0.8F;
  model.share = share;
  return std::make_shared<const NextChoices>(std::move(model));
}

class NextChoicesPath : public testing::Test {
 protected:
  NextChoicesPath() { EXPECT_TRUE(shop->catalog().upsert(make_garments(40)).ok()); }
  Answer ask(const std::string& who) { return ten_for(*shop, who); }
  static int64_t found_by_source(const Answer& answer) {
    for (const auto& source : answer.debug->sources)
      if (source.name == "next_choices") return source.candidates;
    return 0;
  }
  static const ScorePart* part_of(const AnswerItem& item) {
    for (const ScorePart& part : item.score_breakdown)
      if (part.name == "next_choices") return &part;
    return nullptr;
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
};

TEST_F(NextChoicesPath, ItsItemsAreCandidatesAndItsShareIsTold) {
  for (const char* id : {"G0", "G6", "G8", "G10", "G12", "G14"})
    send(*shop, make_event(EventType::kLike, "ada", id));
  const Answer without = ask("ada");
  EXPECT_EQ(found_by_source(without), 0);
  for (const auto& item : without.items) EXPECT_EQ(part_of(item), nullptr);

  shop->recommender().use_next_choices(g3_after_g0(*shop, 1), 1);
  const Answer with = ask("ada");
  EXPECT_EQ(found_by_source(with), 2) << "G3 and G4; G0 is liked already";
  bool told = false;
  for (const auto& item : with.items) {
    const ScorePart* part = part_of(item);
    EXPECT_EQ(part != nullptr, item.garment_id == "G3" || item.garment_id == "G4") << item.garment_id;
    if (item.garment_id != "G3") continue;
    ASSERT_NE(part, nullptr);
    EXPECT_GT(part->weight, 0.1);
    EXPECT_EQ(part->value, 1);
    told = true;
  }
  EXPECT_TRUE(told) << "G3 is in the answer";

  shop->recommender().use_next_choices(nullptr, 0);
  const Answer again = ask("ada");
  EXPECT_EQ(found_by_source(again), 0);
  for (size_t i = 0; i < again.items.size(); ++i)
    EXPECT_EQ(again.items[i].garment_id, without.items[i].garment_id);
}

TEST_F(NextChoicesPath, OfAShareOfZeroItOnlyProposes) {
  for (const char* id : {"G0", "G6", "G8", "G10", "G12", "G14"})
    send(*shop, make_event(EventType::kLike, "ada", id));
  shop->recommender().use_next_choices(g3_after_g0(*shop, 0), 1);
  const Answer answer = ask("ada");
  EXPECT_EQ(found_by_source(answer), 2);
  for (const auto& item : answer.items) EXPECT_EQ(part_of(item), nullptr);
}

TEST_F(NextChoicesPath, IsSwappedWhileRequestsRun) {
  send(*shop, make_event(EventType::kLike, "ada", "G0"));
  const auto one = g3_after_g0(*shop, 1), other = g3_after_g0(*shop, 0.5F);
  expect_answers_while(*shop, [&](int swap) {
    shop->recommender().use_next_choices(swap % 3 == 0 ? nullptr : swap % 3 == 1 ? one : other, swap);
  });
}

class ReadChoices : public NextChoicesPath {
 protected:
  std::vector<std::vector<std::string>> chosen() {
    auto read = read_choice_history(stores.log, stores.store, Vocabulary::standard());
    EXPECT_TRUE(read.ok()) << read.error().message();
    std::vector<std::vector<std::string>> all;
    for (const auto& row : read->shoppers) {
      auto& ids = all.emplace_back();
      for (const ChosenItem& one : row) ids.push_back(read->items[one.item].garment_id);
    }
    return all;
  }
  void sends(Event event) {
    stores.clock.advance(std::chrono::minutes(1));
    send(*shop, std::move(event));
  }
};

TEST_F(ReadChoices, EachItemStandsWhereItWasChosenFirstAndPassesAreNotChoices) {
  sends(make_event(EventType::kLike, "ada", "G0"));
  sends(make_event(EventType::kLike, "ada", "G1"));
  sends(make_event(EventType::kPass, "ada", "G2"));
  sends(make_event(EventType::kPurchase, "ada", "G0"));
  EXPECT_EQ(chosen(), (std::vector<std::vector<std::string>>{{"G0", "G1"}}));
}

TEST_F(ReadChoices, AllThatWasHeardIsToldWithItsWeight) {
  sends(make_event(EventType::kClick, "ada", "G0"));
  sends(make_event(EventType::kLike, "ada", "G1"));
  sends(make_event(EventType::kPass, "ada", "G1"));
  sends(make_event(EventType::kPurchase, "ada", "G0"));
  const auto read = read_choice_history(stores.log, stores.store, Vocabulary::standard());
  ASSERT_TRUE(read.ok()) << read.error().message();
  ASSERT_EQ(read->heard.size(), 1u);
  std::vector<std::pair<std::string, float>> heard;
  for (const HeardChoice& one : read->heard[0])
    heard.emplace_back(read->items[one.item].garment_id, one.weight);
  ASSERT_EQ(heard.size(), 4u);
  EXPECT_EQ(heard[0], (std::pair<std::string, float>("G0", 0.25F)));
  EXPECT_EQ(heard[2].first, "G1");
  EXPECT_LT(heard[2].second, 0);
  EXPECT_EQ(heard[3], (std::pair<std::string, float>("G0", 1)));
}

TEST_F(ReadChoices, WhatIsUndoneIsNoChoice) {
  Event like = make_event(EventType::kLike, "ada", "G0");
  like.event_id = "to-undo";
  sends(like);
  sends(make_event(EventType::kLike, "ada", "G1"));
  Event undo = make_event(EventType::kUndo, "ada", "");
  undo.undoes = "to-undo";
  sends(undo);
  EXPECT_EQ(chosen(), (std::vector<std::vector<std::string>>{{"G1"}}));
}

TEST_F(ReadChoices, WhoDidNotConsentOrIsErasedTeachesNothing) {
  for (const char* who : {"ada", "bea", "cleo"}) sends(make_event(EventType::kLike, who, "G0"));
  Event no = make_event(EventType::kConsent, "ada", "");
  no.consent = ConsentChoice{.personalisation = {}, .training = false};
  sends(no);
  ASSERT_TRUE(shop->shoppers().erase({IdentifierKind::kUser, "cleo"}).ok());
  EXPECT_EQ(chosen().size(), 1U) << "bea's";
}

}  // namespace
}  // namespace modiste
