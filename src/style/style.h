// A style profile: up to four taste modes that are never reset, and the current session (PinnerSage,
// Pal 2020, for many modes in place of one mean; the surprise-dependent rate, the tentative mode and
// the memory are ours).
//
// A session collects signals separately and is merged when it closes: after session_idle without a signal, by
// event time. Its distance from each mode (divergence.h), beside what is usual for the shopper's sessions,
// decides where, and the divergence D between what it liked and what the style predicts decides how fast the
// profile follows:
//
//   began      there was no mode yet, or only the quiz
//   joined     it is near a confirmed mode: its evidence is added, less the farther it is; activity rises by
//              eta = min(rate_max, rate_start * (1 + rate_gain * max(0, D - tau) / tau))
//   returned   reactivated: it is near a dormant mode, which gets its share of the present taste at once
//   tentative  it is near no mode: kept separately with low weight (tentative_trust), as for a gift
//   confirmed  divergent sessions that weigh enough agree: the tentative mode becomes a mode, with the
//              activity that rate_max would have given it session by session
//
// A session without anything liked (passes, what was taken from the cart or sent back) says nothing of a new
// taste: it is joined to the confirmed mode that it denies, and raises none.
//
// A mode's evidence decays by the signals of other modes and by time, both slowly; a mode is not deleted
// while it is among the four. The vector of a mode is a decayed sum: normalised it is (1 - eta w) mode + eta
// w session with 1 - eta w = taste_decay ^ signals of the session.
//
// Pure values: the same signals give the same bytes. Threads: none.
#pragma once

#include <span>
#include <vector>

#include "style/divergence.h"
#include "style/drift.h"
#include "style/taste.h"

namespace modiste {

using ModeId = uint8_t;  // unique within a style, counted from 1; after 255 it restarts at 1
inline constexpr ModeId kSessionMode = 0;  // for items of the current session

struct Mode {
  ModeId id = 0;
  bool confirmed = false;
  int sessions = 0;     // number of sessions in it; 0: the quiz only
  float activity = 0;   // share of the present taste; sums to 1 over the confirmed modes
  float weight = 0;     // of its sessions, each by what was liked in it (w)
  TimePoint used_at{};  // end of the latest session in it
  Taste taste;

  friend bool operator==(const Mode&, const Mode&) = default;
};

// An item that a session met.
struct MetItem {
  Slot slot = kNoSlot;
  bool left = false;  // shown, and nothing was done with it so far

  friend bool operator==(const MetItem&, const MetItem&) = default;
};

struct Session {
  Taste taste;
  Taste left;                // what the items that were left show
  std::vector<MetItem> met;  // by slot; those of before the session's first signal too
  TimePoint shown_at{};      // the latest
  TimePoint started_at{}, heard_at{};
  int signals = 0;  // 0: no session is active
  int likes = 0;    // and saves

  [[nodiscard]] bool running() const { return signals > 0; }
  friend bool operator==(const Session&, const Session&) = default;
};

// The outcome of a closed session.
struct DriftPoint {
  TimePoint at{};        // its last signal
  float divergence = 0;  // from the style's prediction, bits
  float smoothed = 0;    // over sessions
  SessionOutcome outcome{};
  ModeId mode = 0;

  friend bool operator==(const DriftPoint&, const DriftPoint&) = default;
};

struct Style {
  std::vector<Mode> modes;        // confirmed and tentative, by id of birth
  std::vector<DriftPoint> drift;  // latest last
  float surprise = 0;             // D smoothed over sessions
  UsualDistance usual;            // of sessions from their modes
  TimePoint faded_at{};           // up to when time has faded the modes
  ModeId id_latest = 0;

  friend bool operator==(const Style&, const Style&) = default;
};

// Where a session went, and what happened to a mode that had to make room for it.
struct Merged {
  ModeId mode = 0;
  ModeId replaced = 0;     // 0: none
  ModeId replaced_by = 0;  // 0: deleted
};

// What the session says: its signals, and what was left beside likes (skipped items as evidence: Joachims
// 2005).
[[nodiscard]] Taste heard_taste(const Session& session, const StyleOptions& options);

// The confirmed mode that a session without anything liked is about: the one whose likes it passes most, else
// the leading one. 0: there is none.
[[nodiscard]] ModeId denied_mode(const Style& style, const Taste& session, const StyleOptions& options);

// Adds a closed session. Does nothing if the session learned nothing.
Merged merge(Style& style, const Session& session, const StyleModel& model);

// Fades the evidence of all modes by the time since the latest call: half of it is left after half_life.
// Times that are closer than fade_step are left for the next call.
void fade_to(Style& style, TimePoint now, const StyleOptions& options);

// The mode with the largest share of the present taste; creates one if there is none.
Mode& leading_mode(Style& style);

// One part of the present taste.
struct TasteShare {
  float share = 0;  // they sum to 1
  ModeId mode = 0;  // kSessionMode: the current session by itself
  bool with_session = false;
  Taste taste;
};

// The present taste: the modes by activity, and the current session. Its share rises with its evidence, up to
// running_share_max. The more unusual the session is for the mode nearest to it, the more of that share it
// has by itself; with the rest it counts as part of the mode. One without anything liked is heard by the mode
// that it denies and takes no share. With an empty style only the session counts. Largest share first; empty
// for an unknown shopper.
[[nodiscard]] std::vector<TasteShare> present_taste(const Style& style, const Session& session,
                                                    const StyleModel& model);

[[nodiscard]] float mixed_affinity(std::span<const TasteShare> shares, TermId term,
                                   const StyleOptions& options);
[[nodiscard]] float mixed_brand_affinity(std::span<const TasteShare> shares, BrandId brand,
                                         const StyleOptions& options);

}  // namespace modiste
