#include "base/json_schema.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {
enum class Cut { kSlim, kLoose };
struct Pocket {
  int depth_mm = 80;
};
struct Coat {
  std::string name;
  Cut cut = Cut::kLoose;
  std::optional<double> price;
  std::vector<Pocket> pockets;
  std::map<std::string, std::vector<std::string>> extras;
  std::optional<TimePoint> made_at;
  bool lined = true;
};
}  // namespace

template <>
struct EnumNames<Cut> {
  static constexpr std::array<std::string_view, 2> kNames{"slim", "loose"};
};
template <>
struct Contract<Pocket> {
  static constexpr std::string_view kName = "Pocket";
  static constexpr std::string_view kDoc = "Holds things.";
  static constexpr auto kFields = Fields{field("depth_mm", &Pocket::depth_mm, {.doc = "Depth", .min = 1})};
};
template <>
struct Contract<Coat> {
  static constexpr std::string_view kName = "Coat";
  static constexpr std::string_view kDoc = "Worn outside.";
  static constexpr auto kFields = Fields{
      field("name", &Coat::name, {.doc = "Its name", .required = true, .length_max = 9, .example = "Trench"}),
      field("cut", &Coat::cut, {.doc = "How it falls"}),
      field("price", &Coat::price, {.doc = "Paid", .min = 0, .max = 1e7, .example = "99.5"}),
      field("pockets", &Coat::pockets, {.doc = "All", .items_max = 8}),
      field("extras", &Coat::extras, {.doc = "More"}),
      field("made_at", &Coat::made_at, {.doc = "When"}),
      field("lined", &Coat::lined, {.doc = "Inside"})};
};

namespace {

struct DescribedCoat {
  SchemaBook book;
  Schema schema = describe<Coat>(book);
};

TEST(JsonSchema, SaysWhatTheReaderDoes) {
  const DescribedCoat coat;
  EXPECT_EQ(serialize_json(json_schema(coat.schema)), R"({"$ref":"#/components/schemas/Coat"})");
  const auto object = json_schema(coat.book.object("Coat"));
  const auto property = [&](std::string_view name) {
    return serialize_json(object.at("properties").as_object().at(name));
  };
  EXPECT_EQ(serialize_json(object.at("required")), R"(["name"])");
  EXPECT_EQ(object.at("additionalProperties"), false);
  EXPECT_EQ(property("name"),
            R"({"type":"string","maxLength":9,"description":"Its name","examples":["Trench"]})");
  EXPECT_EQ(property("cut"),
            R"({"type":"string","enum":["slim","loose"],"description":"How it falls","default":"loose"})");
  EXPECT_EQ(property("price"),
            R"({"type":"number","minimum":0,"maximum":10000000,"description":"Paid","examples":[99.5]})");
  EXPECT_EQ(
      property("pockets"),
      R"({"type":"array","items":{"$ref":"#/components/schemas/Pocket"},"maxItems":8,"description":"All"})");
  EXPECT_EQ(property("made_at"), R"({"type":"string","format":"date-time","description":"When"})");
  EXPECT_EQ(property("lined"), R"({"type":"boolean","description":"Inside","default":true})");
}

TEST(JsonSchema, HoldsEveryObjectBelowOnceByName) {
  const DescribedCoat coat;
  const auto objects = coat.book.objects();
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_EQ(objects[0]->name, "Coat");
  EXPECT_EQ(objects[1]->name, "Pocket");
  EXPECT_EQ(coat.book.object("Coat").find("cut")->schema.enumeration, "Cut");
  EXPECT_EQ(coat.book.object("Coat").find("collar"), nullptr);
}

TEST(JsonSchema, ExamplesCanBeRead) {
  const DescribedCoat coat;
  const auto example = example_of(coat.schema, coat.book);
  EXPECT_EQ(serialize_json(example), R"({"name":"Trench","price":99.5})");
  EXPECT_TRUE(from_json<Coat>(example).ok());
}

TEST(JsonSchema, TextBecomesAValueOfTheFieldsTypeOrStaysText) {
  const auto read = [](Schema::Kind kind, std::string_view text) {
    Schema schema;
    schema.kind = kind;
    return serialize_json(value_from_text(schema, text));
  };
  using Kind = Schema::Kind;
  EXPECT_EQ(read(Kind::kInteger, "-3"), "-3");
  EXPECT_EQ(read(Kind::kInteger, "3.0"), "\"3.0\"");
  EXPECT_EQ(read(Kind::kInteger, "99999999999999999999"), "\"99999999999999999999\"");
  EXPECT_EQ(read(Kind::kNumber, "2.5"), "2.5");
  EXPECT_EQ(read(Kind::kNumber, "nan"), "\"nan\"");
  EXPECT_EQ(read(Kind::kNumber, "inf"), "\"inf\"");
  EXPECT_EQ(read(Kind::kBoolean, "true"), "true");
  EXPECT_EQ(read(Kind::kBoolean, "1"), "\"1\"");
  EXPECT_EQ(read(Kind::kString, "1"), "\"1\"");
}

TEST(PrettyJson, BreaksWhatIsLongAndReadsTheSame) {
  const json::value value{{"short", {1, 2, 3}}, {"long", json::array(40, "word")}, {"empty", json::object()}};
  const auto text = pretty_json(value);
  EXPECT_NE(text.find("\n  \"short\": [1,2,3],\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n    \"word\",\n"), std::string::npos) << text;
  EXPECT_EQ(parse_json(text).value(), value);
}

}  // namespace
}  // namespace modiste
