// The names of clusters: deterministic, so that a night that runs again writes the same pools.
//
// Threads: any. Pure.
#pragma once

#include <chrono>
#include <string>

#include "lookbook/look.h"

namespace modiste::lookbook {

// "20261121_WomenDarkFloralDresses_Rain": the day, then department and style in one word, then the weather.
[[nodiscard]] std::string cluster_id(std::chrono::year_month_day day, const ClusterKey& key);

// "2026-11-21".
[[nodiscard]] std::string to_text(std::chrono::year_month_day day);

}  // namespace modiste::lookbook
