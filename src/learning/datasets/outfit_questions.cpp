#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "base/rng.h"
#include "learning/datasets/outfit_task.h"

namespace modiste {
namespace {

constexpr size_t kWrongAnswers = 3;  // as published
constexpr size_t kItemsMin = 3;
constexpr int kDrawsMax = 100;

bool has(const ItemList& list, OutfitItemNumber item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// The items of all outfits, to draw from.
class ItemPool {
 public:
  ItemPool(const OutfitItems& items, std::span<const ItemList> outfits) : items_(items), outfits_(outfits) {
    for (const ItemList& outfit : outfits)
      for (const OutfitItemNumber item : outfit) {
        all_.push_back(item);
        of_category_[items.items[item].category].push_back(item);
      }
  }

  // One that neither `taken` nor the outfit has; false when the draws find none.
  bool draw(OutfitItemNumber instead_of, size_t outfit, bool same_category, Rng& rng, ItemList& taken) const {
    const auto& from = same_category ? of_category_.at(items_.items[instead_of].category) : all_;
    for (int tries = 0; tries < kDrawsMax; ++tries) {
      const OutfitItemNumber drawn = from[rng.below(from.size())];
      if (has(outfits_[outfit], drawn) || has(taken, drawn)) continue;
      taken.push_back(drawn);
      return true;
    }
    return false;
  }

 private:
  const OutfitItems& items_;
  std::span<const ItemList> outfits_;
  ItemList all_;  // each as often as it is worn
  std::unordered_map<OutfitCategory, ItemList> of_category_;
};

}  // namespace

OutfitQuestions make_outfit_questions(const OutfitItems& items, std::span<const ItemList> outfits,
                                      bool same_category, uint64_t seed) {
  const ItemPool pool(items, outfits);
  Rng rng(seed);
  OutfitQuestions made;
  made.name = same_category ? "same category" : "drawn at random";
  for (size_t o = 0; o < outfits.size(); ++o) {
    if (outfits[o].size() < kItemsMin) continue;
    OutfitQuestion question;
    question.blank = rng.below(outfits[o].size());
    question.rest = outfits[o];
    const OutfitItemNumber blank = question.rest[question.blank];
    question.rest.erase(question.rest.begin() + static_cast<std::ptrdiff_t>(question.blank));
    question.answers = {blank};
    bool found = true;
    while (found && question.answers.size() <= kWrongAnswers)
      found = pool.draw(blank, o, same_category, rng, question.answers);
    if (!found) continue;
    question.right = rng.below(question.answers.size());
    std::swap(question.answers.front(), question.answers[question.right]);
    made.questions.push_back(std::move(question));
  }
  return made;
}

OutfitLines make_outfit_lines(const OutfitItems& items, std::span<const ItemList> outfits, bool same_category,
                              uint64_t seed) {
  const ItemPool pool(items, outfits);
  Rng rng(seed);
  OutfitLines made;
  made.name = same_category ? "same category" : "drawn at random";
  const auto drawn = [&](size_t o) {
    OutfitLine line;
    for (const OutfitItemNumber item : outfits[o])
      if (!pool.draw(item, o, same_category, rng, line.items)) return OutfitLine();
    return line;
  };
  // An outfit that no drawn line can resemble is left out, so that both kinds have the same categories.
  std::vector<size_t> used;
  std::vector<OutfitLine> wrong;
  for (size_t o = 0; o < outfits.size(); ++o) {
    if (outfits[o].size() < kItemsMin) continue;
    OutfitLine line = drawn(o);
    if (line.items.empty()) continue;
    used.push_back(o);
    made.lines.push_back({true, outfits[o]});
    wrong.push_back(std::move(line));
  }
  rng.shuffle(used);
  for (size_t i = 0; i < used.size() / 3; ++i)
    if (OutfitLine line = drawn(used[i]); !line.items.empty()) wrong.push_back(std::move(line));
  made.lines.insert(made.lines.end(), wrong.begin(), wrong.end());
  return made;
}

}  // namespace modiste
