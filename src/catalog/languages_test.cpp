// Words of many languages: each is read as what it means there, or not at all.
#include <gtest/gtest.h>

#include <algorithm>

#include "catalog/normaliser.h"
#include "vocabulary/language.h"
#include "vocabulary/phrase_index.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

const Normaliser& normaliser() {
  static const Normaliser kNormaliser(Vocabulary::standard());
  return kNormaliser;
}

Garment normalised(std::string category, std::string title, std::string currency = "EUR") {
  Garment garment;
  garment.id = "g";
  garment.title = std::move(title);
  garment.category = std::move(category);
  garment.currency = std::move(currency);
  garment.variants.emplace_back().sku = "s";
  normaliser().normalise(garment);
  return garment;
}

std::string term_of(const Garment& garment, Facet facet) {
  for (const auto& attribute : garment.attributes)
    if (attribute.facet == facet) return attribute.term;
  return "";
}

struct Case {
  const char *category, *title, *term;
};

TEST(Languages, PathsAndTitlesOfManyCountries) {
  const Case kCases[] = {
      {"Damen > Kleider", "Blumenkleid Ava", "dress"},
      {"Damen > Röcke", "Modell 7", "skirt"},
      {"Damen > Roecke", "Modell 7", "skirt"},
      {"Herren > Hemden", "Flanellhemd", "shirt"},
      {"Damenschuhe", "Nora", "shoes"},
      {"Herren > Jacken & Mäntel", "Nils", "outerwear"},
      {"Damen > Handtaschen", "Kleine Ledertasche", "handbag"},
      {"", "Sommerkleid mit Gürtel", "dress"},
      {"", "Umhängetasche aus Leder", "crossbody-bag"},
      {"Damen > Strümpfe & Strumpfhosen", "Feine Strumpfhose", "hosiery"},
      {"Femme > Robes", "Robe de soirée en satin", "gown"},
      {"Femme > Robes", "Robe chemise rayée", "shirtdress"},
      {"Homme > Chemises", "Chemise en coton", "shirt"},
      {"Femme > Pulls & gilets", "Gilet en maille torsadée", "cardigan"},
      {"Femme > Vestes", "Veste en jean", "denim-jacket"},
      {"Mujer > Vestidos", "Vestido largo de noche", "dress"},
      {"Mujer > Vestidos", "Vestido de noche", "gown"},
      {"Mujer > Chaquetas", "Cazadora de cuero", "leather-jacket"},
      {"Hombre > Pantalones", "Vaqueros rectos", "jeans"},
      {"Donna > Abiti", "Abito da sera", "gown"},
      {"Donna > Gonne", "Gonna a pieghe", "skirt"},
      {"Uomo > Abiti", "Completo in lana", "suits"},
      {"Uomo > Camicie", "Camicia a righe", "shirt"},
      {"Dames > Rokken", "Plooirok", "skirt"},
      {"Dames > Truien & vesten", "Gebreid vest", "cardigan"},
      {"Heren > Overhemden", "Overhemd met korte mouw", "shirt"},
      {"Mulher > Saias", "Saia plissada", "skirt"},
      {"Feminino > Vestidos", "Vestido de festa longo", "cocktail-dress"},
      {"Kobieta > Sukienki", "Sukienka wieczorowa", "gown"},
      {"Mężczyzna > Koszule", "Koszula lniana", "shirt"},
      {"Kobieta > Bluzy", "Bluza z kapturem", "hoodie"},
      {"Dam > Klänningar", "Blommig klänning", "dress"},
      {"Dam > Kappor", "Ullkappa", "coat"},
      {"Herr > Tröjor", "Stickad tröja", "sweater"},
      {"Dame > Kjoler", "Sommerkjole", "dress"},
      {"Dame > Nederdele", "Plisseret nederdel", "skirt"},
      {"Herre > Skjorter", "Hørskjorte", "shirt"},
      {"Naiset > Mekot", "Kesämekko", "dress"},
      {"Ženy > Sukně", "Plisovaná sukně", "skirt"},
      {"Kadın > Elbise", "Gece elbisesi", "gown"},
      {"レディース > ワンピース", "リネンワンピース", "dress"},
      {"レディース > 靴", "レザーシューズ", "shoes"},
      {"メンズ > トップス", "オックスフォードシャツ", "shirt"},
      {"여성 > 원피스", "린넨 원피스", "dress"},
      {"Женщинам > Платья", "Платье льняное", "dress"},
  };
  for (const auto& [category, title, term] : kCases)
    EXPECT_EQ(term_of(normalised(category, title), Facet::kCategory), term) << category << ": " << title;
}

// The same letters, another thing: the language of the words around them decides.
// Of a word's meanings the one in the branch, where the shop may speak that language.
TEST(Languages, ABranchTellsMeaningsApart) {
  EXPECT_EQ(term_of(normalised("Dresses", "Robe en lin", "EUR"), Facet::kCategory), "dress");
  EXPECT_EQ(term_of(normalised("Sleepwear", "Robe", "EUR"), Facet::kCategory), "robe");
}

