#include "learning/evaluation/evaluate_context.h"

#include <algorithm>
#include <unordered_map>

#include "context/climate.h"

namespace modiste {
namespace {

constexpr double kLatitude = 38;  // Rent the Runway ships within the United States

using OccasionExamples = std::vector<OccasionExample>;

// Each purchase with what was known when it was made, by date.
OccasionExamples to_examples(const std::vector<SaidOccasion>& rows) {
  OccasionExamples examples;
  examples.reserve(rows.size());
  std::unordered_map<std::string_view, OccasionCounts> said;  // on earlier days
  for (size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
    while (end < rows.size() && rows[end].day == rows[begin].day) ++end;
    const LocalTime day = local_date(rows[begin].day);
    const SeasonVector seasons = seasons_at(kLatitude, day.day_of_year);
    for (size_t i = begin; i < end; ++i)
      examples.push_back({{day, seasons, {}, said[rows[i].shopper], rows[i].category}, rows[i].occasion, 1});
    for (size_t i = begin; i < end; ++i) ++said[rows[i].shopper][static_cast<size_t>(rows[i].occasion)];
  }
  return examples;
}

// What of the clues a model may see.
struct Sight {
  bool category = false, history = false;
  [[nodiscard]] OccasionClues of(OccasionClues clues) const {
    if (!category) clues.category.reset();
    if (!history) clues.recent = {};
    return clues;
  }
};

// The table knows ten occasions, the data seven: the others' share is given to these.
OccasionVector restricted(OccasionVector occasions, const OccasionVector& possible) {
  for (size_t o = 0; o < kOccasionCount; ++o)
    if (possible[o] == 0) occasions[o] = 0;
  normalise_shares(occasions);
  return occasions;
}

void test_rivals(std::span<const OccasionExample> train, std::span<const OccasionExample> held_out,
                 const OccasionVector& all_days, std::vector<ContextScores>& scores) {
  OccasionVector uniform{};
  for (size_t o = 0; o < kOccasionCount; ++o) uniform[o] = all_days[o] > 0 ? 1 : 0;
  normalise_shares(uniform);
  const OccasionVector recent = said_shares(train);
  const auto constant = [](const OccasionVector& p) { return [p](const OccasionClues&) { return p; }; };
  const auto table = [&](const Sight& sight) {
    return [&all_days, sight](const OccasionClues& clues) {
      return restricted(prior_occasions(sight.of(clues)), all_days);
    };
  };
  scores.push_back(test_occasions("uniform", held_out, constant(uniform)).scores);
  scores.push_back(test_occasions("prior table", held_out, table({})).scores);
  scores.push_back(
      test_occasions("prior table, history", held_out, table({.category = false, .history = true})).scores);
  scores.push_back(test_occasions("training frequencies", held_out, constant(all_days)).scores);
  scores.push_back(
      test_occasions("training frequencies, recent days first", held_out, constant(recent)).scores);
}

Result<TestedOccasions> test_learned(std::string name, const Sight& sight,
                                     std::span<const OccasionExample> train,
                                     std::span<const OccasionExample> held_out, const Vocabulary& vocabulary,
                                     const SoftmaxOptions& options) {
  OccasionExamples seen(train.begin(), train.end());
  for (auto& example : seen) example.clues = sight.of(example.clues);
  TRY_ASSIGN(const auto model, OccasionModel::fit(seen, vocabulary, options));
  return test_occasions(std::move(name), held_out,
                        [&](const OccasionClues& clues) { return model.predict(sight.of(clues)); });
}

std::string day_text(const SaidOccasion& row) { return to_text(local_date(row.day)); }

void describe(const ImportedOccasions& said, size_t split, ContextReport& report) {
  report.rows_read = said.rows_read;
  report.dropped = said.dropped;
  report.categories_unknown = said.categories_unknown;
  report.trained = split;
  report.tested = said.rows.size() - split;
  report.first_day = day_text(said.rows.front());
  report.split_day = day_text(said.rows[split]);
  report.last_day = day_text(said.rows.back());
  std::unordered_map<std::string_view, int> shoppers;
  for (const auto& row : said.rows) ++shoppers[row.shopper];
  report.shoppers = shoppers.size();
}

}  // namespace

Result<ContextReport> evaluate_context(const ImportedOccasions& said, const Vocabulary& vocabulary,
                                       const EvaluateContextOptions& options) {
  const auto& rows = said.rows;
  auto split = static_cast<size_t>(options.train_share * static_cast<double>(rows.size()));
  while (split > 0 && split < rows.size() && rows[split].day == rows[split - 1].day) --split;  // whole days
  if (split == 0 || split >= rows.size())
    return Error{Code::kInvalid, "too few purchases to split by time", "", "purchases of several days"};
  ContextReport report;
  describe(said, split, report);
  report.half_life_days = options.half_life_days;
  report.l2 = options.softmax.l2;

  OccasionExamples examples = to_examples(rows);
  const std::span<OccasionExample> train(examples.data(), split);
  const std::span<OccasionExample> held_out(examples.data() + split, examples.size() - split);
  const OccasionVector all_days = said_shares(train);
  for (size_t i = 0; i < split; ++i)
    train[i].weight =
        weight_at_age(static_cast<double>((rows[split].day - rows[i].day).count()), options.half_life_days);
  for (const auto& example : held_out)
    if (example.clues.recent != OccasionCounts{}) ++report.tested_with_history;

  test_rivals(train, held_out, all_days, report.scores);
  TestedOccasions last;
  for (const auto& [name, sight] :
       {std::pair<const char*, Sight>{"learned: date", {}},
        {"learned: date, history", {.category = false, .history = true}},
        {"learned: date, category", {.category = true, .history = false}},
        {"learned: date, category, history", {.category = true, .history = true}}}) {
    TRY_ASSIGN(last, test_learned(name, sight, train, held_out, vocabulary, options.softmax));
    report.scores.push_back(last.scores);
  }
  report.bands = last.bands;
  const OccasionVector truth = said_shares(held_out);
  for (size_t o = 0; o < kOccasionCount; ++o)
    if (all_days[o] > 0 || truth[o] > 0)
      report.shares.push_back({static_cast<Occasion>(o), all_days[o], truth[o], last.guessed[o]});
  return report;
}

}  // namespace modiste
