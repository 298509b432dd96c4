#include "learning/training/train_taste.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/rng.h"
#include "learning/registry/metric_names.h"

namespace modiste {
namespace {

constexpr float kFirstVariance = 2;

using Reactions = std::vector<ChosenItem>;

bool is_like(const ChosenItem& one) { return one.reaction == Reaction::kLiked; }

class TasteTrainer {
 public:
  TasteTrainer(const ReactionHistory& history, const Vocabulary& vocabulary, const TrainTasteOptions& options)
      : history_(history), options_(options) {
    for (Slot slot = 0; slot < history.facts.size(); ++slot)
      if (history.facts[slot].live) stock_[history.facts[slot].department].push_back(slot);
    name_inputs(vocabulary);
    set_usual_price();
  }

  // The shoppers who liked something before this time.
  [[nodiscard]] std::vector<uint32_t> teachers(TimePoint until) const {
    std::vector<uint32_t> found;
    const auto& shoppers = history_.rows.shoppers;
    for (uint32_t s = 0; s < shoppers.size(); ++s)
      if (std::ranges::any_of(shoppers[s], [&](const auto& one) { return is_like(one) && one.at < until; }))
        found.push_back(s);
    if (found.size() <= options_.shoppers_max) return found;
    std::vector<uint32_t> some;
    for (size_t i = 0; i < options_.shoppers_max; ++i)
      some.push_back(found[i * found.size() / options_.shoppers_max]);
    return some;
  }

  // From what was heard before `until`.
  [[nodiscard]] TastePrior learn(TimePoint until, const std::function<void(int round)>& progress) const {
    TastePrior prior = first_prior();
    const auto shoppers = teachers(until);
    for (int round = 0; round < options_.rounds; ++round) {
      prior = maximised(prior, shoppers, until);
      if (progress) progress(round + 1);
    }
    return prior;
  }
  // Before anything is learned.
  [[nodiscard]] TastePrior first_prior() const {
    return {std::vector<float>(names_.size(), 0), std::vector<float>(names_.size(), kFirstVariance)};
  }

  [[nodiscard]] std::vector<float> weights_of(uint32_t shopper, TimePoint until,
                                              const TastePrior& prior) const {
    return all_weights(fit_taste(examples_of(shopper, until), prior), prior);
  }
  [[nodiscard]] float logit(Slot slot, std::span<const float> weights) const {
    return scale().logit(history_.facts[slot], weights);
  }
  // What is on sale in the departments of what the shopper liked, passed and looked at.
  class Stock {
   public:
    void add(const std::vector<Slot>& department) {
      departments_.push_back(department);
      size_ += department.size();
    }
    [[nodiscard]] size_t size() const { return size_; }
    [[nodiscard]] Slot draw(Rng& rng) const {
      size_t place = rng.below(size_);
      for (const auto& department : departments_) {
        if (place < department.size()) return department[place];
        place -= department.size();
      }
      return kNoSlot;  // not reached
    }

   private:
    std::vector<std::span<const Slot>> departments_;
    size_t size_ = 0;
  };
  // As it was known before `until`: what the shopper turned to later is the answer.
  [[nodiscard]] Stock stock_of(uint32_t shopper, TimePoint until) const {
    std::set<TermId> departments;
    for (const ChosenItem& one : history_.rows.shoppers[shopper])
      if (one.at < until) departments.insert(history_.facts[one.item].department);
    Stock stock;
    for (const TermId department : departments)
      if (const auto found = stock_.find(department); found != stock_.end()) stock.add(found->second);
    return stock;
  }

  [[nodiscard]] TasteModel model(TastePrior prior) const {
    return {names_, std::move(prior), price_usual_, options_.share};
  }

 private:
  // Terms that anybody reacted to, and brands that enough did.
  void name_inputs(const Vocabulary& vocabulary) {
    names_.assign(TasteModel::kOfEvery.begin(), TasteModel::kOfEvery.end());
    std::set<TermId> terms;
    std::map<BrandId, size_t> shoppers_of;
    for (const Reactions& row : history_.rows.shoppers) {
      std::set<BrandId> brands;
      for (const ChosenItem& one : row) {
        const ItemFacts& item = history_.facts[one.item];
        terms.insert(item.terms.begin(), item.terms.end());
        brands.insert(item.brand);
      }
      for (const BrandId brand : brands) ++shoppers_of[brand];
    }
    numbers_.of_term.assign(vocabulary.terms().size(), TasteNumbers::kNone);
    numbers_.of_brand.assign(history_.brands.size(), TasteNumbers::kNone);
    for (const TermId term : terms) numbers_.of_term[term] = add(taste_name(vocabulary.term(term)));
    for (const auto& [brand, shoppers] : shoppers_of)
      if (brand != 0 && shoppers >= options_.brand_shoppers_min)
        numbers_.of_brand[brand] = add(taste_brand_name(history_.brands[brand]));
  }
  uint32_t add(std::string name) {
    names_.push_back(std::move(name));
    return static_cast<uint32_t>(names_.size() - 1);
  }

