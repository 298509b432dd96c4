#include "style/style.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "style/divergence.h"

namespace modiste {
namespace {

// A mode and how a session compares with it; null: none.
struct Candidate {
  Mode* mode = nullptr;
  ModeMatch match;
};

std::vector<Candidate> compare(std::vector<Mode>& modes, const Taste& taste, const UsualDistance& usual,
                               const StyleModel& model) {
  std::vector<Candidate> all;
  for (Mode& mode : modes)
    if (mode.confirmed || mode.taste.positive_total > 0)
      all.push_back({&mode, match_mode(taste, mode.taste, usual, model)});
  std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return std::pair(a.match.unlike, -a.mode->activity) < std::pair(b.match.unlike, -b.mode->activity);
  });
  return all;
}

// The mode that a session belongs to. A session that leaves the present taste is more often of a taste that
// is known than of a new one, so that the nearest mode gets it from farther away when it is not the leading
// one.
Candidate mode_of(Style& style, const Taste& taste, const StyleModel& model) {
  const StyleOptions& options = model.options();
  const Candidate nearest = compare(style.modes, taste, style.usual, model).front();
  const ModeId leading = leading_mode(style).id;
  if (nearest.match.share <
      (nearest.mode->confirmed && nearest.mode->id != leading ? options.return_from : 1))
    return nearest;
  return {};
}

float predicted_divergence(const Style& style, const Taste& session, const StyleModel& model) {
  std::vector<Prediction> predictions;
  for (const Mode& mode : style.modes)
    if (mode.confirmed) predictions.push_back({&mode.taste, mode.activity});
  return divergence(session, predictions, model);
}

Mode& add_mode(Style& style, bool confirmed) {
  if (++style.id_latest == kSessionMode) ++style.id_latest;
  Mode& mode = style.modes.emplace_back();
  mode.id = style.id_latest;
  mode.confirmed = confirmed;
  return mode;
}

size_t count(const Style& style, bool confirmed) {
  return static_cast<size_t>(std::count_if(style.modes.begin(), style.modes.end(),
                                           [&](const Mode& mode) { return mode.confirmed == confirmed; }));
}

// Removes the terms with the least evidence, so that a mode's size does not depend on the shop's vocabulary.
void trim(EvidenceTable& table, size_t max) {
  if (table.size() <= max) return;
  const auto weight = [](const Evidence& evidence) { return evidence.positive + evidence.negative; };
  std::nth_element(table.begin(), table.begin() + static_cast<std::ptrdiff_t>(max), table.end(),
                   [&](const Evidence& a, const Evidence& b) {
                     return std::pair(weight(a), a.key) > std::pair(weight(b), b.key);
                   });
  table.resize(max);
  std::sort(table.begin(), table.end(), [](const Evidence& a, const Evidence& b) { return a.key < b.key; });
}

// Raises a mode's share of the present taste by part of what is left; the others shrink in proportion.
void raise(Style& style, Mode& raised, float by) {
  for (Mode& mode : style.modes)
    if (mode.confirmed) mode.activity *= 1 - by;
  raised.activity += by;
}

// How much a session counts (w): by what was liked in it.
float weight_of(const Session& session, const StyleOptions& options) {
  const float liked = session.taste.positive_total;
  return liked / (liked + options.evidence_half);
}

void feed(Style& style, Mode& fed, const Session& session, const StyleModel& model) {
  const StyleOptions& options = model.options();
  add_later(fed.taste, session.taste, options);
  trim(fed.taste.terms, options.mode_terms_max);
  trim(fed.taste.brands, options.mode_terms_max);
  ++fed.sessions;
  fed.weight += weight_of(session, options);
  fed.used_at = session.heard_at;
  const float left = std::pow(options.mode_fade, static_cast<float>(session.taste.signals));
  for (Mode& mode : style.modes)
    if (&mode != &fed) fade(mode.taste, left);
}

void remove(Style& style, ModeId id) {
  std::erase_if(style.modes, [id](const Mode& mode) { return mode.id == id; });
}

// Adds one mode to another; the one used earlier counts as the earlier taste.
void join_modes(Style& style, Mode& kept, Mode& gone, const StyleModel& model) {
  if (gone.used_at < kept.used_at) std::swap(kept.taste, gone.taste);
  add_later(kept.taste, gone.taste, model.options());
  kept.used_at = std::max(kept.used_at, gone.used_at);
  kept.sessions += gone.sessions;
  kept.weight += gone.weight;
  if (gone.confirmed) kept.activity += gone.activity;
  remove(style, gone.id);
}

