#include "events/event_types.h"

#include <algorithm>

#include "events/event.h"

namespace modiste {
namespace {

constexpr double kViewDwellFullMs = 20'000;  // a view counts in full from 20 s on
// A shorter view is a glance: a page left at once says nothing of the garment. It neither teaches nor keeps a
// session open.
constexpr double kViewDwellMinMs = 2'000;
// Most shops' tools send views without their length: such a view teaches as a short one. A choice, not a
// measurement.
constexpr double kViewDwellUnknownMs = 5'000;

}  // namespace

double view_share(const Event& event) {
  const double dwell_ms = event.dwell_ms.value_or(kViewDwellUnknownMs);
  return dwell_ms >= kViewDwellMinMs ? std::min(1.0, dwell_ms / kViewDwellFullMs) : 0;
}

double return_share(const Event& event) {
  if (event.reason == ReturnReason::kChangedMind) return 0.5;
  if (event.reason == ReturnReason::kStyle) return 1;
  return 0;  // size and quality say nothing about taste
}

// Three of five is neither liked nor disliked; the ends weigh as much as a like.
double review_share(const Event& event) { return event.rating ? *event.rating - 3 : 0; }

}  // namespace modiste
