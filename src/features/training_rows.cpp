#include "features/training_rows.h"

#include <fmt/format.h>

#include "events/traffic_filter.h"
#include "features/feature_sql.h"

namespace modiste {
namespace {

// Facts about garments and shoppers by the time they became known, without noise.
std::string facts_sql(std::string_view table, std::string_view entity) {
  return fmt::format(R"(
      CREATE TABLE {} AS
      SELECT {} AS entity, known_at, type
      FROM log
      LEFT JOIN marks USING (log_offset)
      WHERE garment_id <> ''
        AND type IN ('impression', 'click', 'like', 'save', 'add_to_cart', 'purchase', 'return')
        AND (coalesce(marks, 0) & {}) = 0
        AND NOT (type = 'impression' AND (coalesce(marks, 0) & {}) <> 0))",
                     table, entity, kMarkBot | kMarkAccidental, kMarkAbandoned);
}

// What the shop answered (served) and what the page reports as seen (impression) are two events of one
// request of one person: an id that two people's requests share joins nothing. The served event takes
// precedence: its time, position and propensity are more reliable.
std::string shown_sql() {
  constexpr std::string_view kEither =
      "coalesce(arg_min({0}, log_offset) FILTER (WHERE type = 'served'), arg_min({0}, log_offset)) AS {0}";
  const auto either = [&](std::string_view column) { return fmt::format(fmt::runtime(kEither), column); };
  return fmt::format(
      R"(
      CREATE TABLE shown AS
      SELECT row_number() OVER (ORDER BY shown_at, request_key, person, position, garment_id) AS row_id, *
      FROM (
        SELECT request_key, person, garment_id,
          any_value(request_id) AS request_id,
          bool_or(erased) AS erased,
          {}, {}, {}, {},
          bool_or(type = 'served') AS served,
          bool_or(type = 'impression') AS impressed,
          coalesce(min(moment) FILTER (WHERE type = 'served'), min(moment)) AS shown_at,
          any_value(features) AS features,
          bool_or((marks & {}) <> 0) AS bot,
          coalesce(bool_and((marks & {}) <> 0) FILTER (WHERE type = 'impression'), false) AS abandoned
        FROM (
          SELECT * EXCLUDE (happened_at, marks),
            least(happened_at, received_at) AS moment,
            coalesce(marks, 0) AS marks,
            CASE WHEN request_id = '' THEN 'event ' || log_offset ELSE request_id END AS request_key
          FROM log
          JOIN people USING (subject)
          LEFT JOIN marks USING (log_offset)
          WHERE type IN ('impression', 'served'))
        GROUP BY request_key, person, garment_id))",
      either("subject"), either("colour"), either("position"), either("propensity"), kMarkBot,
      kMarkAbandoned);
}

std::string undone_sql() {
  return R"(
      CREATE TABLE undone AS
      SELECT DISTINCT undoes AS event_id, person
      FROM log
      JOIN people USING (subject)
      WHERE type = 'undo')";
}

// What shoppers did with garments. Undone events are left out; accidental clicks are only counted as such.
std::string outcomes_sql() {
  return fmt::format(R"(
      CREATE TABLE outcomes AS
      SELECT log_offset, happened_at,
        CASE WHEN (coalesce(marks, 0) & {}) <> 0 THEN 'accidental' ELSE type END AS type,
        request_id, garment_id, person
      FROM log
      JOIN people USING (subject)
      LEFT JOIN marks USING (log_offset)
      ANTI JOIN undone USING (event_id, person)
      WHERE type IN ('click', 'like', 'save', 'add_to_cart', 'purchase', 'pass')
        AND (coalesce(marks, 0) & {}) = 0)",
                     kMarkAccidental, kMarkBot);
}

