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
  float wanted = 0;  // probability
  float logged = 0;  // score of the logging ranker
};

StudyGarment draw_garment(Rng& rng) {
  StudyGarment garment;
  for (float& trait : garment.traits) trait = static_cast<float>(rng.normal());
  const auto& x = garment.traits;
  const float known = 0.9F * x[0] - 0.6F * x[1];
  const float unknown = 0.9F * x[2] + 0.7F * std::abs(x[3]) - 0.6F * x[4];
  garment.wanted = 1 / (1 + std::exp(1.8F - known - unknown));
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
  const PositionBias bias{eta};
  Rng rng(seed);
  for (size_t row = 0; row < log.rows.rows.size(); ++row) {
    const bool wanted = rng.uniform() < static_cast<double>(log.garments[row].wanted);
    const bool seen = rng.uniform() < bias.examined(log.rows.rows[row].position);
    log.rows.rows[row].gain = wanted && seen ? 1 : 0;
  }
}

double judge_tau(const LearnedRankerModel& model, const StudyLog& fresh) {
  const auto sums = model.sums(fresh.rows.values);
  double total = 0;
  for (size_t page = 0; page < fresh.rows.ends.size(); ++page) {
    const size_t begin = fresh.rows.begin(page), size = fresh.rows.ends[page] - begin;
    std::vector<float> wanted;
    for (size_t row = begin; row < begin + size; ++row) wanted.push_back(fresh.garments[row].wanted);
    total += kendall_tau(std::span(sums).subspan(begin, size), wanted);
  }
  return total / static_cast<double>(fresh.rows.ends.size());
}

struct Correction {
  std::string name;
  double true_eta = 0;               // of the outcomes
  std::optional<double> stated_eta;  // of the correction
};

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
  size_t done = 0;
  for (const double eta : options.etas) {
    const std::array<Correction, 5> corrections{{{"naive", eta, 0.0},
                                                 {"estimated", eta, std::nullopt},
                                                 {"half", eta, eta / 2},
                                                 {"more", eta, eta * 1.5},
                                                 {"full", 0, 0.0}}};
    auto& bias = report.biases.emplace_back();
    bias.eta = eta;
    for (const Correction& correction : corrections) bias.rankers.push_back({correction.name, {}, {}, 0});
    for (size_t s = 0; s < options.seeds; ++s) {
      Rng rng(options.seed + s);
      StudyLog log = draw_log(options.pages, rng);
      const StudyLog fresh = draw_log(options.pages_judged, rng);
      for (size_t c = 0; c < corrections.size(); ++c) {
        draw_outcomes(log, corrections[c].true_eta, mix64(options.seed + s));
        TrainRankerOptions training;
        training.eta = corrections[c].stated_eta;
        training.clip = 0.02;  // position 20 is seen by 1.1% at eta 1.5
        training.resamples = 10;
        TRY_ASSIGN(const auto trained, train_ranker(log.rows, training));
        bias.rankers[c].tau.push_back(judge_tau(trained.model, fresh));
        bias.rankers[c].eta += trained.bias.eta / static_cast<double>(options.seeds);
        if (progress) progress(++done, options.etas.size() * options.seeds * corrections.size());
      }
      const double naive = bias.rankers.front().tau.back(), full = bias.rankers.back().tau.back();
      for (DebiasedRanker& ranker : bias.rankers)
        ranker.recovered.push_back((ranker.tau.back() - naive) / (full - naive));
    }
  }
  return report;
}

json::value to_report_json(const DebiasingReport& report, const DebiasingOptions& options) {
  json::array biases;
  for (const auto& bias : report.biases) {
    json::array rankers;
    for (const DebiasedRanker& ranker : bias.rankers)
      rankers.push_back(
          json::object{{"name", ranker.name},
                       {"eta", ranker.eta},
                       {"tau", json::array(ranker.tau.begin(), ranker.tau.end())},
                       {"recovered", json::array(ranker.recovered.begin(), ranker.recovered.end())}});
    biases.push_back(json::object{{"eta", bias.eta}, {"rankers", std::move(rankers)}});
  }
  return json::object{{"report", "debiasing"},
                      {"seeds", options.seeds},
                      {"pages", options.pages},
                      {"seed", options.seed},
                      {"biases", std::move(biases)}};
}

}  // namespace modiste
