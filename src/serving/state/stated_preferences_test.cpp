#include "serving/state/stated_preferences.h"

#include <gtest/gtest.h>

#include "catalog/normaliser.h"
#include "serving/state/sizing.h"
#include "serving/state/vetoes.h"

namespace modiste {
namespace {

class Stated : public testing::Test {
 protected:
  Stated() {
    add("W1", "Women", "Women/Dresses");
    add("W2", "Women", "Women/Trousers");
    add("W3", "Women", "Women/Skirts");
  }

  void add(std::string id, std::string department, std::string category, std::string size = "38") {
    Garment garment;
    garment.id = std::move(id);
    garment.title = "A garment";
    garment.department = std::move(department);
    garment.category = std::move(category);
    garment.variants.push_back({garment.id + "-1", std::move(size), "Red", 20, {}, {}, 1});
    normaliser.normalise(garment);
    catalog.upsert({garment});
  }
  [[nodiscard]] StatedPreferences stated(std::vector<std::string> sizes,
                                         std::vector<std::string> departments = {}) const {
    QuizAnswers quiz;
    quiz.sizes = std::move(sizes);
    quiz.departments = std::move(departments);
    auto preferences = understand_quiz(quiz, catalog);
    EXPECT_TRUE(preferences.ok());
    return preferences.ok() ? std::move(*preferences) : StatedPreferences{};
  }
  // Whether a garment in this size is shown before sizes are relaxed.
  [[nodiscard]] static bool admits(const StatedPreferences& preferences, const char* size, SizeChart chart) {
    ItemFilter filter;
    add_preferences(filter, preferences, {}, Relaxation::kNone);
    ItemFacts item;
    item.live = item.in_stock = true;
    for (const SizeId id : parse_sizes(size, chart)) item.sizes_in_stock.set(id);
    EXPECT_TRUE(item.sizes_in_stock.any()) << size;
    return filter.admits(item, Vocabulary::standard());
  }
  TermId term(Facet facet, std::string_view name) const { return words.find(facet, name)->id; }

