#include "learning/ranker/debiasing_study.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/rng.h"

namespace modiste {
namespace {

constexpr size_t kPage = 20, kPool = 40, kTraits = 6;
constexpr double kExplored = 0.1;

struct StudyGarment {
  std::array<float, kTraits> traits{};
  float worth = 0;   // probability that a shopper who looks at it keeps it
  float logged = 0;  // score of the logging ranker
};

StudyGarment draw_garment(Rng& rng) {
  StudyGarment garment;
  for (float& trait : garment.traits) trait = static_cast<float>(rng.normal());
  const auto& x = garment.traits;
  const float known = 0.9F * x[0] - 0.6F * x[1];
  const float unknown = 0.9F * x[2] + 0.7F * std::abs(x[3]) - 0.6F * x[4];
  const float wanted = 1 / (1 + std::exp(1.4F - known - unknown));
  const float kept = 1 / (1 + std::exp(-1.2F - x[0] + 0.8F * x[3]));
  garment.worth = wanted * kept;
  garment.logged = known + 0.5F * x[5];
  return garment;
}

// A page of the logging ranker, with rows as a log would hold them; outcomes follow.
std::vector<StudyGarment> draw_page(RankingRows& rows, Rng& rng) {
  std::vector<StudyGarment> pool;
  for (size_t i = 0; i < kPool; ++i) pool.push_back(draw_garment(rng));
  std::sort(pool.begin(), pool.end(), [](const auto& a, const auto& b) { return a.logged > b.logged; });
  std::vector<StudyGarment> page;
  for (size_t position = 0; position < kPage; ++position) {
    const bool explored = rng.chance(kExplored);
    const size_t drawn = rng.below(pool.size()), chosen = explored ? drawn : 0;
    const double by_chance = kExplored / static_cast<double>(pool.size());
    RankingRow row;
    row.position = static_cast<int>(position);
    row.propensity = static_cast<float>(by_chance + (chosen == 0 ? 1 - kExplored : 0));
    rows.rows.push_back(row);
    page.push_back(pool[chosen]);
    pool.erase(pool.begin() + static_cast<std::ptrdiff_t>(chosen));
    rows.values.push_back(page.back().logged);
    rows.values.push_back(30);  // signals: all shoppers are engaged
    rows.values.insert(rows.values.end(), page.back().traits.begin(), page.back().traits.end());
  }
  rows.ends.push_back(rows.rows.size());
  rows.shown_at.push_back(TimePoint(std::chrono::seconds(1'790'000'000 + 60 * rows.ends.size())));
  return page;
}

struct StudyLog {
  RankingRows rows;
  std::vector<StudyGarment> garments;  // by row
};

StudyLog draw_log(size_t pages, Rng& rng) {
  StudyLog log;
  log.rows.features = {"hybrid", "evidence_n"};
  for (size_t t = 0; t < kTraits; ++t) log.rows.features.push_back("trait_" + std::to_string(t));
  for (size_t p = 0; p < pages; ++p) {
    const auto page = draw_page(log.rows, rng);
    log.garments.insert(log.garments.end(), page.begin(), page.end());
  }
  return log;
}

// The same wishes and the same eyes for every eta: only the chance to be seen differs.
void draw_outcomes(StudyLog& log, double eta, uint64_t seed) {
  PositionBias bias;
  bias.eta = eta;
  Rng rng(seed);
  for (size_t row = 0; row < log.rows.rows.size(); ++row) {
    const bool kept = rng.uniform() < static_cast<double>(log.garments[row].worth);
    const bool seen = rng.uniform() < bias.examined(log.rows.rows[row].position);
    log.rows.rows[row].gain = kept && seen ? 1 : 0;
  }
}

struct Judged {
  double tau = 0, kept = 0;
};

// What is kept of a page in the order of the scores.
double kept_of(std::span<const float> scores, std::span<const float> worth, const PositionBias& bias) {
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });
  double kept = 0;
  for (size_t p = 0; p < order.size(); ++p)
    kept += bias.examined(static_cast<int>(p)) * static_cast<double>(worth[order[p]]);
  return kept;
}

Judged judge(const LearnedRankerModel& model, const StudyLog& fresh, double eta) {
  PositionBias bias;
  bias.eta = eta;
  const auto sums = model.sums(fresh.rows.values);
  Judged judged;
  double kept = 0, most = 0;
  for (size_t page = 0; page < fresh.rows.ends.size(); ++page) {
    const size_t begin = fresh.rows.begin(page), size = fresh.rows.ends[page] - begin;
    std::vector<float> worth;
    for (size_t row = begin; row < begin + size; ++row) worth.push_back(fresh.garments[row].worth);
    const auto scores = std::span(sums).subspan(begin, size);
    judged.tau += kendall_tau(scores, worth) / static_cast<double>(fresh.rows.ends.size());
    kept += kept_of(scores, worth, bias);
    most += kept_of(worth, worth, bias);
  }
  judged.kept = kept / most;
  return judged;
}

struct Correction {
  std::string_view name;
  std::optional<double> eta_share;  // stated: of the true eta
  Debiasing debiasing = Debiasing::kWeights;
};
constexpr std::array<Correction, 7> kCorrections{{{"naive", 0.0},
                                                  {"weights", std::nullopt},
                                                  {"weights, true eta", 1.0},
                                                  {"weights, half of it", 0.5},
                                                  {"weights, half more", 1.5},
                                                  {"offsets", std::nullopt, Debiasing::kOffsets},
                                                  {"pairs", std::nullopt, Debiasing::kPairs}}};

Result<TrainedRanker> train_on(const StudyLog& log, std::optional<double> eta, Debiasing debiasing) {
  TrainRankerOptions training;
  training.eta = eta;
  training.debiasing = debiasing;
  training.clip = 0.02;  // position 20 is seen by 1.1% at eta 1.5
  training.resamples = 10;
  return train_ranker(log.rows, training);
}

Interval paired_gain(const std::vector<double>& ours, const std::vector<double>& theirs) {
  std::vector<std::vector<float>> series(1);
  for (size_t s = 0; s < ours.size(); ++s) series[0].push_back(static_cast<float>(ours[s] - theirs[s]));
  return bootstrap(series, 2'000, 7)[0];
}

void compare_with_naive(DebiasingReport::Bias& bias) {
  const auto mean = [](const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  };
  const DebiasedRanker &naive = bias.rankers.front(), &full = bias.rankers.back();
  for (DebiasedRanker& ranker : bias.rankers) {
    ranker.tau_gain = paired_gain(ranker.tau, naive.tau);
    ranker.kept_gain = paired_gain(ranker.kept, naive.kept);
    ranker.recovered = (mean(ranker.tau) - mean(naive.tau)) / (mean(full.tau) - mean(naive.tau));
  }
}

}  // namespace

double kendall_tau(std::span<const float> a, std::span<const float> b) {
  int agreed = 0, pairs = 0;
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < i; ++j, ++pairs) {
      const float one = a[i] - a[j], other = b[i] - b[j];
      agreed += one * other > 0 ? 1 : one * other < 0 ? -1 : 0;
    }
  return pairs > 0 ? static_cast<double>(agreed) / pairs : 0;
}

Result<DebiasingReport> study_debiasing(const DebiasingOptions& options,
                                        const std::function<void(size_t done, size_t total)>& progress) {
  DebiasingReport report;
  for (const double eta : options.etas) {
    auto& bias = report.biases.emplace_back();
    bias.eta = eta;
    for (const Correction& correction : kCorrections) bias.rankers.emplace_back().name = correction.name;
    bias.rankers.emplace_back().name = "full";
  }
  const size_t total = options.seeds * (1 + options.etas.size() * kCorrections.size());
  size_t done = 0;
  const auto add = [&](DebiasedRanker& to, const TrainedRanker& trained, const StudyLog& fresh, double eta) {
    const Judged judged = judge(trained.model, fresh, eta);
    to.tau.push_back(judged.tau);
    to.kept.push_back(judged.kept);
    to.eta += trained.bias.eta / static_cast<double>(options.seeds);
  };
  for (size_t s = 0; s < options.seeds; ++s) {
    Rng rng(options.seed + s);
    StudyLog log = draw_log(options.pages, rng);
    const StudyLog fresh = draw_log(options.pages_judged, rng);
    draw_outcomes(log, 0, mix64(options.seed + s));
    TRY_ASSIGN(const auto full, train_on(log, 0.0, Debiasing::kWeights));
    if (progress) progress(++done, total);
    for (auto& bias : report.biases) {
      draw_outcomes(log, bias.eta, mix64(options.seed + s));
      for (size_t c = 0; c < kCorrections.size(); ++c) {
        const Correction& correction = kCorrections[c];
        std::optional<double> stated;
        if (correction.eta_share) stated = *correction.eta_share * bias.eta;
        TRY_ASSIGN(const auto trained, train_on(log, stated, correction.debiasing));
        add(bias.rankers[c], trained, fresh, bias.eta);
        if (progress) progress(++done, total);
      }
      add(bias.rankers.back(), full, fresh, bias.eta);
    }
  }
  for (auto& bias : report.biases) compare_with_naive(bias);
  return report;
}

json::value to_report_json(const DebiasingReport& report, const DebiasingOptions& options) {
  const auto interval = [](const Interval& one) {
    return json::object{{"mean", one.mean}, {"low", one.low}, {"high", one.high}};
  };
  json::array biases;
  for (const auto& bias : report.biases) {
    json::array rankers;
    for (const DebiasedRanker& ranker : bias.rankers)
      rankers.push_back(json::object{{"name", ranker.name},
                                     {"eta", ranker.eta},
                                     {"tau", json::array(ranker.tau.begin(), ranker.tau.end())},
                                     {"kept", json::array(ranker.kept.begin(), ranker.kept.end())},
                                     {"tau_gain", interval(ranker.tau_gain)},
                                     {"kept_gain", interval(ranker.kept_gain)},
                                     {"recovered", ranker.recovered}});
    biases.push_back(json::object{{"eta", bias.eta}, {"rankers", std::move(rankers)}});
  }
  return json::object{{"report", "debiasing"},  {"seeds", options.seeds},
                      {"pages", options.pages}, {"pages_judged", options.pages_judged},
                      {"seed", options.seed},   {"biases", std::move(biases)}};
}

}  // namespace modiste
