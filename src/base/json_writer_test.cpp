#include "base/json_writer.h"

#include <gtest/gtest.h>

#include "base/json_document.h"

namespace modiste {
namespace {

enum class Weave { kPlain, kTwill };
struct Label {
  std::string text;
  std::vector<std::string> languages;
};
struct Cloth {
  std::string name;
  Weave weave{};
  double weight = 0;
  float stretch = 0;
  int threads = 0;
  bool dyed = false;
  std::optional<double> width;
  std::optional<std::string> mill;
  std::optional<TimePoint> woven_at;
  std::vector<Label> labels;
  std::map<std::string, std::vector<std::string>> shares;
  Label care;
  json::value other;
};

}  // namespace

template <>
struct EnumNames<Weave> {
  static constexpr std::array<std::string_view, 2> kNames{"plain", "twill"};
};
template <>
struct Contract<Label> {
  static constexpr std::string_view kName = "Label";
  static constexpr std::string_view kDoc = "A label.";
  static constexpr auto kFields = Fields{field("text", &Label::text), field("languages", &Label::languages)};
};
template <>
struct Contract<Cloth> {
  static constexpr std::string_view kName = "Cloth";
  static constexpr std::string_view kDoc = "A cloth.";
  static constexpr auto kFields =
      Fields{field("name", &Cloth::name),         field("weave", &Cloth::weave),
             field("weight", &Cloth::weight),     field("stretch", &Cloth::stretch),
             field("threads", &Cloth::threads),   field("dyed", &Cloth::dyed),
             field("width", &Cloth::width),       field("mill", &Cloth::mill),
             field("woven_at", &Cloth::woven_at), field("labels", &Cloth::labels),
             field("shares", &Cloth::shares),     field("care", &Cloth::care),
             field("other", &Cloth::other)};
};

namespace {

std::string written(const Cloth& cloth, const JsonMembers& members = {}) {
  std::string out;
  append_json(out, cloth, members);
  return out;
}

Cloth full_cloth() {
  Cloth cloth;
  cloth.name = "\"Loden\" \\ w\xc3\xa4rmend\n\x01";
  cloth.weave = Weave::kTwill;
  cloth.weight = 450.25;
  cloth.stretch = 0.1F;
  cloth.threads = -7;
  cloth.dyed = true;
  cloth.width = 1e-7;
  cloth.mill = "";
  cloth.woven_at = TimePoint(std::chrono::seconds(1'764'000'000));
  cloth.labels = {{"wool", {"en", "de"}}, {}};
  cloth.shares = {{"wool", {"80"}}, {"none", {}}};
  cloth.other = json::value{{"a", 1.5}, {"b", json::array{1, "x"}}};
  return cloth;
}

TEST(JsonWriter, WritesWhatToJsonTextWrites) {
  Cloth odd = full_cloth();
  odd.weight = std::numeric_limits<double>::infinity();
  odd.stretch = std::numeric_limits<float>::quiet_NaN();
  odd.width = 3;
  for (const Cloth& cloth : {Cloth(), full_cloth(), odd}) EXPECT_EQ(written(cloth), to_json_text(cloth));
}

TEST(JsonWriter, LeavesOutEmptyMembersButNotInsideLists) {
  Cloth cloth;
  cloth.labels = {{}};
  cloth.shares = {{"none", {}}};
  EXPECT_EQ(written(cloth, {.empty_too = false}),
            R"({"weave":"plain","weight":0,"stretch":0,"threads":0,"dyed":false,)"
            R"("labels":[{"text":"","languages":[]}],"shares":{},"care":{},"other":null})");
}

TEST(JsonWriter, OmitsTheNamedMemberOfTheObjectItself) {
  const std::string text = written(full_cloth(), {.omit = "name"});
  EXPECT_EQ(text.find("Loden"), text.npos);
  EXPECT_NE(written(full_cloth(), {.omit = "text"}).find("\"text\""), text.npos);
}

TEST(JsonDocument, IsReadAsTextIs) {
  const auto cloth = read_json_text<Cloth>(R"({"name":"Loden","shares":{"wool":["80"]}})");
  ASSERT_TRUE(cloth.ok());
  EXPECT_EQ(cloth->shares.at("wool"), std::vector<std::string>{"80"});
  EXPECT_EQ(JsonDocument::parse("{").error().message(), parse_json("{").error().message());
}

TEST(JsonDocument, ACopyOutlivesIt) {
  json::value copy;
  {
    auto document = JsonDocument::parse(R"({"a":["a text that is too long for a small string"]})").value();
    const JsonDocument moved = std::move(document);
    copy = moved.root();
  }
  EXPECT_EQ(serialize_json(copy), R"({"a":["a text that is too long for a small string"]})");
}

}  // namespace
}  // namespace modiste
