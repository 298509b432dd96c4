#include "retrieval/next_choices.h"

#include <gtest/gtest.h>

#include "features/feature.h"
#include "retrieval/slots_where.h"

namespace modiste {
namespace {

// Of four items a chooser of the first wants the second most, then the third; the bias speaks for the fourth.
NextChoicesModel four_items() {
  NextChoicesModel model;
  model.items = {{"A", "Red"}, {"B", "Red"}, {"C", "Red"}, {"D", "Red"}};
  model.width = 2;
  model.read = {1, 0, 0, 1, 0, 1, 0, 0};
  model.rows = {0, 3, 4, 0, 2, 0, 0, 0};
  model.bias = {0, 0, 0, 0.5F};
  model.decay = 0.5F;
  model.share = 0.75F;
  return model;
}

Garment red(std::string id) {
  Garment garment;
  garment.id = std::move(id);
  garment.variants = {{garment.id + "-M", "M", "Red", 20, {}, {}, 3}};
  return garment;
}

class NextChoicesTest : public testing::Test {
 protected:
  NextChoicesTest() { catalog_.upsert({red("D"), red("A"), red("New"), red("B"), red("C")}); }
  Slot slot(std::string_view id) { return catalog_.slot(id, "Red"); }
  std::vector<std::string> found(const NextChoices& next, std::vector<Choice> choices, SlotFilter filter = {},
                                 size_t k = 10) {
    const auto snapshot = catalog_.snapshot();
    lists_ = next.search_under({*snapshot, choices, k, {}}, {&filter, 1});
    std::vector<std::string> ids;
    for (const Candidate& one : lists_[0].items) ids.push_back(catalog_.key(one.slot).garment_id);
    return ids;
  }

  Catalog catalog_{Vocabulary::standard()};
  std::vector<CandidateList> lists_;
};

TEST_F(NextChoicesTest, RanksWhatComesNextAndLeavesOutWhatWasChosen) {
  const NextChoices next(four_items());
  EXPECT_EQ(found(next, {{slot("A")}}), (std::vector<std::string>{"B", "C", "D"}));
  EXPECT_FLOAT_EQ(lists_[0].items[0].score, 1) << "the best of all items";
  EXPECT_NEAR(lists_[0].items[1].score, std::exp(-2.0F), 1e-5);
  // The later of two choices counts most: decay^1 * A's and B's own.
  EXPECT_EQ(found(next, {{slot("A")}, {slot("B")}}), (std::vector<std::string>{"C", "D"}));
  EXPECT_EQ(found(next, {{slot("A")}}, {}, 1), (std::vector<std::string>{"B"}));
  const SlotBits not_b = slots_where(5, [&](Slot one) { return one != slot("B"); });
  EXPECT_EQ(found(next, {{slot("A")}}, SlotFilter(not_b)), (std::vector<std::string>{"C", "D"}));
}

TEST_F(NextChoicesTest, KnowsNothingOfNewGarmentsAndOfShoppersWithoutKnownChoices) {
  const NextChoices next(four_items());
  EXPECT_TRUE(found(next, {}).empty());
  EXPECT_TRUE(found(next, {{slot("New")}}).empty());
  const std::vector<Choice> of_a{{slot("A")}};
  const std::vector<Slot> asked{slot("New"), slot("C"), slot("B")};
  const auto snapshot = catalog_.snapshot();
  const auto shares = next.shares(*snapshot, of_a, asked);
  EXPECT_EQ(shares[0], kFeatureUnknown);
  EXPECT_NEAR(shares[1], 1 - 2 / std::log(1'000.0F), 1e-5);
  EXPECT_FLOAT_EQ(shares[2], 1);
  const std::vector<Choice> of_new{{slot("New")}};
  EXPECT_TRUE(next.shares(*snapshot, of_new, asked).empty());
}

// A saved index may name a garment that the database does not have: its slot stays empty.
TEST_F(NextChoicesTest, PassesOverSlotsThatWereOnlyReserved) {
  Catalog reserved{Vocabulary::standard()};
  reserved.reserve(std::vector<ItemKey>{{"A", "Red"}, {"B", "Red"}});
  reserved.upsert({red("B")});
  const NextChoices next(four_items());
  const SlotFilter all;
  const std::vector<Choice> of_b{{reserved.slot("B", "Red")}};
  EXPECT_TRUE(next.search_under({*reserved.snapshot(), of_b, 10, {}}, {&all, 1})[0].items.empty());
}

TEST_F(NextChoicesTest, FindsGarmentsThatTheCatalogGetsLater) {
  Catalog empty{Vocabulary::standard()};
  const NextChoices next(four_items());
  const SlotFilter all;
  EXPECT_TRUE(next.search_under({*empty.snapshot(), {}, 10, {}}, {&all, 1})[0].items.empty());
  empty.upsert({red("B"), red("A")});
  const std::vector<Choice> of_a{{empty.slot("A", "Red")}};
  const auto snapshot = empty.snapshot();
  const auto lists = next.search_under({*snapshot, of_a, 10, {}}, {&all, 1});
  ASSERT_EQ(lists[0].items.size(), 1u);
  EXPECT_EQ(lists[0].items[0].slot, empty.slot("B", "Red"));
}

TEST(NextChoicesFile, IsReadAsWrittenAndRefusedWhereDamaged) {
  const std::string file = serialize_next_choices(four_items());
  const auto read = parse_next_choices(file);
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(serialize_next_choices(*read), file);
  for (size_t length = 0; length < file.size(); ++length)
    EXPECT_EQ(parse_next_choices(file.substr(0, length)).error().code, Code::kCorrupt) << length;
  EXPECT_FALSE(parse_next_choices(file + "x").ok());
  std::string other = file;
  other[4 + kNextChoicesKind.size()] = 2;  // the version
  EXPECT_FALSE(parse_next_choices(other).ok());
  const auto refused = [](auto change) {
    NextChoicesModel model = four_items();
    change(model);
    return !parse_next_choices(serialize_next_choices(model)).ok();
  };
  EXPECT_TRUE(refused([](auto& model) { model.rows.pop_back(); }));
  EXPECT_TRUE(refused([](auto& model) { model.bias[1] = std::numeric_limits<float>::quiet_NaN(); }));
  EXPECT_TRUE(refused([](auto& model) { model.decay = 1; }));
  EXPECT_TRUE(refused([](auto& model) { model.share = 1.5F; }));
}

}  // namespace
}  // namespace modiste
