#include "learning/evaluation/judge_baselines.h"

#include "learning/evaluation/metrics.h"
#include "learning/evaluation/next_item_baselines.h"
#include "learning/evaluation/next_item_judge.h"
#include "learning/models/item_knn.h"

namespace modiste {
namespace {

class BaselineJudge {
 public:
  BaselineJudge(const HeldOutItems& split, std::span<const HeldOutItem> shoppers,
                const NextItemOptions& options, NextItemReport& report)
      : split_(split), shoppers_(shoppers), options_(options), report_(report) {}

  template <class ScoresFor>
  void judge(std::string name, const ScoresFor& scores_for) {
    ItemRanks ranks;
    for (const HeldOutItem& one : shoppers_) {
      const std::vector<float> scores = scores_for(one);
      std::vector<uint32_t> seen;
      for (const TimedChoice& choice : split_.choices.by_shopper[one.row]) seen.push_back(choice.item);
      ranks.push_back(mid_rank(scores, split_.items.at(one.garment), seen));
    }
    report_.scores.push_back(score_of(std::move(name), ranks, options_));
  }

 private:
  const HeldOutItems& split_;
  std::span<const HeldOutItem> shoppers_;
  const NextItemOptions& options_;
  NextItemReport& report_;
};

constexpr double kWindowDays = 30;

void ask_baselines(const HeldOutItems& split, const WordProfiles& words, BaselineJudge judge) {
  const NextItemBaselines baselines(split.choices);
  const TimePoint after = baselines.end() + Micros(1);
  judge.judge("popularity", [&](const HeldOutItem&) { return baselines.popularity(); });
  judge.judge("popularity, last 30 days", [&, scores = baselines.popularity_before(after, kWindowDays)](
                                              const HeldOutItem&) { return scores; });
  judge.judge("popularity, 30 days before the item (knows its time)",
              [&](const HeldOutItem& one) { return baselines.popularity_before(one.at, kWindowDays); });
  ItemKnn knn;
  Histories histories{split.choices.items, {}};
  for (const auto& row : split.choices.by_shopper) {
    History& history = histories.rows.emplace_back();
    for (const TimedChoice& choice : row) history.push_back(choice.item);
  }
  knn.fit(histories);
  judge.judge("item kNN", [&](const HeldOutItem& one) {
    std::vector<float> scores(histories.items, 0);
    knn.score(histories.rows[one.row], scores);
    return scores;
  });
  judge.judge("TF-IDF of the garments' words",
              [&](const HeldOutItem& one) { return words.scores(histories.rows[one.row]); });
}

// Those that know what the shop knows then: everything before the item, that of other held-out ones too.
void ask_baselines_at_their_time(const HeldOutItems& split, BaselineJudge judge) {
  ChoiceMatrix all = split.choices;
  for (const HeldOutItem& one : split.held_out)
    all.by_shopper[one.row].push_back({split.items.at(one.garment), one.at});
  const NextItemBaselines baselines(all);
  for (const double days : {kWindowDays, 90.0, 36'500.0})
    judge.judge(days > 10'000
                    ? "popularity before the item"
                    : "popularity, " + std::to_string(static_cast<int>(days)) + " days before the item",
                [&](const HeldOutItem& one) { return baselines.popularity_before(one.at, days); });
}

}  // namespace

void judge_baselines(const HeldOutItems& split, std::span<const HeldOutItem> shoppers,
                     const WordProfiles& words, const NextItemOptions& options, NextItemReport& report) {
  const BaselineJudge judge(split, shoppers, options, report);
  if (options.at_its_time)
    ask_baselines_at_their_time(split, judge);
  else
    ask_baselines(split, words, judge);
}

}  // namespace modiste
