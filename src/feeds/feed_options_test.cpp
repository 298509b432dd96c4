// Which of a variant's options are its size and its colour.
#include "feeds/feed_options.h"

#include <gtest/gtest.h>

#include "feeds/feed_testing.h"

namespace modiste {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// "size | colour | name=value ..." of one variant.
std::string read_options(const Pairs& options) {
  MemoryInput input("feed", "");
  const GarmentSink sink;
  FeedRun run(input, {"EUR", {}}, sink, {});
  VariantOptions read(run, 1);
  for (const auto& [name, value] : options) read.add(name, value);
  std::string all = read.size() + " | " + read.colour() + " |";
  for (const auto& [name, value] : read.others()) all += " " + name + "=" + value;
  return all;
}

TEST(VariantOptions, TheNameOfASizeSaysItsSystem) {
  for (const char* name : {"UK Size", "Size (UK)", "British size", "UK-Größe"})
    EXPECT_EQ(read_options({{name, "12"}}), "UK 12 |  |") << name;
  EXPECT_EQ(read_options({{"US Size", "8"}}), "US 8 |  |");
  EXPECT_EQ(read_options({{"FR Größe", "40"}}), "FR 40 |  |");
  EXPECT_EQ(read_options({{"IT Size", "42"}, {"Colour", "Nero"}}), "IT 42 | Nero |");
  EXPECT_EQ(read_options({{"UK Size", "M"}}), "M |  |") << "letters have no system";
  EXPECT_EQ(read_options({{"UK Size", "EU 38"}}), "EU 38 |  |") << "said already";
  EXPECT_EQ(read_options({{"UK Size / Colour", "12 / Black"}}), "UK 12 | Black |");
}

TEST(VariantOptions, AWordThatBeginsLikeASizeIsNotTakenApart) {
  EXPECT_EQ(read_options({{"Neckline", "U-Neck"}}), " |  | neckline=U-Neck");
  EXPECT_EQ(read_options({{"Style", "One-Piece"}, {"Size", "S"}}), "S |  | style=One-Piece");
  EXPECT_EQ(read_options({{"Style", "One-Shoulder"}}), " |  | style=One-Shoulder");
  EXPECT_EQ(read_options({{"Style", "G-String"}, {"Size", "S"}}), "S |  | style=G-String");
  EXPECT_EQ(read_options({{"Style", "U-Neck Black"}}), " |  | style=U-Neck Black");
  EXPECT_EQ(read_options({{"Style", "Red-M"}}), "M | Red |");
  EXPECT_EQ(read_options({{"Style", "Off-White-S"}}), "S | Off-White |");
  EXPECT_EQ(read_options({{"Style", "S-Dark Blue"}}), "S | Dark Blue |");
}

TEST(VariantOptions, AnAgeIsTheSizeOfChildrensClothes) {
  for (const char* name : {"Age", "AGE", "Alter", "Âge", "Edad", "Età", "Leeftijd", "Wiek", "Ålder", "年齢"})
    EXPECT_EQ(read_options({{name, "2-3 Years"}, {"Colour", "Red"}}), "2-3 Years | Red |") << name;
  EXPECT_EQ(read_options({{"Age", "0-3 Months"}}), "0-3 Months |  |");
  EXPECT_EQ(read_options({{"Age", "4-5 Years"}, {"Size", "104"}}), "104 |  | age=4-5 Years");
  EXPECT_EQ(read_options({{"Size", "M"}, {"Age group", "Adult"}}), "M |  | age group=Adult");
  EXPECT_EQ(read_options({{"Age / Colour", "Red / 2-3 Years"}}), "2-3 Years | Red |");
  EXPECT_EQ(read_options({{"Alternative", "2-3"}}), " |  | alternative=2-3");
}

TEST(VariantOptions, ANumberOrLetterBesideAColourIsNoSecondSize) {
  EXPECT_EQ(read_options({{"Colour", "10 - Black"}, {"Size", "M"}}), "M | 10 - Black |");
  EXPECT_EQ(read_options({{"Size", "M"}, {"Colour", "38 - Navy"}}), "M | 38 - Navy |");
  EXPECT_EQ(read_options({{"Wash", "Medium Blue"}, {"Size", "28"}}), "28 | Medium Blue |");
  EXPECT_EQ(read_options({{"Wash", "Medium Blue"}}), " | Medium Blue |");
  EXPECT_EQ(read_options({{"Print", "Small Black Dots"}}), " |  | print=Small Black Dots");
  EXPECT_EQ(read_options({{"Colour", "001-Black"}}), " | 001-Black |");
  EXPECT_EQ(read_options({{"Title", "Dark Blue - XL"}}), "XL | Dark Blue |");
  EXPECT_EQ(read_options({{"Title", "Black M"}}), "M | Black |");
}

TEST(VariantOptions, AVariantIsTakenApart) {
  EXPECT_EQ(read_options({{"Variante", "Black M"}}), "M | Black |");
  EXPECT_EQ(read_options({{"Variant", "M / Schwarz"}}), "M | Schwarz |");
  EXPECT_EQ(read_options({{"规格", "墨绿色,M"}}), "M | 墨绿色 |");
  EXPECT_EQ(read_options({{"種類", "杢グレー / M"}}), "M | 杢グレー |");
}

TEST(VariantOptions, WhatIsAboutASizeIsNoSecondOne) {
  EXPECT_EQ(read_options({{"Size", "M"}, {"Size chart", "Women's tops"}}), "M |  | size chart=Women's tops");
  EXPECT_EQ(read_options({{"Size guide", "Bags"}}), " |  | size guide=Bags");
  EXPECT_EQ(read_options({{"Size", "M"}, {"Waist", "High"}}), "M |  | waist=High");
  EXPECT_EQ(read_options({{"Cintura", "Alta"}}), " |  | cintura=Alta");
  EXPECT_EQ(read_options({{"Talla", "38"}, {"Stone size", "Tiny"}}), "38 |  | stone size=Tiny");
  EXPECT_EQ(read_options({{"Bag size", "Mini"}}), "Mini |  |") << "the only one";
  EXPECT_EQ(read_options({{"Waist", "32"}}), "32 |  |");
  EXPECT_EQ(read_options({{"Unterbrustweite", "85"}, {"Cup", "C"}}), "85C |  |");
  EXPECT_EQ(read_options({{"Band Color", "Brown Leather"}}), " | Brown Leather |");
}

TEST(VariantOptions, AHeightIsTheSizeOfWhatHasNoOther) {
  EXPECT_EQ(read_options({{"身高", "110"}}), "110 |  |");
  EXPECT_EQ(read_options({{"Рост", "98/104"}, {"Цвет", "Красный"}}), "98/104 | Красный |");
  EXPECT_EQ(read_options({{"Размер", "46"}, {"Рост", "164"}}), "46 |  | height=164");
  EXPECT_EQ(read_options({{"Рост", "170-176"}}), " |  | рост=170-176");
}

TEST(VariantOptions, WaistAndLengthMakeOneSizeHoweverTheyAreWritten) {
  EXPECT_EQ(read_options({{"Waist", "W32"}, {"Length", "L34"}}), "32/34 |  |");
  EXPECT_EQ(read_options({{"Waist", "32\""}, {"Length", "34\""}}), "32/34 |  |");
  EXPECT_EQ(read_options({{"Waist", "32 in"}, {"Inseam", "30 in"}}), "32/30 |  |");
  EXPECT_EQ(read_options({{"Waist", "32W"}, {"Length", "34"}}), "32/34 |  |");
  EXPECT_EQ(read_options({{"Size", "M"}, {"Length", "L34"}}), "M |  | length=L34");
  EXPECT_EQ(read_options({{"Size", "10"}, {"Length", "L32"}}), "10 |  | length=L32");
}

}  // namespace
}  // namespace modiste
