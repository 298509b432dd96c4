// Files in the encodings that shops' old systems write, long and of one row: read with their letters, or told
// as doubtful.
#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <map>
#include <random>

#include "base/text.h"
#include "feeds/feed_testing.h"
#include "feeds/utf8_input.h"

namespace modiste {
namespace {

struct Shop {
  const char* language;
  std::vector<std::string> words;
  std::string brand, colour;
  std::vector<const char*> encodings;
};

const std::vector<Shop>& shops() {
  static const std::vector<Shop> kShops{
      {"Russian",
       split_list("платье юбка блуза пальто куртка чёрное красное длинное летнее хлопок", " "),
       "Мода",
       "чёрный",
       {"windows-1251", "KOI8-R", "IBM866", "ISO-8859-5", "x-mac-cyrillic"}},
      {"Ukrainian",
       split_list("сукня спідниця сорочка пальто чорна червона довга бавовняна", " "),
       "Мода",
       "чорний",
       {"windows-1251", "KOI8-U"}},
      {"Bulgarian",
       split_list("рокля блуза пола яке палто дънки черна бяла червена дълга", " "),
       "Мода",
       "черен",
       {"windows-1251"}},
      {"Arabic",
       split_list("فستان تنورة قميص معطف حذاء أسود أحمر طويل قطن نسائي", " "),
       "موضة",
       "أسود",
       {"windows-1256", "ISO-8859-6"}},
      {"Thai",
       split_list("เดรส กระโปรง เสื้อ กางเกง รองเท้า สีดำ สีแดง ยาว ผ้าฝ้าย", " "),
       "แฟชั่น",
       "ดำ",
       {"windows-874"}},
      {"German",
       split_list("Kleid für Größe Frühling schöne Wäsche weiß grün Blüte Öko", " "),
       "Müller",
       "weiß",
       {"windows-1252", "macintosh", "IBM850"}},
      {"French",
       split_list("robe légère été brodée côtelé à manches longues déjà très évasée", " "),
       "Chloé",
       "écru",
       {"windows-1252", "macintosh", "ISO-8859-15"}},
      {"Spanish",
       split_list("niña camisón pantalón algodón sudadera señora baño", " "),
       "Señora",
       "marrón",
       {"windows-1252", "macintosh"}},
      {"Polish",
       split_list("sukienka spódnica płaszcz żółta zielona różowa krótka wełniana", " "),
       "Łódź",
       "żółta",
       {"windows-1250", "ISO-8859-2"}},
      {"Czech",
       split_list("šaty sukně košile kabát černé červené dlouhé bavlněné žluté", " "),
       "Móda",
       "černá",
       {"windows-1250", "ISO-8859-2"}},
      {"Hungarian",
       split_list("női ruha szoknya kabát cipő nyári hosszú ujjú fehér zöld", " "),
       "Női",
       "zöld",
       {"windows-1250"}},
      {"Turkish",
       split_list("elbise gömlek şık düğmeli kısa kollu yeşil çiçekli ağır", " "),
       "Şık",
       "yeşil",
       {"windows-1254"}},
      {"Greek",
       split_list("φόρεμα φούστα πουκάμισο παλτό μαύρο κόκκινο μακρύ βαμβακερό", " "),
       "Μόδα",
       "μαύρο",
       {"windows-1253"}},
      {"Hebrew",
       split_list("שמלה חצאית חולצה מעיל שחור אדום ארוך כותנה", " "),
       "אופנה",
       "שחור",
       {"windows-1255"}},
      {"Japanese",
       split_list("ワンピース ブラウス スカート コート パンツ 黒 白 赤 花柄 長袖", " "),
       "花",
       "黒",
       {"Shift_JIS", "EUC-JP"}},
      {"Chinese", split_list("连衣裙 衬衫 外套 黑色 红色 长款 棉质 女装", " "), "时尚", "黑色", {"GB18030"}},
      {"Chinese, traditional",
       split_list("連衣裙 襯衫 外套 黑色 紅色 長款 棉質 女裝", " "),
       "時尚",
       "黑色",
       {"Big5"}},
      {"Korean", split_list("원피스 셔츠 코트 검정 빨강 긴 면 여성", " "), "패션", "검정", {"windows-949"}}};
  return kShops;
}

std::string encoded(const std::string& utf8, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(encoding, &status);
  const auto text = icu::UnicodeString::fromUTF8(utf8);
  std::string out(utf8.size() * 4 + 4, '\0');
  out.resize(static_cast<size_t>(ucnv_fromUChars(converter, out.data(), static_cast<int32_t>(out.size()),
                                                 text.getBuffer(), text.length(), &status)));
  ucnv_close(converter);
  EXPECT_TRUE(U_SUCCESS(status)) << encoding;
  return out;
}

std::string feed_of(const Shop& shop, int rows, int words_a_title, int words_a_text) {
  std::mt19937 random(static_cast<unsigned>(rows));
  const auto some = [&](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i == 0 ? "" : " ") + shop.words[random() % shop.words.size()];
    return text;
  };
  std::string out = "id\ttitle\tdescription\timage_link\tavailability\tprice\tbrand\tproduct_type\tcolor\n";
  for (int row = 0; row < rows; ++row)
    out +=
        fmt::format("b{}\t{}\t{}\thttps://s.example/{}.jpg\tin_stock\t89,00 EUR\t{}\tWomen > Dresses\t{}\n",
                    row, some(words_a_title), some(words_a_text), row, shop.brand, shop.colour);
  return out;
}

struct Outcome {
  int right = 0;
  std::string doubtful, wrong;  // told as doubtful, and silently
};

Outcome read_all(int rows, int words_a_title, int words_a_text) {
  Outcome outcome;
  for (const Shop& shop : shops())
    for (const char* encoding : shop.encodings) {
      const auto feed = read_text(encoded(feed_of(shop, rows, words_a_title, words_a_text), encoding),
                                  "google-merchant-tsv");
      const bool read = feed.garments.size() == static_cast<size_t>(rows);
      const bool right =
          read && feed.garments[0].brand == shop.brand && feed.garments[0].variants[0].colour == shop.colour;
      EXPECT_TRUE(feed.report.encoding_guessed);
      outcome.right += right ? 1 : 0;
      if (!right)
        (feed.report.encoding_rival.empty() ? outcome.wrong : outcome.doubtful) +=
            fmt::format("\n{} in {} read as {}", shop.language, encoding, feed.report.encoding);
    }
  return outcome;
}

size_t files() {
  size_t count = 0;
  for (const Shop& shop : shops()) count += shop.encodings.size();
  return count;
}

TEST(Encodings, ALongFileIsReadWithItsLetters) {
  const auto outcome = read_all(200, 4, 30);
  EXPECT_EQ(outcome.wrong, "");
  EXPECT_EQ(static_cast<size_t>(outcome.right), files()) << outcome.doubtful;
}

TEST(Encodings, SoAreThreeRows) {
  const auto outcome = read_all(3, 2, 0);
  EXPECT_EQ(outcome.wrong, "");
  EXPECT_EQ(static_cast<size_t>(outcome.right), files()) << outcome.doubtful;
}

TEST(Encodings, OneRowIsReadOrToldAsDoubtful) {
  const auto outcome = read_all(1, 2, 0);
  EXPECT_EQ(outcome.wrong, "");
  EXPECT_GE(static_cast<size_t>(outcome.right), files() - 3);
}

TEST(Encodings, ADeclarationThatTheBytesContradictIsNotBelieved) {
  const auto feed = read_text(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss><item><id>1</id><title>Kleid f\xFCr den "
      "Fr\xFChling</title>"
      "<price>8 EUR</price></item></rss>",
      "google-merchant-xml");
  ASSERT_EQ(feed.ids(), "1") << feed.refusals();
  EXPECT_EQ(feed.garments[0].title, "Kleid für den Frühling");
  EXPECT_TRUE(feed.report.encoding_guessed);
}

TEST(Encodings, WhatDeclaresLatin1MayHoldQuotesOfWindows) {
  const auto feed = read_text(
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><item><id>1</id><title>\x93Kleid\x94</title>"
      "<price>8 \x80</price></item></rss>",
      "google-merchant-xml");
  ASSERT_EQ(feed.ids(), "1") << feed.refusals();
  EXPECT_EQ(feed.garments[0].title, "“Kleid”");
  EXPECT_EQ(feed.garments[0].currency, "EUR");
}

std::string xml(std::string_view declared, std::string_view title) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"{}\"?><rss><item><id>1</id><title>{}</title><price>8 EUR</price>"
      "</item></rss>",
      declared, title);
}

