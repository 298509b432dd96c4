#include "feeds/csv_reader.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "feeds/feed_testing.h"

namespace modiste {
namespace {

struct ReadCsv {
  std::vector<CsvRecord> records;
  std::string torn;  // "3 5": lines given up
};

// Hands out a few bytes at a time, so that every boundary is crossed somewhere.
class TrickleInput final : public FeedInput {
 public:
  TrickleInput(std::string_view text, size_t piece) : memory_("trickle", text), piece_(piece) {}
  [[nodiscard]] std::string name() const override { return memory_.name(); }
  Result<size_t> read(std::span<char> buffer) override {
    return memory_.read(buffer.subspan(0, std::min(piece_, buffer.size())));
  }

 private:
  MemoryInput memory_;
  size_t piece_;
};

ReadCsv read_csv(std::string_view text, CsvDialect dialect = {}) {
  ReadCsv read;
  TrickleInput input(text, 7);
  Utf8Input utf8(input);
  LineReader lines(utf8);
  CsvReader reader(lines, dialect, [&](size_t line, std::string_view) {
    read.torn += (read.torn.empty() ? "" : " ") + std::to_string(line);
  });
  CsvRecord record;
  for (auto more = reader.next(record); more.ok() && *more; more = reader.next(record))
    read.records.push_back(record);
  return read;
}

std::string joined(const CsvRecord& record) {
  std::string all;
  for (const auto& cell : record.cells) all += (all.empty() ? "" : "|") + cell;
  return std::to_string(record.line) + ":" + all;
}

std::string all(const ReadCsv& read) {
  std::string text;
  for (const auto& record : read.records) text += (text.empty() ? "" : "\n") + joined(record);
  return text;
}

TEST(Csv, ReadsQuotedCellsOverSeveralLines) {
  EXPECT_EQ(all(read_csv("a,b\n\"x\ny\",\"say \"\"hi\"\"\"\nlast,row")),
            "1:a|b\n2:x\ny|say \"hi\"\n4:last|row");
  EXPECT_EQ(all(read_csv("a,b\r\nc,d\r\n\r\n\"e\r\nf\",g\r\n")), "1:a|b\n2:c|d\n4:e\r\nf|g");
  EXPECT_EQ(all(read_csv("a\rb\rc")), "1:a\n2:b\n3:c");
  EXPECT_EQ(all(read_csv("")), "");
}

TEST(Csv, AQuoteThatNeverClosesCostsItsRow) {
  const auto read = read_csv("a,b\n1,\"torn\n2,x\n3,y\n");
  EXPECT_EQ(all(read), "1:a|b\n3:2|x\n4:3|y");
  EXPECT_EQ(read.torn, "2");
}

TEST(Csv, TextBesideAQuoteCostsItsRow) {
  const auto read = read_csv("a,b\n1,\"x\"y\n2,12\" heel\n3,z\n");
  EXPECT_EQ(all(read), "1:a|b\n4:3|z");
  EXPECT_EQ(read.torn, "2 3");
  EXPECT_EQ(all(read_csv("a\tb\n1\t12\" heel\n", {.delimiter = '\t', .strict_quotes = false})),
            "1:a|b\n2:1|12\" heel");
}

TEST(Csv, ALineOverTheLimitIsPassedOverAndGoodRowsGoOn) {
  const std::string text = "a,b\n1," + std::string(3 * kLineBytesMax, 'x') + "\n2,y\n\"" +
                           std::string(2 * kLineBytesMax, 'z') + "\n3,z\n";
  const auto read = read_csv(text);
  EXPECT_EQ(all(read), "1:a|b\n3:2|y\n5:3|z");
  EXPECT_EQ(read.torn, "2 4");
}

TEST(Csv, ARecordOfEndlessLinesIsGivenUp) {
  std::string text = "a,b\n1,\"torn\n";
  while (text.size() < kLineBytesMax + 1000) text += "filler,row\n";
  const auto read = read_csv(text);
  EXPECT_EQ(read.torn, "2");
  EXPECT_EQ(joined(read.records.back()).substr(joined(read.records.back()).find(':')), ":filler|row");
}

// In a TSV, where a quote may stand inside a quoted cell, every such line could swallow all that follow it,
// and each second reading would begin one line further.
TEST(Csv, SecondReadingsAreBounded) {
  std::string text;
  while (text.size() < 3 * kLineBytesMax) text += "\"" + std::string(99, 'x') + "\n";
  size_t torn = 0;
  MemoryInput input("text", text);
  Utf8Input utf8(input);
  LineReader lines(utf8);
  CsvReader reader(lines, {.delimiter = '\t', .strict_quotes = false},
                   [&](size_t, std::string_view) { ++torn; });
  CsvRecord record;
  const auto more = reader.next(record);
  ASSERT_TRUE(more.ok());
  EXPECT_FALSE(*more);
  EXPECT_GE(torn, 3U);
  EXPECT_LE(torn, 20U);
}

TEST(Csv, TooManyCellsAreRefused) {
  const auto read = read_csv("a,b\n" + std::string(3'000, ',') + "\n1,2\n");
  EXPECT_EQ(all(read), "1:a|b\n3:1|2");
  EXPECT_EQ(read.torn, "2");
}

TEST(Csv, ALineWithANulIsRefusedAlone) {
  std::string text = "a,b\n";
  while (text.size() < Utf8Input::kHeadBytes + 100) text += "1,plain\n";
  const size_t line_bad = static_cast<size_t>(std::count(text.begin(), text.end(), '\n')) + 2;
  text += "3,\xC3\xA9\n4,nul" + std::string(1, '\0') + "\n5,x\n";
  const auto read = read_csv(text);
  EXPECT_EQ(read.torn, std::to_string(line_bad));
  EXPECT_EQ(read.records.back().cells, (std::vector<std::string>{"5", "x"}));
}

RC_GTEST_PROP(Csv, WhatIsQuotedComesBack, ()) {
  const auto text_of = rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::element('"', ',', '\n', '\r', ' '), rc::gen::inRange('\x01', '\x7F')));
  const auto rows =
      *rc::gen::resize(8, rc::gen::container<std::vector<std::vector<std::string>>>(
                              rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(text_of))));
  std::string text;
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      text += i == 0 ? "\"" : ",\"";
      for (const char c : row[i]) text += c == '"' ? std::string("\"\"") : std::string(1, c);
      text += '"';
    }
    text += '\n';
  }
  const auto read = read_csv(text);
  RC_ASSERT(read.torn.empty());
  RC_ASSERT(read.records.size() == rows.size());
  for (size_t i = 0; i < rows.size(); ++i) RC_ASSERT(read.records[i].cells == rows[i]);
}

