// A style: up to four taste modes that are never reset, and the session that runs (PinnerSage, Pal 2020, for
// many modes in place of one mean; the rate that follows surprise, the tentative mode and the memory are
// ours).
//
// A session gathers signals by itself and is merged when it closes: after session_idle without a signal, by
// event time. How unlike each mode it is (divergence.h) decides, and the divergence D between what it liked
// and what the style predicts says how fast it is followed:
//
//   began      there was no mode, or only what the quiz said
//   joined     it is near a confirmed mode: its evidence is added, the less the less near; activity rises by
//              eta = min(rate_max, rate_start * (1 + rate_gain * max(0, D - tau) / tau))
//   returned   the same, but the mode had slept: it takes the present taste at once (memory)
//   tentative  nothing is near: kept apart, hardly heard (tentative_trust), as a gift or a whim would be
//   confirmed  so many divergent sessions agree: the tentative mode is hers, and takes the activity that
//              rate_max would have given it session by session
//
// A mode's evidence fades only by signals given to others, slowly; it is not deleted while it is among the
// four. The vector of a mode is a decayed sum: normalised it is (1 - eta w) mode + eta w session with 1 - eta
// w = taste_decay ^ signals of the session.
//
// Pure values: the same signals give the same bytes. Threads: none.
#pragma once

#include <span>
#include <vector>

#include "style/drift.h"
#include "style/taste.h"

namespace modiste {

using ModeId = uint8_t;                    // given once in a style, from 1 on; after 255 anew from 1
inline constexpr ModeId kSessionMode = 0;  // of what belongs to the running session

struct Mode {
  ModeId id = 0;
  bool confirmed = false;
  int sessions = 0;     // that fed it; 0: the quiz only
  float activity = 0;   // how much of her present taste it is; of the confirmed ones they sum to 1
  TimePoint used_at{};  // end of the latest session that fed it
  Taste taste;

  friend bool operator==(const Mode&, const Mode&) = default;
};

struct Session {
  Taste taste;
  TimePoint started_at{}, heard_at{};
  int signals = 0;  // 0: none runs

  [[nodiscard]] bool running() const { return signals > 0; }
  friend bool operator==(const Session&, const Session&) = default;
};

// What came of a session that closed.
struct DriftPoint {
  TimePoint at{};        // its last signal
  float divergence = 0;  // from what the style predicted, bits
  float smoothed = 0;    // over sessions
  SessionOutcome outcome{};
  ModeId mode = 0;

  friend bool operator==(const DriftPoint&, const DriftPoint&) = default;
};

struct Style {
  std::vector<Mode> modes;        // confirmed and tentative, by id of birth
  std::vector<DriftPoint> drift;  // latest last
  float surprise = 0;             // D smoothed over sessions
  ModeId id_latest = 0;

  friend bool operator==(const Style&, const Style&) = default;
};

// Where a session went, and what became of a mode that had to make room for it.
struct Merged {
  ModeId mode = 0;
  ModeId replaced = 0;     // 0: none
  ModeId replaced_by = 0;  // 0: forgotten
};

// Adds a closed session. Nothing happens when nothing was learned in it.
Merged merge(Style& style, const Session& session, const StyleModel& model);

// The mode that is most of her present taste; begins one when there is none.
Mode& leading_mode(Style& style);

// One part of her present taste.
struct TasteShare {
  float share = 0;  // they sum to 1
  ModeId mode = 0;  // kSessionMode: of the running session alone
  bool with_session = false;
  Taste taste;
};

// The present taste: the modes by activity, and the running session. A session near a mode is read as part of
// it, a session unlike all stands for itself; either way its share rises with its evidence, up to
// running_share_max. An empty style leaves the session alone. Largest share first; empty for strangers.
[[nodiscard]] std::vector<TasteShare> present_taste(const Style& style, const Session& session,
                                                    const StyleModel& model);

[[nodiscard]] float mixed_affinity(std::span<const TasteShare> shares, TermId term,
                                   const StyleOptions& options);
[[nodiscard]] float mixed_brand_affinity(std::span<const TasteShare> shares, BrandId brand,
                                         const StyleOptions& options);

}  // namespace modiste
