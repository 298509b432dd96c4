#include "learning/datasets/occasion_history.h"

#include <memory>
#include <unordered_set>

#include "events/event_refs.h"
#include "events/event_time_order.h"
#include "learning/datasets/drawn_rows.h"
#include "serving/catalog/load_catalog.h"

namespace modiste {
namespace {

constexpr uint64_t kProgressEvents = 10'000;

class OccasionReader {
 public:
  OccasionReader(const LoggedEvents& log, const Catalog& catalog, const OccasionHistoryOptions& options)
      : catalog_(catalog),
        options_(options),
        table_(catalog.vocabulary()),
        sizing_(catalog),
        style_clusters_(catalog.vocabulary()),
        profiles_({catalog, embeddings_, log, co_choices_, popularity_, popularity_by_time_, sizing_,
                   style_clusters_, quality_},
                  options.profiles) {}

  // The occasion is noted as a request of this moment would have been answered, then the event itself is
  // folded.
  Result<Done> observe(const LoggedEvent& logged) {
    ++history_.events;
    if (const EventRefs refs(logged.event); !refs.span().empty()) note_occasion(logged, refs);
    const PersonEvent& folded = profiles_.fold(logged);
    mark_noise(logged.position, folded.marks);
    for (const LateMark& mark : folded.late) mark_noise(mark.position, mark.marks);
    return profiles_.settle();
  }

  OccasionHistory finish() {
    const auto left_out =
        std::move(statements_).take(timeline(), [&](Statement statement, const std::string& person) {
          statement.said.shopper = person;
          history_.said.push_back(std::move(statement.said));
        });
    history_.noise = left_out.noise;
    history_.without_consent = left_out.without_consent;
    for (const auto& said : history_.said)
      history_.with_recent += said.example.clues.recent != OccasionCounts{} ? 1 : 0;
    return std::move(history_);
  }

 private:
  struct Statement {
    DatedOccasion said;
    uint64_t once = 0;  // the key of said_once_
  };

  void note_occasion(const LoggedEvent& logged, const EventRefs& refs) {
    const Event& event = logged.event;
    const NodeRef& node = identity_key_of(refs.span());
    if (!event.context) return;
    const auto occasion = enum_from_name<Occasion>(event.context->occasion);
    if (!occasion) return;
    const TimePoint at = time_of(event, logged.received_at);
    const auto person = profiles_.person_of(refs.span());
    const auto known = person ? profiles_.find(*person, at) : nullptr;
    static const ShopperState kNobody;
    const auto snapshot = catalog_.snapshot();
    const auto input = context_input(request_in(*event.context), known == nullptr ? kNobody : *known,
                                     *snapshot, catalog_.vocabulary(), at, options_.context);
    const auto context = input.ok() ? infer_context(*input, table_, options_.context.inference)
                                    : Result<Context>(input.error());
    if (!context.ok()) {
      ++history_.unusable;
      return;
    }
    const LocalTime& day = context->local;
    const uint64_t once = hash64(key_of(person.value_or(std::string(node.subject)), *occasion, day));
    if (!said_once_.insert(once).second) {
      ++history_.repeated;
      return;
    }
    statements_.add(logged.position, node,
                    {{{occasion_clues(*context, *input), *occasion, 1}, known_at(logged), ""}, once},
                    event.type == EventType::kServed && timeline().is_robot(node.subject));
  }

  static std::string key_of(const std::string& who, Occasion occasion, const LocalTime& day) {
    return who + ' ' + std::string(name_of(occasion)) + ' ' + std::to_string(day.year) + ' ' +
           std::to_string(day.day_of_year);
  }

  // An occasion stated in an abandoned visit counts: only robots and accidental clicks are skipped.
  void mark_noise(LogPosition position, TrafficMarks marks) {
    if ((marks & (kMarkBot | kMarkAccidental)) == 0) return;
    if (const Statement* statement = statements_.mark_noise(position))
      said_once_.erase(statement->once);  // it may yet be said in earnest
  }

  [[nodiscard]] const PersonTimeline& timeline() const { return profiles_.timeline(); }

  const Catalog& catalog_;
  const OccasionHistoryOptions& options_;
  const OccasionModel table_;
  ItemEmbeddings embeddings_;  // none: vectors say nothing of occasions
  CoChoices co_choices_;
  Popularity popularity_;
  PopularityByTime popularity_by_time_;
  Sizing sizing_;
  StyleClusters style_clusters_;
  GarmentQuality quality_;
  ProfileBuilder profiles_;

  OccasionHistory history_;
  DrawnRows<Statement> statements_;
  std::unordered_set<uint64_t> said_once_;
};

}  // namespace

Result<OccasionHistory> read_occasion_history(const OccasionHistoryPorts& ports, const Vocabulary& vocabulary,
                                              const OccasionHistoryOptions& options,
                                              const HistoryProgress& progress) {
  const auto tell = [&](std::string_view what, uint64_t done) {
    if (progress) progress(what, done);
  };
  Catalog catalog(vocabulary);
  TRY(load_catalog(ports.garments, catalog, [&](size_t garments) { tell("garments", garments); }));
  TRY_ASSIGN(const auto log,
             EventTimeOrder::of(ports.log, [&](uint64_t events) { tell("events ordered", events); }));
  const auto reader = std::make_unique<OccasionReader>(log, catalog, options);
  uint64_t read = 0;
  TRY(log.replay(LogPosition::begin(), [&](const LoggedEvent& logged) -> Result<Done> {
    if (read++ % kProgressEvents == 0) tell("events", read);
    return reader->observe(logged);
  }));
  return reader->finish();
}

}  // namespace modiste
