#include "retrieval/text_index.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <thread>

#include "base/rng.h"
#include "retrieval/slots_where.h"

namespace modiste {
namespace {

std::vector<Slot> slots(const CandidateList& list) {
  std::vector<Slot> out;
  for (const Candidate& c : list.items) out.push_back(c.slot);
  return out;
}

using Slots = std::vector<Slot>;

class TextIndexTest : public ::testing::Test {
 protected:
  void put_titles(std::initializer_list<std::string> titles) {
    for (const std::string& title : titles) index_.put(next_++, {.title = title});
  }
  [[nodiscard]] Slots find(std::string_view text, size_t k = 10) const {
    return slots(index_.search({.text = text, .k = k}));
  }

  Slot next_ = 0;
  TextIndex index_{Vocabulary::standard()};
};

TEST_F(TextIndexTest, FindsByWordsInAnyForm) {
  put_titles({"Montana wind jacket", "Proteus fitness pullover", "Juno jackets duo"});
  EXPECT_EQ(find("JACKET"), (Slots{0, 2}));
  EXPECT_EQ(find("fitness jackets").size(), 3);
  EXPECT_EQ(find("pullover fit"), find("pullover"));
  EXPECT_TRUE(find("kayak").empty());
  EXPECT_TRUE(find("").empty());
  EXPECT_TRUE(find("the for and").empty());
}

TEST_F(TextIndexTest, RareWordsCountMore) {
  put_titles({"blue coat", "blue coat", "blue coat", "green umbra", "green coat"});
  EXPECT_EQ(find("umbra coat").front(), 3);
}

TEST_F(TextIndexTest, TitlesCountMoreThanDescriptions) {
  index_.put(0, {.title = "Alpha", .description = "goes with a parka"});
  index_.put(1, {.title = "Parka", .description = "goes with alpha"});
  EXPECT_EQ(find("parka"), (Slots{1, 0}));
  EXPECT_EQ(find("alpha"), (Slots{0, 1}));
}

TEST_F(TextIndexTest, SynonymsOfTheVocabularyFindEachOther) {
  put_titles({"Plain t-shirt", "Plain tee", "Plain umbrella"});
  EXPECT_EQ(find("tee"), (Slots{1, 0}));
  EXPECT_EQ(find("t-shirts").front(), 0);
  EXPECT_EQ(find("t-shirts").size(), 2);
}

TEST_F(TextIndexTest, SpellingMistakesFindTheNearestWord) {
  put_titles({"Montana wind jacket", "Proteus fitness pullover"});
  EXPECT_EQ(find("jaket"), (Slots{0}));
  EXPECT_EQ(find("montanna"), (Slots{0}));
  EXPECT_EQ(find("protues"), (Slots{}));  // two edits in a word of seven are too many to guess
  EXPECT_EQ(find("pullovre"), (Slots{1}));
  EXPECT_EQ(find("wnd"), (Slots{}));
  EXPECT_EQ(find("wine"), (Slots{}));    // another word, not wind
  EXPECT_EQ(find("racket"), (Slots{}));  // nor a jacket: people rarely mistype the first letter
  EXPECT_EQ(find("ajcket"), (Slots{0}));
  const float exact = index_.search({.text = "jacket"}).items.front().score;
  EXPECT_LT(index_.search({.text = "jaket"}).items.front().score, exact);
}

TEST_F(TextIndexTest, ReplacingAndRemovingLeaveNothingBehind) {
  put_titles({"red jacket", "red coat"});
  index_.put(0, {.title = "green skirt"});
  EXPECT_EQ(find("jacket").size(), 0);
  EXPECT_EQ(find("red"), (Slots{1}));
  EXPECT_EQ(find("skirt"), (Slots{0}));
  EXPECT_EQ(index_.size(), 2);
  EXPECT_TRUE(index_.remove(0));
  EXPECT_FALSE(index_.remove(0));
  EXPECT_FALSE(index_.remove(900));
  EXPECT_TRUE(find("skirt").empty());
  EXPECT_EQ(index_.size(), 1);
}

TEST_F(TextIndexTest, LongTextsAreCutNotRefused) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "é" + std::to_string(i) + " ";
  index_.put(0, {.title = "coat", .description = text});
  EXPECT_EQ(find("coat"), (Slots{0}));
  EXPECT_EQ(find(text + " coat").size(), 1);
  EXPECT_TRUE(find("é19999").empty());  // behind the cut, and numbers are not guessed
}

TEST_F(TextIndexTest, TheDeadlineCutsTheAnswerAndIsSaid) {
  for (Slot slot = 0; slot < 5000; ++slot) index_.put(slot, {.title = "coat"});
  const ManualClock clock(TimePoint(Micros(1000)));
  const auto late = index_.search({.text = "coat", .k = 10, .deadline = {&clock, TimePoint(Micros(1000))}});
  EXPECT_FALSE(late.complete);
  const auto timely = index_.search({.text = "coat", .k = 10, .deadline = {&clock, TimePoint(Micros(1001))}});
  EXPECT_TRUE(timely.complete);
  EXPECT_EQ(timely.items.size(), 10);
}

TEST_F(TextIndexTest, SearchesWhileItChanges) {
  std::atomic<bool> stop{false};
  std::atomic<size_t> wrong{0};
  const SlotBits odd = slots_where(300, [](Slot slot) { return slot % 2 == 1; });
  {
    std::vector<std::jthread> readers;
    for (int i = 0; i < 2; ++i)
      readers.emplace_back([&] {
        while (!stop)
          for (const Candidate& c :
               index_.search({.text = "blue coat jaket", .filter = SlotFilter(odd)}).items)
            wrong += c.slot % 2 == 0;
      });
    for (int round = 0; round < 3; ++round)
      for (Slot slot = 0; slot < 300; ++slot) {
        index_.put(slot, {.title = round == 1 ? "blue coat" : "grey jacket"});
        if (slot % 7 == 0) index_.remove(slot);
      }
    stop = true;
  }
  EXPECT_EQ(wrong, 0);
}

// The definition: BM25 over weighted fields of words outside the vocabulary, computed directly.
class NaiveText {
 public:
  explicit NaiveText(TextOptions options) : options_(options) {}

