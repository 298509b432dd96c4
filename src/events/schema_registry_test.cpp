#include "events/schema_registry.h"

#include <gtest/gtest.h>

#include "events/event.h"

namespace modiste {
namespace {

const json::value& at(const json::value& value, const std::string& pointer) {
  return value.at_pointer(pointer);
}

TEST(EventSchema, SaysWhatValidateDoes) {
  const json::value schema = event_schema();
  EXPECT_EQ(at(schema, "/required"), (json::array{"event_id", "type"}));
  EXPECT_EQ(at(schema, "/$defs/ShownItem/type"), "object");
  EXPECT_EQ(at(schema, "/properties/context/$ref"), "#/$defs/EventContext");
  EXPECT_FALSE(at(schema, "/properties").as_object().contains("link")) << "the engine's own";
  EXPECT_EQ(at(schema, "/properties/type/enum").as_array().size(), 25u);
  const json::object* of_return = nullptr;
  for (const auto& one : at(schema, "/allOf").as_array())
    if (at(one, "/if/properties/type/const") == "return") of_return = &at(one, "/then").as_object();
  ASSERT_NE(of_return, nullptr);
  EXPECT_FALSE(of_return->contains("required"));
  EXPECT_EQ(of_return->at("anyOf"),
            json::value({{{"required", {"garment_id"}}}, {{"required", {"order_id"}}}}));
  EXPECT_EQ(of_return->at("properties").at("quiz"), false);
  EXPECT_FALSE(of_return->at("properties").as_object().contains("fit")) << "allowed there";
}

// A newer version, by one change of a value at a pointer.
std::vector<std::string> changes(const std::string& pointer, const json::value& value) {
  const json::value older = event_schema();
  json::value newer = older;
  json::error_code error;
  auto* place = newer.find_pointer(pointer, error);
  EXPECT_NE(place, nullptr) << pointer;
  if (place != nullptr) *place = value;
  return breaking_changes(older, newer);
}

TEST(BreakingChanges, NoneInWhatIsWiderOrNew) {
  const json::value older = event_schema();
  EXPECT_TRUE(breaking_changes(older, older).empty());
  json::value newer = older;
  newer.at("properties").as_object()["mood"] = json::object{{"type", "string"}, {"maxLength", 9}};
  newer.at("properties").at("type").at("enum").as_array().push_back("try_on");
  newer.at("allOf").as_array().push_back(json::value{
      {"if", {{"properties", {{"type", {{"const", "try_on"}}}}}}}, {"then", {{"required", {"mood"}}}}});
  newer.at("properties").at("schema_version").at("maximum") = 2;
  newer.at("properties").at("quantity").at("type") = "number";
  newer.at("$defs").at("EventContext").at("properties").at("locale").at("maxLength") = 99;
  EXPECT_EQ(breaking_changes(older, newer), std::vector<std::string>{});
}

TEST(BreakingChanges, NameEachPlace) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(changes("/properties/page/maxLength", 10), Lines{"/page has a lower maxLength"});
  EXPECT_EQ(changes("/properties/price/minimum", 1), Lines{"/price has a higher minimum"});
  EXPECT_EQ(changes("/properties/price/type", "string"), Lines{"/price is of another type"});
  EXPECT_EQ(changes("/properties/reason/enum", json::array{"style"}).size(), 6u);
  EXPECT_EQ(changes("/required", json::array{"event_id", "type", "occurred_at"}),
            Lines{"/occurred_at is needed now"});
  EXPECT_EQ(changes("/properties/colour", false), Lines{"/colour is no longer allowed"});
  EXPECT_EQ(changes("/properties/items/maxItems", 5), Lines{"/items has a lower maxItems"});
  EXPECT_EQ(changes("/$defs/ShownItem/required", json::array{"garment_id", "colour"}),
            Lines{"/items/items/colour is needed now"});
  EXPECT_EQ(changes("/anyOf", json::array{json::value{{"required", {"shopper_id"}}}}).size(), 5u);
  json::value newer = event_schema();
  newer.at("properties").as_object().erase("sku");
  EXPECT_EQ(breaking_changes(event_schema(), newer), Lines{"/sku is no longer allowed"});
  newer = event_schema();
  for (auto& one : newer.at("allOf").as_array())
    if (one.at_pointer("/if/properties/type/const") == "like")
      one.at("then").at("required").as_array().push_back("colour");
  EXPECT_EQ(breaking_changes(event_schema(), newer), Lines{"[like]/colour is needed now"});
}

}  // namespace
}  // namespace modiste
