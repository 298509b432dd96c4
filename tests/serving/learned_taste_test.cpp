// The trained taste in the request path: it finds candidates, takes its share of what attributes say, is
// logged as a feature, is swapped while requests run, and nothing is left of it where there is none. What it
// learns from.
#include "features/learned_taste.h"

#include <gtest/gtest.h>

#include "learning/datasets/choice_history.h"
#include "small_shop.h"

namespace modiste {
namespace {

// Shoppers differ about every colour, and about nothing else.
std::shared_ptr<const LearnedTaste> about_colours(float share) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  TasteModel model;
  model.names.assign(TasteModel::kOfEvery.begin(), TasteModel::kOfEvery.end());
  model.prior = {{0, 0, 0}, {0.01F, 0.01F, 0.01F}};
  for (const Term& term : vocabulary.terms(Facet::kColour)) {
    model.names.push_back(taste_name(term));
    model.prior.mean.push_back(0);
    model.prior.variance.push_back(20);
  }
  model.share = share;
  return std::make_shared<const LearnedTaste>(std::move(model), vocabulary);
}

class LearnedTastePath : public testing::Test {
 protected:
  LearnedTastePath() {
    std::vector<Garment> garments = make_garments(60);
    for (Garment& garment : garments) {
      const bool red = std::stoi(garment.id.substr(1)) % 3 == 0;
      for (Variant& variant : garment.variants) variant.colour = red ? "Red" : "Navy";
      std::erase_if(garment.attributes, [](const Attribute& one) { return one.facet == Facet::kColour; });
      garment.attributes.push_back({Facet::kColour, red ? "red" : "navy", "", AttributeSource::kSupplier, 1});
    }
    EXPECT_TRUE(shop->catalog().upsert(std::move(garments)).ok());
  }
  Answer ask(const std::string& who) { return ten_for(*shop, who); }
  static int64_t found_by_source(const Answer& answer) {
    for (const auto& source : answer.debug->sources)
      if (source.name == "learned_taste") return source.candidates;
    return -1;
  }
  static int64_t red_of(const Answer& answer) {
    return std::ranges::count(answer.items, std::string("Red"), &AnswerItem::colour);
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
};

TEST_F(LearnedTastePath, FindsAndRanksWhatTheShopperLikesAndLeavesNothingBehind) {
  for (const char* id : {"G0", "G3", "G6"}) send(*shop, make_event(EventType::kLike, "ada", id));
  const Answer without = ask("ada");
  EXPECT_EQ(found_by_source(without), 0);
  shop->recommender().use_learned_taste(about_colours(1), 1);
  const Answer with = ask("ada");
  EXPECT_GT(found_by_source(with), 0);
  EXPECT_GE(red_of(with), red_of(without));
  EXPECT_GE(red_of(with), 6);
  EXPECT_EQ(found_by_source(ask("nobody")), 0) << "nothing is known of them";
  shop->recommender().use_learned_taste(nullptr, 0);
  const Answer again = ask("ada");
  ASSERT_EQ(again.items.size(), without.items.size());
  for (size_t i = 0; i < again.items.size(); ++i)
    EXPECT_EQ(again.items[i].garment_id, without.items[i].garment_id);
}

TEST_F(LearnedTastePath, IsSwappedWhileRequestsRun) {
  send(*shop, make_event(EventType::kLike, "ada", "G0"));
  const auto one = about_colours(1), other = about_colours(0.5F);
  expect_answers_while(*shop, [&](int swap) {
    shop->recommender().use_learned_taste(swap % 3 == 0 ? nullptr : swap % 3 == 1 ? one : other, swap);
  });
}

TEST_F(LearnedTastePath, LearnsFromWhatTheProfileRemembers) {
  const auto sends = [&](EventType type, const char* id) {
    stores.clock.advance(std::chrono::minutes(1));
    send(*shop, make_event(type, "ada", id));
  };
  sends(EventType::kLike, "G0");
  sends(EventType::kAddToCart, "G0");
  sends(EventType::kRemoveFromCart, "G0");
  sends(EventType::kPass, "G1");
  sends(EventType::kPass, "G2");
  sends(EventType::kLike, "G2");
  sends(EventType::kAddToCart, "G3");
  sends(EventType::kRemoveFromCart, "G3");
  sends(EventType::kLike, "G4");
  sends(EventType::kPass, "G4");
  const auto history = read_reaction_history(stores.log, stores.store, Vocabulary::standard());
  ASSERT_TRUE(history.ok()) << history.error().message();
  ASSERT_EQ(history->rows.shoppers.size(), 1u);
  std::map<std::string, Reaction> reactions;
  for (const ChosenItem& one : history->rows.shoppers[0])
    reactions[history->rows.items[one.item].garment_id] = one.reaction;
  EXPECT_EQ(reactions, (std::map<std::string, Reaction>{{"G0", Reaction::kLiked},
                                                        {"G1", Reaction::kPassed},
                                                        {"G2", Reaction::kLiked},
                                                        {"G3", Reaction::kViewed},
                                                        {"G4", Reaction::kPassed}}));
  EXPECT_EQ(history->facts.size(), history->rows.items.size());
}

}  // namespace
}  // namespace modiste