TEST(Encodings, WhatIsUtf8IsReadSoWhateverIsDeclared) {
  for (const char* declared : {"utf-16", "UTF-16LE", "UTF-32", "ISO-8859-1", "windows-1252", "ISO-8859-2",
                               "Shift_JIS", "nobodys-encoding"})
    for (const char* title :
         {"Grünes Kleid von Müller", "Кашемировое пальто", "ワンピース", "Robe – très légère"}) {
      const auto feed = read_text(xml(declared, title), "google-merchant-xml");
      ASSERT_EQ(feed.ids(), "1") << declared;
      EXPECT_EQ(feed.garments[0].title, title) << declared;
      EXPECT_FALSE(feed.report.encoding_guessed) << declared;
    }
  EXPECT_TRUE(detect_feed(xml("utf-16", "Kleid")).ok());
  // A declaration that the bytes do not contradict counts.
  const auto latin = read_text(xml("ISO-8859-2", "Suk\xF9 \xB3"), "google-merchant-xml");
  EXPECT_EQ(latin.garments.at(0).title, "Suků ł");
  EXPECT_EQ(
      read_text(xml("ISO-8859-1", "Gro\xDF\x96 und Spa\xDF"), "google-merchant-xml").garments.at(0).title,
      "Groß– und Spaß");
}

