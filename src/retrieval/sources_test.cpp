#include "retrieval/sources.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

TEST(Sources, ReadWhatTheyUnderstandAndLeaveTheRest) {
  AnnIndex ann({.dimension = 2});
  ASSERT_TRUE(ann.put(1, Vector{1, 0}).ok());
  ASSERT_TRUE(ann.put(2, Vector{0, 1}).ok());
  TextIndex text(Vocabulary::standard());
  text.put(2, {.title = "zorbak"});
  UserKnn knn;
  knn.record(5, 1, 1);
  knn.record(6, 1, 1);
  knn.record(6, 2, 1);
  Popularity popularity;
  const ManualClock clock(TimePoint(Micros(1)));
  popularity.record_positive(2, 1, clock.now());

  const AnnSource visual(ann);
  const TextSource words(text);
  const NeighbourSource neighbours(knn);
  const PopularitySource crowd(popularity, clock);
  const Vector query{0.6F, 0.8F};
  const CandidateQuery full{.vector = query, .text = "zorbak", .shopper = 5, .k = 1};
  for (const CandidateSource* source :
       std::initializer_list<const CandidateSource*>{&visual, &words, &neighbours, &crowd}) {
    const auto found = source->candidates(full);
    ASSERT_TRUE(found.ok()) << source->name();
    ASSERT_EQ(found->items.size(), 1) << source->name();
    EXPECT_EQ(found->items[0].slot, 2) << source->name();
    EXPECT_TRUE(found->complete);
  }
  const CandidateQuery blank{.k = 5};
  EXPECT_TRUE(visual.candidates(blank)->items.empty());
  EXPECT_TRUE(words.candidates(blank)->items.empty());
  EXPECT_TRUE(neighbours.candidates(blank)->items.empty());
  EXPECT_EQ(crowd.candidates(blank)->items.size(), 1);
  const CandidateQuery wrong{.vector = std::span(query).first(1), .k = 5};
  EXPECT_EQ(visual.candidates(wrong).error().code, Code::kInvalid);

  const auto nothing = [](Slot) { return false; };
  const CandidateQuery barred{
      .vector = query, .text = "zorbak", .shopper = 5, .filter = SlotFilter(nothing), .k = 5};
  for (const CandidateSource* source :
       std::initializer_list<const CandidateSource*>{&visual, &words, &neighbours, &crowd})
    EXPECT_TRUE(source->candidates(barred)->items.empty()) << source->name();
}

}  // namespace
}  // namespace modiste
