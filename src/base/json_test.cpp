#include "base/json.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {
enum class Colour { kRed, kBlue };
struct Sock {
  std::string name;
  double price = 1;
  std::optional<int> pairs;
  std::vector<Colour> colours;
};
}  // namespace

template <>
struct EnumNames<Colour> {
  static constexpr std::array<std::string_view, 2> kNames{"red", "blue"};
};
template <>
struct Contract<Sock> {
  static constexpr std::string_view kName = "Sock";
  static constexpr std::string_view kDoc = "One kind of sock.";
  static constexpr auto kFields =
      Fields{field("name", &Sock::name, {.doc = "what it is called", .required = true, .length_max = 8}),
             field("price", &Sock::price, {.doc = "in the shop's currency", .min = 0}),
             field("pairs", &Sock::pairs, {.doc = "in the pack", .min = 1, .max = 12}),
             field("colours", &Sock::colours, {.doc = "as worn", .items_max = 2})};
};

namespace {

Error refused(std::string_view text) {
  auto sock = from_json_text<Sock>(text);
  EXPECT_FALSE(sock.ok()) << text;
  return sock.ok() ? Error{} : sock.error();
}

TEST(Json, RoundTrips) {
  const auto sock = from_json_text<Sock>(R"({"name":"Argyle","colours":["blue","red"],"pairs":3})");
  ASSERT_TRUE(sock.ok()) << sock.error().message();
  EXPECT_EQ(sock->price, 1);
  EXPECT_EQ(to_json_text(*sock), R"({"name":"Argyle","price":1,"pairs":3,"colours":["blue","red"]})");
}

TEST(Json, SaysWhatWhereAndWhatWouldBeRight) {
  EXPECT_EQ(refused(R"({"price":2})").message(),
            "'name' is missing (/name); expected a value for this required field");
  EXPECT_EQ(refused(R"({"name":"a","prise":2})").message(),
            "unknown field 'prise' (/prise); expected 'price', perhaps");
  EXPECT_EQ(refused(R"({"name":"a","colours":["blue","gren"]})").where, "/colours/1");
  EXPECT_EQ(refused(R"({"name":"a","price":-2})").message(),
            "-2 is out of range (/price); expected at least 0");
  EXPECT_EQ(refused(R"({"name":"a","pairs":1.5})").where, "/pairs");
  EXPECT_EQ(refused(R"({"name":"abcdefghi"})").expected, "at most 8 bytes");
}

TEST(Json, RefusesWhatIsNotJson) {
  for (const char* text : {"", "{", "{\"name\":NaN}", "{\"name\":\"\xff\"}", "{} {}", "{\"name\":1e999}"})
    EXPECT_FALSE(from_json_text<Sock>(text).ok()) << text;
  EXPECT_FALSE(parse_json(std::string(100, '[')).ok());
}

}  // namespace
}  // namespace modiste
