// The words of feeds in many languages: which option is which, and what can be bought.
#include "feeds/feed_words.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

void expect_axis(OptionAxis axis, std::initializer_list<const char*> names) {
  for (const char* name : names) EXPECT_EQ(FeedWords::standard().axis_of(name), axis) << name;
}

TEST(FeedWords, AShortWordWithAccentsIsNoPartOfOthers) {
  expect_axis(OptionAxis::kOther,
              {"Variant", "Variante", "Variation", "Varianten", "Variazione", "Variedad", "Varianta"});
  expect_axis(OptionAxis::kColour, {"Väri", "VARI", "Päävärit", "Värisävy", "Färgton", "Szín"});
}

TEST(FeedWords, AccentsTellShortWordsApart) {
  expect_axis(OptionAxis::kColour, {"Màu", "màu sắc", "MAU", "Mầu"});
  expect_axis(OptionAxis::kOther, {"Mẫu", "Mẫu mã", "Cổ áo", "Kiểu cổ", "Kör", "วัสดุ", "สไตล์", "ประเภทสินค้า"});
  expect_axis(OptionAxis::kSize, {"Cỡ", "Kích cỡ"});
  expect_axis(OptionAxis::kColour, {"สี", "เฉดสี"});
}

TEST(FeedWords, TheSizeHasManyNames) {
  expect_axis(OptionAxis::kSize, {"Tamaño",       "Tamaños",
                                  "Talle",        "Talles",
                                  "Numara",       "Ayakkabı Numara",
                                  "鞋码",         "鞋碼",
                                  "치수",         "القياس",
                                  "قياس",         "מידות",
                                  "Număr",        "Broj",
                                  "Број",         "Номер",
                                  "Calce",        "Mitat",
                                  "Numero",       "Número de calzado",
                                  "Koon valinta", "EU Numara",
                                  "Größe (cm)",   "Schuhgröße",
                                  "サイズ表記",   "表示サイズ"});
  expect_axis(OptionAxis::kOther, {"Numero articolo", "Numero di tasche", "Número de bolsillos", "Armband",
                                   "Stirnband", "Bandana", "Band Material", "Halsband"});
  expect_axis(OptionAxis::kColour, {"Band Color"});
}

TEST(FeedWords, WhatIsAboutSizesIsNone) {
  expect_axis(OptionAxis::kOther,
              {"Size guide", "Size chart", "Sizefit", "Guía de tallas", "Größentabelle", "Maattabel",
               "Model size", "Größe des Models", "Hauteur de taille", "Size Type", "サイズ表", "モデルサイズ",
               "尺码表", "사이즈표", "Kokoelma", "Таблица размеров"});
  expect_axis(OptionAxis::kOther, {"Wash care", "Washing"});
  expect_axis(OptionAxis::kSize, {"Model / Size", "Size & Model", "Shoe size", "Kengänkoko"});
}

TEST(FeedWords, TheColourHasManyNames) {
  expect_axis(OptionAxis::kColour, {"Farbwahl", "Farbstellung", "Barevné provedení", "Odstín", "Odtieň",
                                    "Farebné prevedenie", "Расцветка", "Барва", "Wash", "Denim Wash",
                                    "الألوان", "ألوان", "Apvalus spalva", "رنگ‌بندی", "色号"});
}

TEST(FeedWords, AHeightIsOfABody) {
  expect_axis(OptionAxis::kHeight, {"Height", "Altura", "Рост", "Рост, см", "Зріст", "身高", "身長", "키",
                                    "Boy uzunluğu", "Height (cm)"});
  expect_axis(OptionAxis::kOther, {"Heel height", "Absatzhöhe", "Altura del tacón"});
  expect_axis(OptionAxis::kLength, {"Boy", "Länge", "Dĺžka"});
}

TEST(FeedWords, AvailabilityHasManyWords) {
  using enum Availability;
  const auto expect = [](Availability availability, std::initializer_list<const char*> texts) {
    for (const char* text : texts)
      EXPECT_EQ(FeedWords::standard().availability_of(text), availability) << text;
  };
  expect(kInStock, {"limited",
                    "sofort verfügbar",
                    "dostępny od ręki",
                    "판매중",
                    "有库存",
                    "متاح",
                    "Y",
                    "wahr",
                    "vrai",
                    "In Stock - Ships in 2 days",
                    "Auf Lager, Lieferzeit 2-3 Tage",
                    "In stock (5)",
                    "5 in stock",
                    "https://schema.org/InStock",
                    "lieferbar in 2-3 Tagen",
                    "Lieferzeit 1-3 Tage",
                    "Only 2 left",
                    "Nur noch 1 auf Lager",
                    "nur noch 2 Stück",
                    "lågt lager",
                    "In den Warenkorb",
                    "Add to cart"});
  expect(kOrderable, {"backordered", "dostępny na zamówienie", "na dotaz", "rendelhető", "te bestellen",
                      "Pre-Order: ships in May"});
  expect(kSoldOut,
         {"nicht am lager", "vorübergehend ausverkauft", "rupture", "売切れ", "入荷待ち", "일시품절", "无货",
          "无库存", "غير متاح", "نفد", "In stock soon", "N", "falsch", "faux", "0 in stock", "Only 0 left"});
  for (const char* text :
       {"n/a", "perhaps", "5", "1-3", "in 2 weeks", "available 12.12.2026", "Back in stock in 2 weeks"})
    EXPECT_EQ(FeedWords::standard().availability_of(text), std::nullopt) << text;
}

}  // namespace
}  // namespace modiste
