#include "learning/datasets/imported_history.h"

#include <algorithm>
#include <unordered_set>

#include "base/rng.h"
#include "catalog/normaliser.h"
#include "serving/state/event_item.h"
#include "serving/state/sizing.h"

namespace modiste {
namespace {

constexpr size_t kHistoryBatchGarments = 512;

Result<HistoryReport> read(const ImportedSet& from, const HistorySinks& sinks) {
  TRY_ASSIGN(const auto input, from.open());
  return read_history(*input, *from.format, from.options, sinks);
}

Result<Done> read_garments(const ImportedSet& from, Catalog& catalog) {
  const Normaliser normaliser(catalog.vocabulary());
  std::vector<Garment> batch;
  HistorySinks sinks;
  sinks.garment = [&](Garment&& garment) -> Result<Done> {
    normaliser.normalise(garment);
    batch.push_back(std::move(garment));
    if (batch.size() == kHistoryBatchGarments) catalog.upsert(std::exchange(batch, {}));
    return kOk;
  };
  TRY(read(from, sinks));
  catalog.upsert(std::move(batch));
  return kOk;
}

template <class Row, class Key>
void sort_by(std::vector<Row>& rows, const Key& key) {
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
}

}  // namespace

Result<ImportedCount> read_purchases(const ImportedSet& from, Catalog& catalog,
                                     const std::function<void(const Event&)>& visit) {
  TRY(read_garments(from, catalog));
  ImportedCount count;
  std::unordered_set<uint64_t> known;
  HistorySinks sinks;
  sinks.event = [&](Event&& event, size_t) -> Result<Done> {
    if (event.type != EventType::kPurchase) return kOk;
    if (known.insert(hash64(event.event_id)).second)
      visit(event);
    else
      ++count.repeated;
    return kOk;
  };
  TRY_ASSIGN(const HistoryReport report, read(from, sinks));
  count.rows = report.rows.rows_read;
  count.refused = report.rows.rows_refused;
  return count;
}

Result<ImportedFit> read_fit_rows(const ImportedSet& from, const Vocabulary& vocabulary) {
  Catalog catalog(vocabulary);
  const Sizing sizing(catalog);
  ImportedFit fit;
  std::vector<std::pair<TimePoint, FitRow>> dated;
  TRY_ASSIGN(fit.count, read_purchases(from, catalog, [&](const Event& event) {
               auto seen = sizing.observation(event);
               if (!seen || !seen->outcome) {
                 ++fit.left_out;
                 return;
               }
               dated.push_back({event.occurred_at.value_or(TimePoint{}),
                                {event.shopper_id, event.body.value_or(BodyProfile{}), std::move(*seen)}});
             }));
  sort_by(dated, [](const auto& row) { return row.first; });
  for (auto& [at, row] : dated) fit.rows.push_back(std::move(row));
  return fit;
}

Result<ImportedOccasions> read_said_occasions(const ImportedSet& from, const Vocabulary& vocabulary) {
  Catalog catalog(vocabulary);
  ImportedOccasions said;
  const auto count = read_purchases(from, catalog, [&](const Event& event) {
    const auto occasion =
        event.context ? enum_from_name<Occasion>(event.context->occasion) : std::optional<Occasion>();
    if (!occasion || !event.occurred_at) {
      ++said.dropped["no occasion of ours"];
      return;
    }
    SaidOccasion row{event.shopper_id, std::chrono::floor<std::chrono::days>(*event.occurred_at), *occasion,
                     std::nullopt};
    const Slot slot = slot_of(event, event.garment_id, catalog);
    const auto snapshot = catalog.snapshot();
    if (slot != kNoSlot && snapshot->facts(slot).category != kNoTerm)
      row.category = snapshot->facts(slot).category;
    else
      ++said.categories_unknown[slot == kNoSlot ? "" : snapshot->item(slot).garment.read()->category];
    said.rows.push_back(std::move(row));
  });
  if (!count.ok()) return count.error();
  said.rows_read = count->rows;
  if (count->refused > 0) said.dropped["refused"] = count->refused;
  if (count->repeated > 0) said.dropped["repeated"] = count->repeated;
  sort_by(said.rows, [](const SaidOccasion& row) { return row.day; });
  return said;
}

}  // namespace modiste
