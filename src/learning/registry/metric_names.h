// The names by which a training writes into its model's manifest what it measured, and by which the gate of
// publishing (shop/models/served_*.cpp) reads it: both sides use these constants, so that neither can spell a
// name alone. Manifests keep them: a renamed one is missing in every version before.
#pragma once

#include <string>
#include <string_view>

namespace modiste::metric_names {

// How many judged.
inline constexpr const char *kAsked = "asked", *kJudges = "judges", *kAnswers = "answers",
                            *kShoppers = "shoppers";

// Next choices: NDCG of the mix with the network, and the 95% interval of its gain over the neighbours.
inline constexpr const char *kNdcgMixed = "ndcg.mixed", *kNdcgNeighbours = "ndcg.neighbours",
                            *kNdcgNetwork = "ndcg.network";

// Ranker, for a segment of shoppers; the gain is over the hybrid. Next choices: over the neighbours.
inline constexpr const char *kNdcgRanker = "ndcg.ranker", *kNdcgHybrid = "ndcg.hybrid",
                            *kNdcgGainLow = "ndcg.gain_low", *kNdcgGainHigh = "ndcg.gain_high";

// Against the version that serves: ranker (for a segment) and next choices.
inline constexpr const char *kChampionAsked = "champion.asked", *kChampionAnswers = "champion.answers",
                            *kChampionShoppers = "champion.shoppers", *kChampionNdcg = "champion.ndcg",
                            *kChampionGainLow = "champion.gain_low",
                            *kChampionGainHigh = "champion.gain_high";

// Taste: how many of other garments a liked one comes before.
inline constexpr const char *kAreaOwn = "area.own", *kAreaAlone = "area.alone", *kAreaMean = "area.mean",
                            *kAreaGainLow = "area.gain_low", *kAreaGainHigh = "area.gain_high";

// Fit and occasions: the loss, alone and of a rival, and the interval of the gain over the rival.
inline constexpr const char *kLogLoss = "log_loss", *kGainLow = "gain_low", *kGainHigh = "gain_high";
inline constexpr const char *kShares = "shares", *kUntrained = "untrained", *kTable = "table";  // rivals

// "ndcg.gain_low.cold": of a segment of shoppers, or of a rival.
[[nodiscard]] inline std::string name_of(const char* metric, std::string_view part) {
  return std::string(metric) + "." + std::string(part);
}

}  // namespace modiste::metric_names
