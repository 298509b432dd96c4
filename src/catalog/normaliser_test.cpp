#include "catalog/normaliser.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <thread>

#include "catalog/catalog.h"
#include "catalog/matcher.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

const Normaliser& normaliser() {
  static const Normaliser kNormaliser(Vocabulary::standard());
  return kNormaliser;
}

std::string matched(Facet facet, std::string_view word, const Normaliser& by = normaliser()) {
  const Match match = by.match(facet, word);
  return match.term == nullptr ? "unknown" : match.term->name;
}

Garment garment_with(std::string title, std::string category = "") {
  Garment garment;
  garment.id = "g";
  garment.title = std::move(title);
  garment.category = std::move(category);
  garment.variants.emplace_back().sku = "s";
  return garment;
}

Garment normalised(Garment garment) {
  normaliser().normalise(garment);
  return garment;
}

// The facet's terms, in the order kept; "?" marks unknown ones.
std::string terms(const Garment& garment, Facet facet) {
  std::string all;
  for (const auto& attribute : garment.attributes)
    if (attribute.facet == facet)
      all += (all.empty() ? "" : " ") + (attribute.term == "unknown" ? "?" + attribute.word : attribute.term);
  return all;
}

std::string category_of(std::string title, std::string path = "") {
  return terms(normalised(garment_with(std::move(title), std::move(path))), Facet::kCategory);
}

TEST(Words, FoldsAndCuts) {
  const auto words = [](std::string_view text) {
    const auto list = words_of(text);
    return join_words(list, 0, list.size());
  };
  EXPECT_EQ(words("LumaTech™ V-Neck Women's"), "lumatech v neck womens");
  EXPECT_EQ(words("½ Zip"), "1 2 zip");
  EXPECT_EQ(words("Crêpe  Façonné"), "crepe faconne");
  EXPECT_EQ(words("Hoodies & Sweatshirts and Tees"), "hoodies sweatshirts tees");
  EXPECT_EQ(words("ＦＵＬＬ　ＷＩＤＴＨ"), "full width");
  EXPECT_EQ(words("ﬁt"), "fit");
  EXPECT_EQ(words("Größe"), "grosse");
  EXPECT_EQ(words("\xFF\xFE broken"), "broken");
  EXPECT_EQ(words(""), "");
}

TEST(Match, TakesTheStepsInOrder) {
  const Match exact = normaliser().match(Facet::kCategory, "Hoody");
  EXPECT_EQ(exact.step, MatchStep::kExact);
  EXPECT_EQ(exact.term->name, "hoodie");
  EXPECT_EQ(exact.confidence, 1);
  const Match stemmed = normaliser().match(Facet::kCategory, "Hoodies");
  EXPECT_EQ(stemmed.step, MatchStep::kStemmed);
  EXPECT_EQ(stemmed.term->name, "hoodie");
  EXPECT_LT(stemmed.confidence, exact.confidence);
  const Match part = normaliser().match(Facet::kFabric, "soft brushed fleece");
  EXPECT_EQ(part.term->name, "fleece");
  EXPECT_LT(part.confidence, 1);
  const Match none = normaliser().match(Facet::kFabric, "unobtainium");
  EXPECT_EQ(none.step, MatchStep::kUnknown);
  EXPECT_EQ(none.term, nullptr);
  EXPECT_EQ(none.confidence, 0);
}

TEST(Match, KnowsHowSuppliersWrite) {
  EXPECT_EQ(matched(Facet::kFabric, "Cocona® performance fabric"), "technical");
  EXPECT_EQ(matched(Facet::kFabric, "Lycra®"), "elastane");
  EXPECT_EQ(matched(Facet::kFabric, "95% Cotton"), "cotton");
  EXPECT_EQ(matched(Facet::kNeckline, "¼ zip"), "half-zip");
  EXPECT_EQ(matched(Facet::kNeckline, "V-Neck"), "v-neck");
  EXPECT_EQ(matched(Facet::kColour, "Heather Gray"), "grey");
  EXPECT_EQ(matched(Facet::kColour, "Midnight Navy"), "navy");
  EXPECT_EQ(matched(Facet::kDepartment, "female"), "women");
  EXPECT_EQ(matched(Facet::kDepartment, "male kids"), "boys");
  EXPECT_EQ(matched(Facet::kOccasion, "formal affair"), "formal");
  EXPECT_EQ(matched(Facet::kSeason, "Wintry"), "winter");
}