  void put(Slot slot, std::vector<std::string> title, std::vector<std::string> description) {
    Document document;
    for (const auto& word : title) document.add(word, options_.title_weight);
    for (const auto& word : description) document.add(word, options_.description_weight);
    documents_[slot] = document;
  }
  void remove(Slot slot) { documents_.erase(slot); }

  [[nodiscard]] std::vector<Candidate> search(const std::set<std::string>& words,
                                              const SlotFilter& filter) const {
    double length_sum = 0;
    std::map<std::string, double> having;
    for (const auto& [slot, document] : documents_) {
      length_sum += document.length;
      for (const auto& [word, weight] : document.weights) ++having[word];
    }
    const auto count = static_cast<double>(documents_.size());
    std::vector<Candidate> out;
    for (const auto& [slot, document] : documents_) {
      const double norm =
          options_.k1 * (1 - options_.b + options_.b * document.length / (length_sum / count));
      double score = 0;
      for (const std::string& word : words)
        if (const auto at = document.weights.find(word); at != document.weights.end())
          score += std::log(1 + (count - having[word] + 0.5) / (having[word] + 0.5)) * at->second /
                   (at->second + norm);
      if (score > 0 && filter(slot)) out.push_back({slot, static_cast<float>(score)});
    }
    std::sort(out.begin(), out.end(), better);
    return out;
  }

 private:
  struct Document {
    std::map<std::string, double> weights;
    double length = 0;
    void add(const std::string& word, double weight) {
      weights[word] += weight;
      length += weight;
    }
  };
  TextOptions options_;
  std::map<Slot, Document> documents_;
};

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word + " ";
  return text;
}

// Words that stem to themselves and differ by more than one edit; a low number is a frequent word.
std::string word(Rng& rng) {
  static const std::vector<std::string> kWords{"zorbak", "quentil", "vombrax",
                                               "jimwot", "plurgat", "xandomir"};
  return kWords[std::min(rng.below(kWords.size()), rng.below(kWords.size()))];
}

std::vector<std::string> some_words(Rng& rng, size_t count_max) {
  std::vector<std::string> words;
  for (size_t i = rng.below(count_max + 1); i-- > 0;) words.push_back(word(rng));
  return words;
}

// The same index, as another process loads it.
std::unique_ptr<TextIndex> reopened(const TextIndex& index) {
  const auto lists = std::make_shared<std::string>(), rest = std::make_shared<std::string>();
  const ByteSink sink = [&](std::span<const std::byte> bytes) {
    lists->append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return true;
  };
  EXPECT_TRUE(index.save(sink, *rest).ok());
  auto other = std::make_unique<TextIndex>(Vocabulary::standard());
  EXPECT_TRUE(
      other->load({std::as_bytes(std::span(*rest)), rest}, {std::as_bytes(std::span(*lists)), lists}).ok());
  EXPECT_EQ(other->size(), index.size());
  return other;
}

