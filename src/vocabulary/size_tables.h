// The rows of the conversion charts: what fits the same body. A size that stands in two rows fits between
// them.
//
// Clothes: the numeric systems step together (women EU = US + 32 = UK + 28 = IT - 4; men EU = IT = US + 10 =
// UK + 10, half the chest in cm); letters and waists in inches as most international retailers print them
// (EN 13402-3 gives the letters' chest and bust girths). Shoes: women EU = UK + 33, US = UK + 2; men
// EU = UK + 34, US = UK + 1, the rule of thumb shops print; brands differ by up to one half size; the foot's
// length by the Paris point. Children: body heights of EN 13402-3 in steps of 6 cm, each with the age from
// which shops print it.
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

// Paris points: two thirds of a centimetre, for a last 1.5 cm longer than the foot.
constexpr double shoe_eu_of_cm(double cm) { return 1.5 * (cm + 1.5); }

struct ChildRow {
  std::string_view height;  // cm
  int months;               // the youngest age; -1: born early
  std::string_view alpha;
};
inline constexpr std::array<ChildRow, 23> kChildRows{
    {{"44", -1, ""},     {"50", 0, ""},       {"56", 1, ""},      {"62", 3, ""},     {"68", 6, ""},
     {"74", 9, ""},      {"80", 12, ""},      {"86", 18, ""},     {"92", 24, ""},    {"98", 36, "XXS"},
     {"104", 48, "XXS"}, {"110", 60, "XS"},   {"116", 72, "XS"},  {"122", 84, "S"},  {"128", 96, "S"},
     {"134", 108, "M"},  {"140", 120, "M"},   {"146", 132, "L"},  {"152", 144, "L"}, {"158", 156, "XL"},
     {"164", 168, "XL"}, {"170", 180, "XXL"}, {"176", 192, "XXL"}}};
inline constexpr std::array kMonths{0, 1, 2, 3, 4, 6, 9, 12, 15, 18, 24, 36};  // ends of ranges of months
inline constexpr int kYearsMax = 18;

// Children's shoes. UK: 10K is a child's 10; from 1 on the numbers are the adults'. US: 10C, then 1Y.
struct ChildShoeRow {
  std::string_view eu, uk, us;
};
inline constexpr std::array<ChildShoeRow, 25> kChildShoes{{{"16", "0K", "1C"},
                                                           {"17", "1K", "2C"},
                                                           {"18", "2K", "3C"},
                                                           {"19", "3K", "4C"},
                                                           {"20", "4K", "5C"},
                                                           {"21", "4.5K", "5.5C"},
                                                           {"22", "5K 5.5K", "6C 6.5C"},
                                                           {"23", "6K", "7C"},
                                                           {"24", "7K", "8C"},
                                                           {"25", "7.5K 8K", "8.5C 9C"},
                                                           {"26", "8.5K", "9.5C"},
                                                           {"27", "9K 9.5K", "10C 10.5C"},
                                                           {"28", "10K", "11C"},
                                                           {"29", "10.5K 11K", "11.5C 12C"},
                                                           {"30", "11.5K", "12.5C"},
                                                           {"31", "12K 12.5K", "13C 13.5C"},
                                                           {"32", "13K", "1Y"},
                                                           {"33", "13.5K 1", "1.5Y 2Y"},
                                                           {"34", "1.5 2", "2.5Y 3Y"},
                                                           {"35", "2.5", "3.5Y"},
                                                           {"36", "3 3.5", "4Y 4.5Y"},
                                                           {"37", "4 4.5", "5Y 5.5Y"},
                                                           {"38", "5", "6Y"},
                                                           {"39", "5.5 6", "6.5Y 7Y"},
                                                           {"40", "6.5", "7.5Y"}}};

// Bras: the girth under the bust in cm, and the cup.
inline constexpr int kGirthMin = 60, kGirthMax = 120;
inline constexpr std::array<std::string_view, 12> kCups{"AA", "A", "B", "C", "D", "E",
                                                        "F",  "G", "H", "I", "J", "K"};