// Merges the two most similar confirmed modes.
Merged join_nearest_two(Style& style, const StyleModel& model) {
  Mode *kept = nullptr, *gone = nullptr;
  float least = std::numeric_limits<float>::infinity();
  for (Mode& a : style.modes)
    for (Mode& b : style.modes) {
      if (a.id >= b.id || !a.confirmed || !b.confirmed) continue;
      const float distance = divergence(a.taste, b.taste, model) + divergence(b.taste, a.taste, model);
      if (distance >= least) continue;
      least = distance;
      kept = &a;
      gone = &b;
    }
  const Merged merged{0, gone->id, kept->id};
  join_modes(style, *kept, *gone, model);
  return merged;
}

Merged forget_weakest_tentative(Style& style, ModeId newest) {
  const Mode* weakest = nullptr;
  for (const Mode& mode : style.modes)
    if (!mode.confirmed && mode.id != newest &&
        (weakest == nullptr || mode.taste.positive_total < weakest->taste.positive_total))
      weakest = &mode;
  const Merged merged{newest, weakest->id, 0};
  remove(style, weakest->id);
  return merged;
}

// Confirms a tentative mode on which sessions of enough weight agree. With their evidence pooled it may match
// a confirmed mode and is then merged into it.
Merged confirm(Style& style, Mode& mode, const StyleModel& model, SessionOutcome& outcome) {
  const StyleOptions& options = model.options();
  const ModeId id = mode.id;
  std::vector<Mode> confirmed;
  for (const Mode& other : style.modes)
    if (other.confirmed) confirmed.push_back(other);
  if (const Candidate twin = compare(confirmed, mode.taste, style.usual, model).front();
      twin.match.share < model.options().twin_below) {
    outcome = SessionOutcome::kJoined;
    const ModeId kept_id = twin.mode->id;
    Mode& kept = *std::find_if(style.modes.begin(), style.modes.end(),
                               [&](const Mode& other) { return other.id == kept_id; });
    raise(style, kept, options.rate_start);
    join_modes(style, kept, mode, model);
    return {kept_id, id, kept_id};
  }
  outcome = SessionOutcome::kConfirmed;
  mode.confirmed = true;
  mode.activity = 0;
  raise(style, mode, 1 - std::pow(1 - options.rate_max, mode.weight));
  if (count(style, true) <= options.modes_max) return {id, 0, 0};
  Merged merged = join_nearest_two(style, model);
  merged.mode = merged.replaced == id ? merged.replaced_by : id;
  return merged;
}

float rate(const Style& style, const StyleOptions& options) {
  const float surprise = std::max(0.0F, style.surprise - options.surprise_min) / options.surprise_min;
  return std::min(options.rate_max, options.rate_start * (1 + options.rate_gain * surprise));
}

// The part of a session that its mode learns: all of it, or less the closer it is to the mode's limit.
Session sure_part(Session session, const ModeMatch& match, const StyleOptions& options) {
  const float sure = std::clamp((1 - match.share) / (1 - options.doubt_from), 0.0F, 1.0F);
  if (sure == 1) return session;
  fade(session.taste, sure);
  for (float& x : session.taste.vector) x *= sure;
  session.taste.signals = static_cast<int>(std::lround(sure * static_cast<float>(session.taste.signals)));
  return session;
}

Merged join_confirmed(Style& style, const Candidate& of, const Session& session, const StyleModel& model,
                      SessionOutcome& outcome) {
  const StyleOptions& options = model.options();
  Mode& mode = *of.mode;
  const float weight = weight_of(session, options);
  outcome = mode.sessions == 0                     ? SessionOutcome::kBegan
            : mode.activity < options.asleep_below ? SessionOutcome::kReturned
                                                   : SessionOutcome::kJoined;
  raise(style, mode, outcome == SessionOutcome::kReturned ? weight : weight * rate(style, options));
  feed(style, mode, sure_part(session, of.match, options), model);
  return {mode.id, 0, 0};
}

Merged join_tentative(Style& style, Mode& mode, const Session& session, const StyleModel& model,
                      SessionOutcome& outcome) {
  feed(style, mode, session, model);
  if (mode.weight >= model.options().confirm_weight) return confirm(style, mode, model, outcome);
  outcome = SessionOutcome::kTentative;
  return {mode.id, 0, 0};
}