// Categories of Rent the Runway, clothing-dataset and Polyvore that name one thing to wear.
TEST(Match, KnowsTheResearchSetsCategories) {
  const std::pair<const char*, const char*> kCategories[] = {{"sheath", "sheath-dress"},
                                                             {"shift", "shift-dress"},
                                                             {"gown", "gown"},
                                                             {"romper", "romper"},
                                                             {"culottes", "culottes"},
                                                             {"culotte", "culottes"},
                                                             {"frock", "dress"},
                                                             {"kaftan", "kaftan"},
                                                             {"caftan", "kaftan"},
                                                             {"trench", "trench-coat"},
                                                             {"peacoat", "coat"},
                                                             {"bomber", "bomber-jacket"},
                                                             {"cami", "camisole"},
                                                             {"trouser", "pants"},
                                                             {"legging", "leggings"},
                                                             {"maxi", "maxi-dress"},
                                                             {"Longsleeve", "long-sleeve-top"},
                                                             {"Outwear", "outerwear"},
                                                             {"Undershirt", "tank-top"},
                                                             {"Body", "bodysuit"},
                                                             {"Polo", "polo"},
                                                             {"T-Shirt", "t-shirt"},
                                                             {"Hat", "hat"},
                                                             {"Ankle Booties", "ankle-boots"},
                                                             {"Men's Sportcoats & Blazers", "blazer"},
                                                             {"Bracelets & Bangles", "bracelet"},
                                                             {"Over-The-Knee Boots", "boots"}};
  for (const auto& [word, name] : kCategories) EXPECT_EQ(matched(Facet::kCategory, word), name) << word;
}

TEST(Match, EveryNameAndSynonymMeansItsTerm) {
  for (const auto& term : Vocabulary::standard().terms()) {
    EXPECT_EQ(matched(term.facet, term.name), term.name);
    for (const auto& synonym : term.synonyms) EXPECT_EQ(matched(term.facet, synonym), term.name) << synonym;
  }
}

// A toy space: words about running lie along x, about dancing along y, the rest nowhere.
Vector toy_embedding(std::string_view text) {
  const std::string word(text);
  if (word.find("run") != std::string::npos || word.find("Sport") != std::string::npos ||
      word == "steeplechase")
    return {1, 0};
  if (word.find("parti") != std::string::npos || word.find("Party") != std::string::npos) return {0, 1};
  if (word == "between") return {std::sqrt(0.5F), std::sqrt(0.5F)};
  return {};
}

TEST(Match, FallsBackToTheNearestByMeaningAboveTheThreshold) {
  const Normaliser with_model(Vocabulary::standard(), toy_embedding);
  const Match near = with_model.match(Facet::kOccasion, "steeplechase");
  EXPECT_EQ(near.step, MatchStep::kEmbedding);
  ASSERT_NE(near.term, nullptr);
  EXPECT_EQ(near.term->name, "sport");
  EXPECT_LT(near.confidence, kStemmedConfidence);
  EXPECT_EQ(matched(Facet::kColour, "steeplechase", with_model), "unknown");  // colours are not guessed
  EXPECT_EQ(matched(Facet::kOccasion, "between", with_model), "unknown");     // 0.707 < 0.72
  EXPECT_EQ(matched(Facet::kOccasion, "zzz", with_model), "unknown");         // cannot be embedded
  EXPECT_EQ(matched(Facet::kOccasion, "steeplechase"), "unknown");            // no model
}

TEST(Match, ManyThreadsAskTheModelAtOnce) {
  std::atomic<int> calls = 0;
  const Normaliser with_model(Vocabulary::standard(), [&](std::string_view text) {
    ++calls;
    return toy_embedding(text);
  });
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int j = 0; j < 50; ++j)
        right += matched(Facet::kOccasion, "steeplechase", with_model) == "sport" ? 1 : 0;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 200);
  EXPECT_LE(calls, 5 * 10 + 4);  // the terms once, the word at most once per thread
}

TEST(Category, ThePathSaysTheBranchAndTheTitleTheLeaf) {
  EXPECT_EQ(category_of("Chaz Kangeroo Hoodie", "Men/Tops/Hoodies & Sweatshirts"), "hoodie");
  EXPECT_EQ(category_of("Frankie", "Men/Tops/Hoodies & Sweatshirts"), "sweatshirt");
  EXPECT_EQ(category_of("Emma Leggings", "Women/Bottoms/Pants"), "leggings");
  EXPECT_EQ(category_of("Celeste Sports Bra", "Women/Tops/Bras & Tanks"), "sports-bra");
  EXPECT_EQ(category_of("Maya Tunic", "Women/Tops/Bras & Tanks"), "tunic");
  EXPECT_EQ(category_of("Sprite Foam Yoga Brick", "Gear/Fitness Equipment"), "yoga-equipment");
  EXPECT_EQ(category_of("Joust Duffle Bag", "Gear/Bags"), "duffel-bag");
  EXPECT_EQ(category_of("Model 7", "Apparel & Accessories > Clothing > Outerwear > Coats & Jackets"),
            "outerwear");
}