  const Vocabulary& words = Vocabulary::standard();
  Normaliser normaliser{words};
  Catalog catalog{words};
};

TEST_F(Stated, ASizeSaysNothingOfOtherKindsOfSizes) {
  const auto m = stated({"M"}, {"women", "girls"});
  EXPECT_TRUE(admits(m, "M", SizeChart::kWomen));
  EXPECT_TRUE(admits(m, "EU 40", SizeChart::kWomen));
  EXPECT_FALSE(admits(m, "XXL", SizeChart::kWomen));
  EXPECT_TRUE(admits(m, "104", SizeChart::kKids)) << "a daughter's";
  EXPECT_TRUE(admits(m, "4-5 years", SizeChart::kKids));
  EXPECT_TRUE(admits(m, "75B", SizeChart::kWomen));
  EXPECT_TRUE(admits(m, "EU 38", SizeChart::kShoesWomen));
  const auto bra = stated({"75B"}, {"women"});
  EXPECT_TRUE(admits(bra, "XL", SizeChart::kWomen)) << "of dresses nothing is said";
  EXPECT_FALSE(admits(bra, "85D", SizeChart::kWomen));
  const auto child = stated({"4-5 years"}, {"girls"});
  EXPECT_FALSE(admits(child, "10 years", SizeChart::kKids));
  EXPECT_TRUE(admits(child, "XL", SizeChart::kWomen));
}

TEST_F(Stated, WithoutADepartmentTheShopsMainOneReadsASize) {
  EXPECT_FALSE(admits(stated({"38"}), "W38", SizeChart::kMen)) << "a women's shop";
  EXPECT_TRUE(admits(stated({"38"}), "EU 38", SizeChart::kWomen));
  const Sizing sizing(catalog);
  Event event;
  event.type = EventType::kQuiz;
  event.quiz.emplace().sizes = {"38"};
  FitProfile profile;
  sizing.fold(profile, event);
  ASSERT_EQ(sizing.sizes(profile).size(), 1u);
  EXPECT_EQ(sizing.sizes(profile).front().chart, SizeChart::kWomen);
  for (int i = 0; i < 3; ++i) add("M" + std::to_string(i), "Men", "Men/Trousers", "32");
  EXPECT_TRUE(admits(stated({"38"}), "W38", SizeChart::kMen)) << "as many of each: either may be meant";
}

TEST_F(Stated, AVetoedColourIsItsShadesToo) {
  Vetoes vetoes;
  vetoes.colours = {"blue"};
  const Veto blue = veto_of(vetoes, catalog);
  ItemFacts navy;
  navy.category = navy.department = kNoTerm;
  navy.colour = term(Facet::kColour, "navy");
  EXPECT_TRUE(blue.forbids(navy, words));
  vetoes.colours = {"navy"};
  navy.colour = term(Facet::kColour, "blue");
  EXPECT_FALSE(veto_of(vetoes, catalog).forbids(navy, words)) << "the shade only";
}

TEST_F(Stated, AWordOfASearchLiftsTheVetoOfThatKindOnly) {
  Vetoes vetoes;
  vetoes.categories = {"pants"};
  Veto veto = veto_of(vetoes, catalog);
  const QueryReader reader(words, normaliser.phrases());
  lift_veto(veto, reader.read("jeans", catalog, "EUR"), words);
  const auto forbids = [&](std::string_view kind) {
    ItemFacts item;
    item.category = term(Facet::kCategory, kind);
    item.department = item.colour = kNoTerm;
    return veto.forbids(item, words);
  };
  EXPECT_FALSE(forbids("jeans"));
  EXPECT_TRUE(forbids("leggings"));
  EXPECT_TRUE(forbids("sweatpants"));
  veto = veto_of(vetoes, catalog);
  lift_veto(veto, reader.read("trousers", catalog, "EUR"), words);
  EXPECT_FALSE(forbids("leggings")) << "all of them are asked for";
}

// A shopper writes numbers as the shop's labels do.
TEST_F(Stated, ABareNumberIsThatOfTheShopsCountry) {
  const auto finds = [&](std::string currency, const char* size) {
    Catalog shop(words);
    Garment garment;
    garment.id = "G";
    garment.title = "Dress";
    garment.department = "Women";
    garment.category = "Women/Dresses";
    garment.currency = std::move(currency);
    garment.variants.push_back({"G-1", "12", "Red", 20, {}, {}, 1});
    normaliser.normalise(garment);
    shop.upsert({garment});
    Filter filter;
    filter.departments = {"women"};
    filter.sizes = {size};
    const auto compiled = compile_filter(filter, shop);
    EXPECT_TRUE(compiled.ok());
    return compiled->admits(shop.snapshot()->facts(0), words);
  };
  EXPECT_TRUE(finds("GBP", "12"));
  EXPECT_TRUE(finds("GBP", "UK 12"));
  EXPECT_TRUE(finds("GBP", "EU 40"));
  EXPECT_FALSE(finds("GBP", "US 12"));
  EXPECT_TRUE(finds("USD", "12"));
  EXPECT_FALSE(finds("USD", "UK 12"));
}

TEST_F(Stated, ASizeBesideACategoryOfShoesIsAShoes) {
  add("S1", "Women", "Women/Sneakers", "39");
  const auto finds = [&](const char* size, std::vector<std::string> categories) {
    Filter filter;
    filter.departments = {"women"};
    filter.categories = std::move(categories);
    filter.sizes = {size};
    const auto compiled = compile_filter(filter, catalog);
    EXPECT_TRUE(compiled.ok()) << size;
    return compiled.ok() && compiled->admits(catalog.snapshot()->facts(catalog.slot("S1", "Red")), words);
  };
  EXPECT_TRUE(finds("39", {"sneakers"}));
  EXPECT_TRUE(finds("EU 39", {"shoes"}));
  EXPECT_TRUE(finds("shoe 39", {"sneakers"}));
  EXPECT_FALSE(finds("38", {"sneakers"}));
  EXPECT_FALSE(finds("M", {"shoes"}));
  EXPECT_FALSE(finds("38", {"sneakers", "dress"})) << "clothes have it too";
  EXPECT_TRUE(finds("39", {})) << "clothes hardly do";
  EXPECT_TRUE(finds("EU 39", {}));
  EXPECT_TRUE(admits(stated({"39"}, {"women"}), "M", SizeChart::kWomen)) << "it says nothing of clothes";
  EXPECT_FALSE(admits(stated({"39"}, {"women"}), "38", SizeChart::kShoesWomen));
}

TEST_F(Stated, AMansCollarIsFoundByItsLetterAndByItsNumber) {
  Garment shirt;
  shirt.id = "M1";
  shirt.title = "Shirt";
  shirt.department = "Men";
  shirt.category = "Men/Shirts";
  shirt.variants.push_back({"M1-1", "41/42", "Red", 20, {}, {}, 1});
  normaliser.normalise(shirt);
  catalog.upsert({shirt});
  const auto finds = [&](const char* size, std::vector<std::string> categories = {}) {
    Filter filter;
    filter.departments = {"men"};
    filter.categories = std::move(categories);
    filter.sizes = {size};
    const auto compiled = compile_filter(filter, catalog);
    EXPECT_TRUE(compiled.ok());
    const Slot slot = catalog.slot("M1", "");
    return compiled->admits(catalog.snapshot()->facts(slot), words);
  };
  EXPECT_TRUE(finds("L"));
  EXPECT_FALSE(finds("XXL"));
  EXPECT_TRUE(finds("41", {"shirt"}));
}

}  // namespace
}  // namespace modiste