// The row that an outcome is credited to: the answer that it cites, if it is the same person's, else the
// latest time the garment was shown to them.
std::string credited_sql(const TrainingRowOptions& options) {
  return fmt::format(R"(
      CREATE TABLE credited AS
      WITH cited AS (
        SELECT o.log_offset, o.happened_at, o.type, s.row_id, s.shown_at
        FROM outcomes o
        JOIN shown s
          ON o.request_id <> '' AND s.request_key = o.request_id
          AND s.person = o.person AND s.garment_id = o.garment_id),
      latest AS (
        SELECT o.log_offset, o.happened_at, o.type, s.row_id, s.shown_at
        FROM (SELECT * FROM outcomes ANTI JOIN cited USING (log_offset)) o
        ASOF JOIN shown s
          ON o.person = s.person AND o.garment_id = s.garment_id AND o.happened_at >= s.shown_at)
      SELECT log_offset, happened_at, type, row_id
      FROM (FROM cited UNION ALL FROM latest)
      WHERE happened_at < shown_at + INTERVAL {} DAY)",
                     options.attribution_days);
}

// A return that was not undone cancels the latest earlier purchase of the same garment; a second return that
// would cancel the same purchase cancels the one before it.
std::string returned_sql(const TrainingRowOptions& options) {
  const auto latest = [](std::string_view returns, std::string_view purchases) {
    return fmt::format(R"((
        SELECT r.log_offset AS return_offset, r.person, r.garment_id, r.happened_at,
          p.log_offset, p.happened_at AS bought_at,
          row_number() OVER (PARTITION BY p.log_offset ORDER BY r.happened_at, r.log_offset) AS nth
        FROM {} r
        ASOF JOIN {} p
          ON r.person = p.person AND r.garment_id = p.garment_id AND r.happened_at >= p.happened_at))",
                       returns, purchases);
  };
  return fmt::format(R"(
      CREATE TABLE returned AS
      WITH returns AS (
        SELECT log_offset, happened_at, garment_id, person
        FROM log
        JOIN people USING (subject)
        ANTI JOIN undone USING (event_id, person)
        WHERE type = 'return'),
      purchases AS (SELECT * FROM outcomes WHERE type = 'purchase'),
      first AS (FROM {}),
      left_over AS (
        SELECT return_offset AS log_offset, happened_at, garment_id, person
        FROM first
        WHERE nth > 1),
      kept AS (FROM purchases ANTI JOIN (FROM first WHERE nth = 1) USING (log_offset)),
      second AS (FROM {})
      SELECT DISTINCT log_offset
      FROM (FROM first UNION ALL FROM second)
      WHERE happened_at < bought_at + INTERVAL {} DAY)",
                     latest("returns", "purchases"), latest("left_over", "kept"), options.return_days);
}

std::string labels_sql(const std::string& as_of, const TrainingRowOptions& options) {
  return fmt::format(R"(
      CREATE TABLE labels AS
      SELECT row_id,
        CASE WHEN bool_or(sent_back) AND NOT bool_or(type = 'purchase' AND NOT sent_back) THEN 0
          ELSE max(gain) END AS label,
        bool_or(type = 'click') AS clicked,
        bool_or(type IN ('like', 'save')) AS liked,
        bool_or(type = 'add_to_cart') AS carted,
        bool_or(type = 'purchase') AS purchased,
        bool_or(sent_back) AS returned,
        bool_or(type = 'pass') AS passed,
        bool_or(type = 'accidental') AS accidental
      FROM (
        SELECT c.*, r.log_offset IS NOT NULL AS sent_back,
          CASE type
            WHEN 'purchase' THEN
              CASE WHEN r.log_offset IS NOT NULL THEN 0
                WHEN happened_at + INTERVAL {} DAY <= {} THEN {}
                ELSE 4 END
            WHEN 'add_to_cart' THEN 3
            WHEN 'like' THEN 2
            WHEN 'save' THEN 2
            WHEN 'click' THEN 1
            ELSE 0 END AS gain
        FROM credited c
        LEFT JOIN returned r USING (log_offset))
      GROUP BY row_id)",
                     options.return_days, as_of, kLabelMax);
}

