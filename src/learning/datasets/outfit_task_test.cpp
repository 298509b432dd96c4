#include "learning/datasets/outfit_task.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "io/test_directory.h"

namespace modiste {
namespace {

constexpr std::string_view kTrainFile = R"([
 {"name": "day", "set_id": "10", "views": 3, "date": "x", "items": [
   {"index": 1, "name": "Blue jeans", "price": 20.5, "likes": 3, "image": "u", "categoryid": 27},
   {"index": 3, "name": "", "price": -1, "likes": 0, "image": "u", "categoryid": 11}]},
 {"set_id": "11", "items_category": [27, 41], "items_index": [1, 2]}
])";
constexpr std::string_view kTestFile = R"([
 {"set_id": 20, "items": [{"index": 1, "categoryid": 27}, {"index": 2, "categoryid": "11", "name": "Top"},
                          {"index": 5, "categoryid": 41}]},
 {"set_id": "21", "items": [{"index": 1, "categoryid": 41}, {"index": 2, "categoryid": 41},
                            {"index": 3, "categoryid": 99}]}
])";
constexpr std::string_view kQuestionFile = R"([
 {"question": ["20_1", "20_5"], "blank_position": 2, "answers": ["20_2", "21_1", "21_2", "21_3"]}])";
constexpr std::string_view kLineFile = "1 20_1 20_2 20_5\n0 21_1 20_1\n";

class OutfitTaskTest : public ::testing::Test {
 public:
  std::filesystem::path file(const std::string& name, std::string_view text) {
    const auto path = folder_.path() / name;
    std::ofstream(path) << text;
    return path;
  }
  OutfitFiles published() {
    OutfitFiles files;
    files.train = {file("train.json", kTrainFile)};
    files.outfits = {file("test.json", kTestFile)};
    files.questions = file("questions.json", kQuestionFile);
    files.compatibility = file("lines.txt", kLineFile);
    return files;
  }
  std::string refusal(const OutfitFiles& files) {
    const auto read = read_outfit_task(files);
    return read.ok() ? "" : read.error().message();
  }

  TestDirectory folder_;
};

TEST_F(OutfitTaskTest, ReadsPublishedFilesAndListsOfCategories) {
  const auto task = read_outfit_task(published());
  ASSERT_TRUE(task.ok()) << task.error().message();
  ASSERT_EQ(task->train.size(), 2U);
  const auto& items = task->items.items;
  const OutfitItem& jeans = items[task->train[0][0]];
  EXPECT_EQ(jeans.name, "Blue jeans");
  EXPECT_EQ(jeans.price, 20.5);
  EXPECT_EQ(task->items.categories[jeans.category], "27");
  EXPECT_EQ(items[task->train[1][0]].category, jeans.category);
  EXPECT_EQ(items[task->train[0][1]].price, -1);

  ASSERT_EQ(task->questions.size(), 1U);
  const OutfitQuestion& question = task->questions[0].questions.at(0);
  EXPECT_EQ(question.rest.size(), 2U);
  EXPECT_EQ(question.blank, 1U);
  ASSERT_EQ(question.answers.size(), 4U);
  EXPECT_EQ(items[question.answers[question.right]].name, "Top");
  EXPECT_EQ(task->questions[0].taught, 0U);

  ASSERT_EQ(task->compatibility.size(), 1U);
  EXPECT_TRUE(task->compatibility[0].lines.at(0).compatible);
  EXPECT_FALSE(task->compatibility[0].lines.at(1).compatible);
  EXPECT_EQ(task->compatibility[0].lines.at(1).items.size(), 2U);
}