  void set_usual_price() {
    double sum = 0, count = 0;
    for (const Reactions& row : history_.rows.shoppers)
      for (const ChosenItem& one : row)
        if (const float price = history_.facts[one.item].price; is_like(one) && price > 0)
          sum += std::log(static_cast<double>(price)), ++count;
    price_usual_ = count > 0 ? static_cast<float>(std::exp(sum / count)) : 1;
  }

  [[nodiscard]] TasteScale scale() const { return {numbers_, price_usual_}; }

  // The latest reactions before this time.
  [[nodiscard]] TasteExamples examples_of(uint32_t shopper, TimePoint until) const {
    ReactionExamples examples(scale(), options_.examples);
    const Reactions& row = history_.rows.shoppers[shopper];
    size_t passed = 0;
    for (auto one = row.rbegin(); one != row.rend(); ++one) {
      const bool passes = one->reaction == Reaction::kPassed;
      if (one->at >= until || (passes ? passed == options_.examples.reactions_max : !examples.wants_liked()))
        continue;
      examples.add(history_.facts[one->item], one->reaction);
      passed += passes ? 1 : 0;
    }
    const Stock stock = stock_of(shopper, until);
    if (!examples.wants_stock() || stock.size() == 0) return examples.examples();
    std::set<Slot> liked;
    for (const ChosenItem& one : row)
      if (one.at < until && one.reaction != Reaction::kPassed) liked.insert(one.item);
    Rng rng(mix64(options_.seed ^ shopper));
    std::vector<const ItemFacts*> sample;
    for (size_t i = 0; i < std::min(options_.examples.stock_items, stock.size()); ++i)
      if (const auto item = stock.draw(rng); !liked.contains(static_cast<Slot>(item)))
        sample.push_back(&history_.facts[item]);
    examples.add_stock(sample);
    return examples.examples();
  }

  // Shoppers who never met an input have the prior's mean and variance of it.
  [[nodiscard]] TastePrior maximised(const TastePrior& prior, std::span<const uint32_t> shoppers,
                                     TimePoint until) const {
    const size_t inputs = names_.size();
    std::vector<double> moved(inputs), square(inputs), variance(inputs), met(inputs);
    for (const uint32_t shopper : shoppers) {
      const TastePosterior posterior = fit_taste(examples_of(shopper, until), prior);
      for (size_t i = 0; i < posterior.numbers.size(); ++i) {
        const uint32_t number = posterior.numbers[i];
        const auto by = static_cast<double>(posterior.weights[i] - prior.mean[number]);
        moved[number] += by;
        square[number] += by * by;
        variance[number] += static_cast<double>(posterior.variances[i]);
        ++met[number];
      }
    }
    TastePrior next = prior;
    const auto count = static_cast<double>(shoppers.size());
    const auto usual = static_cast<double>(options_.variance_usual),
               of_usual = static_cast<double>(options_.variance_shoppers);
    for (size_t i = 0; i < inputs; ++i) {
      const double mean = moved[i] / count;
      const double spread = square[i] - count * mean * mean + variance[i] +
                            (count - met[i]) * static_cast<double>(prior.variance[i]);
      next.mean[i] = prior.mean[i] + static_cast<float>(mean);
      next.variance[i] = static_cast<float>((spread + of_usual * usual) / (count + of_usual));
    }
    return next;
  }

