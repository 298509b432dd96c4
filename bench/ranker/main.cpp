// Ranking by a learned ranker: all streaming features of the candidates of a request, the hybrid's score
// among them, and the trees' sum.
//
//   bench_ranker [--garments 10000] [--shoppers 200] [--trees 300] [--requests 2000] [--p50-max-ms 2]
//   [--quick]
//
// A whole shop in memory answers requests one after the other on one thread; the stages "request", "features"
// and "rank" of its own clock are counted, without and with a taste model (features/learned_taste.h), which
// the first of them fits. Candidates of a request differ, so the times are also given as for 500 of them.
// Trees are of depth 3, as `modiste train ranker` makes them, with drawn columns and thresholds. Fails when
// the median for 500 candidates is above the limit.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>

#include "parts/made_up_shop.h"
#include "ranking/learned_ranker.h"

namespace modiste::bench {
namespace {

struct Arguments {
  size_t garments = 10'000, shoppers = 200, trees = 300, requests = 2'000;
  double p50_max_ms = 2;
  bool quick = false;
};

LearnedRankerModel drawn_model(size_t trees) {
  LearnedRankerModel model;
  for (const FeatureDefinition& feature : streaming_features()) model.features.push_back(feature.name);
  Rng rng(7);
  std::vector<TreeNode> nodes;
  std::vector<uint32_t> roots;
  constexpr uint32_t kInner = 7, kNodes = 15;  // depth 3, level by level
  for (size_t tree = 0; tree < trees; ++tree) {
    const auto root = static_cast<uint32_t>(nodes.size());
    roots.push_back(root);
    for (uint32_t n = 0; n < kNodes; ++n) {
      TreeNode node;
      node.value = static_cast<float>(n < kInner ? rng.uniform() : 0.01 * rng.normal());
      node.left = n < kInner ? root + 2 * n + 1 : 0;
      node.feature = static_cast<uint16_t>(rng.below(model.features.size()));
      node.unknown_right = rng.chance(0.5);
      nodes.push_back(node);
    }
  }
  auto made = TreeEnsemble::create(std::move(nodes), std::move(roots), model.features.size());
  CHECK(made.ok());
  model.trees = std::move(*made);
  model.hybrid_weight = 4;
  return model;
}

double at_share(std::vector<double>& values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
}

// Every term tells a taste: the most that a request has to weigh.
std::shared_ptr<const LearnedTaste> taste_of_all_terms() {
  const Vocabulary& vocabulary = Vocabulary::standard();
  TasteModel model;
  model.names.assign(TasteModel::kOfEvery.begin(), TasteModel::kOfEvery.end());
  for (const Term& term : vocabulary.terms()) model.names.push_back(taste_name(term));
  model.prior = {std::vector<float>(model.names.size(), 0), std::vector<float>(model.names.size(), 1)};
  model.share = 0.5F;
  return std::make_shared<const LearnedTaste>(std::move(model), vocabulary);
}

struct Times {
  std::vector<double> request, features, rank, of_500, candidates;
};

Times ask(MadeUpShop& made, const Arguments& arguments) {
  Times times;
  for (size_t i = 0; i < arguments.requests + arguments.requests / 10; ++i) {
    RecommendRequest request;
    request.shopper_id = swiper_id(i % arguments.shoppers);
    request.count = 20;
    const auto answer = made.shop().recommender().recommend(request);
    CHECK(answer.ok() && answer->debug && answer->debug->ranker == "learned 1");
    if (i < arguments.requests / 10) continue;  // warm
    for (const auto& stage : answer->debug->stages) {
      if (stage.name == "request") times.request.push_back(stage.took_ms);
      if (stage.name == "features") times.features.push_back(stage.took_ms);
      if (stage.name == "rank") times.rank.push_back(stage.took_ms);
    }
    times.candidates.push_back(static_cast<double>(answer->debug->candidates));
    times.of_500.push_back((times.features.back() + times.rank.back()) * 500 / times.candidates.back());
  }
  return times;
}

void print(const char* name, std::vector<double>& values) {
  fmt::print("  {:<32} p50 {:.3f} ms   p99 {:.3f} ms\n", name, at_share(values, 0.5), at_share(values, 0.99));
}

int run(const Arguments& arguments) {
  MadeUpShop made({.garments = arguments.garments, .shoppers = arguments.shoppers});
  made.shop().recommender().use_ranker(std::make_shared<const LearnedRanker>(drawn_model(arguments.trees), 1),
                                       1);
  Times times = ask(made, arguments);
  fmt::print("{} garments, {} trees of 7 splits over {} features, {} requests, candidates p50 {:.0f}\n",
             arguments.garments, arguments.trees, streaming_features().size(), arguments.requests,
             at_share(times.candidates, 0.5));
  print("request", times.request);
  print("features", times.features);
  print("rank", times.rank);
  print("both, for 500 candidates", times.of_500);
  made.shop().recommender().use_learned_taste(taste_of_all_terms(), 1);
  Times with_taste = ask(made, arguments);
  print("request, with a taste model", with_taste.request);
  print("both, for 500, with it", with_taste.of_500);
  if (at_share(times.of_500, 0.5) <= arguments.p50_max_ms) return 0;
  fmt::print("the median for 500 candidates is above {} ms\n", arguments.p50_max_ms);
  return 1;
}

}  // namespace
}  // namespace modiste::bench

int main(int argc, char** argv) {
  modiste::bench::Arguments arguments;
  CLI::App app("What ranking by a learned ranker costs");
  app.add_option("--garments", arguments.garments, "Made-up garments (10000)");
  app.add_option("--shoppers", arguments.shoppers, "Of 25 swipes each (200)");
  app.add_option("--trees", arguments.trees, "Of depth 3 (300)");
  app.add_option("--requests", arguments.requests, "How many (2000)");
  app.add_option("--p50-max-ms", arguments.p50_max_ms, "Limit of the median for 500 candidates (2)");
  app.add_flag("--quick", arguments.quick, "Few of each, for ./check");
  CLI11_PARSE(app, argc, argv);
  if (arguments.quick) arguments.garments = 1'000, arguments.shoppers = 40, arguments.requests = 100;
  return modiste::bench::run(arguments);
}