// The first answer is right in the file; a model must not find it by its place.
TEST_F(OutfitTaskTest, TheRightAnswerStandsAnywhere) {
  OutfitFiles files = published();
  std::string many = "[";
  for (int i = 0; i < 40; ++i)
    many += std::string(i > 0 ? "," : "") + std::string(kQuestionFile.substr(2, kQuestionFile.size() - 3));
  files.questions = file("many.json", many + "]");
  const auto task = read_outfit_task(files);
  ASSERT_TRUE(task.ok()) << task.error().message();
  std::set<size_t> places;
  for (const auto& question : task->questions[0].questions) places.insert(question.right);
  EXPECT_EQ(places.size(), 4U);
}

TEST_F(OutfitTaskTest, QuestionsOfTrainingOutfitsAreCounted) {
  OutfitFiles files = published();
  files.train.push_back(files.outfits.front());
  files.outfits.clear();
  const auto task = read_outfit_task(files);
  ASSERT_TRUE(task.ok()) << task.error().message();
  EXPECT_EQ(task->questions[0].taught, 1U);
  EXPECT_EQ(task->compatibility[0].taught, 2U);
}

// Outfits to validate by that teach instead, and are asked for: the leak is told.
TEST_F(OutfitTaskTest, QuestionsOfOutfitsThatTeachInsteadAreCounted) {
  OutfitFiles files = published();
  files.valid = files.outfits.front();
  for (const bool named_too : {false, true}) {
    if (!named_too)
      files.outfits.clear();
    else
      files.outfits = {file("test.json", kTestFile)};
    files.teach = 1;
    const auto task = read_outfit_task(files);
    ASSERT_TRUE(task.ok()) << task.error().message();
    EXPECT_EQ(task->train.size(), 4U);
    EXPECT_EQ(task->questions[0].taught, 1U);
    EXPECT_EQ(task->compatibility[0].taught, 2U);
    files.teach = 0;
    EXPECT_EQ(read_outfit_task(files)->questions[0].taught, 0U);
  }
}

TEST_F(OutfitTaskTest, AnItemThatItsOutfitLacksHasNoCategory) {
  OutfitFiles files = published();
  files.questions = file("questions.json", R"([{"question": ["20_1", "20_7"], "blank_position": 9,
                                               "answers": ["20_2", "21_9"]}])");
  const auto task = read_outfit_task(files);
  ASSERT_TRUE(task.ok()) << task.error().message();
  const auto& question = task->questions[0].questions.at(0);
  EXPECT_EQ(task->questions[0].uncategorised, 2U);
  EXPECT_EQ(question.blank, 2U);  // no further than the end
  EXPECT_EQ(task->items.items[question.answers[1 - question.right]].category, kUnknownCategory);
}

TEST_F(OutfitTaskTest, MissingOutfitsAreCountedAndMostlyMissingOnesRefused) {
  OutfitFiles files = published();
  files.compatibility = file("lines.txt", std::string(kLineFile) + "0 77_1 20_1\n");
  const auto task = read_outfit_task(files);
  ASSERT_TRUE(task.ok()) << task.error().message();
  EXPECT_EQ(task->compatibility[0].left_out, 1U);
  files.outfits.clear();
  const std::string message = refusal(files);
  EXPECT_NE(message.find("name outfits that no file has, \"20_2\" first"), std::string::npos) << message;
  EXPECT_NE(message.find("--outfits"), std::string::npos) << message;
}

