// What texts say of the garment itself: of other things, denials and imitations nothing that is not so.
// Inputs as shops write them, in many languages.
#include "catalog/prose.h"

#include <gtest/gtest.h>

#include "catalog/normaliser.h"

namespace modiste {
namespace {

const Normaliser& of_prose() {
  static const Normaliser kNormaliser(Vocabulary::standard());
  return kNormaliser;
}

struct Said {
  std::string category, title, description = "", material = "";
};

// The supplier's terms of a facet, as they stand: "leather cotton".
std::string terms_of(const Said& said, Facet facet = Facet::kFabric) {
  Garment garment;
  garment.id = "g";
  garment.category = said.category;
  garment.title = said.title;
  garment.description = said.description;
  garment.currency = "EUR";
  garment.variants.emplace_back().sku = "s";
  if (!said.material.empty()) garment.supplier_attributes["material"] = {said.material};
  of_prose().normalise(garment);
  std::string terms;
  for (const auto& attribute : garment.attributes)
    if (attribute.facet == facet && attribute.term != "unknown")
      terms += (terms.empty() ? "" : " ") + attribute.term;
  return terms;
}

TEST(Prose, ASmallWordOfAnotherLanguageIsNoFabric) {
  EXPECT_EQ(terms_of({"Damen > Kleider", "Kleid Florence", "Das perfekte Kleid für den Sommer."}), "");
  EXPECT_EQ(terms_of({"Herren > Shirts", "T-Shirt für Herren"}), "");
  EXPECT_EQ(terms_of({"Femme > Robes", "Robe Ava", "Elle s'adoucit au fur et à mesure des lavages."}), "");
  EXPECT_EQ(terms_of({"Women > Coats", "Fur coat"}), "fur");
}

TEST(Prose, WhatIsClosedByLacesIsNotOfLace) {
  const Said boots{"Women > Shoes > Ankle boots", "Suede Lace-up Boots", "Lace-up boots with a lugged sole."};
  EXPECT_EQ(terms_of(boots), "suede");
  EXPECT_EQ(terms_of(boots, Facet::kPattern), "");
  EXPECT_EQ(terms_of({"Women > Dresses", "Lace dress"}), "lace");
  EXPECT_EQ(terms_of({"Women > Tops", "Lace top with a lace-up back"}), "lace");
}

TEST(Prose, TheFirstPartOfACompoundIsItsFabric) {
  const std::pair<Said, const char*> kCases[] = {
      {{"Damen > Taschen", "Ledertasche Lena"}, "leather"},
      {{"Damen > Schuhe", "Wildlederstiefel Nora"}, "suede"},
      {{"Damen > Mäntel", "Wollmantel Nora"}, "wool"},
      {{"Damen > Pullover", "Kaschmirpullover"}, "cashmere"},
      {{"Damen > Mäntel", "Nerzmantel"}, "fur"},
      {{"Damen > Blusen", "Seidenbluse Ida"}, "silk"},
      {{"Damen > Kleider", "Leinenkleid"}, "linen"},
      {{"Damen > Jacken", "Kunstlederjacke"}, "faux-leather"},
      {{"Dam > Väskor", "Läderväska"}, "leather"},
      {{"Dames > Tassen", "Leertas"}, "leather"},
      {{"Женщинам > Сумки", "Кожаная сумка"}, "leather"},
      {{"Damen > Pflege", "Lederpflege"}, ""},
  };
  for (const auto& [said, fabric] : kCases) EXPECT_EQ(terms_of(said), fabric) << said.title;
}

TEST(Prose, SkinIsNotLeather) {
  EXPECT_EQ(terms_of({"Donna > Abiti", "Abito Ava", "Morbido e piacevole sulla pelle."}), "");
  EXPECT_EQ(terms_of({"Mujer > Camisetas", "Camiseta Ava", "Suave con la piel."}), "");
  EXPECT_EQ(terms_of({"Mulher > Vestidos", "Vestido Ava", "Suave na pele e muito leve."}), "");
  EXPECT_EQ(terms_of({"Kobieta > Sukienki", "Sukienka Ava", "Miła dla skóry."}), "");
  EXPECT_EQ(terms_of({"Dames > Jurken", "Jurk Ava", "Leer meer over onze stoffen."}), "");
  EXPECT_EQ(terms_of({"Donna > Borse", "Borsa Ava", "Una borsa in pelle con tracolla."}), "leather");
}

TEST(Prose, WhatIsDeniedIsNotThere) {
  EXPECT_EQ(terms_of({"Women > Belts", "Belt Ava", "Made without leather, wool or silk. 100% linen."}),
            "linen");
  EXPECT_EQ(terms_of({"Damen > Gürtel", "Gürtel ohne Leder"}), "");
  EXPECT_EQ(terms_of({"Women > Belts", "Leather-Free Belt"}), "");
  EXPECT_EQ(terms_of({"Femme > Ceintures", "Ceinture sans cuir"}), "");
  EXPECT_EQ(terms_of({"Women > Belts", "Belt Ava", "", "Leather Free"}), "");
  EXPECT_EQ(terms_of({"Women > Dresses", "Dress Ava", "No stripes, no florals."}, Facet::kPattern), "");
}

TEST(Prose, AnImitationIsNotTheOriginal) {
  for (const char* title : {"Leather-look leggings", "Leather effect leggings", "Fake leather leggings",
                            "Cactus leather leggings"})
    EXPECT_EQ(terms_of({"Women > Leggings", title}), "faux-leather") << title;
  EXPECT_EQ(terms_of({"Damen > Leggings", "Leder-Look Leggings"}), "faux-leather");
  EXPECT_EQ(terms_of({"Damen > Jacken", "Kunst-Leder Jacke"}), "faux-leather");
  EXPECT_EQ(terms_of({"Femme > Leggings", "Leggings effet cuir"}), "faux-leather");
  EXPECT_EQ(terms_of({"Donna > Borse", "Borsa effetto pelle"}), "faux-leather");
  EXPECT_EQ(terms_of({"Mujer > Bolsos", "Bolso cuero vegano"}), "faux-leather");
  EXPECT_EQ(terms_of({"Women > Bags", "Bag Ava", "", "PU Leder"}), "faux-leather");
  EXPECT_EQ(terms_of({"Women > Sweaters", "Cashmere-like sweater"}), "");
  EXPECT_EQ(terms_of({"Women > Jackets", "Suede look jacket"}), "faux-leather");
}

TEST(Prose, OtherThingsInADescriptionAreNotTheGarment) {
  const auto fabric_in = [](const char* description) {
    return terms_of({"Women > Dresses", "Florence Dress", description});
  };
  EXPECT_EQ(fabric_in("Airy linen dress. Style it with leather boots and a denim jacket."), "linen");
  EXPECT_EQ(fabric_in("Pairs well with our Silk Scarf"), "");
  EXPECT_EQ(fabric_in("You may also like: Wool Coat, Leather Belt"), "");
  EXPECT_EQ(fabric_in("Softer than cashmere. Machine wash with denim."), "");
  EXPECT_EQ(fabric_in("Cut from washed linen, it feels like silk."), "linen");
  EXPECT_EQ(terms_of({"Damen > Kleider", "Kleid Ava", "Passt perfekt zu Lederstiefeln und Wolle."}), "");
}

TEST(Prose, SentencesEndWhereTheyTurnToOtherThings) {
  const auto sentences =
      sentences_about_it("Linen dress. Wear it with boots; dry clean only!", kNoLanguageKnown);
  ASSERT_EQ(sentences.size(), 1U);
  EXPECT_EQ(sentences[0], (std::vector<std::string>{"linen", "dress"}));
}

}  // namespace
}  // namespace modiste