// --- encodings, seen through a whole feed ---

constexpr std::string_view kPhotos = "image,label\nabc,Café noir\n";

std::string utf16(std::string_view text, bool little, bool mark) {
  std::string out = mark ? (little ? "\xFF\xFE" : "\xFE\xFF") : "";
  for (size_t i = 0; i < text.size(); ++i) {
    uint16_t c = static_cast<unsigned char>(text[i]);
    if (c == 0xC3) c = static_cast<uint16_t>(0xC0 | (static_cast<unsigned char>(text[++i]) & 0x3F));  // é
    out += static_cast<char>(little ? c & 0xFF : c >> 8);
    out += static_cast<char>(little ? c >> 8 : c & 0xFF);
  }
  return out;
}

TEST(Encoding, ReadsWhatSpreadsheetsWrite) {
  std::string latin1(kPhotos);
  latin1.replace(latin1.find("é"), 2, "\xE9");
  const std::pair<std::string, std::string> kFiles[] = {
      {std::string(kPhotos), "UTF-8"},           {"\xEF\xBB\xBF" + std::string(kPhotos), "UTF-8"},
      {utf16(kPhotos, true, true), "UTF-16LE"},  {utf16(kPhotos, false, true), "UTF-16BE"},
      {utf16(kPhotos, true, false), "UTF-16LE"}, {latin1, "windows-1252"}};
  for (const auto& [text, encoding] : kFiles) {
    const auto feed = read_text(text, "photo-folder-csv");
    ASSERT_EQ(feed.ids(), "abc") << encoding;
    EXPECT_EQ(feed.garments[0].title, "Café noir") << encoding;
    EXPECT_EQ(feed.report.encoding, encoding);
  }
}

TEST(Encoding, HonoursAnXmlDeclaration) {
  const auto feed = read_text(
      "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><rss><item><id>1</id><title>Caf\xE9</title>"
      "<price>8 \xA4</price></item></rss>",
      "google-merchant-xml");
  ASSERT_EQ(feed.ids(), "1");
  EXPECT_EQ(feed.garments[0].title, "Café");
  EXPECT_EQ(feed.garments[0].currency, "EUR");
}