TEST_F(OutfitTaskTest, MalformedFilesAreRefusedByLine) {
  struct Case {
    std::string what;
    void (*change)(OutfitTaskTest&, OutfitFiles&);
  };
  const Case cases[] = {
      {"test.json, line 1",
       [](OutfitTaskTest& t, OutfitFiles& f) { f.outfits = {t.file("test.json", R"([{"items": []}])")}; }},
      {"set_id 5 stands twice, first in line 1 (",
       [](OutfitTaskTest& t, OutfitFiles& f) {
         f.outfits = {
             t.file("test.json", "[{\"set_id\": 5, \"items\": []},\n{\"set_id\": 5, \"items\": []}]")};
       }},
      {"item 1 has no categoryid",
       [](OutfitTaskTest& t, OutfitFiles& f) {
         f.outfits = {t.file("test.json", R"([{"set_id": "5", "items": [{"index": 1}]}])")};
       }},
      {"lists of one length",
       [](OutfitTaskTest& t, OutfitFiles& f) {
         f.outfits = {t.file("t.json", R"([{"set_id": "5", "items_category": [1], "items_index": []}])")};
       }},
      {"\"answers\" is not a list of at least two",
       [](OutfitTaskTest& t, OutfitFiles& f) {
         f.questions =
             t.file("q.json", R"([{"question": ["20_1"], "blank_position": 1, "answers": ["20_2"]}])");
       }},
      {"\"blank_position\" is not a whole number",
       [](OutfitTaskTest& t, OutfitFiles& f) {
         f.questions = t.file("q.json", R"([{"question": ["20_1"], "answers": ["20_2", "21_1"]}])");
       }},
      {"lines.txt, line 2",
       [](OutfitTaskTest& t, OutfitFiles& f) { f.compatibility = t.file("lines.txt", "1 20_1\n2 20_1\n"); }},
      {"all lines are of one kind",
       [](OutfitTaskTest& t, OutfitFiles& f) { f.compatibility = t.file("lines.txt", "1 20_1\n1 20_2\n"); }},
      {"the list is empty", [](OutfitTaskTest& t, OutfitFiles& f) { f.train = {t.file("e.json", "[]")}; }},
  };
  for (const Case& one : cases) {
    OutfitFiles files = published();
    one.change(*this, files);
    const std::string message = refusal(files);
    EXPECT_NE(message.find(one.what), std::string::npos) << one.what << " in: " << message;
  }
}

// Twenty outfits: number o holds categories o % 3, 3 and 4.
struct MadeOutfits {
  OutfitItems items;
  std::vector<ItemList> outfits;

  MadeOutfits() {
    items.categories = {"0", "1", "2", "3", "4"};
    for (uint32_t o = 0; o < 20; ++o) {
      ItemList& outfit = outfits.emplace_back();
      for (const uint32_t category : {o % 3, 3U, 4U}) {
        outfit.push_back(static_cast<OutfitItemNumber>(items.items.size()));
        items.items.push_back({category, "", -1, {}, {}, {}});
      }
    }
  }
};

TEST(MakeOutfitQuestions, WrongAnswersAreOfOtherOutfits) {
  const MadeOutfits made;
  for (const bool same : {false, true}) {
    const auto set = make_outfit_questions(made.items, made.outfits, same, 5);
    ASSERT_EQ(set.questions.size(), 20U);
    for (size_t q = 0; q < set.questions.size(); ++q) {
      const OutfitQuestion& question = set.questions[q];
      ASSERT_EQ(question.answers.size(), 4U);
      EXPECT_EQ(question.rest.size(), 2U);
      const auto right = question.answers[question.right];
      EXPECT_EQ(right, made.outfits[q][question.blank]);
      EXPECT_EQ(std::set<OutfitItemNumber>(question.answers.begin(), question.answers.end()).size(), 4U);
      for (const auto answer : question.answers) {
        if (answer != right) {
          EXPECT_NE(answer / 3, q);
        }
        if (same) {
          EXPECT_EQ(made.items.items[answer].category, made.items.items[right].category);
        }
      }
    }
  }
}

TEST(MakeOutfitLines, FourLinesForThreeOutfits) {
  const MadeOutfits made;
  const auto set = make_outfit_lines(made.items, made.outfits, true, 5);
  ASSERT_EQ(set.lines.size(), 20U + 26U);
  for (size_t i = 20; i < set.lines.size(); ++i) {
    EXPECT_FALSE(set.lines[i].compatible);
    ASSERT_EQ(set.lines[i].items.size(), 3U);
    EXPECT_EQ(made.items.items[set.lines[i].items[1]].category, 3U);
    EXPECT_EQ(made.items.items[set.lines[i].items[2]].category, 4U);
  }
}

}  // namespace
}  // namespace modiste
