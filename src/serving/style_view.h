// What has been learned about a shopper, as the shopper sees it. These types are the HTTP contract too.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "serving/request_state.h"
#include "serving/requests.h"
#include "style/drift.h"

namespace modiste {

// One thing a shopper leans to or away from; score in [-1, 1], change since the last ten signals.
struct Affinity {
  Facet facet{};
  std::string term;
  std::string label;
  double score = 0;
  double change = 0;
};

struct PaletteShare {
  std::string hex;
  std::string term;
  double share = 0;
};

// A point of the shopper's history, for seeing learning happen.
struct StylePoint {
  int signals = 0;
  std::map<std::string, double> scores;  // term -> score, for the affinities listed
};

// One of a shopper's tastes: what she likes for work is not what she likes for the beach.
struct StyleModeView {
  int id = 0;
  std::string name;                         // of its most telling attributes: "Romantic · Red · Dresses"
  double share = 0;                         // of her present taste
  double evidence = 0;                      // weight of the signals that speak for it, faded
  int sessions = 0;                         // that fed it
  bool tentative = false;                   // seen once: a gift or a whim until it comes again
  bool with_session = false;                // the running session is read as part of it
  std::optional<TimePoint> used_at;         // absent when only the quiz speaks for it
  std::vector<Affinity> affinities;         // strongest first, at most 8
  std::map<std::string, double> occasions;  // share by occasion of what it consists of
  std::vector<AnswerItem> exemplars;        // latest first, at most 4
};

// What she does right now, before it is merged into her style.
struct SessionView {
  bool running = false;
  int signals = 0;
  double share = 0;  // of her present taste, when it is unlike all her modes
  std::optional<TimePoint> started_at;
};

// What came of a session that closed: joined a mode, was kept apart, confirmed a shift, woke a mode that
// slept.
struct DriftMoment {
  TimePoint at{};
  double divergence = 0;  // from what her style predicted, bits
  double threshold = 0;
  SessionOutcome outcome{};
  int mode = 0;
};

// How much of a shopper an aesthetic of the shop is.
struct AestheticShare {
  std::string name;
  double share = 0;
};

// A size that her purchases, returns and words tell of.
struct SizeView {
  std::string chart;  // women, men, shoes_women, shoes_men
  std::string size;   // "US 8"
  int observations = 0;
};

struct StyleView {
  std::string shopper_id;
  int signals = 0;  // feedback events so far
  int likes = 0, passes = 0, saves = 0, purchases = 0;
  bool quiz_done = false;
  std::map<std::string, double> source_weights;  // content, neighbours, visual
  double exploration = 0;                        // probability that a card is explored
  std::vector<Affinity> affinities;              // strongest first
  std::map<std::string, double> brands;          // brand -> score
  std::vector<PaletteShare> palette;
  std::optional<double> price_typical;
  double discount_response = 0;
  std::optional<double> budget_max;
  std::vector<std::string> sizes;
  std::vector<SizeView> sizes_known;
  std::vector<AestheticShare> aesthetics;  // largest share first, at most 6
  std::vector<StyleModeView> modes;        // largest share first
  SessionView session;
  std::vector<DriftMoment> drift;  // oldest first
  std::vector<StylePoint> history;
  std::vector<AnswerItem> liked;  // latest first, at most 24
};

template <>
struct Contract<Affinity> {
  static constexpr std::string_view kName = "Affinity";
  static constexpr std::string_view kDoc = "Something a shopper leans to (above 0) or away from (below).";
  static constexpr auto kFields =
      std::tuple{field("facet", &Affinity::facet, {.doc = "Which list the term is of", .required = true}),
                 field("term", &Affinity::term, {.doc = "Vocabulary name", .required = true}),
                 field("label", &Affinity::label, {.doc = "For people", .required = true}),
                 field("score", &Affinity::score, {.doc = "-1 to 1", .required = true}),
                 field("change", &Affinity::change, {.doc = "Over the last ten signals", .required = true})};
};

template <>
struct Contract<PaletteShare> {
  static constexpr std::string_view kName = "PaletteShare";
  static constexpr std::string_view kDoc = "A colour of the shopper's palette.";
  static constexpr auto kFields =
      std::tuple{field("hex", &PaletteShare::hex, {.doc = "#rrggbb", .required = true}),
                 field("term", &PaletteShare::term, {.doc = "Colour family", .required = true}),
                 field("share", &PaletteShare::share, {.doc = "0 to 1", .required = true})};
};

template <>
struct Contract<StylePoint> {
  static constexpr std::string_view kName = "StylePoint";
  static constexpr std::string_view kDoc = "The affinities as they were after so many signals.";
  static constexpr auto kFields =
      std::tuple{field("signals", &StylePoint::signals, {.doc = "Feedback events by then", .required = true}),
                 field("scores", &StylePoint::scores, {.doc = "By term", .required = true})};
};

template <>
struct Contract<StyleModeView> {
  static constexpr std::string_view kName = "StyleMode";
  static constexpr std::string_view kDoc = "One of a shopper's tastes.";
  static constexpr auto kFields = std::tuple{
      field("id", &StyleModeView::id, {.doc = "Stays the same while the mode lives", .required = true}),
      field("name", &StyleModeView::name, {.doc = "Its most telling attributes", .required = true}),
      field("share", &StyleModeView::share, {.doc = "Of her present taste, 0 to 1", .required = true}),
      field("evidence", &StyleModeView::evidence,
            {.doc = "Weight of the signals that speak for it, faded", .required = true}),
      field("sessions", &StyleModeView::sessions, {.doc = "That fed it", .required = true}),
      field("tentative", &StyleModeView::tentative,
            {.doc = "Hardly heard until another session agrees", .required = true}),
      field("with_session", &StyleModeView::with_session,
            {.doc = "The running session is read as part of it", .required = true}),
      field("used_at", &StyleModeView::used_at, {.doc = "End of the latest session that fed it"}),
      field("affinities", &StyleModeView::affinities,
            {.doc = "Strongest first, at most 8", .required = true}),
      field("occasions", &StyleModeView::occasions,
            {.doc = "Share by occasion of what it consists of", .required = true}),
      field("exemplars", &StyleModeView::exemplars, {.doc = "Latest first, at most 4", .required = true})};
};

template <>
struct Contract<SessionView> {
  static constexpr std::string_view kName = "StyleSession";
  static constexpr std::string_view kDoc =
      "What a shopper does right now; merged into her style when it closes.";
  static constexpr auto kFields =
      std::tuple{field("running", &SessionView::running,
                       {.doc = "False after 30 minutes without a signal", .required = true}),
                 field("signals", &SessionView::signals, {.doc = "So far", .required = true}),
                 field("share", &SessionView::share,
                       {.doc = "Of her present taste, when it is unlike all her modes", .required = true}),
                 field("started_at", &SessionView::started_at, {.doc = "When it runs"})};
};

template <>
struct Contract<DriftMoment> {
  static constexpr std::string_view kName = "DriftMoment";
  static constexpr std::string_view kDoc = "What came of a session that closed.";
  static constexpr auto kFields =
      std::tuple{field("at", &DriftMoment::at, {.doc = "The session's last signal", .required = true}),
                 field("divergence", &DriftMoment::divergence,
                       {.doc = "From what her style predicted, Jensen-Shannon, bits", .required = true}),
                 field("threshold", &DriftMoment::threshold,
                       {.doc = "From which on a session is a surprise, bits", .required = true}),
                 field("outcome", &DriftMoment::outcome, {.doc = "What happened", .required = true}),
                 field("mode", &DriftMoment::mode, {.doc = "To which mode", .required = true})};
};

template <>
struct Contract<AestheticShare> {
  static constexpr std::string_view kName = "AestheticShare";
  static constexpr std::string_view kDoc = "How much of a shopper one of the shop's styles is.";
  static constexpr auto kFields =
      std::tuple{field("name", &AestheticShare::name, {.doc = "By what sets it apart", .required = true}),
                 field("share", &AestheticShare::share, {.doc = "0 to 1", .required = true})};
};

template <>
struct Contract<SizeView> {
  static constexpr std::string_view kName = "KnownSize";
  static constexpr std::string_view kDoc = "A size that a shopper's purchases, returns and words tell of.";
  static constexpr auto kFields = std::tuple{
      field("chart", &SizeView::chart, {.doc = "women, men, shoes_women, shoes_men", .required = true}),
      field("size", &SizeView::size, {.doc = "The nearest of the chart", .required = true}),
      field("observations", &SizeView::observations, {.doc = "That tell it", .required = true})};
};

template <>
struct Contract<StyleView> {
  static constexpr std::string_view kName = "StyleView";
  static constexpr std::string_view kDoc = "What has been learned of a shopper's style.";
  static constexpr auto kFields = std::tuple{
      field("shopper_id", &StyleView::shopper_id, {.doc = "Whose", .required = true}),
      field("signals", &StyleView::signals, {.doc = "Feedback events so far", .required = true}),
      field("likes", &StyleView::likes, {.doc = "So far", .required = true}),
      field("passes", &StyleView::passes, {.doc = "So far", .required = true}),
      field("saves", &StyleView::saves, {.doc = "So far", .required = true}),
      field("purchases", &StyleView::purchases, {.doc = "So far", .required = true}),
      field("quiz_done", &StyleView::quiz_done, {.doc = "Has answered the quiz", .required = true}),
      field("source_weights", &StyleView::source_weights,
            {.doc = "content, neighbours, visual: how the hybrid leans now", .required = true}),
      field("exploration", &StyleView::exploration,
            {.doc = "Probability that a card is explored", .required = true}),
      field("affinities", &StyleView::affinities, {.doc = "Strongest first", .required = true}),
      field("brands", &StyleView::brands, {.doc = "Score by brand", .required = true}),
      field("palette", &StyleView::palette, {.doc = "Colours liked, by share", .required = true}),
      field("price_typical", &StyleView::price_typical, {.doc = "Of what she likes"}),
      field("discount_response", &StyleView::discount_response,
            {.doc = "How much more reduced garments please her than others, -1 to 1", .required = true}),
      field("budget_max", &StyleView::budget_max, {.doc = "From the quiz"}),
      field("sizes", &StyleView::sizes, {.doc = "From the quiz", .required = true}),
      field("sizes_known", &StyleView::sizes_known,
            {.doc = "What her purchases, returns and words tell", .required = true}),
      field("aesthetics", &StyleView::aesthetics,
            {.doc = "Styles of the shop that she leans to, largest share first", .required = true}),
      field("modes", &StyleView::modes,
            {.doc = "Her tastes, largest share first; the shares and the session's sum to 1",
             .required = true}),
      field("session", &StyleView::session, {.doc = "What she does right now", .required = true}),
      field("drift", &StyleView::drift,
            {.doc = "What came of each closed session, oldest first", .required = true}),
      field("history", &StyleView::history,
            {.doc = "How the affinities moved, oldest first", .required = true}),
      field("liked", &StyleView::liked, {.doc = "Latest first, at most 24", .required = true})};
};

[[nodiscard]] StyleView make_style_view(const Identifier& shopper, const SubjectStore& subjects,
                                        const ShopState& shop, const Policy& policy, TimePoint now);

}  // namespace modiste
