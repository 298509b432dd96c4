// What has been learned about a shopper, as shown to the shopper. These types are the HTTP contract too.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "identity/identifier.h"
#include "serving/api/requests.h"
#include "style/drift.h"

namespace modiste {

struct Policy;
struct ShopState;
class SubjectStore;

// A term that the shopper likes (score above 0) or avoids (below). score is in [-1, 1]; change is over the
// last ten signals.
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

// A point of the shopper's history, to show how affinities changed.
struct StylePoint {
  int signals = 0;
  std::map<std::string, double> scores;  // term -> score, for the affinities listed
};

// One of a shopper's tastes: they may like other things for work than for the beach.
struct StyleModeView {
  int id = 0;
  std::string name;                  // made of its most distinctive attributes: "Romantic · Red · Dresses"
  double share = 0;                  // of the shopper's present taste
  double evidence = 0;               // decayed weight of the signals in this mode
  int sessions = 0;                  // number of sessions in this mode
  bool tentative = false;            // based on one session; confirmed by a second one
  bool with_session = false;         // the current session is counted as part of it
  std::optional<TimePoint> used_at;  // absent when it comes from the quiz only
  std::vector<Affinity> affinities;  // strongest first, at most 8
  std::map<std::string, double> occasions;  // share of each occasion among its garments
  std::vector<AnswerItem> exemplars;        // latest first, at most 4
};

// The current session, before it is merged into the profile.
struct SessionView {
  bool running = false;
  int signals = 0;
  double share = 0;  // of the present taste, when the session matches none of the modes
  std::optional<TimePoint> started_at;
};

// The outcome of a closed session: joined a mode, was kept apart, confirmed a shift, or
// reactivated a dormant mode.
struct DriftMoment {
  TimePoint at{};
  double divergence = 0;  // from what the profile predicted, bits
  double threshold = 0;
  SessionOutcome outcome{};
  int mode = 0;
};

// The share of one of the shop's style clusters in a shopper's taste.
struct AestheticShare {
  std::string name;
  double share = 0;
};

// A size estimated from purchases, returns and statements of the shopper.
struct SizeView {
  std::string chart;  // a SizeChart by name
  std::string size;   // "US 8"
  int observations = 0;
};

struct StyleView {
  std::string shopper_id;
  int signals = 0;  // number of feedback events so far
  int likes = 0, passes = 0, saves = 0, purchases = 0;
  bool quiz_done = false;
  std::map<std::string, double> source_weights;  // HybridRanker's, without a context
  double exploration = 0;                        // probability that an item is shown to explore
  std::vector<Affinity> affinities;              // strongest first
  std::map<std::string, double> brands;          // brand -> score
  std::vector<PaletteShare> palette;
  std::optional<double> price_typical;
  double discount_response = 0;
  std::optional<double> budget_max;
  std::vector<std::string> sizes;
  std::vector<SizeView> sizes_known;
  std::optional<double> formality;         // mean of the garments chosen lately, 0 to 1
  std::optional<double> formality_stated;  // in the quiz
  BodyProfile body;
  Vetoes vetoes;
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
  static constexpr std::string_view kDoc = "A term that a shopper likes (score above 0) or avoids (below 0).";
  static constexpr auto kFields = Fields{
      field("facet", &Affinity::facet, {.doc = "The facet that the term belongs to", .required = true}),
      field("term", &Affinity::term, {.doc = "Name of the term in the vocabulary", .required = true}),
      field("label", &Affinity::label, {.doc = "Label to display", .required = true}),
      field("score", &Affinity::score, {.doc = "-1 to 1", .required = true}),
      field("change", &Affinity::change,
            {.doc = "Change of the score over the last ten signals", .required = true})};
};

template <>
struct Contract<PaletteShare> {
  static constexpr std::string_view kName = "PaletteShare";
  static constexpr std::string_view kDoc = "A colour that the shopper likes.";
  static constexpr auto kFields =
      Fields{field("hex", &PaletteShare::hex, {.doc = "#rrggbb", .required = true}),
             field("term", &PaletteShare::term, {.doc = "Name of the colour family", .required = true}),
             field("share", &PaletteShare::share, {.doc = "0 to 1", .required = true})};
};

template <>
struct Contract<StylePoint> {
  static constexpr std::string_view kName = "StylePoint";
  static constexpr std::string_view kDoc = "The affinities after a number of signals.";
  static constexpr auto kFields = Fields{
      field("signals", &StylePoint::signals, {.doc = "Number of feedback events so far", .required = true}),
      field("scores", &StylePoint::scores, {.doc = "Score by term", .required = true})};
};

template <>
struct Contract<StyleModeView> {
  static constexpr std::string_view kName = "StyleMode";
  static constexpr std::string_view kDoc = "A style mode: one of a shopper's tastes.";
  static constexpr auto kFields =
      Fields{field("id", &StyleModeView::id, {.doc = "Id of the mode; it never changes", .required = true}),
             field("name", &StyleModeView::name,
                   {.doc = "Name made of its most distinctive attributes", .required = true}),
             field("share", &StyleModeView::share,
                   {.doc = "Share of the shopper's present taste, 0 to 1", .required = true}),
             field("evidence", &StyleModeView::evidence,
                   {.doc = "Decayed weight of the signals in this mode", .required = true}),
             field("sessions", &StyleModeView::sessions,
                   {.doc = "Number of sessions in this mode", .required = true}),
             field("tentative", &StyleModeView::tentative,
                   {.doc = "Based on one session; has little weight until another session confirms it",
                    .required = true}),
             field("with_session", &StyleModeView::with_session,
                   {.doc = "The current session is counted as part of it", .required = true}),
             field("used_at", &StyleModeView::used_at, {.doc = "End of the latest session in this mode"}),
             field("affinities", &StyleModeView::affinities,
                   {.doc = "Affinities, strongest first, at most 8", .required = true}),
             field("occasions", &StyleModeView::occasions,
                   {.doc = "Share of each occasion among its garments", .required = true}),
             field("exemplars", &StyleModeView::exemplars,
                   {.doc = "Garments of the mode, latest first, at most 4", .required = true})};
};

template <>
struct Contract<SessionView> {
  static constexpr std::string_view kName = "StyleSession";
  static constexpr std::string_view kDoc =
      "The shopper's current session; merged into the profile when it closes.";
  static constexpr auto kFields = Fields{
      field("running", &SessionView::running,
            {.doc = "False after 30 minutes without a signal", .required = true}),
      field("signals", &SessionView::signals, {.doc = "Number of signals so far", .required = true}),
      field("share", &SessionView::share,
            {.doc = "Share of the present taste, when the session matches none of the modes",
             .required = true}),
      field("started_at", &SessionView::started_at, {.doc = "Start; absent when no session is active"})};
};

template <>
struct Contract<DriftMoment> {
  static constexpr std::string_view kName = "DriftMoment";
  static constexpr std::string_view kDoc = "The outcome of a closed session.";
  static constexpr auto kFields = Fields{
      field("at", &DriftMoment::at, {.doc = "Time of the session's last signal", .required = true}),
      field("divergence", &DriftMoment::divergence,
            {.doc = "Jensen-Shannon divergence from what the profile predicted, bits", .required = true}),
      field("threshold", &DriftMoment::threshold,
            {.doc = "Divergence from which a session counts as a surprise, bits", .required = true}),
      field("outcome", &DriftMoment::outcome, {.doc = "What happened", .required = true}),
      field("mode", &DriftMoment::mode, {.doc = "Id of the mode concerned", .required = true})};
};

template <>
struct Contract<AestheticShare> {
  static constexpr std::string_view kName = "AestheticShare";
  static constexpr std::string_view kDoc =
      "The share of one of the shop's style clusters in a shopper's taste.";
  static constexpr auto kFields =
      Fields{field("name", &AestheticShare::name,
                   {.doc = "Name made of its distinctive attributes", .required = true}),
             field("share", &AestheticShare::share, {.doc = "0 to 1", .required = true})};
};

template <>
struct Contract<SizeView> {
  static constexpr std::string_view kName = "KnownSize";
  static constexpr std::string_view kDoc =
      "A size estimated from a shopper's purchases, returns and statements.";
  static constexpr auto kFields = Fields{
      field("chart", &SizeView::chart,
            {.doc = "women, men, shoes_women, shoes_men, kids, shoes_kids, accessories", .required = true}),
      field("size", &SizeView::size, {.doc = "Nearest size of the chart", .required = true}),
      field("observations", &SizeView::observations,
            {.doc = "Number of observations behind the estimate", .required = true})};
};

template <>
struct Contract<StyleView> {
  static constexpr std::string_view kName = "StyleView";
  static constexpr std::string_view kDoc = "A shopper's style profile.";
  static constexpr auto kFields = Fields{
      field("shopper_id", &StyleView::shopper_id, {.doc = "Id of the shopper", .required = true}),
      field("signals", &StyleView::signals, {.doc = "Number of feedback events so far", .required = true}),
      field("likes", &StyleView::likes, {.doc = "Number of likes so far", .required = true}),
      field("passes", &StyleView::passes, {.doc = "Number of passes so far", .required = true}),
      field("saves", &StyleView::saves, {.doc = "Number of saves so far", .required = true}),
      field("purchases", &StyleView::purchases, {.doc = "Number of purchases so far", .required = true}),
      field("quiz_done", &StyleView::quiz_done,
            {.doc = "The shopper has answered the quiz", .required = true}),
      field("source_weights", &StyleView::source_weights,
            {.doc = "Weights by which the hybrid ranker ranks for this shopper, without a context: content, "
                    "neighbours (with next choices), visual, popularity",
             .required = true}),
      field("exploration", &StyleView::exploration,
            {.doc = "Probability that an item is shown to explore", .required = true}),
      field("affinities", &StyleView::affinities, {.doc = "Affinities, strongest first", .required = true}),
      field("brands", &StyleView::brands, {.doc = "Score by brand", .required = true}),
      field("palette", &StyleView::palette, {.doc = "Colours liked, by share", .required = true}),
      field("price_typical", &StyleView::price_typical, {.doc = "Typical price of liked items"}),
      field("discount_response", &StyleView::discount_response,
            {.doc = "Preference for reduced garments over others, -1 to 1", .required = true}),
      field("budget_max", &StyleView::budget_max, {.doc = "Upper price limit given in the quiz"}),
      field("sizes", &StyleView::sizes, {.doc = "Sizes given in the quiz", .required = true}),
      field("sizes_known", &StyleView::sizes_known,
            {.doc = "Sizes estimated from purchases, returns and statements", .required = true}),
      field("formality", &StyleView::formality,
            {.doc = "How formal the garments are that the shopper chose lately: 0 loungewear to 1 black tie; "
                    "absent: unknown"}),
      field("formality_stated", &StyleView::formality_stated,
            {.doc = "How formal the shopper dresses, as stated in the quiz"}),
      field("body", &StyleView::body, {.doc = "Measurements that the shopper stated", .required = true}),
      field("vetoes", &StyleView::vetoes, {.doc = "What is never shown to the shopper", .required = true}),
      field("aesthetics", &StyleView::aesthetics,
            {.doc = "Style clusters of the shop that the shopper likes, largest share first",
             .required = true}),
      field("modes", &StyleView::modes,
            {.doc = "Style modes, largest share first; their shares and the session's share sum to 1",
             .required = true}),
      field("session", &StyleView::session, {.doc = "The current session", .required = true}),
      field("drift", &StyleView::drift,
            {.doc = "Outcomes of closed sessions, oldest first", .required = true}),
      field("history", &StyleView::history,
            {.doc = "History of the affinities, oldest first", .required = true}),
      field("liked", &StyleView::liked,
            {.doc = "Liked items, latest first, at most 24; all: GET /v1/shoppers/{id}/liked",
             .required = true})};
};

[[nodiscard]] StyleView make_style_view(const Identifier& shopper, const SubjectStore& subjects,
                                        const ShopState& shop, const Policy& policy, TimePoint now);

}  // namespace modiste