Merged begin_tentative(Style& style, const Session& session, const StyleModel& model,
                       SessionOutcome& outcome) {
  outcome = SessionOutcome::kTentative;
  Mode& mode = add_mode(style, false);
  mode.activity = model.options().rate_start;
  const ModeId id = mode.id;
  feed(style, mode, session, model);
  if (count(style, false) <= model.options().tentative_max) return {id, 0, 0};
  return forget_weakest_tentative(style, id);
}

// Without anything liked: neither a new taste nor a measure of what is usual.
Merged join_denied(Style& style, const Session& session, const StyleModel& model, SessionOutcome& outcome) {
  const ModeId id = denied_mode(style, session.taste, model.options());
  Mode& mode = *std::find_if(style.modes.begin(), style.modes.end(),
                             [&](const Mode& other) { return other.id == id; });
  outcome = mode.sessions == 0 ? SessionOutcome::kBegan : SessionOutcome::kJoined;
  feed(style, mode, session, model);
  return {id, 0, 0};
}

// Of a session with something liked, beside at least one confirmed mode.
Merged join_or_begin(Style& style, const Session& session, const StyleModel& model, DriftPoint& point) {
  const StyleOptions& options = model.options();
  point.divergence = predicted_divergence(style, session.taste, model);
  style.surprise += options.surprise_alpha * (point.divergence - style.surprise);
  const Candidate of = mode_of(style, session.taste, model);
  const Mode& leading = leading_mode(style);
  const ModeMatch usual = match_mode(session.taste, leading.taste, style.usual, model);
  if (leading.taste.positive_total > 0 && (of.mode == nullptr || of.mode == &leading) &&
      usual.share < options.usual_until)
    learn(style.usual, usual.distance, options);
  if (of.mode == nullptr) return begin_tentative(style, session, model, point.outcome);
  if (of.mode->confirmed) return join_confirmed(style, of, session, model, point.outcome);
  return join_tentative(style, *of.mode, session, model, point.outcome);
}

}  // namespace

void fade_to(Style& style, TimePoint now, const StyleOptions& options) {
  const Micros passed = now - style.faded_at;
  if (passed < options.fade_step) return;
  const bool first = style.faded_at == TimePoint{};
  style.faded_at = now;
  if (first) return;
  const auto left = static_cast<float>(
      std::exp2(-static_cast<double>(passed.count()) / static_cast<double>(options.half_life.count())));
  for (Mode& mode : style.modes) forget(mode.taste, left);
}

Mode& leading_mode(Style& style) {
  if (count(style, true) == 0) add_mode(style, true).activity = 1;
  return *std::max_element(style.modes.begin(), style.modes.end(), [](const Mode& a, const Mode& b) {
    return std::pair(a.confirmed, a.activity) < std::pair(b.confirmed, b.activity);
  });
}

Taste heard_taste(const Session& session, const StyleOptions& options) {
  Taste heard = session.taste;
  if (session.likes > 0) add_later(heard, session.left, options);
  return heard;
}

ModeId denied_mode(const Style& style, const Taste& session, const StyleOptions& options) {
  const Mode* denied = nullptr;
  std::pair<float, float> most;
  for (const Mode& mode : style.modes) {
    if (!mode.confirmed) continue;
    const std::pair denial(std::max(0.0F, -agreement(session, mode.taste, options)), mode.activity);
    if (denied != nullptr && denial <= most) continue;
    denied = &mode;
    most = denial;
  }
  return denied == nullptr ? kSessionMode : denied->id;
}

Merged merge(Style& style, const Session& met, const StyleModel& model) {
  if (met.taste.empty()) return {};
  Session session;
  session.taste = heard_taste(met, model.options());
  session.heard_at = met.heard_at;
  const StyleOptions& options = model.options();
  DriftPoint point{.at = session.heard_at};
  Merged merged;
  if (count(style, true) == 0) {
    Mode& first = leading_mode(style);
    feed(style, first, session, model);
    point.outcome = SessionOutcome::kBegan;
    merged.mode = first.id;
  } else if (session.taste.positive_total > 0) {
    merged = join_or_begin(style, session, model, point);
  } else {
    merged = join_denied(style, session, model, point.outcome);
  }
  point.smoothed = style.surprise;
  point.mode = merged.mode;
  style.drift.push_back(point);
  if (style.drift.size() > options.drift_max) style.drift.erase(style.drift.begin());
  return merged;
}

}  // namespace modiste
