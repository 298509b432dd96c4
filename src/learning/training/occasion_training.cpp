#include "learning/training/occasion_training.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "learning/registry/metric_names.h"

namespace modiste {
namespace {

using Said = std::span<const DatedOccasion>;

std::chrono::sys_days day_of(const DatedOccasion& said) {
  return std::chrono::floor<std::chrono::days>(said.at);
}

// The number of different days; `said` is in the order of time.
size_t days_in(Said said) {
  size_t days = 0;
  for (size_t i = 0; i < said.size(); ++i) days += i == 0 || day_of(said[i]) != day_of(said[i - 1]) ? 1 : 0;
  return days;
}

// Where about that share ends, between two days. Both sides hold something when there are two days.
size_t split_by_day(Said said, double share) {
  auto split = static_cast<size_t>(share * static_cast<double>(said.size()));
  while (split > 0 && split < said.size() && day_of(said[split]) == day_of(said[split - 1])) --split;
  if (split > 0) return split;
  while (split < said.size() && day_of(said[split]) == day_of(said.front())) ++split;
  return split;
}

std::vector<OccasionExample> examples_of(Said said) {
  std::vector<OccasionExample> examples;
  for (const auto& one : said) examples.push_back(one.example);
  return examples;
}

struct Constants {
  double half_life_days = 0, l2 = 0;
};

// As of a time: what was said then counts 1.
std::vector<OccasionExample> aged(Said said, TimePoint now, double half_life_days) {
  auto examples = examples_of(said);
  for (size_t i = 0; i < said.size(); ++i)
    examples[i].weight = weight_at_age(
        std::chrono::duration<double, std::ratio<86'400>>(now - said[i].at).count(), half_life_days);
  return examples;
}

class OccasionTrainer {
 public:
  OccasionTrainer(const Vocabulary& vocabulary, const OccasionTrainingOptions& options,
                  const std::function<void(size_t, size_t)>& progress)
      : vocabulary_(vocabulary),
        options_(options),
        progress_(progress),
        fits_(options.half_lives_days.size() + options.l2s.size() + 1) {}

  Result<OccasionModel> fit(Said said, TimePoint now, const Constants& constants) {
    if (progress_) progress_(++fit_, fits_);
    return OccasionModel::fit(aged(said, now, constants.half_life_days), vocabulary_,
                              {.l2 = constants.l2, .iterations_max = options_.iterations_max});
  }

  // Constants by the last of these days; the first of each when there is but one day.
  Result<Constants> choose(Said said, std::vector<OccasionTrial>& trials) {
    Constants best{options_.half_lives_days.front(), options_.l2s.front()};
    const size_t split = split_by_day(said, options_.train_share);
    if (split == said.size()) return best;
    const auto judge = examples_of(said.subspan(split));
    double least = 0;
    const auto attempt = [&](const Constants& constants) -> Result<Done> {
      TRY_ASSIGN(const auto model, fit(said.first(split), said[split].at, constants));
      const auto tested =
          test_occasions("", judge, [&](const OccasionClues& clues) { return model.predict(clues); });
      trials.push_back({constants.half_life_days, constants.l2, tested.scores.log_loss});
      if (trials.size() > 1 && tested.scores.log_loss >= least) return kOk;
      least = tested.scores.log_loss;
      best = constants;
      return kOk;
    };
    for (const double half_life : options_.half_lives_days) TRY(attempt({half_life, options_.l2s.front()}));
    const double half_life = best.half_life_days;
    for (size_t i = 1; i < options_.l2s.size(); ++i) TRY(attempt({half_life, options_.l2s[i]}));
    return best;
  }

 private:
  const Vocabulary& vocabulary_;
  const OccasionTrainingOptions& options_;
  const std::function<void(size_t, size_t)>& progress_;
  const size_t fits_;
  size_t fit_ = 0;
};

std::vector<uint32_t> numbers_of_shoppers(Said said) {
  std::vector<uint32_t> numbers;
  std::unordered_map<std::string, uint32_t> known;
  uint32_t next = 0;
  for (const DatedOccasion& one : said) {
    const bool met = !one.shopper.empty() && known.contains(one.shopper);
    numbers.push_back(met ? known.at(one.shopper) : next++);
    if (!met && !one.shopper.empty()) known.emplace(one.shopper, numbers.back());
  }
  return numbers;
}

// How much less than `other` it loses on the occasions that were said.
Interval gain_of(const TestedOccasions& own, const TestedOccasions& other,
                 std::span<const uint32_t> shoppers) {
  constexpr size_t kResamples = 1'000;
  constexpr uint64_t kSeed = 7;
  std::array<std::vector<float>, 1> gain;
  for (size_t i = 0; i < own.losses.size(); ++i) gain[0].push_back(other.losses[i] - own.losses[i]);
  return bootstrap(gain, shoppers, kResamples, kSeed)[0];
}

}  // namespace

ModelDraft draft_of(const OccasionTraining& training) {
  ModelDraft draft;
  draft.name = "occasions";
  draft.kind = kOccasionModelKind;
  draft.trained_on = fmt::format("{} stated occasions from {} to {}", training.trained + training.held_out,
                                 to_rfc3339(training.first), to_rfc3339(training.last));
  draft.data_from = training.first;
  draft.data_until = training.last;
  draft.settings = {{"half_life_days", training.half_life_days}, {"l2", training.l2}};
  using namespace metric_names;
  draft.metrics = {{"held_out", static_cast<double>(training.held_out)},
                   {kLogLoss, training.learned.log_loss},
                   {name_of(kLogLoss, kTable), training.table.log_loss},
                   {"log_loss.frequencies", training.frequencies.log_loss},
                   {"accuracy", training.learned.accuracy},
                   {"accuracy.table", training.table.accuracy},
                   {kJudges, static_cast<double>(training.judges)},
                   {name_of(kGainLow, kTable), training.gain.low},
                   {name_of(kGainHigh, kTable), training.gain.high}};
  return draft;
}

Result<OccasionTraining> train_occasions(std::vector<DatedOccasion> said, const Vocabulary& vocabulary,
                                         const OccasionTrainingOptions& options,
                                         const std::function<void(size_t fit, size_t of)>& progress) {
  CHECK(!options.half_lives_days.empty() && !options.l2s.empty() && options.days_min >= 2);
  std::stable_sort(said.begin(), said.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  const size_t days = days_in(said);
  if (said.size() < options.examples_min || days < options.days_min)
    return Error{Code::kInvalid,
                 fmt::format("{} occasions said on {} days are too few to learn from", said.size(), days), "",
                 fmt::format("at least {} on {} days: events or requests whose context says an occasion",
                             options.examples_min, options.days_min)};
  const Said all(said);
  const size_t split = split_by_day(all, options.train_share);
  const Said before = all.first(split);
  const auto held_out = examples_of(all.subspan(split));

  OccasionTrainer trainer(vocabulary, options, progress);
  std::vector<OccasionTrial> trials;
  TRY_ASSIGN(const Constants chosen, trainer.choose(before, trials));
  TRY_ASSIGN(const auto judged, trainer.fit(before, all[split].at, chosen));
  TRY_ASSIGN(auto model, trainer.fit(all, all.back().at, chosen));
  const OccasionModel table(vocabulary);
  const OccasionVector shares = said_shares(examples_of(before));
  const auto judges = numbers_of_shoppers(all.subspan(split));
  const auto guesses = [](const OccasionModel& with) {
    return [&with](const OccasionClues& clues) { return with.predict(clues); };
  };
  const auto by_table = test_occasions("prior table", held_out, guesses(table)),
             learned = test_occasions("learned", held_out, guesses(judged));
  return OccasionTraining{
      std::move(model),
      split,
      held_out.size(),
      all.front().at,
      all[split].at,
      all.back().at,
      std::move(trials),
      chosen.half_life_days,
      chosen.l2,
      by_table.scores,
      test_occasions("frequencies", held_out, [&](const OccasionClues&) { return shares; }).scores,
      learned.scores,
      count_groups(judges),
      gain_of(learned, by_table, judges)};
}

}  // namespace modiste