TEST(Category, ATitleOutsideItsBranchIsNotBelieved) {
  EXPECT_EQ(category_of("Diana Tights", "Women/Bottoms/Pants"), "pants");
  EXPECT_EQ(category_of("Jacket Potato Tee", "Men/Tops/Tees"), "t-shirt");
}

TEST(Category, ATitleAloneIsReadByItsHead) {
  EXPECT_EQ(category_of("Silk Shirt Dress with Leather Belt"), "shirtdress");
  EXPECT_EQ(category_of("Leather Belt for Jeans"), "belt");
  EXPECT_EQ(category_of("Tie-Dye Tee"), "t-shirt");
  EXPECT_EQ(category_of("Mini Backpack"), "backpack");
  EXPECT_EQ(category_of("Something Nice"), "");
  EXPECT_EQ(category_of("Something Nice", "Curtains"), "?Curtains");
}

TEST(Normalise, ReadsListsInOneCell) {
  Garment garment = garment_with("Jacket");
  garment.supplier_attributes["style"] = {"Full-Zip, Hooded"};
  garment.supplier_attributes["material"] = {"95% Cotton, 5% Spandex"};
  garment.supplier_attributes["climate"] = {"Cold|Rainy", "Moonlight"};
  garment = normalised(garment);
  EXPECT_EQ(terms(garment, Facet::kNeckline), "full-zip hooded");
  EXPECT_EQ(terms(garment, Facet::kFabric), "cotton elastane");
  EXPECT_EQ(terms(garment, Facet::kSeason), "winter rainy ?Moonlight");
}

TEST(Normalise, KeepsTheSuppliersWord) {
  Garment garment = garment_with("Tee");
  garment.variants[0].colour = "Heather Gray";
  garment.variants.push_back(garment.variants[0]);
  garment.variants[1].colour = "Ash";
  garment = normalised(garment);
  std::vector<std::string> words;
  for (const auto& attribute : garment.attributes)
    if (attribute.facet == Facet::kColour) words.push_back(attribute.word + "=" + attribute.term);
  EXPECT_EQ(words, (std::vector<std::string>{"Heather Gray=grey", "Ash=grey"}));
}

TEST(Normalise, TheFirstOfSeveralColoursIsTheMainOne) {
  const auto colours = [](const char* word) {
    Garment garment = garment_with("Tee");
    garment.variants[0].colour = word;
    garment = normalised(garment);
    const ItemFacts facts = facts_of(garment, word, Vocabulary::standard());
    std::string text = Vocabulary::standard().term(facts.colour).name + ":";
    for (const TermId term : facts.terms)
      if (Vocabulary::standard().term(term).facet == Facet::kColour)
        text += " " + Vocabulary::standard().term(term).name;
    return text;
  };
  EXPECT_EQ(colours("Black/White"), "black: black white");
  EXPECT_EQ(colours("Black and White"), "black: black white");
  EXPECT_EQ(colours("black white"), "black: black white");
  EXPECT_EQ(colours("Grey-White"), "grey: grey white");
  EXPECT_EQ(colours("Rose-gold"), colours("Rose gold"));
  EXPECT_EQ(colours("Dark-blue"), colours("Dark blue"));
  EXPECT_EQ(colours("White, Navy & Red").substr(0, 6), "white:");
  EXPECT_EQ(colours("Light Blue"), "light-blue: light-blue");
}

// Suede is leather: a veto of or a query for the one means the other too.
TEST(Normalise, AFabricIsAlsoWhatItIsAKindOf) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  const auto facts = [&](const char* fabric) {
    Garment garment = garment_with("Jacket", "Women > Jackets");
    garment.supplier_attributes["material"] = {fabric};
    garment = normalised(garment);
    return facts_of(garment, garment.variants[0].colour, vocabulary);
  };
  const auto forbids = [&](const char* vetoed, const char* fabric) {
    Veto veto;
    veto.terms = {vocabulary.find(Facet::kFabric, vetoed)->id};
    return veto.forbids(facts(fabric), vocabulary);
  };
  EXPECT_TRUE(forbids("leather", "Suede"));
  EXPECT_TRUE(forbids("cotton", "Organic cotton"));
  EXPECT_TRUE(forbids("wool", "Cashmere"));
  EXPECT_FALSE(forbids("suede", "Leather"));
  EXPECT_FALSE(forbids("leather", "Faux suede"));
  EXPECT_FALSE(forbids("leather", "Faux leather"));
  const auto& terms = facts("Suede").terms;
  EXPECT_TRUE(std::binary_search(terms.begin(), terms.end(), vocabulary.find(Facet::kFabric, "leather")->id));
}

