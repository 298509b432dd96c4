#include "serving/answer/shadow_ranking.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "ranking/order_comparison.h"

namespace modiste {

ShadowRanking::ShadowRanking(const ShadowOptions& options)
    : options_(options), thread_([this](const std::stop_token& stop) { run(stop); }) {}

ShadowRanking::~ShadowRanking() {
  thread_.request_stop();
  thread_.join();
}

void ShadowRanking::use(std::shared_ptr<const Ranker> challenger, int version) {
  const std::string name(challenger == nullptr ? "" : challenger->name());
  const MutexLock lock(mutex_);
  challenger_.set(std::move(challenger), version);
  counts_ = {.champion = "", .challenger = name};
  waiting_.clear();
}

// Every so many answers, not a draw: a draw by the request's seed would choose by what exploration shows.
bool ShadowRanking::wants() {
  if (challenger_.get() == nullptr) return false;
  const auto before = static_cast<double>(answers_.fetch_add(1, std::memory_order_relaxed));
  return std::floor((before + 1) * options_.share) > std::floor(before * options_.share);
}

void ShadowRanking::offer(ShadowedAnswer answer) {
  if (answer.ranked.ranking.scores.empty()) return;
  const MutexLock lock(mutex_);
  if (waiting_.size() >= options_.waiting_max) {
    ++counts_.passed_over;
    return;
  }
  waiting_.push_back(std::move(answer));
  changed_.notify_all();
}

ShadowCounts ShadowRanking::counts() const {
  const MutexLock lock(mutex_);
  return counts_;
}

void ShadowRanking::drain() const {
  MutexLock lock(mutex_);
  changed_.wait(lock, [this]() REQUIRES(mutex_) { return waiting_.empty() && !comparing_; });
}

void ShadowRanking::run(const std::stop_token& stop) {
  while (true) {
    std::optional<ShadowedAnswer> answer;
    {
      MutexLock lock(mutex_);
      comparing_ = false;
      changed_.notify_all();
      changed_.wait(lock, stop, [this]() REQUIRES(mutex_) { return !waiting_.empty(); });
      if (stop.stop_requested()) return;
      answer = std::move(waiting_.front());
      waiting_.pop_front();
      comparing_ = true;
    }
    if (const auto challenger = challenger_.get()) compare(*challenger, std::move(*answer));
  }
}

void ShadowRanking::begin_again_for(const std::string& champion, std::string_view challenger) {
  if (counts_.champion == champion && counts_.challenger == challenger) return;
  const uint64_t passed_over = counts_.champion.empty() ? counts_.passed_over : 0;
  counts_ = {.champion = champion, .challenger = std::string(challenger), .passed_over = passed_over};
}

void ShadowRanking::compare(const Ranker& challenger, ShadowedAnswer answer) {
  const auto begun = std::chrono::steady_clock::now();
  const RequestFacts facts = answer.request.facts();
  answer.ranked.features.compute(challenger.features(), facts);
  const std::vector<float> scores =
      challenger.rank(answer.ranked.input(facts, answer.request.policy->weights)).scores;
  const Ranked& ranked = answer.ranked;
  const std::vector<float>& answered = ranked.by_ranker.empty() ? ranked.ranking.scores : ranked.by_ranker;
  const double ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
  const bool usable = scores.size() == answered.size() &&
                      std::ranges::all_of(scores, [](float score) { return std::isfinite(score); });
  const OrderComparison order = usable ? compare_orders(answered, scores, options_.ahead) : OrderComparison{};
  const MutexLock lock(mutex_);
  if (challenger_.get().get() != &challenger) return;  // replaced meanwhile: its counts have begun again
  begin_again_for(answer.ranked.ranker, challenger.name());
  if (!usable) {
    ++counts_.unusable;
    return;
  }
  const auto all = static_cast<double>(++counts_.compared);
  counts_.first_common += (order.first_common - counts_.first_common) / all;
  counts_.correlation += (order.correlation - counts_.correlation) / all;
  counts_.score_ms += (ms - counts_.score_ms) / all;
  counts_.score_ms_max = std::max(counts_.score_ms_max, ms);
  if (counts_.compared % options_.told_every == 0)
    spdlog::info(
        "shadow: {} beside {}: {} answers compared, {:.1f}% of the first {} in common, rank correlation "
        "{:.3f}, {:.2f} ms each",
        counts_.challenger, counts_.champion, counts_.compared, 100 * counts_.first_common, options_.ahead,
        counts_.correlation, counts_.score_ms);
}

}  // namespace modiste
