#include "learning/evaluation/evaluate_next_item.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/rng.h"
#include "learning/evaluation/choose_source_weights.h"
#include "learning/evaluation/held_out_items.h"
#include "learning/evaluation/judge_baselines.h"
#include "learning/evaluation/next_item_judge.h"
#include "learning/evaluation/shop_replay.h"

namespace modiste {
namespace {

ModesOfHistory count_modes(const ShopperService& shoppers, const HeldOutItems& split) {
  constexpr size_t kLongest = 400;
  const auto choices = [&](const HeldOutItem& one) { return split.choices.by_shopper[one.row].size(); };
  std::vector<const HeldOutItem*> longest;
  for (const HeldOutItem& one : split.held_out) longest.push_back(&one);
  std::stable_sort(longest.begin(), longest.end(),
                   [&](const HeldOutItem* a, const HeldOutItem* b) { return choices(*a) > choices(*b); });
  longest.resize(std::min(longest.size(), kLongest));
  ModesOfHistory counted{.shoppers = longest.size()};
  if (!longest.empty()) counted.choices_min = choices(*longest.back());
  for (const HeldOutItem* one : longest) {
    const StyleView style = shoppers.style({IdentifierKind::kUser, one->shopper});
    counted.several += std::count_if(style.modes.begin(), style.modes.end(),
                                     [](const StyleModeView& mode) { return !mode.tentative; }) > 1
                           ? 1
                           : 0;
  }
  return counted;
}

// The shoppers who are asked, and others on which weights are chosen.
struct Asked {
  std::span<const HeldOutItem> chosen_on, judged;
};

Asked draw(std::vector<HeldOutItem>& held_out, const NextItemOptions& options) {
  Rng rng(options.seed);
  rng.shuffle(held_out);
  std::span<HeldOutItem> all(held_out);
  if (options.at_its_time) {
    all = all.first(std::min(all.size(), options.choose ? 2 * options.shoppers_max : options.shoppers_max));
    std::stable_sort(all.begin(), all.end(), [](const HeldOutItem& a, const HeldOutItem& b) {
      return std::pair(a.at, a.order) < std::pair(b.at, b.order);
    });
  }
  Asked asked;
  if (options.choose)
    asked.chosen_on = all.first(
        std::min(all.size() / 2, options.at_its_time ? options.shoppers_max : options.shoppers_max / 2));
  const std::span<const HeldOutItem> left = all.subspan(asked.chosen_on.size());
  asked.judged = left.first(std::min(left.size(), options.shoppers_max));
  return asked;
}

Result<Done> judge_modiste(NextItemJudge& judge, const Asked& asked, const NextItemOptions& options,
                           const std::function<Result<Done>()>& train_taste, NextItemReport& report) {
  report.asked = asked.judged.size();
  report.chosen_on = asked.chosen_on.size();
  report.weights = options.weights;
  if (!asked.chosen_on.empty()) {
    const auto choose = options.at_its_time ? choose_weights_at_their_time : choose_weights;
    TRY_ASSIGN(report.weights, choose(judge, asked.chosen_on, options.weights, options.count));
  }
  std::vector<Policy> policies{policy_of(report.weights, kNoExploration),
                               policy_of(report.weights, options.exploration)};
  const bool changed = report.weights != options.weights;
  if (changed) policies.push_back(policy_of(options.weights, kNoExploration));
  TRY_ASSIGN(const auto ranks, judge.ask(asked.judged, policies, "asked"));
  report.ms_per_answer = judge.ms_per_answer();
  report.scores.push_back(score_of("Modiste", ranks[0], options));
  report.scores.push_back(score_of("Modiste as served, with exploration", ranks[1], options));
  if (changed) {
    report.scores.push_back(score_of("Modiste, weights as they were", ranks[2], options));
    report.gain = gain_over(ranks[0], ranks[2], options);
  }
  if (!train_taste) return kOk;
  TRY(train_taste());
  TRY_ASSIGN(const ItemRanks with_taste, judge.ask(asked.judged, policies[0], "asked with a trained taste"));
  report.scores.push_back(score_of("Modiste with a trained taste", with_taste, options));
  return kOk;
}

}  // namespace

Result<NextItemReport> evaluate_next_item(ChoiceHistory history, const AskedShop& asked,
                                          const NextItemOptions& options, const NextItemProgress& progress) {
  const auto started = std::chrono::steady_clock::now();
  NextItemReport report;
  report.history = history.name;
  report.garments = history.garments.size();
  report.events = history.events.size();
  report.count = options.count;
  HeldOutItems split = hold_out(history, options.at_its_time);
  report.shoppers = split.choices.by_shopper.size();
  report.held_out = split.held_out.size();
  const WordProfiles words(history.garments, split.items, split.choices.items);
  TRY(import_garments(asked.shop, std::move(history.garments), progress));
  std::optional<ShopReplay> replay;
  if (options.at_its_time) {
    replay.emplace(asked, std::move(history.events));
  } else {
    TRY(import_events(asked.shop, std::move(history.events), progress));
    report.modes = count_modes(asked.shop.shoppers(), split);
  }
  const Asked drawn = draw(split.held_out, options);
  NextItemJudge judge(asked, options, replay ? &*replay : nullptr, progress);
  TRY(judge_modiste(judge, drawn, options, asked.train_taste, report));
  judge_baselines(split, drawn.judged, words, options, report);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return report;
}

json::value to_report_json(const NextItemReport& report) {
  json::array scores;
  for (const NextItemScore& score : report.scores)
    scores.push_back(json::object{{"name", score.name},
                                  {"hit_rate", score.hit_rate},
                                  {"hit_rate_interval", {score.hit_rate_low, score.hit_rate_high}},
                                  {"ndcg", score.ndcg},
                                  {"ndcg_interval", {score.ndcg_low, score.ndcg_high}}});
  json::value gain;
  if (report.gain) gain = {report.gain->low, report.gain->high};
  return json::object{{"report", "next_item"},
                      {"history", report.history},
                      {"garments", report.garments},
                      {"events", report.events},
                      {"shoppers", report.shoppers},
                      {"held_out", report.held_out},
                      {"asked", report.asked},
                      {"count", report.count},
                      {"scores", std::move(scores)},
                      {"weights", to_json(report.weights)},
                      {"chosen_on", report.chosen_on},
                      {"gain_interval", std::move(gain)},
                      {"ms_per_answer", report.ms_per_answer},
                      {"seconds", report.seconds},
                      {"longest_histories", report.modes.shoppers},
                      {"with_several_modes", report.modes.several}};
}

}  // namespace modiste