TEST(Normalise, ATagNamesTheDepartmentWhereNothingElseDoes) {
  Garment garment = garment_with("Tee");
  garment.category = "T-Shirts";
  garment.supplier_attributes["tags"] = {"Sale", "Damen"};
  EXPECT_EQ(terms(normalised(garment), Facet::kDepartment), "women");
}

TEST(Normalise, BelievesTheSupplierMoreThanTheDescription) {
  Garment garment = garment_with("Tee");
  garment.description =
      "Lined with fleece. Crew neckline, long sleeves. Lovely all day, home or away. Fits a round face.";
  EXPECT_EQ(terms(normalised(garment), Facet::kFabric), "fleece");
  EXPECT_EQ(terms(normalised(garment), Facet::kOccasion), "");
  EXPECT_EQ(terms(normalised(garment), Facet::kNeckline), "crew");
  garment.supplier_attributes["material"] = {"Cotton"};
  EXPECT_EQ(terms(normalised(garment), Facet::kFabric), "cotton");
}

TEST(Normalise, DepartmentComesFromTheFirstSourceThatNamesOne) {
  const auto department = [](const Garment& garment) {
    return terms(normalised(garment), Facet::kDepartment);
  };
  EXPECT_EQ(department(garment_with("Tee", "Men/Tops/Tees")), "men");
  EXPECT_EQ(department(garment_with("Women's Tee")), "women");
  EXPECT_EQ(department(garment_with("Tee")), "");
  EXPECT_EQ(department(garment_with("Leather Wallet")), "unisex");
  Garment watch = garment_with("Watch", "Gear/Watches");
  watch.supplier_attributes["gender"] = {"Men", "Women"};
  EXPECT_EQ(department(watch), "unisex");
  watch.department = "Ladies";
  EXPECT_EQ(department(watch), "women");
}

TEST(Normalise, CutIsOnlyReadOfWhatIsWorn) {
  EXPECT_EQ(terms(normalised(garment_with("Mini Crossbody Bag")), Facet::kLength), "");
  EXPECT_EQ(terms(normalised(garment_with("Mini Skirt")), Facet::kLength), "mini");
}

TEST(Normalise, KeepsPhotosAndWhatTheSupplierAlreadyNamed) {
  Garment garment = garment_with("Plain Hoodie");
  garment.attributes = {{Facet::kCategory, "cardigan", "cardi", AttributeSource::kSupplier, 1},
                        {Facet::kColour, "red", "", AttributeSource::kPhoto, 0.7F},
                        {Facet::kFabric, "unknown", "fluff", AttributeSource::kSupplier, 0},
                        {Facet::kFabric, "no-such-term", "x", AttributeSource::kSupplier, 1}};
  garment = normalised(garment);
  EXPECT_EQ(terms(garment, Facet::kCategory), "cardigan");
  EXPECT_EQ(terms(garment, Facet::kColour), "red");
  EXPECT_EQ(terms(garment, Facet::kFabric), "");
}

TEST(Normalise, ReportsWordsByStepAndListsTheUnknown) {
  Garment garment = garment_with("Tee", "Men/Tees");
  garment.supplier_attributes = {{"material", {"Cotton", "Unobtainium"}},
                                 {"sender_id", {"7"}},
                                 {"new", {"Yes"}},
                                 {"pattern", {"Stripes"}}};
  garment.variants[0].size = "XS";
  VocabularyReport report;
  for (int i = 0; i < 2; ++i) {
    Garment copy = garment;
    normaliser().normalise(copy, &report);
  }
  EXPECT_EQ(report.words(), 2 * 5U);  // category, cotton, unobtainium, stripes, size
  EXPECT_EQ(report.words(MatchStep::kUnknown), 2U);
  ASSERT_EQ(report.unknown().size(), 1U);
  EXPECT_EQ(report.unknown()[0].word, "Unobtainium");
  EXPECT_EQ(report.unknown()[0].where, "material");
  EXPECT_EQ(report.unknown()[0].count, 2U);
  EXPECT_DOUBLE_EQ(report.understood_share(), 0.8);
}

