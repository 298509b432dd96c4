#include "drawn_shop/data_file.h"

#include <gtest/gtest.h>

#include "drawn_shop/brands.h"
#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {

struct SampleRules {
  std::vector<Rule<std::string>> rule;
};
struct SampleRow {
  drawing::Fit fit{};
};
struct SampleLists {
  std::vector<SampleRow> order;
  std::vector<Rule<std::vector<drawing::Knit>>> list;
};

Result<Done> check(const SampleRules& sample) { return check_rules(sample.rule, "/rule", true); }
Result<Done> check(const SampleLists& sample) {
  if (!sample.order.empty()) TRY(check_order(sample.order, &SampleRow::fit, "/order"));
  return check_lists(sample.list, "/list");
}

}  // namespace modiste::drawn_shop

namespace modiste {

template <>
struct Contract<drawn_shop::SampleRules> {
  static constexpr auto kFields = Fields{field("rule", &drawn_shop::SampleRules::rule)};
};
template <>
struct Contract<drawn_shop::SampleRow> {
  static constexpr auto kFields = Fields{field("fit", &drawn_shop::SampleRow::fit)};
};
template <>
struct Contract<drawn_shop::SampleLists> {
  static constexpr auto kFields =
      Fields{field("order", &drawn_shop::SampleLists::order), field("list", &drawn_shop::SampleLists::list)};
};

}  // namespace modiste

namespace modiste::drawn_shop {
namespace {

using drawing::Kind;

// The message of the fault; "" where the text is well formed.
template <class T>
std::string fault(const std::string& text) {
  const auto data = parse_data<T>(text, "sample.toml");
  return data.ok() ? "" : data.error().message();
}

// brands.toml with one thing changed.
std::string fault_of_brands(std::string_view good, std::string_view bad) {
  std::string text(data_file("brands.toml"));
  const size_t at = text.find(good);
  EXPECT_NE(at, std::string::npos) << good;
  return fault<Brands>(text.replace(at, good.size(), bad));
}

void expect_line(const std::string& message, const std::string& key, const std::string& expected) {
  EXPECT_NE(message.find("sample.toml line "), std::string::npos) << message;
  EXPECT_NE(message.find(key), std::string::npos) << message;
  EXPECT_NE(message.find("expected " + expected), std::string::npos) << message;
}

TEST(DataFile, AMistypedBrandIsRefusedByLineAndKey) {
  EXPECT_EQ(fault_of_brands("Nordvane", "Nordvane"), "");
  expect_line(fault_of_brands("women = 0.58", "women = 58"), "brand.0.women", "0 to 1");
  expect_line(fault_of_brands("\"stripe\"", "\"strpe\""), "brand.0.prints.0.print", "");
  expect_line(fault_of_brands("\"Off-White\"", "\"Of-White\""), "brand.0.dyes", "a name in colours.toml");
  expect_line(fault_of_brands("\"#e9e8e4\"", "\"#e9e8\""), "brand.0.backdrop", "\"#rrggbb\"");
  expect_line(fault_of_brands("\nsweater =", "\nsweter ="), "brand.0.kinds.sweter", "a kind in kinds.toml");
  expect_line(fault_of_brands("\ncode =", "\ncod ="), "brand.0.cod", "");
  expect_line(fault_of_brands("[\"minimal\", \"basic\"]", "[]"), "brand.0.aesthetics", "one entry or more");
  EXPECT_EQ(fault<Brands>("[[brand\n").find("sample.toml line 1"), fault<Brands>("[[brand\n").find("sample"));
}

TEST(DataFile, ATableOfWordsIsCompleteAndInOrder) {
  const std::string slim = "{fit = 'slim'},\n", regular = "{fit = 'regular'},\n",
                    rest = "{fit = 'relaxed'}, {fit = 'oversized'}]";
  EXPECT_EQ(fault<SampleLists>("order = [" + slim + regular + rest), "");
  EXPECT_EQ(fault<SampleLists>("order = [\n" + regular + slim + rest),
            "the row is out of order (sample.toml line 2, order.0); expected the row of \"slim\"");
  EXPECT_EQ(fault<SampleLists>("order = [" + slim + "]"),
            "a row is missing (sample.toml line 1, order); expected the row of \"regular\"");
}

TEST(DataFile, AListThatIsPickedFromHasAnEntry) {
  EXPECT_EQ(fault<SampleLists>("list = [{mens = true, then = ['rib']}]"), "");
  EXPECT_NE(fault<SampleLists>("list = [{mens = true, then = []}]"), "");
  EXPECT_NE(fault<SampleLists>("list = [{mens = true}]"), "");
}

TEST(Rules, ARowAsksOnlyForWhatItNames) {
  drawing::Design design;
  design.kind = Kind::kSneakers, design.variant = 7;
  const auto fits = [&](const std::string& row) {
    const auto sample =
        parse_data<SampleRules>("rule = [{" + row + ", then = 'x'}, {then = 'y'}]", "sample.toml");
    EXPECT_TRUE(sample.ok()) << sample.error().message();
    return sample->rule[0].fits(design, "eco");
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
  EXPECT_EQ(fault<SampleRules>("rule = [{mens = true, then = 'a'}, {then = 'b'}]"), "");
  expect_line(fault<SampleRules>("rule = [{mens = true, then = 'a'}]"), "rule.0", "a last row");
  expect_line(fault<SampleRules>("rule = [{aesthetics = ['plain'], then = 'a'}, {then = 'b'}]"),
              "rule.0.aesthetics", "an aesthetic");
}

}  // namespace
}  // namespace modiste::drawn_shop
