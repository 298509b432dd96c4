#include <algorithm>

#include "style/divergence.h"
#include "style/style.h"

namespace modiste {
namespace {

// The part of the present taste that the current session is nearest to, and how near it is.
struct Home {
  TasteShare* part = nullptr;
  ModeMatch match;
};

Home home_of(std::vector<TasteShare>& shares, const Style& style, const Taste& session,
             const StyleModel& model) {
  Home home;
  for (TasteShare& share : shares) {
    const ModeMatch match = match_mode(session, share.taste, style.usual, model);
    if (home.part == nullptr || match.unlike < home.match.unlike) home = {&share, match};
  }
  return home;
}

// What is passed is heard at once, as part of the mode that it will be merged into.
void add_denial(std::vector<TasteShare>& shares, const Style& style, const Taste& session,
                const StyleOptions& options) {
  const ModeId denied = denied_mode(style, session, options);
  for (TasteShare& share : shares)
    if (share.mode == denied) {
      share.with_session = true;
      add_later(share.taste, session, options);
    }
}

void add_session(std::vector<TasteShare>& shares, const Style& style, const Taste& session,
                 const StyleModel& model) {
  const StyleOptions& options = model.options();
  if (shares.empty()) {
    shares.push_back({1, kSessionMode, true, session});
    return;
  }
  if (!(session.positive_total > 0)) return add_denial(shares, style, session, options);
  const float liked = session.positive_total;
  const float weight = options.running_share_max * liked / (liked + options.evidence_half);
  const Home home = home_of(shares, style, session, model);
  const float apart = std::clamp(home.match.share, 0.0F, 1.0F);
  for (TasteShare& share : shares) share.share *= 1 - weight;
  if (apart < 1) {
    home.part->share += weight * (1 - apart);
    home.part->with_session = true;
    add_later(home.part->taste, session, options);
  }
  if (weight * apart > 0) shares.push_back({weight * apart, kSessionMode, true, session});
}

}  // namespace

std::vector<TasteShare> present_taste(const Style& style, const Session& session, const StyleModel& model) {
  std::vector<TasteShare> shares;
  float total = 0;
  for (const Mode& mode : style.modes) {
    const float share = mode.activity * (mode.confirmed ? 1 : model.options().tentative_trust);
    total += share;
    shares.push_back({share, mode.id, false, mode.taste});
  }
  for (TasteShare& share : shares) share.share /= total;
  // Larger modes first, so that a session without evidence yet is counted as part of the leading one.
  const auto larger = [](const TasteShare& a, const TasteShare& b) { return a.share > b.share; };
  std::stable_sort(shares.begin(), shares.end(), larger);
  if (session.running() && !session.taste.empty())
    add_session(shares, style, heard_taste(session, model.options()), model);
  std::stable_sort(shares.begin(), shares.end(), larger);
  return shares;
}

float mixed_affinity(std::span<const TasteShare> shares, TermId term, const StyleOptions& options) {
  float sum = 0;
  for (const TasteShare& share : shares) sum += share.share * share.taste.affinity(term, options);
  return sum;
}

float mixed_brand_affinity(std::span<const TasteShare> shares, BrandId brand, const StyleOptions& options) {
  float sum = 0;
  for (const TasteShare& share : shares) sum += share.share * share.taste.brand_affinity(brand, options);
  return sum;
}

}  // namespace modiste
