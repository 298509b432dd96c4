// The rows of the conversion charts: what fits the same body. A size that stands in two rows fits between
// them.
//
// Clothes: the numeric systems step together (women EU = US + 32 = UK + 28 = IT - 4; men EU = IT = US + 10 =
// UK + 10, half the chest in cm); letters and waists in inches as most international retailers print them
// (EN 13402-3 gives the letters' chest and bust girths). Shoes: women EU = UK + 33, US = UK + 2; men
// EU = UK + 34, US = UK + 1, the rule of thumb shops print; brands differ by up to one half size.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace modiste::size_tables {

// Names separated by spaces; empty where a system has no such size.
struct ClothesRow {
  std::string_view alpha, eu, uk, us, it, waist;
};

inline constexpr std::array<ClothesRow, 15> kWomen{{{"XXS", "30", "2", "00", "34", "23"},
                                                    {"XXS XS", "32", "4", "0", "36", "24"},
                                                    {"XS", "34", "6", "2", "38", "25"},
                                                    {"S", "36", "8", "4", "40", "26 27"},
                                                    {"S M", "38", "10", "6", "42", "28"},
                                                    {"M", "40", "12", "8", "44", "29"},
                                                    {"M L", "42", "14", "10", "46", "30 31"},
                                                    {"L", "44", "16", "12", "48", "32"},
                                                    {"L XL", "46", "18", "14", "50", "33 34"},
                                                    {"XL", "48", "20", "16", "52", "35 36"},
                                                    {"XL XXL", "50", "22", "18", "54", "37 38"},
                                                    {"XXL", "52", "24", "20", "56", "39 40"},
                                                    {"3XL", "54", "26", "22", "58", "41 42"},
                                                    {"3XL 4XL", "56", "28", "24", "60", "44"},
                                                    {"4XL", "58", "30", "26", "62", "46"}}};

inline constexpr std::array<ClothesRow, 13> kMen{{{"XXS", "42", "32", "32", "42", "26 27"},
                                                  {"XS", "44", "34", "34", "44", "28"},
                                                  {"S", "46", "36", "36", "46", "29 30"},
                                                  {"M", "48", "38", "38", "48", "31 32"},
                                                  {"M", "50", "40", "40", "50", "33 34"},
                                                  {"L", "52", "42", "42", "52", "35 36"},
                                                  {"L XL", "54", "44", "44", "54", "37 38"},
                                                  {"XL", "56", "46", "46", "56", "39 40"},
                                                  {"XXL", "58", "48", "48", "58", "41 42"},
                                                  {"XXL", "60", "50", "50", "60", "43 44"},
                                                  {"3XL", "62", "52", "52", "62", "45 46"},
                                                  {"4XL", "64", "54", "54", "64", "47 48"},
                                                  {"5XL", "66", "56", "56", "66", "49 50"}}};

struct ShoeRule {
  double uk_min, uk_max;  // steps of one half
  double eu_of_uk, us_of_uk;
};
inline constexpr ShoeRule kShoesWomen{1, 12, 33, 2};
inline constexpr ShoeRule kShoesMen{3, 16, 34, 1};

inline constexpr std::string_view kAlpha = "XXS XS XS/S S S/M M M/L L L/XL XL XXL 3XL 4XL 5XL 6XL";
inline constexpr std::string_view kLengths = "26 28 30 32 34 36";
inline constexpr int kWaistMin = 22, kWaistMax = 50;

// Other spellings, upper case without spaces and hyphens.
struct Alias {
  std::string_view word, name;
};
inline constexpr std::array kAlphaAliases{Alias{"2XS", "XXS"},
                                          Alias{"XXSMALL", "XXS"},
                                          Alias{"EXTRAEXTRASMALL", "XXS"},
                                          Alias{"XSMALL", "XS"},
                                          Alias{"EXTRASMALL", "XS"},
                                          Alias{"SMALL", "S"},
                                          Alias{"SM", "S"},
                                          Alias{"SML", "S"},
                                          Alias{"MEDIUM", "M"},
                                          Alias{"MED", "M"},
                                          Alias{"MD", "M"},
                                          Alias{"LARGE", "L"},
                                          Alias{"LG", "L"},
                                          Alias{"LRG", "L"},
                                          Alias{"XLARGE", "XL"},
                                          Alias{"EXTRALARGE", "XL"},
                                          Alias{"1X", "XL"},
                                          Alias{"1XL", "XL"},
                                          Alias{"2XL", "XXL"},
                                          Alias{"2X", "XXL"},
                                          Alias{"XXLARGE", "XXL"},
                                          Alias{"2XLARGE", "XXL"},
                                          Alias{"3X", "3XL"},
                                          Alias{"XXXL", "3XL"},
                                          Alias{"XXXLARGE", "3XL"},
                                          Alias{"3XLARGE", "3XL"},
                                          Alias{"4X", "4XL"},
                                          Alias{"XXXXL", "4XL"},
                                          Alias{"4XLARGE", "4XL"},
                                          Alias{"5X", "5XL"},
                                          Alias{"6X", "6XL"},
                                          Alias{"SMALL/MEDIUM", "S/M"},
                                          Alias{"MEDIUM/LARGE", "M/L"},
                                          Alias{"XSMALL/SMALL", "XS/S"},
                                          Alias{"LARGE/XLARGE", "L/XL"}};
inline constexpr std::array<std::string_view, 18> kOneSizeWords{"",
                                                                "ONESIZE",
                                                                "OS",
                                                                "O/S",
                                                                "OSFA",
                                                                "OSFM",
                                                                "ONESIZEFITSALL",
                                                                "ONESIZEFITSMOST",
                                                                "FREESIZE",
                                                                "FREE",
                                                                "UNIVERSAL",
                                                                "TU",
                                                                "TAILLEUNIQUE",
                                                                "UNI",
                                                                "N/A",
                                                                "NA",
                                                                "DEFAULTTITLE",
                                                                "NOSIZE"};

}  // namespace modiste::size_tables