// Excludes shoppers who were erased, who deny training now, or who denied it when the item was shown.
std::string admitted_sql() {
  return R"(
      CREATE TABLE admitted AS
      WITH consents AS (
        SELECT person, happened_at, log_offset, training
        FROM log
        JOIN people USING (subject)
        WHERE type = 'consent' AND training IS NOT NULL),
      latest AS (SELECT person, arg_max(training, log_offset) AS training FROM consents GROUP BY person)
      SELECT s.*
      FROM shown s
      LEFT JOIN latest USING (person)
      ASOF LEFT JOIN consents c ON s.person = c.person AND s.shown_at >= c.happened_at
      WHERE NOT s.erased AND coalesce(latest.training, true) AND coalesce(c.training, true))";
}

// The logged vector's values by name; null where it is of another feature set, or the value was unknown.
std::string streaming_columns() {
  std::string columns;
  size_t place = 2;  // the first is the set; SQL counts from 1
  for (const auto& feature : streaming_features())
    columns += fmt::format(", CASE WHEN vector[1] = {} THEN nullif(vector[{}], {}::FLOAT) END AS {}",
                           feature_set(), place++, kFeatureUnknown, feature.name);
  return columns;
}

std::string daily_columns(FeatureEntity entity, std::string_view alias) {
  std::string columns;
  for (const FeatureDefinition* feature : daily_features(entity))
    columns += fmt::format(", {}.{}", alias, feature->name);
  return columns;
}

std::string rows_sql(const std::string& as_of, const TrainingRowOptions& options) {
  const auto flag = [](std::string_view name) { return fmt::format("coalesce({0}, false) AS {0}", name); };
  return fmt::format(
      R"(
      CREATE VIEW training_rows AS
      SELECT row_id, request_id, subject, person, garment_id, colour, shown_at, position, propensity,
        served, impressed,
        coalesce(label, 0)::INTEGER AS label,
        shown_at + INTERVAL {} DAY <= {} AS label_final,
        {}, {}, {}, {}, {}, {}, bot, abandoned, {},
        vector[1]::BIGINT AS feature_set{}{}{}
      FROM (SELECT *, features::FLOAT[] AS vector FROM admitted) s
      LEFT JOIN labels USING (row_id)
      JOIN garment_daily g ON g.entity = s.garment_id AND g.as_of = s.shown_at
      JOIN shopper_daily h ON h.entity = s.subject AND h.as_of = s.shown_at
      ORDER BY row_id)",
      options.attribution_days, as_of, flag("clicked"), flag("liked"), flag("carted"), flag("purchased"),
      flag("returned"), flag("passed"), flag("accidental"), streaming_columns(),
      daily_columns(FeatureEntity::kGarment, "g"), daily_columns(FeatureEntity::kShopper, "h"));
}

}  // namespace

std::vector<std::string> training_statements(TimePoint as_of, const TrainingRowOptions& options) {
  const std::string time = fmt::format("TIMESTAMPTZ '{}'", to_rfc3339(as_of));
  return {facts_sql("garment_facts", "garment_id"),
          facts_sql("shopper_facts", "subject"),
          shown_sql(),
          undone_sql(),
          outcomes_sql(),
          credited_sql(options),
          returned_sql(options),
          labels_sql(time, options),
          admitted_sql(),
          "CREATE VIEW garment_asks AS SELECT DISTINCT garment_id AS entity, shown_at AS as_of FROM admitted",
          "CREATE VIEW shopper_asks AS SELECT DISTINCT subject AS entity, shown_at AS as_of FROM admitted",
          "CREATE TABLE garment_daily AS " +
              daily_features_sql(FeatureEntity::kGarment, "garment_facts", "garment_asks"),
          "CREATE TABLE shopper_daily AS " +
              daily_features_sql(FeatureEntity::kShopper, "shopper_facts", "shopper_asks"),
          rows_sql(time, options)};
}

}  // namespace modiste
