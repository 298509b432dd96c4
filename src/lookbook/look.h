// What a lookbook holds: pools of whole looks, one pool for each cluster of shoppers. These types are the
// stored format too (docs/formats/lookbook.md). No pool says anything about a shopper.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/json.h"
#include "context/occasion.h"
#include "lookbook/weather_kind.h"
#include "outfits/outfit.h"

namespace modiste::lookbook {

inline constexpr int kPoolVersion = 1;  // of the stored form; a reader passes over others

// Where a look or a garment stands among those of its catalog, each 0 to 1 (look_traits.h).
struct LookTraits {
  double vibe = 0.5, trend = 0.5, dare = 0.5;

  friend bool operator==(const LookTraits&, const LookTraits&) = default;
};

struct Look {
  std::string look_id;  // the same for the same pieces
  bool evening = false;
  Occasion occasion = Occasion::kCasual;
  std::vector<outfits::OutfitPiece> pieces;
  LookTraits traits;
};

// Who a pool is for.
struct ClusterKey {
  std::string department;  // vocabulary name; empty: everybody
  std::string style;       // label of a style cluster of the catalog, or kNewStyle
  WeatherKind weather = WeatherKind::kNeutral;

  auto operator<=>(const ClusterKey&) const = default;
};

struct LookPool {
  std::string cluster_id;  // cluster_id(day, key)
  std::string day;         // it was made for, "2026-11-21"
  ClusterKey cluster;
  int version = kPoolVersion;
  std::string generator;
  TimePoint made_at{}, expires_at{};
  std::vector<Look> looks;  // day looks, then evening looks, each best first
};

// Shoppers whose style is not known.
inline constexpr std::string_view kNewStyle = "New";

}  // namespace modiste::lookbook

namespace modiste {

template <>
struct Contract<lookbook::LookTraits> {
  using Traits = lookbook::LookTraits;
  static constexpr std::string_view kName = "LookTraits";
  static constexpr std::string_view kDoc =
      "Where a look stands among what the shop sells, each 0 to 1; 0.5 is the middle.";
  static constexpr auto kFields = Fields{
      field("vibe", &Traits::vibe, {.doc = "From at ease to dressed up", .required = true}),
      field("trend", &Traits::trend, {.doc = "How much its attributes gain favour now", .required = true}),
      field("dare", &Traits::dare,
            {.doc = "How rare its colours, prints and cuts are, and how strong its contrast",
             .required = true})};
};

template <>
struct Contract<lookbook::Look> {
  using Look = lookbook::Look;
  static constexpr std::string_view kName = "PoolLook";
  static constexpr std::string_view kDoc = "A look of a pool.";
  static constexpr auto kFields =
      Fields{field("look_id", &Look::look_id, {.doc = "Of its pieces", .required = true}),
             field("evening", &Look::evening, {.doc = "For the evening", .required = true}),
             field("occasion", &Look::occasion, {.doc = "What it is worn for", .required = true}),
             field("pieces", &Look::pieces, {.doc = "One a role", .required = true, .items_max = 8}),
             field("traits", &Look::traits, {.doc = "Vibe, trend, dare", .required = true})};
};

template <>
struct Contract<lookbook::ClusterKey> {
  using Key = lookbook::ClusterKey;
  static constexpr std::string_view kName = "LookCluster";
  static constexpr std::string_view kDoc = "Who a pool is for.";
  static constexpr auto kFields =
      Fields{field("department", &Key::department, {.doc = "Empty: everybody", .required = true}),
             field("style", &Key::style, {.doc = "A style of the catalog, or New", .required = true}),
             field("weather", &Key::weather, {.doc = "The kind of weather", .required = true})};
};

template <>
struct Contract<lookbook::LookPool> {
  using Pool = lookbook::LookPool;
  static constexpr std::string_view kName = "LookPool";
  static constexpr std::string_view kDoc = "The looks of a cluster for a day.";
  static constexpr auto kFields =
      Fields{field("cluster_id", &Pool::cluster_id, {.doc = "yyyymmdd_Style_Weather", .required = true}),
             field("day", &Pool::day, {.doc = "It was made for", .required = true}),
             field("cluster", &Pool::cluster, {.doc = "Who it is for", .required = true}),
             field("version", &Pool::version, {.doc = "Of this form", .required = true}),
             field("generator", &Pool::generator, {.doc = "What made it", .required = true}),
             field("made_at", &Pool::made_at, {.doc = "When", .required = true}),
             field("expires_at", &Pool::expires_at, {.doc = "Not shown from then on", .required = true}),
             field("looks", &Pool::looks, {.doc = "Day looks first", .required = true})};
};

}  // namespace modiste