// The cups of British and American bras, in the same order: after D they double letters.
inline constexpr std::array<std::string_view, 12> kCupsUk{"AA", "A", "B",  "C", "D",  "DD",
                                                          "E",  "F", "FF", "G", "GG", "H"};

inline constexpr std::string_view kAlpha = "XXS XS XS/S S S/M M M/L L L/XL XL XXL 3XL 4XL 5XL 6XL";
inline constexpr std::string_view kLengths = "26 28 30 32 34 36";
inline constexpr int kWaistMin = 22, kWaistMax = 50;

// Other spellings, upper case without spaces and hyphens.
struct Alias {
  std::string_view word, name;
};
inline constexpr std::array kAlphaAliases{
    Alias{"2XS", "XXS"}, Alias{"XXSMALL", "XXS"}, Alias{"EXTRAEXTRASMALL", "XXS"}, Alias{"XSMALL", "XS"},
    Alias{"EXTRASMALL", "XS"}, Alias{"SMALL", "S"}, Alias{"SM", "S"}, Alias{"SML", "S"}, Alias{"MEDIUM", "M"},
    Alias{"MED", "M"}, Alias{"MD", "M"}, Alias{"LARGE", "L"}, Alias{"LG", "L"}, Alias{"LRG", "L"},
    Alias{"XLARGE", "XL"}, Alias{"EXTRALARGE", "XL"}, Alias{"1X", "XL"}, Alias{"1XL", "XL"},
    Alias{"2XL", "XXL"}, Alias{"2X", "XXL"}, Alias{"XXLARGE", "XXL"}, Alias{"2XLARGE", "XXL"},
    Alias{"3X", "3XL"}, Alias{"XXXL", "3XL"}, Alias{"XXXLARGE", "3XL"}, Alias{"3XLARGE", "3XL"},
    Alias{"4X", "4XL"}, Alias{"XXXXL", "4XL"}, Alias{"4XLARGE", "4XL"}, Alias{"5X", "5XL"},
    Alias{"6X", "6XL"}, Alias{"SMALL/MEDIUM", "S/M"}, Alias{"MEDIUM/LARGE", "M/L"},
    Alias{"XSMALL/SMALL", "XS/S"}, Alias{"LARGE/XLARGE", "L/XL"},
    // Portuguese, Mexican, French and German letters and words
    Alias{"PP", "XS"}, Alias{"P", "S"}, Alias{"CH", "S"}, Alias{"G", "L"}, Alias{"GG", "XL"},
    Alias{"EG", "XL"}, Alias{"XGG", "XXL"}, Alias{"EGG", "XXL"}, Alias{"KLEIN", "S"}, Alias{"MITTEL", "M"},
    Alias{"GROSS", "L"}, Alias{"PETIT", "S"}, Alias{"MOYEN", "M"}, Alias{"GRAND", "L"}, Alias{"CHICO", "S"},
    Alias{"CHICA", "S"}, Alias{"PEQUENO", "S"}, Alias{"PEQUENA", "S"}, Alias{"MEDIANO", "M"},
    Alias{"MEDIANA", "M"}, Alias{"MEDIO", "M"}, Alias{"MEDIA", "M"}, Alias{"GRANDE", "L"},
    Alias{"PICCOLO", "S"}, Alias{"PICCOLA", "S"}, Alias{"LITEN", "S"}, Alias{"STOR", "L"},
    // Brazil counts on from GG, with G1 above it for large bodies; Mexico from CH
    Alias{"XG", "XXL"}, Alias{"EXG", "XXL"}, Alias{"XXG", "3XL"}, Alias{"G1", "XXL"}, Alias{"G2", "3XL"},
    Alias{"G3", "4XL"}, Alias{"G4", "5XL"}, Alias{"XCH", "XS"}, Alias{"XXCH", "XXS"},
    // Words of other languages
    Alias{"EXTRAGRANDE", "XL"}, Alias{"EXTRAGROOT", "XL"}, Alias{"EXTRAGROSS", "XL"},
    Alias{"SEHRGROSS", "XL"}, Alias{"TRESGRAND", "XL"}, Alias{"MITTELGROSS", "M"}, Alias{"MOYENNE", "M"},
    Alias{"GROOT", "L"}, Alias{"MIDDEL", "M"}, Alias{"GEMIDDELD", "M"}, Alias{"MELLAN", "M"},
    Alias{"MELLEM", "M"}, Alias{"MELLOM", "M"}, Alias{"LILLE", "S"}, Alias{"MALY", "S"}, Alias{"MALA", "S"},
    Alias{"SREDNI", "M"}, Alias{"SREDNIA", "M"}, Alias{"SREDNIE", "M"}, Alias{"DUZY", "L"},
    Alias{"DUZA", "L"}, Alias{"DUZE", "L"}, Alias{"STREDNI", "M"}, Alias{"STREDNA", "M"},
    Alias{"STREDNY", "M"}, Alias{"VELKY", "L"}, Alias{"VELKA", "L"}, Alias{"VELKE", "L"}, Alias{"PIENI", "S"},
    Alias{"KESKIKOKO", "M"}, Alias{"SUURI", "L"}, Alias{"KICSI", "S"}, Alias{"KOZEPES", "M"},
    Alias{"NAGY", "L"}, Alias{"MIC", "S"}, Alias{"MEDIU", "M"}, Alias{"MARE", "L"}, Alias{"KUCUK", "S"},
    Alias{"ORTA", "M"}, Alias{"BUYUK", "L"}, Alias{"COKBUYUK", "XL"}, Alias{"KECIL", "S"},
    Alias{"SEDANG", "M"}, Alias{"BESAR", "L"}, Alias{"NHO", "S"}, Alias{"VUA", "M"}, Alias{"LON", "L"},
    Alias{"小", "S"}, Alias{"中", "M"}, Alias{"大", "L"}, Alias{"小码", "S"}, Alias{"中码", "M"},
    Alias{"大码", "L"}, Alias{"小碼", "S"}, Alias{"中碼", "M"}, Alias{"大碼", "L"}, Alias{"加大", "XL"},
    Alias{"加大码", "XL"}, Alias{"加大碼", "XL"}, Alias{"特大", "XL"}, Alias{"特大码", "XL"},
    Alias{"소", "S"}, Alias{"중", "M"}, Alias{"대", "L"}, Alias{"특대", "XL"}, Alias{"маленькии", "S"},
    Alias{"среднии", "M"}, Alias{"большои", "L"}, Alias{"малии", "S"}, Alias{"середніи", "M"},
    Alias{"великии", "L"}, Alias{"μικρο", "S"}, Alias{"μεσαιο", "M"}, Alias{"μεγαλο", "L"},
    Alias{"صغير", "S"}, Alias{"متوسط", "M"}, Alias{"وسط", "M"}, Alias{"كبير", "L"}, Alias{"كبيرجدا", "XL"},
    Alias{"קטן", "S"}, Alias{"בינוני", "M"}, Alias{"גדול", "L"}, Alias{"เล็ก", "S"}, Alias{"กลาง", "M"},
    Alias{"ใหญ่", "L"}};

