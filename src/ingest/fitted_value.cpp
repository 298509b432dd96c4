#include "ingest/fitted_value.h"

#include <optional>

#include "base/clock.h"
#include "base/contains.h"
#include "base/decimal_number.h"
#include "base/text.h"
#include "feeds/money.h"
#include "ingest/return_reasons.h"
#include "ingest/sent_members.h"
#include "ingest/written_rating.h"
#include "ingest/written_time.h"

namespace modiste {

const SchemaBook& event_schemas() {
  static const SchemaBook kBook = [] {
    SchemaBook book;
    static_cast<void>(describe<Event>(book));
    return book;
  }();
  return kBook;
}

namespace {

// Seconds, milliseconds, microseconds or nanoseconds by their size: seconds reach 10^11 in the year 5138.
std::optional<TimePoint> time_since_1970(double value) {
  if (!(value >= 0 && value < 1e20)) return std::nullopt;
  const double micros = value < 1e11   ? value * 1e6
                        : value < 1e14 ? value * 1e3
                        : value < 1e17 ? value
                                       : value / 1e3;
  return TimePoint(Micros(static_cast<int64_t>(micros)));
}

json::value as_time(const json::value& value) {
  json::value number = value;
  Schema schema;
  schema.kind = Schema::Kind::kNumber;
  if (const auto* text = value.if_string()) number = value_from_text(schema, *text);
  if (!number.is_number()) {
    const auto* text = value.if_string();
    constexpr size_t kSeconds = 19;  // "2026-11-21T09:29:00,123Z", as ISO 8601 allows
    if (text != nullptr && text->size() > kSeconds && (*text)[kSeconds] == ',') {
      std::string dotted(*text);
      dotted[kSeconds] = '.';
      return as_time(json::value(dotted));
    }
    const auto written = text != nullptr ? written_time(*text) : std::nullopt;
    if (written) return json::value(to_rfc3339(*written));
    const auto since_1970 = time_number_in(value);
    if (!since_1970) return value;
    number = *since_1970;
  }
  const auto time = time_since_1970(number.to_number<double>());
  return time ? json::value(to_rfc3339(*time)) : value;
}

json::value as_rating(const json::value& value) {
  const auto rating = written_rating(value);
  return rating ? json::value(*rating) : value;
}

json::value as_reason(const json::value& value) {
  const auto* text = value.if_string();
  const auto reason = text != nullptr ? return_reason_of(*text) : std::nullopt;
  return reason ? json::value(name_of(*reason)) : value;
}

json::value as_number(const json::string& text) {
  const auto number = decimal_number(text);
  return number ? json::value(*number) : json::value(text);
}

// Whether the mark before three digits may separate thousands: "1.299", not "0.125" nor "1299.000".
bool may_be_thousands(std::string_view number) {
  const size_t point = number.find('.');
  constexpr size_t kGroup = 3;
  return point != std::string_view::npos && number.size() - point - 1 == kGroup && point > 0 &&
         point <= kGroup && number.substr(0, point) != "0";
}

// "EUR" for "eur" and "€"; what cannot be read as a currency stays.
json::value as_currency(const json::value& value) {
  const auto* text = value.if_string();
  if (text == nullptr) return value;
  const auto money = parse_money("1 " + std::string(*text));
  return money.ok() && money->currency.size() == 3 ? json::value(money->currency) : value;
}

json::value fit(const Schema& schema, const json::value& value);

// One value where several may be is a list of it.
json::value as_list(const Schema& schema, const json::value& value) {
  json::array out;
  if (const auto* list = value.if_array())
    for (const auto& entry : *list) out.push_back(fit(*schema.element, entry));
  else if (!value.is_object() && !value.is_null())
    out.push_back(fit(*schema.element, value));
  else
    return value;
  return out;
}

json::value with_members_fitted(const Schema& schema, const json::object& value) {
  json::object out;
  for (const auto& [key, member] : value) {
    const FieldSchema* field =
        schema.kind == Schema::Kind::kObject ? event_schemas().object(schema.object).find(key) : nullptr;
    const Schema* inner = field != nullptr ? &field->schema : schema.element.get();
    out.emplace(key, inner == nullptr ? member : fit(*inner, member));
  }
  return out;
}

json::value as_name(const Schema& schema, const json::string& text) {
  const auto snake = snake_case(text);
  return json::value(contains(schema.names, snake) ? std::string_view(snake) : std::string_view(text));
}

json::value fit(const Schema& schema, const json::value& value) {
  const auto* text = value.if_string();
  switch (schema.kind) {
    case Schema::Kind::kString:
      if (value.is_number()) return json::value(serialize_json(value));
      return text != nullptr ? json::value(trim(*text)) : value;
    case Schema::Kind::kNumber:
    case Schema::Kind::kInteger:
      return text != nullptr ? as_number(*text) : value;
    case Schema::Kind::kBoolean:
      return text != nullptr && (*text == "true" || *text == "false") ? json::value(*text == "true") : value;
    case Schema::Kind::kEnum:
      return text != nullptr ? as_name(schema, *text) : value;
    case Schema::Kind::kTime:
      return as_time(value);
    case Schema::Kind::kList:
      return as_list(schema, value);
    case Schema::Kind::kMap:
    case Schema::Kind::kObject:
      return value.is_object() ? with_members_fitted(schema, value.get_object()) : value;
    default:
      return value;
  }
}

}  // namespace

bool is_of_type(const Schema& schema, const json::value& value) {
  switch (schema.kind) {
    case Schema::Kind::kString:
    case Schema::Kind::kTime:
      return value.is_string();
    case Schema::Kind::kEnum:
      return value.is_string() && contains(schema.names, std::string_view(value.get_string()));
    case Schema::Kind::kNumber:
    case Schema::Kind::kInteger:
      return value.is_number();
    case Schema::Kind::kBoolean:
      return value.is_bool();
    case Schema::Kind::kList:
      return value.is_array();
    case Schema::Kind::kMap:
    case Schema::Kind::kObject:
      return value.is_object();
    default:
      return true;
  }
}

bool is_money(std::string_view member) { return member == "price" || member == "discount"; }

json::value fitted_value(const FieldSchema& field, const json::value& value) {
  if (is_money(field.name) && value.is_string() && may_be_thousands(trim(value.get_string()))) return value;
  if (field.name == "reason") return as_reason(value);
  if (field.name == "rating") return as_rating(value);
  if (field.name == "currency") return as_currency(value);
  return fit(field.schema, value);
}

}  // namespace modiste