TEST(Languages, FalseFriends) {
  const Case kCases[] = {
      {"Dresses", "Robe en soie", "dress"},             // French
      {"Women > Nightwear", "Silk robe", "robe"},       // English
      {"Damen > Wäsche", "Slip aus Spitze", "briefs"},  // German
      {"Women > Slips", "Satin slip", "slip"},
      {"Herr > Rockar", "Rock i ull", "coat"},        // Swedish
      {"Damen > Röcke", "Rock in A-Linie", "skirt"},  // German
      {"Dames > Vesten", "Vest met knopen", "cardigan"},
      {"Men > Outerwear", "Quilted vest", "vest"},
      {"Men > Underwear > Pants", "Jersey 3-pack", "briefs"},
      {"Men > Pants", "Pleated pants", "pants"},
      {"Homme > Costumes", "Costume en laine", "suits"},
      {"Femme > Pulls", "Pull col rond", "sweater"},
      {"Men > Tees", "Mono Logo Tee", "t-shirt"},
  };
  for (const auto& [category, title, term] : kCases)
    EXPECT_EQ(term_of(normalised(category, title), Facet::kCategory), term) << category << ": " << title;
}

// English names of kinds need no other English word beside them.
TEST(Languages, EnglishIsReadWithoutAContext) {
  const Case kCases[] = {{"Dress", "X1", "dress"},
                         {"Shirts", "X2", "shirt"},
                         {"Slippers", "X3", "slippers"},
                         {"Sweaters", "X4", "sweater"},
                         {"Tights", "X5", "hosiery"}};
  for (const auto& [category, title, term] : kCases)
    EXPECT_EQ(term_of(normalised(category, title), Facet::kCategory), term) << category;
  EXPECT_EQ(term_of(normalised("Robes", "X6", "GBP"), Facet::kCategory), "robe");
}

TEST(Languages, WhatCannotBeKnownIsUnknown) {
  const Case kCases[] = {
      {"Robes", "Bleuet", "unknown"},             // French dresses or English bathrobes
      {"Abiti", "Modello 12", "unknown"},         // dresses or suits
      {"Haus > Handtücher", "Luisa", "unknown"},  // ends like a scarf
      {"Spiele > Schlauchboot", "Nemo", "unknown"},
      {"Rochii", "Ana", "unknown"},  // Romanian: in no list
      {"Ruhák", "Anna", "unknown"},  // Hungarian
      {"Φορέματα", "Ελένη", "unknown"},
      {"Sonstiges", "Modell 3", ""},  // says nothing
  };
  for (const auto& [category, title, term] : kCases)
    EXPECT_EQ(term_of(normalised(category, title), Facet::kCategory), term) << category << ": " << title;
}

TEST(Languages, DepartmentsColoursPatternsAndFabrics) {
  EXPECT_EQ(term_of(normalised("Damenkleider", "Nora"), Facet::kDepartment), "women");
  EXPECT_EQ(term_of(normalised("Mężczyzna > Spodnie", "Adam"), Facet::kDepartment), "men");
  EXPECT_EQ(term_of(normalised("キッズ > シャツ", "A1"), Facet::kDepartment), "kids");
  EXPECT_EQ(term_of(normalised("Niñas > Faldas", "Sol"), Facet::kDepartment), "girls");
  Garment garment;
  garment.id = "g";
  garment.title = "Kleid";
  garment.category = "Damen > Kleider";
  garment.variants.emplace_back().sku = "s";
  garment.variants[0].colour = "Dunkelblau";
  garment.supplier_attributes = {{"Muster", {"geblümt"}}, {"Obermaterial", {"95% Baumwolle, 5% Elasthan"}}};
  normaliser().normalise(garment);
  EXPECT_EQ(term_of(garment, Facet::kColour), "navy");
  EXPECT_EQ(term_of(garment, Facet::kPattern), "floral");
  EXPECT_EQ(term_of(garment, Facet::kFabric), "cotton");
}

// A guess of the embedder is for English words only.
TEST(Languages, AForeignWordIsNotGuessed) {
  const Normaliser certain(Vocabulary::standard(), [](std::string_view) { return Vector{1, 0}; });
  Garment garment;
  garment.id = "g";
  garment.title = "Ana";
  garment.category = "Women > Rochii";
  garment.variants.emplace_back().sku = "s";
  VocabularyReport report;
  certain.normalise(garment, &report);
  EXPECT_EQ(term_of(garment, Facet::kCategory), "unknown");
  EXPECT_EQ(report.words(MatchStep::kEmbedding), 0U);
}

// Every phrase of every file means its term in a text of its language.
TEST(Languages, EveryPhraseMeansItsTerm) {
  const PhraseIndex phrases(Vocabulary::standard());
  for (size_t id = 1; id < languages().size(); ++id) {
    LanguageWeights weights{};
    weights[id] = 5;
    for (const auto& [term_id, phrase] : languages()[id].words) {
      const Term& term = Vocabulary::standard().term(term_id);
      const auto match = phrases.find(term.facet, words_of(phrase), weights);
      EXPECT_TRUE(std::any_of(match.meanings.begin(), match.meanings.end(),
                              [&](const auto& meaning) { return meaning.term == &term; }))
          << languages()[id].code << " '" << phrase << "' is not " << term.name;
    }
  }
}

}  // namespace
}  // namespace modiste
