#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/decimal_number.h"
#include "base/rng.h"
#include "feeds/csv_table.h"
#include "feeds/feed_text.h"
#include "history/history_fields.h"
#include "history/history_mapping.h"
#include "history/history_time.h"

namespace modiste {
namespace {

using Kind = HistoryFieldKind;

constexpr std::array kFields{HistoryField{"event_id"},
                             HistoryField{"type"},
                             HistoryField{"shopper_id"},
                             HistoryField{"device_id"},
                             HistoryField{"session_id"},
                             HistoryField{"loyalty_id"},
                             HistoryField{"email_hash"},
                             HistoryField{"external_id"},
                             HistoryField{"occurred_at", Kind::kTime},
                             HistoryField{"request_id"},
                             HistoryField{"garment_id"},
                             HistoryField{"colour"},
                             HistoryField{"sku"},
                             HistoryField{"size"},
                             HistoryField{"order_id"},
                             HistoryField{"order_line", Kind::kNumber},
                             HistoryField{"dwell_ms", Kind::kNumber},
                             HistoryField{"scroll_depth", Kind::kNumber},
                             HistoryField{"quantity", Kind::kNumber},
                             HistoryField{"price", Kind::kNumber},
                             HistoryField{"discount", Kind::kNumber},
                             HistoryField{"currency"},
                             HistoryField{"reason"},
                             HistoryField{"fit"},
                             HistoryField{"rating", Kind::kNumber},
                             HistoryField{"page"},
                             HistoryField{"query"},
                             HistoryField{"outfit_id"},
                             HistoryField{"device", Kind::kText, "context"},
                             HistoryField{"channel", Kind::kText, "context"},
                             HistoryField{"locale", Kind::kText, "context"},
                             HistoryField{"time_zone", Kind::kText, "context"},
                             HistoryField{"country", Kind::kText, "context"},
                             HistoryField{"region", Kind::kText, "context"},
                             HistoryField{"weather", Kind::kText, "context"},
                             HistoryField{"temperature_c", Kind::kNumber, "context"},
                             HistoryField{"occasion", Kind::kText, "context"},
                             HistoryField{"height_cm", Kind::kNumber, "body"},
                             HistoryField{"weight_kg", Kind::kNumber, "body"},
                             HistoryField{"bust_cm", Kind::kNumber, "body"},
                             HistoryField{"age", Kind::kNumber, "body"},
                             HistoryField{"body_type", Kind::kText, "body"}};

Result<json::value> number_of(std::string_view text) {
  if (const auto value = decimal_number(text)) return json::value(*value);
  return Error{Code::kInvalid, fmt::format("'{}' is not a number", text.substr(0, 40)), "",
               "a number such as 12.50, without currency or thousands"};
}

Result<json::value> value_of(const HistoryField& field, std::string_view text,
                             const std::string& time_format) {
  if (field.kind == Kind::kNumber) return number_of(text);
  if (field.kind == Kind::kText) return json::value(text);
  if (const auto time = parse_history_time(text, time_format)) return to_json(*time);
  return Error{Code::kInvalid, fmt::format("'{}' is not a time", text.substr(0, 40)), "",
               time_format.empty() ? "a time such as 2026-11-21T09:30:00Z, or a date"
                                   : fmt::format("a time as {}", time_format)};
}

void put(json::object& event, const HistoryField& field, json::value value) {
  json::object& owner =
      field.part.empty() ? event : event.emplace(field.part, json::object{}).first->value().as_object();
  owner.emplace(field.name, std::move(value));
}

std::string_view last_step(std::string_view pointer) {
  const size_t slash = pointer.rfind('/');
  return slash == std::string_view::npos ? pointer : pointer.substr(slash + 1);
}

}  // namespace

const HistoryField* find_history_field(std::string_view name) {
  const auto* found = std::find_if(kFields.begin(), kFields.end(),
                                   [&](const HistoryField& field) { return field.name == name; });
  return found == kFields.end() ? nullptr : found;
}

std::vector<std::string_view> history_fields() {
  std::vector<std::string_view> names;
  for (const auto& field : kFields) names.push_back(field.name);
  return names;
}

Result<std::unique_ptr<HistoryTable>> HistoryTable::open(HistoryRun& run, const HistoryMapping& mapping,
                                                         std::span<const std::string> columns) {
  std::unique_ptr<HistoryTable> table(new HistoryTable(run, mapping));
  TRY(table->bind(columns));
  return table;
}

Result<Done> HistoryTable::bind(std::span<const std::string> columns) {
  std::vector<bool> used(columns.size());
  const auto place_of = [&](const std::string& column) -> Result<size_t> {
    for (size_t i = 0; i < columns.size(); ++i)
      if (CsvTable::column_key(columns[i]) == CsvTable::column_key(column)) return i;
    return Error{Code::kInvalid, fmt::format("the table has no column '{}'", column),
                 run_.feed().name() + " line 1",
                 fmt::format("one of its columns: {}", fmt::join(columns, ", "))};
  };
  for (const auto& [field, value] : mapping_.constants) sources_.push_back({field, "", value, 0, nullptr});
  for (const auto& [field, column] : mapping_.columns) {
    TRY_ASSIGN(const size_t place, place_of(column));
    used[place] = true;
    const auto words = mapping_.words.find(field);
    sources_.push_back({field, column, "", place, words == mapping_.words.end() ? nullptr : &words->second});
  }
  std::string left;
  for (size_t i = 0; i < columns.size(); ++i)
    if (!used[i]) left += (left.empty() ? "" : ", ") + columns[i];
  if (!left.empty()) run_.note("columns that the mapping does not use: " + left);
  if (!has("event_id")) run_.note("events are named by the content of their rows: equal rows are one event");
  return kOk;
}

bool HistoryTable::has(std::string_view field) const {
  return std::any_of(sources_.begin(), sources_.end(),
                     [&](const Source& source) { return source.field == field; });
}

Result<Done> HistoryTable::row(size_t line, std::span<const std::string_view> cells) {
  json::object event;
  uint64_t hash = 0;
  for (const auto& source : sources_) {
    std::string_view text =
        source.column.empty() ? std::string_view(source.constant) : trim(cells[source.place]);
    if (text.empty()) continue;
    if (source.words != nullptr) {
      const auto word = source.words->find(std::string(text));
      if (word == source.words->end()) {
        std::vector<std::string_view> known;
        for (const auto& [cell, value] : *source.words) known.push_back(cell);
        run_.feed().refuse(line, source.column,
                           json_detail::unknown_name(text, known.data(), known.size(), "word"));
        return kOk;
      }
      if (word->second.empty()) return run_.leave_out(), kOk;
      text = word->second;
    }
    const HistoryField& field = *find_history_field(source.field);
    auto value = value_of(field, text, mapping_.time_format);
    if (!value.ok()) return run_.feed().refuse(line, source.column, value.error()), kOk;
    put(event, field, std::move(*value));
  }
  for (const auto cell : cells) hash = hash64(cell, hash);
  if (!event.contains("event_id")) event.emplace("event_id", fmt::format("row-{:016x}", hash));
  auto understood = from_json<Event>(json::value(std::move(event)));
  if (understood.ok()) return run_.emit(std::move(*understood), line);
  const auto field = last_step(understood.error().where);
  const auto source =
      std::find_if(sources_.begin(), sources_.end(), [&](const Source& one) { return one.field == field; });
  const bool known = source != sources_.end() && !source->column.empty();
  run_.feed().refuse(line, known ? source->column : std::string(field), understood.error());
  return kOk;
}

Result<HistoryReport> read_history_csv(FeedInput& input, const HistoryMapping& mapping,
                                       const HistoryOptions& options, const HistorySinks& sinks,
                                       const FeedProgress& progress) {
  HistoryRun run(input, options, sinks, progress);
  auto opened = mapping.delimiter.empty() ? CsvTable::detect(run.feed(), "", CsvTable::ShortRows::kRefused)
                                          : CsvTable::open(run.feed(), {.delimiter = mapping.delimiter[0]});
  TRY_ASSIGN(const auto csv, std::move(opened));
  TRY_ASSIGN(const auto table, HistoryTable::open(run, mapping, csv->columns()));
  std::vector<std::string_view> cells(csv->columns().size());
  while (run.next_row()) {
    TRY_ASSIGN(const bool more, csv->next());
    if (!more) break;
    for (size_t i = 0; i < cells.size(); ++i) cells[i] = csv->cell(csv->columns()[i]);
    TRY(table->row(csv->line(), cells));
  }
  return run.finish();
}

}  // namespace modiste
