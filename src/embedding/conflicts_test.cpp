#include "embedding/conflicts.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

using Photos = std::map<std::string, std::vector<ImageUnderstanding>>;

Attribute said(Facet facet, std::string term, std::string word) {
  return {facet, std::move(term), std::move(word), AttributeSource::kSupplier, 1};
}

ImageUnderstanding seen(Facet facet, std::string term, float confidence, std::string hex = "") {
  ImageUnderstanding photo;
  photo.tags.push_back({facet, std::move(term), "", AttributeSource::kPhoto, confidence});
  if (!hex.empty()) photo.palette.push_back(std::move(hex));
  return photo;
}

Garment red_tee() {
  Garment garment;
  garment.id = "TEE1";
  garment.attributes = {said(Facet::kColour, "red", "Fire Red"), said(Facet::kCategory, "t-shirt", "Tees")};
  return garment;
}

std::vector<PhotoConflict> judge(const Garment& garment, const Photos& photos) {
  return find_conflicts(garment, photos, Vocabulary::standard(),
                        {.facets = {Facet::kColour, Facet::kCategory, Facet::kPattern, Facet::kSleeve}});
}

TEST(Conflicts, ReportRedThatIsBlue) {
  const auto conflicts = judge(red_tee(), {{"Fire Red", {seen(Facet::kColour, "blue", 0.9F, "#1c3fa8")}}});
  ASSERT_EQ(conflicts.size(), 1U);
  EXPECT_EQ(conflicts[0].message(Vocabulary::standard()),
            "TEE1 in Fire Red: the supplier says Red, the photo shows Blue (#1c3fa8)");
}

TEST(Conflicts, AreReportedOnlyInFacetsThatProvedRight) {
  const Photos photos{{"Fire Red", {seen(Facet::kColour, "blue", 0.9F, "#1c3fa8")}}};
  EXPECT_TRUE(find_conflicts(red_tee(), photos, Vocabulary::standard()).empty());
  EXPECT_TRUE(
      find_conflicts(red_tee(), photos, Vocabulary::standard(), {.facets = {Facet::kCategory}}).empty());
}

TEST(Conflicts, AcceptShadesOfTheSaidColour) {
  EXPECT_TRUE(judge(red_tee(), {{"Fire Red", {seen(Facet::kColour, "coral", 0.9F, "#d9433f")}}}).empty());
}

TEST(Conflicts, AcceptWhatMerchantsCallByTheSameWord) {
  Garment garment = red_tee();
  garment.attributes[0] = said(Facet::kColour, "green", "Green");
  EXPECT_TRUE(judge(garment, {{"Green", {seen(Facet::kColour, "charcoal", 0.9F, "#1f553d")}}}).empty());
  EXPECT_TRUE(judge(garment, {{"Green", {seen(Facet::kColour, "mint", 0.9F, "#9cd2c6")}}}).empty());
  EXPECT_EQ(judge(garment, {{"Green", {seen(Facet::kColour, "grey", 0.9F, "#7a7d7f")}}}).size(), 1U);
}

TEST(Conflicts, AcceptASecondColourThatAgrees) {
  auto photo = seen(Facet::kColour, "white", 0.7F, "#fdfdfd");
  photo.palette.push_back("#c21f2e");
  EXPECT_TRUE(judge(red_tee(), {{"Fire Red", {photo}}}).empty());
}

TEST(Conflicts, StaySilentWhenUnsureOrOutvoted) {
  EXPECT_TRUE(judge(red_tee(), {{"Fire Red", {seen(Facet::kColour, "blue", 0.3F, "#1c3fa8")}}}).empty());
  const auto blue = seen(Facet::kColour, "blue", 0.9F, "#1c3fa8");
  const auto green = seen(Facet::kColour, "green", 0.9F, "#108030");
  EXPECT_TRUE(judge(red_tee(), {{"Fire Red", {blue, green}}}).empty());
}

TEST(Conflicts, JudgeEachColourByItsOwnPhotos) {
  Garment garment = red_tee();
  garment.attributes.push_back(said(Facet::kColour, "blue", "Sea"));
  const auto conflicts = judge(garment, {{"Fire Red", {seen(Facet::kColour, "red", 0.9F, "#c21f2e")}},
                                         {"Sea", {seen(Facet::kColour, "yellow", 0.9F, "#f2d21b")}}});
  ASSERT_EQ(conflicts.size(), 1U);
  EXPECT_EQ(conflicts[0].colour, "Sea");
}

TEST(Conflicts, QuestionAnotherBranchOfCategories) {
  const auto shoes = judge(red_tee(), {{"", {seen(Facet::kCategory, "sneakers", 0.95F)}}});
  ASSERT_EQ(shoes.size(), 1U);
  EXPECT_EQ(shoes[0].photo_term, "sneakers");
  EXPECT_TRUE(judge(red_tee(), {{"", {seen(Facet::kCategory, "tank-top", 0.99F)}}}).empty());
  EXPECT_TRUE(judge(red_tee(), {{"", {seen(Facet::kCategory, "sneakers", 0.6F)}}}).empty());
}

TEST(Conflicts, NeedSomethingSaidAndSomethingSeen) {
  EXPECT_TRUE(judge(Garment{}, {{"", {seen(Facet::kCategory, "sneakers", 0.95F)}}}).empty());
  EXPECT_TRUE(judge(red_tee(), {}).empty());
  EXPECT_TRUE(judge(red_tee(), {{"Fire Red", {}}}).empty());
}

}  // namespace
}  // namespace modiste