TEST(Encoding, OneSignDoesNotMakeAFileOfAnotherAlphabet) {
  const auto title = [](std::string_view words) {
    const auto feed =
        read_text(fmt::format("id\ttitle\tprice\n1\t{}\t10 EUR\n", words), "google-merchant-tsv");
    return feed.garments.empty() ? "" : feed.garments[0].title;
  };
  EXPECT_EQ(title("Nova col\xB7lecci\xF3 d'estiu per a la dona i l'home"),
            "Nova col·lecció d'estiu per a la dona i l'home");
  EXPECT_EQ(title("Chemise l\xE9g\xE8re en Lycra\xAEmix pour la femme"),
            "Chemise légère en Lycra®mix pour la femme");
  EXPECT_EQ(title("Chemise l\xE9g\xE8re \xB3"
                  "Coton pour la femme"),
            "Chemise légère ³Coton pour la femme");
  EXPECT_EQ(title("P\xB3"
                  "aszcz \xBF\xF3\xB3ty z d\xB3ugim r\xEAkawem"),
            "Płaszcz żółty z długim rękawem");
}

// A feed is mostly English: column names, addresses of photos, availabilities.
TEST(Encoding, ForeignWordsAmongAddressesTellTheAlphabet) {
  const auto feed_of = [](std::string_view letters, uint32_t first, unsigned char byte_of_first) {
    std::string text = "id\ttitle\timage_link\tavailability\tprice\tbrand\n", words;
    for (size_t i = 0; i < letters.size(); ++i) {
      const auto byte = static_cast<unsigned char>(letters[i]);
      if (byte < 0x80) {
        words += letters[i];
        continue;
      }
      const uint32_t letter = ((byte & 0x1FU) << 6) | (static_cast<unsigned char>(letters[++i]) & 0x3FU);
      words += static_cast<char>(letter - first + byte_of_first);
    }
    for (const char* id : {"sku-1", "sku-2"})
      text += fmt::format(
          "{}\t{}\thttps://cdn.example.com/images/catalog/products/women/front-large.jpg\tin_stock\t"
          "89.00 EUR\tModa\n",
          id, words);
    return read_text(text, "google-merchant-tsv");
  };
  constexpr std::string_view kRussian = "Льняное платье для женщин", kGreek = "Λινο φορεμα με κοντα μανικια";
  for (const auto& [title, feed] : {std::pair(kRussian, feed_of(kRussian, 0x410, 0xC0)),
                                    std::pair(kGreek, feed_of(kGreek, 0x391, 0xC1))}) {
    ASSERT_EQ(feed.garments.size(), 2U) << feed.refusals();
    EXPECT_EQ(feed.garments[0].title, title) << feed.report.encoding;
  }
}

TEST(Encoding, AGuessIsNamed) {
  const auto guessed = read_text(
      "id\ttitle\tprice\n1\tKleid f\xFCr Gr\xF6\xDF"
      "e\t10 EUR\n",
      "google-merchant-tsv");
  EXPECT_TRUE(guessed.report.encoding_guessed);
  EXPECT_EQ(guessed.report.encoding, "windows-1252");
  EXPECT_FALSE(
      read_text("id\ttitle\tprice\n1\tKleid für\t10 EUR\n", "google-merchant-tsv").report.encoding_guessed);
}

TEST(CsvTable, TellsTheDelimiterFromTheHeader) {
  for (const char delimiter : {',', ';', '\t', '|'}) {
    std::string text = "handle;title;\"price\";vendor\na;A, or B;10;V\n";
    if (delimiter == ',')
      text = "handle;title;\"price\";vendor\na;\"A, or B\";10;V;;\n";  // and trailing cells
    for (char& c : text)
      if (c == ';') c = delimiter;
    const auto feed = read_text("\xEF\xBB\xBF" + text, "shopify-csv");
    ASSERT_EQ(feed.ids(), "a") << delimiter;
    EXPECT_EQ(feed.garments[0].title, "A, or B") << delimiter;
  }
}

TEST(Encoding, BinaryFilesAreRefusedClearly) {
  using namespace std::string_literals;
  const std::string png = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\xFF\xD8\xFF\xE0 lots of bytes"s;
  for (const char* name : {"shopify-csv", "json-lines", "google-merchant-xml"}) {
    MemoryInput input("photo.png", png);
    const auto report =
        read_feed(input, *find_feed_reader(name), {}, [](Garment&&) -> Result<Done> { return kOk; });
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, Code::kInvalid);
    EXPECT_NE(report.error().message().find("photo.png"), std::string::npos);
  }
}

}  // namespace
}  // namespace modiste
