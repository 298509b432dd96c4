// What all report pages share.
#pragma once

#include <string>
#include <string_view>

namespace modiste {

// From the doctype to the opened body, with the style sheet inline; "</body></html>" is the caller's.
[[nodiscard]] std::string report_head(std::string_view title);

// 0.4182 -> "41.8%".
[[nodiscard]] std::string percent(double share);

}  // namespace modiste
