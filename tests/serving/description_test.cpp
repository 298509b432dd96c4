// What a shopper says about what they wear, read into answers to the quiz.
#include <gmock/gmock.h>

#include "base/json.h"
#include "catalog/normaliser.h"
#include "small_shop.h"

namespace modiste {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Described : public testing::Test {
 protected:
  QuizAnswers read(std::string text) { return shop->search().describe({std::move(text)}); }

  SmallShop small;
  std::unique_ptr<Shop> shop = small.open();
};

TEST_F(Described, WishesRefusalsSizesAndBudgetAnswerTheQuiz) {
  const QuizAnswers answers = read(
      "Women's clothes, minimal, mostly black and navy. I love linen shirts and dresses, never leather, fur "
      "or "
      "suede. Size M, shoes size 38. Up to 120 for the office.");
  EXPECT_THAT(answers.departments, ElementsAre("women"));
  EXPECT_THAT(answers.colours, ElementsAre("black", "navy"));
  EXPECT_THAT(answers.styles, ElementsAre("minimal"));
  EXPECT_THAT(answers.categories, ElementsAre("shirt", "dresses"));
  EXPECT_THAT(answers.sizes, UnorderedElementsAre("M", "shoe 38"));
  ASSERT_TRUE(answers.budget_max);
  EXPECT_EQ(*answers.budget_max, 120);
  ASSERT_TRUE(answers.formality);
  EXPECT_NEAR(*answers.formality, 0.65, 1e-6);  // of work
  ASSERT_TRUE(answers.vetoes);
  EXPECT_THAT(answers.vetoes->fabrics, UnorderedElementsAre("leather", "fur", "suede"));
  EXPECT_THAT(answers.vetoes->categories, IsEmpty());
}

TEST_F(Described, ARefusalEndsWhereTheShopperSaysWhatTheyLike) {
  const QuizAnswers answers = read("I never wear skirts, shorts or heels, I love jeans, sweaters");
  ASSERT_TRUE(answers.vetoes);
  EXPECT_THAT(answers.vetoes->categories, UnorderedElementsAre("skirt", "shorts", "heels"));
  EXPECT_THAT(answers.categories, UnorderedElementsAre("jeans", "sweater"));
}

TEST_F(Described, AllThatIsJoinedIsMeant) {
  const QuizAnswers german = read("Ich trage am liebsten schwarze Hosen und weiße Blusen.");
  EXPECT_THAT(german.categories, UnorderedElementsAre("pants", "blouse"));
  EXPECT_THAT(german.colours, UnorderedElementsAre("black", "white"));
  EXPECT_THAT(read("I love hoodies and streetwear").styles, ElementsAre("street"));
}

TEST_F(Described, ARefusalEndsAtBut) {
  const QuizAnswers answers = read("I never wear skirts but jeans, no leather but suede");
  EXPECT_THAT(answers.categories, ElementsAre("jeans"));
  ASSERT_TRUE(answers.vetoes);
  EXPECT_THAT(answers.vetoes->categories, ElementsAre("skirt"));
  EXPECT_THAT(answers.vetoes->fabrics, ElementsAre("leather"));
}

TEST_F(Described, ButIsReadInTheTextsOwnLanguage) {
  const QuizAnswers french = read("Je cherche une robe pour ma mère, pas de jupe mais un pantalon");
  EXPECT_THAT(french.categories, UnorderedElementsAre("dress", "pants"));
  ASSERT_TRUE(french.vetoes);
  EXPECT_THAT(french.vetoes->categories, ElementsAre("skirt"));
  const QuizAnswers swedish = read("Jag gillar inte kjolar men klänningar");
  EXPECT_THAT(swedish.categories, ElementsAre("dress"));
  ASSERT_TRUE(swedish.vetoes);
  EXPECT_THAT(swedish.vetoes->categories, ElementsAre("skirt"));
  EXPECT_THAT(swedish.departments, IsEmpty());  // "men" is "but"
  const QuizAnswers all_but = read("I wear anything but skirts");
  ASSERT_TRUE(all_but.vetoes);
  EXPECT_THAT(all_but.vetoes->categories, ElementsAre("skirt"));
}

TEST_F(Described, WhoTheyAreTellsTheDepartment) {
  for (const char* text : {"I'm a guy who loves denim", "I am a man", "Je suis un homme, j'aime le bleu",
                           "Ich bin ein Mann und trage Leinen", "soy un chico", "sono un uomo",
                           "Jestem mężczyzną", "I am a dad of two"})
    EXPECT_THAT(read(text).departments, ElementsAre("men")) << text;
  for (const char* text : {"I'm a woman of 40", "I am a lady", "je suis une femme", "ich bin eine Frau",
                           "Soy mujer", "ik ben een vrouw", "jestem kobietą", "jag är en tjej"})
    EXPECT_THAT(read(text).departments, ElementsAre("women")) << text;
}

TEST_F(Described, OtherLanguagesAndMistypedWordsAreReadAsInASearch) {
  const QuizAnswers german = read("Ich trage gern Blau und Leinenkleider, kein Leder.");
  EXPECT_THAT(german.colours, ElementsAre("blue"));
  EXPECT_THAT(german.categories, ElementsAre("dress"));
  ASSERT_TRUE(german.vetoes);
  EXPECT_THAT(german.vetoes->fabrics, ElementsAre("leather"));
  EXPECT_THAT(read("swaeters").categories, ElementsAre("sweater"));
}

TEST_F(Described, ALongListIsReadInSoManyPartsOnly) {
  const Normaliser normaliser(Vocabulary::standard());
  const QueryReader reader(Vocabulary::standard(), normaliser.phrases());
  std::string text;
  for (int i = 0; i < 300; ++i) text += "red and ";
  EXPECT_EQ(description_parts(text, reader).size(), 60U);
}

TEST_F(Described, WhatIsNotSaidIsAbsent) {
  const QuizAnswers answers = read("hello, I am new here; 1.5 and 2,5!");
  EXPECT_EQ(to_json_text(answers), to_json_text(QuizAnswers{}));
}

TEST_F(Described, ABudgetInAnotherCurrencyIsLeftOut) { EXPECT_FALSE(read("under 100 GBP").budget_max); }

TEST_F(Described, TheAnswersAreAnEventThatTheShopAccepts) {
  Event event;
  event.event_id = "described-1";
  event.type = EventType::kQuiz;
  event.shopper_id = "ada";
  event.quiz = read("minimal black dresses, no leather, size M, shoes size 38, under 90");
  send(*shop, event);
}

}  // namespace
}  // namespace modiste