// substr() of PHP cuts a description in the middle of a letter.
TEST(Encodings, ABrokenLetterCostsNeitherTheFileNorTheRow) {
  std::string text = "id\ttitle\tdescription\tprice\tlink\n";
  for (int row = 1; row <= 30; ++row)
    text += fmt::format("{}\tKleid Größe {}\t{}\t8 EUR\tl\n", row, row, row == 3 ? "Schön gr\xC3" : "Grün");
  const auto feed = read_text(text, "google-merchant-tsv");
  ASSERT_EQ(feed.garments.size(), 30U) << feed.refusals();
  EXPECT_EQ(feed.report.encoding, "UTF-8");
  EXPECT_EQ(feed.garments[0].title, "Kleid Größe 1");
  EXPECT_EQ(feed.garments[2].description, "Schön gr\uFFFD");
  EXPECT_NE(feed.notes().find("4:a broken letter, which is not UTF-8, was read as '\uFFFD' x 1"),
            std::string::npos)
      << feed.notes();
  EXPECT_EQ(read_text("\xEF\xBB\xBF" + text, "google-merchant-tsv").garments.size(), 30U);

  const auto small =
      read_text("id\ttitle\tprice\tlink\n1\tWeißes Kleid für Größe\t8 EUR\tl\n2\tGr\xC3\t8 EUR\tl\n",
                "google-merchant-tsv");
  ASSERT_EQ(small.garments.size(), 2U);
  EXPECT_EQ(small.garments[0].title, "Weißes Kleid für Größe") << small.report.encoding;
}

// An English shop's first "é" comes late.
TEST(Encodings, TheFirstLettersOfALongFileMayStandAnywhere) {
  const auto feed_of = [](const std::string& late) {
    std::string text = "id\ttitle\tprice\tlink\n";
    for (int row = 1; text.size() < 3 * Utf8Input::kHeadBytes; ++row)
      text += fmt::format("a{}\tPlain dress\t8 EUR\tl\n", row);
    return read_text(text + late, "google-merchant-tsv");
  };
  const auto latin = feed_of("z\tRobe l\xE9g\xE8re c\xF4tel\xE9\t8 EUR\tl\n");
  EXPECT_EQ(latin.refusals(), "");
  EXPECT_EQ(latin.garments.back().title, "Robe légère côtelé");
  EXPECT_EQ(latin.report.encoding, "windows-1252");
  EXPECT_TRUE(latin.report.encoding_guessed) << "and is named";
  EXPECT_EQ(latin.report.rows_without_id, 0U);
  const auto utf8 = feed_of("z\tRobe légère\t8 EUR\tl\n");
  EXPECT_EQ(utf8.garments.back().title, "Robe légère");
  EXPECT_FALSE(utf8.report.encoding_guessed);
}

}  // namespace
}  // namespace modiste