// Saved at random moments: what is kept, put again and removed afterwards scores as in one process.
RC_GTEST_PROP(TextIndexScores, AreThoseOfTheNaiveScorer, ()) {
  Rng rng(*rc::gen::arbitrary<uint64_t>());
  const TextOptions options;
  auto index = std::make_unique<TextIndex>(Vocabulary::standard(), options);
  NaiveText naive(options);
  const size_t steps = 1 + rng.below(120);
  for (size_t i = 0; i < steps; ++i) {
    const auto slot = static_cast<Slot>(rng.below(80));
    if (rng.chance(0.03)) index = reopened(*index);
    if (rng.chance(0.2)) {
      index->remove(slot);
      naive.remove(slot);
      continue;
    }
    const auto title = some_words(rng, 4), description = some_words(rng, 12);
    index->put(slot, {.title = join(title), .description = join(description)});
    naive.put(slot, title, description);
  }
  const auto asked = some_words(rng, 6);
  const uint64_t salt = rng.next();
  const auto admits = [&](Slot slot) { return mix64(slot ^ salt) % 3 != 0; };
  const SlotBits admitted = slots_where(80, admits);
  const auto truth = naive.search({asked.begin(), asked.end()}, SlotFilter(admitted));
  const size_t k = 1 + rng.below(20);
  const auto found = index->search({.text = join(asked), .k = k, .filter = SlotFilter(admitted)});
  RC_ASSERT(found.items.size() == std::min(k, truth.size()));
  std::set<Slot> seen;
  for (size_t i = 0; i < found.items.size(); ++i) {
    RC_ASSERT(admits(found.items[i].slot));
    RC_ASSERT(seen.insert(found.items[i].slot).second);
    RC_ASSERT(std::abs(found.items[i].score - truth[i].score) < 1e-4F);
  }
}

TEST(SavedTextIndex, CountsAndMendsWordsAsBefore) {
  TextIndex index(Vocabulary::standard());
  for (Slot slot = 0; slot < 20; ++slot) index.put(slot, {.title = slot % 2 == 0 ? "Zorbaks" : "quentil"});
  index.remove(19);
  const auto other = reopened(index);
  EXPECT_EQ(other->items_with("zorbak"), 10U);
  EXPECT_EQ(other->items_with("quentil"), 9U);
  EXPECT_EQ(other->similar_words("zorbac", 1, 3).at(0).word, index.similar_words("zorbac", 1, 3).at(0).word);
  other->put(1, {.title = "Zorbaks"});
  other->remove(0);
  EXPECT_EQ(other->items_with("zorbak"), 10U);
  EXPECT_EQ(other->items_with("quentil"), 8U);
  const auto third = reopened(*other);
  EXPECT_EQ(third->items_with("zorbak"), 10U);
  EXPECT_EQ(third->search({.text = "quentil", .k = 30}).items.size(), 8U);
}

TEST(TextFields, OneColourIsNotFoundByAnothersName) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  Garment garment;
  garment.id = "G1";
  garment.title = "Hoodie";
  garment.variants = {
      {.sku = "1", .size = "S", .colour = "Crimson", .price = 1, .list_price = {}, .margin = {}},
      {.sku = "2", .size = "S", .colour = "Navy", .price = 1, .list_price = {}, .margin = {}}};
  garment.attributes = {{Facet::kColour, "red", "Crimson", AttributeSource::kSupplier, 1},
                        {Facet::kColour, "navy", "Navy", AttributeSource::kSupplier, 1},
                        {Facet::kFabric, "unknown", "moonweave", AttributeSource::kSupplier, 1}};
  TextIndex index(vocabulary);
  index.put(0, text_fields(garment, "Crimson", vocabulary));
  index.put(1, text_fields(garment, "Navy", vocabulary));
  EXPECT_EQ(slots(index.search({.text = "crimson"})), (Slots{0}));
  EXPECT_EQ(slots(index.search({.text = "navy"})), (Slots{1}));
  EXPECT_EQ(slots(index.search({.text = "moonweave hoodie"})), (Slots{0, 1}));
}

TEST(TextFields, WhoAsksForTheKindFindsTheSort) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  const Term* term = vocabulary.find(Facet::kCategory, "t-shirt");
  ASSERT_NE(term, nullptr);
  ASSERT_TRUE(term->parent.has_value());
  Garment garment;
  garment.title = "Zorbak";
  garment.attributes = {{Facet::kCategory, "t-shirt", "", AttributeSource::kPhoto, 1}};
  TextIndex index(vocabulary);
  index.put(0, text_fields(garment, "", vocabulary));
  EXPECT_EQ(slots(index.search({.text = vocabulary.term(*term->parent).name})), (Slots{0}));
}

}  // namespace
}  // namespace modiste