  const ReactionHistory& history_;
  const TrainTasteOptions& options_;
  std::map<TermId, std::vector<Slot>> stock_;  // on sale, by department
  std::vector<std::string> names_;
  TasteNumbers numbers_;
  float price_usual_ = 1;
};

TimePoint judging_from(const ReactionHistory& history, double judging) {
  std::vector<TimePoint> times;
  for (const Reactions& row : history.rows.shoppers)
    for (const ChosenItem& one : row) times.push_back(one.at);
  std::sort(times.begin(), times.end());
  const auto place = static_cast<size_t>((1 - judging) * static_cast<double>(times.size()));
  return times.empty() ? TimePoint{} : times[std::min(place, times.size() - 1)];
}

// How much of a sample one liked item comes before, by each of the weights.
using Areas = std::array<float, 3>;
Areas areas_of(const TasteTrainer& trainer, Slot liked, const TasteTrainer::Stock& stock,
               const std::array<std::vector<float>, 3>& weights, size_t sampled, Rng& rng) {
  Areas areas{};
  for (size_t draw = 0; draw < sampled; ++draw) {
    const Slot other = stock.draw(rng);
    for (size_t w = 0; w < areas.size(); ++w) {
      const float wanted = trainer.logit(liked, weights[w]), met = trainer.logit(other, weights[w]);
      areas[w] += (wanted > met ? 1.0F : wanted == met ? 0.5F : 0.0F) / static_cast<float>(sampled);
    }
  }
  return areas;
}

// By shopper asked, the mean of what they liked from `from` on.
void judge(const ReactionHistory& history, const TasteTrainer& trainer, const TastePrior& prior,
           TimePoint from, const TrainTasteOptions& options, TrainedTaste& trained) {
  std::array<std::vector<float>, 4> series;  // own, alone, mean, gain
  const TastePrior nothing = trainer.first_prior();
  Rng rng(mix64(options.seed));
  // Drawn: persons' ids often grow with time, and the first of them are the oldest accounts.
  std::vector<uint32_t> shoppers = trainer.teachers(from);
  rng.shuffle(shoppers);
  for (const uint32_t s : shoppers) {
    if (series[0].size() >= options.asked_max) break;
    const TasteTrainer::Stock stock = trainer.stock_of(s, from);
    const auto& row = history.rows.shoppers[s];
    const auto later = [&](const ChosenItem& one) { return one.at >= from && is_like(one); };
    const auto liked = static_cast<float>(std::ranges::count_if(row, later));
    if (liked == 0 || stock.size() == 0) continue;
    const std::array<std::vector<float>, 3> weights{trainer.weights_of(s, from, prior),
                                                    trainer.weights_of(s, from, nothing), prior.mean};
    Areas sums{};
    for (const ChosenItem& one : row) {
      if (!later(one)) continue;
      const Areas areas = areas_of(trainer, one.item, stock, weights, options.sampled, rng);
      for (size_t w = 0; w < sums.size(); ++w) sums[w] += areas[w] / liked;
    }
    for (size_t w = 0; w < sums.size(); ++w) series[w].push_back(sums[w]);
    series[3].push_back(sums[0] - sums[1]);
  }
  trained.asked = series[0].size();
  const auto intervals = bootstrap(series, options.resamples, options.seed);
  trained.own = intervals[0];
  trained.alone = intervals[1];
  trained.mean = intervals[2];
  trained.gain = intervals[3];
}

ModelDraft draft_of(const TrainedTaste& trained, TimePoint first, TimePoint last) {
  ModelDraft draft;
  draft.name = "taste";
  draft.kind = kLearnedTasteKind;
  draft.trained_on =
      fmt::format("{} reactions of {} shoppers until {:%F}, {} attributes and brands", trained.reactions,
                  trained.shoppers, std::chrono::floor<std::chrono::seconds>(last),
                  trained.model.names.size() - TasteModel::kNamed);
  draft.data_from = first;
  draft.data_until = last;
  draft.settings = {{"share", static_cast<double>(trained.model.share)}};
  draft.metrics = {{metric_names::kAsked, static_cast<double>(trained.asked)},
                   {metric_names::kAreaOwn, trained.own.mean},
                   {metric_names::kAreaAlone, trained.alone.mean},
                   {metric_names::kAreaMean, trained.mean.mean},
                   {metric_names::kAreaGainLow, trained.gain.low},
                   {metric_names::kAreaGainHigh, trained.gain.high}};
  return draft;
}

}  // namespace

Result<TrainedTaste> train_taste(const ReactionHistory& history, const Vocabulary& vocabulary,
                                 const TrainTasteOptions& options,
                                 const std::function<void(size_t done, size_t total)>& progress) {
  const TasteTrainer trainer(history, vocabulary, options);
  TrainedTaste trained;
  const auto teachers = trainer.teachers(TimePoint::max());
  trained.shoppers = teachers.size();
  if (trained.shoppers < options.shoppers_min)
    return Error{Code::kConflict, fmt::format("{} shoppers liked something", trained.shoppers), "",
                 fmt::format("{}: fewer do not tell how shoppers differ", options.shoppers_min)};
  const auto rounds = static_cast<size_t>(options.rounds);
  const auto told = [&](size_t stage) {
    return [&progress, rounds, stage](int round) {
      if (progress) progress(stage * rounds + static_cast<size_t>(round), 2 * rounds);
    };
  };
  const TimePoint from = judging_from(history, options.judging);
  judge(history, trainer, trainer.learn(from, told(0)), from, options, trained);
  trained.model = trainer.model(trainer.learn(TimePoint::max(), told(1)));
  TimePoint first = TimePoint::max(), last{};
  for (const uint32_t shopper : teachers) {
    const Reactions& row = history.rows.shoppers[shopper];
    trained.reactions += row.size();
    first = std::min(first, row.front().at);
    last = std::max(last, row.back().at);
  }
  trained.draft = draft_of(trained, first, last);
  return trained;
}

}  // namespace modiste