RC_GTEST_PROP(Normalise, OnceIsEnough, ()) {
  const auto word =
      rc::gen::oneOf(rc::gen::element<std::string>("Hoodie", "Wool", "Full-Zip, Hooded", "Women's", "Striped",
                                                   "Gym", "navy", "zzz", "Yes"),
                     rc::gen::map(rc::gen::arbitrary<std::string>(), [](std::string text) { return text; }));
  Garment garment = garment_with(*word, *word);
  garment.description = *word + " " + *word;
  garment.supplier_attributes["style"] = {*word, *word};
  garment.supplier_attributes["material"] = {*word};
  garment.variants[0].colour = *word;
  const Garment once = normalised(garment);
  RC_ASSERT(to_json_text(normalised(once)) == to_json_text(once));
}

std::string department_of(std::string title, std::string path = "") {
  return terms(normalised(garment_with(std::move(title), std::move(path))), Facet::kDepartment);
}

std::string department_of_cell(std::string cell, std::string path = "") {
  Garment garment = garment_with("Nora", std::move(path));
  garment.department = std::move(cell);
  return terms(normalised(garment), Facet::kDepartment);
}

TEST(Departments, AnAgeBesideAGenderSaysWhoWearsIt) {
  for (const char* women : {"Damen Erwachsene", "weiblich Erwachsener", "dam vuxen", "dames volwassenen",
                            "kadın yetişkin", "female adult,teen", "F", "F adults"})
    EXPECT_EQ(department_of_cell(women), "women") << women;
  EXPECT_EQ(department_of_cell("Herren Erwachsene"), "men");
  EXPECT_EQ(department_of_cell("M"), "men");
  EXPECT_EQ(department_of_cell("Jungen Kinder"), "boys");
  EXPECT_EQ(department_of_cell("unisex Kinder"), "kids");
  EXPECT_EQ(department_of_cell("adult"), "unisex");
  EXPECT_EQ(department_of_cell("adult", "Women > Dresses"), "women");
}

TEST(Departments, GenderAndAgeMayBeTwoAttributes) {
  const auto department = [](const char* gender, const char* age) {
    Garment garment = garment_with("Tee", "T-Shirts");
    garment.supplier_attributes["age_group"] = {age};
    garment.supplier_attributes["target_gender"] = {gender};
    return terms(normalised(garment), Facet::kDepartment);
  };
  EXPECT_EQ(department("female", "adults"), "women");
  EXPECT_EQ(department("male", "kids"), "boys");
  EXPECT_EQ(department("unisex", "kids"), "kids");
  EXPECT_EQ(department("female; male", "adults"), "unisex");
}

TEST(Departments, TheNarrowestStepOfChildrensCounts) {
  EXPECT_EQ(department_of("Tee", "Kids > Girls > Tops"), "girls");
  EXPECT_EQ(department_of("Tee", "Kids > Baby > Tops"), "baby");
}

TEST(Departments, ATagMayNameItsField) {
  const auto read = [](std::vector<std::string> tags, Facet facet) {
    Garment garment = garment_with("Tee", "T-Shirts");
    garment.supplier_attributes["tags"] = std::move(tags);
    return terms(normalised(garment), facet);
  };
  for (const char* tag : {"gender:Women", "gender_female", "category-women", "filter:gender:women"})
    EXPECT_EQ(read({tag}, Facet::kDepartment), "women") << tag;
  EXPECT_EQ(read({"Kids", "Women"}, Facet::kDepartment), "kids") << "of a list of tags the first";
  EXPECT_EQ(read({"filter_material_linen"}, Facet::kFabric), "linen");
  EXPECT_EQ(read({"occasion: Wedding"}, Facet::kOccasion), "wedding");
  EXPECT_EQ(read({"color:red"}, Facet::kColour), "") << "tags name the colours of all variants";
}

TEST(Departments, WordsOfChildrenWithinOtherPhrasesNameNobody) {
  for (const char* title :
       {"Baby Blue Slip Dress", "Baby Pink Knit Dress", "Ribbed Baby Tee", "Baby Alpaca Cardigan",
        "Boy Shorts", "Babyblaues Kleid", "Babycord-Hose", "Girls Night Out Dress", "Baby Shower Maxi Dress"})
    EXPECT_EQ(department_of(title), "") << title;
  EXPECT_EQ(department_of("Nora", "Tops > Baby Tees"), "");
  EXPECT_EQ(department_of("Baby Bodysuit in Baby Blue"), "baby");
  EXPECT_EQ(department_of("Baby Cotton Romper"), "baby");
  EXPECT_EQ(department_of("Boys Linen Shirt"), "boys");
  EXPECT_EQ(department_of("Girls Floral Dress"), "girls");
  EXPECT_EQ(department_of("Damenkleid"), "women");
  EXPECT_EQ(department_of("Black Dress for Women"), "women");
}

}  // namespace
}  // namespace modiste
