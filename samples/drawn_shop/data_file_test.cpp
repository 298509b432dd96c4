#include "drawn_shop/data_file.h"

#include <gtest/gtest.h>

#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {
namespace {

using drawing::Kind;

// The message of the fault that reading the text by `read` gives; "" where it is read.
template <class Read>
std::string fault(std::string_view text, Read read) {
  const auto value = read_data({"sample.toml", text}, [&](Row& file) { return (read(file), 0); });
  return value.ok() ? "" : value.error().message();
}

TEST(DataFile, ReadsWhatIsWellFormed) {
  const auto value = read_data(
      {"sample.toml", "[[row]]\nname = 'a'\nkinds = ['tee', 'coat']\nshares = [['tee', 0.5], ['cap', 0]]\n"},
      [](Row& file) {
        return file.rows("row", [](Row& row) {
          EXPECT_EQ(row.text("name"), "a");
          EXPECT_EQ(row.words<Kind>("kinds"), (std::vector<Kind>{Kind::kTee, Kind::kCoat}));
          EXPECT_EQ(row.number("share", 0, 1, 0.25), 0.25);
          return row.weights<Kind>("shares", 1);
        });
      });
  ASSERT_TRUE(value.ok()) << value.error().message();
  EXPECT_EQ(value->at(0), (std::vector<std::pair<Kind, double>>{{Kind::kTee, 0.5}, {Kind::kCap, 0}}));
}

TEST(DataFile, AFaultNamesFileLineAndWhatWouldBeRight) {
  EXPECT_EQ(fault("a = 1\nshare = 2\n", [](Row& f) { return f.integer("a", 0, 9), f.number("share", 0, 1); }),
            "share is not a number within its limits (sample.toml, line 2); expected a number from 0 to 1");
  EXPECT_EQ(fault("\nkind = 'teee'\n", [](Row& f) { return f.word<drawing::Knit>("kind"); }),
            "unknown word \"teee\" (sample.toml, line 2); expected one of none, fine, rib, cable, chunky");
  EXPECT_EQ(fault("row = [\n  {name = 'a'},\n  {nam = 'b'},\n]\n",
                  [](Row& f) { return f.rows("row", [](Row& row) { return row.text("name"); }); }),
            "name is missing (sample.toml, line 3); expected name = ...");
  EXPECT_EQ(fault("name = 'a'\nsize = 3\n", [](Row& f) { return f.text("name"); }),
            "unknown key \"size\" (sample.toml, line 2); expected name");
  EXPECT_EQ(fault("ink = '#12345'\n", [](Row& f) { return f.ink("ink").hex(); }),
            "ink is not a colour (sample.toml, line 1); expected \"#rrggbb\"");
}

TEST(DataFile, RefusesWrongShapes) {
  EXPECT_NE(fault("a = [1", [](Row&) { return 0; }).find("sample.toml, line 1"), std::string::npos);
  EXPECT_NE(fault("a = []", [](Row& f) { return f.texts("a"); }), "");
  EXPECT_NE(fault("a = ['']", [](Row& f) { return f.texts("a"); }), "");
  EXPECT_NE(fault("a = 1.5", [](Row& f) { return f.integer("a", 0, 9); }), "");
  EXPECT_NE(fault("a = 'yes'", [](Row& f) { return f.flag("a"); }), "");
  EXPECT_NE(fault("a = 3", [](Row& f) { return f.rows("a", [](Row&) { return 0; }); }), "");
  EXPECT_NE(fault("a = [3]", [](Row& f) { return f.rows("a", [](Row&) { return 0; }); }), "");
  EXPECT_NE(fault("a = [['tee']]", [](Row& f) { return f.weights<Kind>("a", 1); }), "");
  EXPECT_NE(fault("a = {teee = 1}", [](Row& f) { return f.weights<Kind>("a", 1); }), "");
  EXPECT_NE(fault("a = {teee = 'x'}", [](Row& f) { return f.texts_by<Kind>("a"); }), "");
}

TEST(DataFile, ATableOfWordsIsCompleteAndInOrder) {
  const auto read = [](Row& f) { return f.rows_by<drawing::Fit>("fit", [](Row&) { return 0; }); };
  EXPECT_EQ(fault("fit = [{fit = 'slim'}, {fit = 'regular'}, {fit = 'relaxed'}, {fit = 'oversized'}]", read),
            "");
  EXPECT_EQ(fault("fit = [\n{fit = 'slim'},\n{fit = 'relaxed'}]", read),
            "\"relaxed\" is out of order (sample.toml, line 3); expected \"regular\"");
  EXPECT_EQ(fault("fit = [{fit = 'slim'}]", read),
            "fit lacks a row (sample.toml, line 1); expected \"regular\"");
}

TEST(Rules, ARowAsksOnlyForWhatItNames) {
  drawing::Design design;
  design.kind = Kind::kSneakers, design.variant = 7;
  const auto fits = [&](const std::string& row) {
    const auto rules = read_data({"sample.toml", "rule = [{" + row + ", text = 'x'}]"},
                                 [](Row& file) { return read_texts(file, "rule"); });
    EXPECT_TRUE(rules.ok()) << rules.error().message();
    return rules->at(0).when.fits(design, "eco");
  };
  EXPECT_TRUE(fits("kinds = ['tee', 'sneakers']"));
  EXPECT_FALSE(fits("kinds = ['tee']"));
  EXPECT_TRUE(fits("roles = ['shoes']"));
  EXPECT_TRUE(fits("variant = {of = 4, is = [1, 3]}"));
  EXPECT_FALSE(fits("variant = {of = 4, is = [1]}"));
  EXPECT_FALSE(fits("mens = true"));
  EXPECT_TRUE(fits("aesthetics = ['eco'], kinds = ['sneakers']"));
  EXPECT_FALSE(fits("aesthetics = ['eco'], kinds = ['tee']"));
}

TEST(Rules, AChanceIsDrawnOnlyWhenAllElseFits) {
  Condition never;
  never.kinds = {Kind::kTee}, never.chance = 0;
  Rng rng(1), untouched(1);
  drawing::Design design;
  design.kind = Kind::kCoat;
  EXPECT_FALSE(never.fits(design, {}, rng));
  EXPECT_EQ(rng.next(), untouched.next());
  design.kind = Kind::kTee;
  EXPECT_FALSE(never.fits(design, {}, rng));
  EXPECT_NE(rng.next(), untouched.next());
}

TEST(Rules, ACompleteListEndsWithARowForEveryGarment) {
  const auto read = [](Row& f) {
    return read_complete(f, "rule", [](Row& row) { return row.text("text"); });
  };
  EXPECT_EQ(fault("rule = [{mens = true, text = 'a'}, {text = 'b'}]", read), "");
  EXPECT_NE(fault("rule = [{mens = true, text = 'a'}]", read), "");
  EXPECT_NE(fault("rule = [{aesthetics = ['plain'], text = 'a'}, {text = 'b'}]", read), "");
}

}  // namespace
}  // namespace modiste::drawn_shop
