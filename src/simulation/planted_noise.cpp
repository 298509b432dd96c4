#include "simulation/planted_noise.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/rng.h"

namespace modiste {
namespace {

constexpr TimePoint kStart{std::chrono::sys_days(std::chrono::year(2026) / 11 / 20)};
constexpr std::string_view kBrowser =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 "
    "Safari/537.36";

Micros seconds(double s) { return Micros(static_cast<int64_t>(s * 1e6)); }
double log_normal(Rng& rng, double median, double sigma) { return median * std::exp(sigma * rng.normal()); }

class Planter {
 public:
  explicit Planter(const PlantedNoiseOptions& options) : options_(options), rng_(options.seed) {}

  std::vector<PlantedEvent> run() {
    for (size_t i = 0; i < options_.people; ++i) person(i);
    const auto robots = static_cast<size_t>(options_.robot_share * static_cast<double>(options_.people));
    for (size_t i = 0; i < robots; ++i) robot(i);
    std::stable_sort(events_.begin(), events_.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    return std::move(events_);
  }

 private:
  PlantedEvent& add(EventType type, TrafficMarks truth, double dwell_ms = -1) {
    PlantedEvent& planted = events_.emplace_back();
    planted.visitor = visitor_;
    planted.at = now_;
    planted.truth = truth;
    Event& event = planted.event;
    event.event_id = fmt::format("n{}", events_.size());
    event.type = type;
    event.session_id = visitor_;
    event.occurred_at = now_;
    event.garment_id = garment_;
    if (dwell_ms >= 0) event.dwell_ms = dwell_ms;
    event.context = EventContext{};
    event.context->user_agent = agent_;
    return planted;
  }

  void next_garment() { garment_ = fmt::format("G{}", rng_.below(2'000)); }

  void person(size_t number) {
    visitor_ = fmt::format("person-{}", number);
    agent_ = kBrowser;
    now_ = kStart + seconds(rng_.uniform(0, 80'000));
    const size_t visits = 1 + rng_.below(3);
    for (size_t visit = 0; visit < visits; ++visit, now_ += seconds(rng_.uniform(2'400, 9'000))) {
      if (rng_.chance(options_.bounce_share)) {
        bounce();
      } else if (rng_.chance(0.3)) {
        swipe_visit();
      } else if (rng_.chance(0.06)) {
        hoard();
      } else {
        browse_visit();
      }
    }
  }

  // One look and gone; what was shown was not seen.
  void bounce() {
    add(EventType::kPageView, kMarkAbandoned);
    now_ += seconds(rng_.uniform(0.1, 1));
    add(EventType::kImpression, kMarkAbandoned);
    if (!rng_.chance(0.4)) return;
    now_ += seconds(log_normal(rng_, 4, 0.6));  // some look about for longer than the rule waits
    add(EventType::kImpression, kMarkAbandoned);
  }

  // Opens everything in tabs and reads it later, or never: no page says how long it was viewed.
  void hoard() {
    add(EventType::kImpression, 0);
    const size_t tabs = 5 + rng_.below(26);
    for (size_t i = 0; i < tabs; ++i, now_ += seconds(log_normal(rng_, 2.5, 0.5))) {
      next_garment();
      add(EventType::kProductView, 0);
    }
    if (rng_.chance(0.6)) add(EventType::kSave, 0);
  }

  void swipe_visit() {
    const double pace_s = rng_.uniform(0.7, 3);
    const size_t cards = 15 + rng_.below(120);
    for (size_t i = 0; i < cards; ++i, now_ += seconds(log_normal(rng_, pace_s, 0.4))) {
      next_garment();
      add(rng_.chance(0.3) ? EventType::kLike : EventType::kPass, 0);
    }
  }

  void browse_visit() {
    const bool skims = rng_.chance(0.2);
    add(EventType::kImpression, 0);
    const size_t garments = 3 + rng_.below(25);
    for (size_t i = 0; i < garments; ++i) {
      now_ += seconds(log_normal(rng_, 5, 0.7));
      next_garment();
      const bool slip = rng_.chance(options_.slip_share);
      add(EventType::kClick, slip ? kMarkAccidental : TrafficMarks{0});
      if (slip) {
        slipped();
        continue;
      }
      const double dwell_s = std::max(0.05, log_normal(rng_, skims ? 3.5 : 9, 0.6));
      now_ += seconds(dwell_s);
      add(EventType::kProductView, 0, dwell_s * 1000).event.scroll_depth =
          rng_.chance(0.85) ? rng_.uniform(0.1, 1) : 0;
      if (rng_.chance(0.15)) add(rng_.chance(0.5) ? EventType::kSave : EventType::kAddToCart, 0);
    }
  }

  void slipped() {
    const std::string clicked = events_.back().event.event_id;
    const double after_s = rng_.uniform(0.3, 1.8);
    now_ += seconds(after_s);
    if (rng_.chance(0.5)) {
      add(EventType::kUndo, 0).event.undoes = clicked;
    } else {
      add(EventType::kProductView, 0, after_s * 1000).event.scroll_depth = rng_.chance(0.1) ? 0.2 : 0;
    }
  }

  void robot(size_t number) {
    visitor_ = fmt::format("robot-{}", number);
    now_ = kStart + seconds(rng_.uniform(0, 80'000));
    const size_t kind = number % 3;
    agent_ =
        kind == 0 ? "Mozilla/5.0 (compatible; FashionBot/1.0; +https://bot.example)" : std::string(kBrowser);
    const size_t pages = 150 + rng_.below(400);
    for (size_t i = 0; i < pages; ++i) {
      next_garment();
      now_ += seconds(kind == 1 ? rng_.uniform(0.02, 0.3) : rng_.uniform(1.5, 6));
      // Slow ones render some pages and so seem to stay.
      const double dwell_ms =
          rng_.chance(kind == 2 ? 0.02 : 0) ? rng_.uniform(500, 4'000) : rng_.uniform(0, 250);
      add(EventType::kProductView, kMarkBot, rng_.chance(0.5) ? -1 : dwell_ms);
    }
  }

  const PlantedNoiseOptions options_;
  Rng rng_;
  std::vector<PlantedEvent> events_;
  std::string visitor_, agent_, garment_;
  TimePoint now_;
};

}  // namespace

double MarkScore::precision() const {
  return found == 0 ? 1 : static_cast<double>(right) / static_cast<double>(found);
}
double MarkScore::recall() const {
  return planted == 0 ? 1 : static_cast<double>(right) / static_cast<double>(planted);
}

std::vector<PlantedEvent> plant_noise(const PlantedNoiseOptions& options) { return Planter(options).run(); }

NoiseReport measure_noise(const PlantedNoiseOptions& options, const TrafficFilterOptions& marker_options) {
  const auto events = plant_noise(options);
  std::vector<TrafficMarks> found(events.size());
  TrafficFilter marker(marker_options);
  std::vector<LateMark> late;
  for (size_t i = 0; i < events.size(); ++i)
    found[i] |= marker.observe(events[i].visitor, events[i].event, LogPosition::of(i), events[i].at, late);
  if (!events.empty()) marker.close_idle(events.back().at + std::chrono::hours(24), late);
  for (const auto& mark : late) found[mark.position.number()] |= mark.marks;

  NoiseReport report{events.size(), {}};
  const std::pair<const char*, TrafficMarks> kinds[] = {
      {"bot", kMarkBot}, {"accidental", kMarkAccidental}, {"abandoned", kMarkAbandoned}};
  for (const auto& [name, mark] : kinds) {
    MarkScore score{name, 0, 0, 0};
    for (size_t i = 0; i < events.size(); ++i) {
      const bool is = (events[i].truth & mark) != 0, said = (found[i] & mark) != 0;
      score.planted += is;
      score.found += said;
      score.right += is && said;
    }
    report.marks.push_back(std::move(score));
  }
  return report;
}

}  // namespace modiste