// Japan's letters, which go on from L to LL. Of clothes only: "3L" of a bag are litres.
inline constexpr std::array kJapaneseLetters{
    Alias{"SS", "XS"},  Alias{"3S", "XXS"}, Alias{"LL", "XL"},   Alias{"2L", "XL"},  Alias{"3L", "XXL"},
    Alias{"4L", "3XL"}, Alias{"5L", "4XL"}, Alias{"LLL", "XXL"}, Alias{"XO", "XXL"}, Alias{"2XO", "3XL"}};
inline constexpr std::array kOneSizeWords{
    std::string_view(""), std::string_view("ONESIZE"), std::string_view("OS"), std::string_view("O/S"),
    std::string_view("OSFA"), std::string_view("OSFM"), std::string_view("ONESIZEFITSALL"),
    std::string_view("ONESIZEFITSMOST"), std::string_view("FREESIZE"), std::string_view("FREE"),
    std::string_view("UNIVERSAL"), std::string_view("TU"), std::string_view("U"), std::string_view("UNI"),
    std::string_view("N/A"), std::string_view("NA"), std::string_view("DEFAULTTITLE"),
    std::string_view("NOSIZE"), std::string_view("F"), std::string_view("STD"), std::string_view("STANDARD"),
    std::string_view("ONE"),
    // in other languages, folded
    std::string_view("EINHEITSGROSSE"), std::string_view("EINHEITSGROESSE"), std::string_view("ONEGROSSE"),
    std::string_view("TAILLEUNIQUE"), std::string_view("UNIQUE"), std::string_view("TALLAUNICA"),
    std::string_view("UNICA"), std::string_view("UNITALLA"), std::string_view("TAGLIAUNICA"),
    std::string_view("TAMANHOUNICO"), std::string_view("UNICO"), std::string_view("EENMAAT"),
    std::string_view("ENSTORLEK"), std::string_view("ONESTORLEK"), std::string_view("ENSTORRELSE"),
    std::string_view("ONESTORRELSE"), std::string_view("YKSIKOKO"), std::string_view("ROZMIARUNIWERSALNY"),
    std::string_view("UNIWERSALNY"), std::string_view("JEDNAVELIKOST"), std::string_view("UNIVERZALNI"),
    std::string_view("UNIVERZALNIVELIKOST"), std::string_view("TEKEBAT"), std::string_view("STANDART"),
    std::string_view("フリーサイズ"), std::string_view("フリー"), std::string_view("ワンサイズ"),
    std::string_view("均码"), std::string_view("프리사이즈"), std::string_view("프리"),
    std::string_view("единыиразмер"), std::string_view("единыи"), std::string_view("универсальныиразмер"),
    std::string_view("универсальныи"), std::string_view("одинразмер"), std::string_view("єдиниирозмір"),
    std::string_view("універсальниирозмір"), std::string_view("одинрозмір"),
    std::string_view("универсаленразмер"), std::string_view("универсален"), std::string_view("εναμεγεθοσ"),
    std::string_view("1SIZE"), std::string_view("ALLSIZE"), std::string_view("TEKBEDEN"),
    std::string_view("STANDARTBEDEN"), std::string_view("EGYMERETU"), std::string_view("EGYMERET"),
    std::string_view("EGYSEGESMERET"), std::string_view("UNIVERZALIS"), std::string_view("MARIMEUNICA"),
    std::string_view("MASURAUNICA"), std::string_view("UNIVERSALA"), std::string_view("JEDNAVELKOST"),
    std::string_view("UNIVERZALNAVELKOST"), std::string_view("UNIVERZALNAVELICINA"),
    std::string_view("JEDNAVELICINA"), std::string_view("ENAVELIKOST"),
    std::string_view("UNIVERZALNAVELIKOST"), std::string_view("JEDENROZMIAR"), std::string_view("ROZMIARUNI"),
    std::string_view("MISURAUNICA"), std::string_view("TALLEUNICO"), std::string_view("TAMANOUNICO"),
    std::string_view("MEDIDAUNICA"), std::string_view("NUMEROUNICO"), std::string_view("EENHEIDSMAAT"),
    std::string_view("UNIVERSALGROSSE"), std::string_view("EINEGROSSE"), std::string_view("UNIVERSELLE"),
    std::string_view("TAILLEUNIVERSELLE"), std::string_view("UKURANBEBAS"), std::string_view("均碼"),
    std::string_view("通码"), std::string_view("通碼"), std::string_view("单一尺码"),
    std::string_view("單一尺寸"), std::string_view("统一尺码"), std::string_view("統一尺碼"),
    std::string_view("원사이즈"), std::string_view("단일사이즈"), std::string_view("مقاسواحد"),
    std::string_view("مقاسموحد"), std::string_view("قياسواحد"), std::string_view("فريسايز"),
    std::string_view("SEMUAUKURAN"), std::string_view("SATUUKURAN"), std::string_view("מידהאחידה"),
    std::string_view("מידהאחת"), std::string_view("וואןסייז"), std::string_view("ฟรีไซส์"),
    std::string_view("ไซส์เดียว")};

// Words for "size" before a size, upper case and folded.
inline constexpr auto kSizeWords = std::to_array<std::string_view>(
    {"SIZE",     "GROSSE",   "GROESSE",  "GR",      "TAILLE",   "POINTURE", "TALLA",     "TALLE",  "TAMANHO",
     "TAMANO",   "TAGLIA",   "MISURA",   "MAAT",    "MIDA",     "STORLEK",  "STORRELSE", "STRL",   "STL",
     "STR",      "ROZMIAR",  "VELIKOST", "VELKOST", "VELICINA", "BEDEN",    "NUMARA",    "NUMERO", "KOKO",
     "MERET",    "MARIME",   "SUURUS",   "DYDIS",   "IZMERS",   "UKURAN",   "SAIZ",      "размер", "розмір",
     "големина", "величина", "μεγεθοσ",  "νουμερο", "サイズ",   "尺码",     "尺碼",      "尺寸",   "鞋码",
     "鞋碼",     "사이즈",   "치수",     "المقاس",  "مقاس",     "מידה",     "ไซส์"});

// Units of a child's age, upper case and folded. The short ones are read on children's charts only.
// As size_text::clean() leaves them: ASCII in capitals, the rest in small letters without accents.
inline constexpr auto kMonthWords = std::to_array<std::string_view>(
    {"MONTHS",   "MONTH",   "MOS",     "MO",    "MTHS",    "MTH",     "MNTHS",   "MOIS",   "MONATE",
     "MONAT",    "MON",     "MESES",   "MES",   "MESI",    "MESE",    "MAANDEN", "MND",    "MIESIECY",
     "MIESIACE", "MIES",    "MANADER", "MAN",   "MANEDER", "MDR",     "KK",      "MESICU", "MESIACOV",
     "MESECI",   "MJESECI", "AY",      "HONAP", "HO",      "LUNI",    "LUNA",    "THANG",  "BULAN",
     "мес",      "месяцев", "месяца",  "месяц", "міс",     "місяців", "місяці",  "місяць", "месеца",
     "μηνων",    "μηνεσ",   "μηνασ",   "เดือน",  "ヶ月",    "か月",    "개월",    "个月",   "個月",
     "חודשים",   "شهر",     "اشهر",    "شهور"});
inline constexpr auto kYearWords = std::to_array<std::string_view>(
    {"YEARS", "YEAR", "YRS",    "YR",   "ANS",  "AN",     "JAHRE",  "JAHR",   "ANOS",   "ANO",    "ANNI",
     "ANNO",  "JAAR", "LAT",    "LATA", "AR",   "VUOTTA", "LET",    "ROKY",   "ROKOV",  "GODINA", "GODINE",
     "YAS",   "EV",   "EVES",   "ANI",  "TUOI", "TAHUN",  "лет",    "года",   "год",    "г",      "років",
     "роки",  "рік",  "години", "ετων", "ετη",  "ετοσ",   "χρονων", "χρονια", "χρονου", "ปี",      "ขวบ",
     "歳",    "才",   "세",     "岁",   "歲",   "שנים",   "שנה",    "سنوات",  "سنة",    "YO"});
inline constexpr std::array<std::string_view, 2> kShortMonthWords{"M", "MM"};
inline constexpr std::array<std::string_view, 5> kShortYearWords{"Y", "A", "T", "J", "V"};

}  // namespace modiste::size_tables
