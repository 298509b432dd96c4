// Reads a request's path, query and body into structs described by Contract<T>.
//
// Errors are kInvalid with where = a JSON pointer into the body ("/events/3/type") or "?name" of a parameter.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_schema.h"
#include "http/access.h"
#include "http/basic_contracts.h"
#include "http/event_contracts.h"

namespace modiste::http {

// What the connection passes to a route. Views: valid while the request is handled.
struct RawRequest {
  std::span<const std::string> path_values;
  std::span<const std::pair<std::string, std::string>> query;
  std::string_view body;
  std::string_view request_id{};
  Caller caller{};
};

enum class BodyKind : uint8_t { kNone, kJson, kImage };

// A photo as sent: its first bytes are those of a JPEG, PNG, WebP or GIF (its first frame).
struct ImageBody {
  std::span<const std::byte> bytes;
};

// A batch whose entries are validated independently: entries that could not be read are refused, the others
// continue. Batch has one field, a list; an entry's id is the first field of its contract.
struct Refusal {
  int index = 0;
  std::string id;
  Error error;
};
template <class Batch>
struct PartialBatch {
  Batch batch;
  std::vector<int> places;  // position in the body of each entry of batch
  std::vector<Refusal> refused;
};

// The content type by the first bytes: "image/png", ...; empty for anything that is not a supported image.
[[nodiscard]] std::string_view image_type(std::string_view bytes);

namespace reader_detail {

Result<json::value> path_json(const ObjectSchema& schema, std::span<const std::string> values);
Result<json::value> query_json(const ObjectSchema& schema,
                               std::span<const std::pair<std::string, std::string>> query);
// The pointer "/count" of a parameter becomes "?count".
Error of_parameter(Error error);
Result<std::span<const std::byte>> photo(std::string_view body);
// The list under `name`, the only field that is allowed, with at most spec.items_max entries.
Result<json::array> batch_list(std::string_view body, std::string_view name, const FieldSpec& spec);
std::string text_member(const json::value& value, std::string_view name);
Error in_batch(Error error, std::string_view list, size_t index);
// Puts the path's id into a body without id; kInvalid when the body has another id.
Result<Done> take_id(json::object& body, const std::string& id);
// The same object as GarmentBody for Garment, whose `id` may be left out.
Schema without_required_id(Schema object, SchemaBook& book);

template <Described T>
const ObjectSchema& object_schema() {
  static const ObjectSchema kSchema = [] {
    SchemaBook book;
    describe<T>(book);
    return book.object(Contract<T>::kName);
  }();
  return kSchema;
}

}  // namespace reader_detail

template <Described T>
Result<T> read_path(const RawRequest& raw) {
  TRY_ASSIGN(const auto value, reader_detail::path_json(reader_detail::object_schema<T>(), raw.path_values));
  auto out = from_json<T>(value);
  if (!out.ok()) return reader_detail::of_parameter(std::move(out).error());
  return out;
}

template <Described T>
Result<T> read_query(const RawRequest& raw) {
  TRY_ASSIGN(const auto value, reader_detail::query_json(reader_detail::object_schema<T>(), raw.query));
  auto out = from_json<T>(value);
  if (!out.ok()) return reader_detail::of_parameter(std::move(out).error());
  return out;
}

// How a body of type B is read. Described structs are JSON.
template <class B>
struct BodyReader {
  static constexpr BodyKind kKind = BodyKind::kJson;
  static Schema schema(SchemaBook& book) { return describe<B>(book); }
  static Result<B> read(const RawRequest& raw) { return from_json_text<B>(raw.body); }
};

template <>
struct BodyReader<Nothing> {
  static constexpr BodyKind kKind = BodyKind::kNone;
  static Schema schema(SchemaBook&) { return {}; }
  static Result<Nothing> read(const RawRequest&) { return Nothing{}; }
};

template <>
struct BodyReader<ImageBody> {
  static constexpr BodyKind kKind = BodyKind::kImage;
  static Schema schema(SchemaBook&) { return {}; }
  static Result<ImageBody> read(const RawRequest& raw) {
    TRY_ASSIGN(const auto bytes, reader_detail::photo(raw.body));
    return ImageBody{bytes};
  }
};

// A batch of events as sent. The shop detects its format.
struct EventsBody {
  std::string_view text;
};
template <>
struct BodyReader<EventsBody> {
  static constexpr BodyKind kKind = BodyKind::kJson;
  static Schema schema(SchemaBook& book) { return describe<EventBatch>(book); }
  static Result<EventsBody> read(const RawRequest& raw) { return EventsBody{raw.body}; }
};

// An object that the path identifies: its id may be left out of the body, and must not differ.
template <class T>
struct WithPathId {
  T value;
};
template <class T>
struct BodyReader<WithPathId<T>> {
  static constexpr BodyKind kKind = BodyKind::kJson;
  static Schema schema(SchemaBook& book) {
    return reader_detail::without_required_id(describe<T>(book), book);
  }
  static Result<WithPathId<T>> read(const RawRequest& raw) {
    TRY_ASSIGN(auto value, parse_json(raw.body));
    if (value.is_object()) TRY(reader_detail::take_id(value.as_object(), raw.path_values.front()));
    TRY_ASSIGN(auto out, from_json<T>(value));
    return WithPathId<T>{std::move(out)};
  }
};

template <class Batch>
struct BodyReader<PartialBatch<Batch>> {
  static constexpr BodyKind kKind = BodyKind::kJson;
  static constexpr auto kList = Contract<Batch>::kFields.template at<0>();
  static Schema schema(SchemaBook& book) { return describe<Batch>(book); }

  static Result<PartialBatch<Batch>> read(const RawRequest& raw) {
    using Entry = typename std::remove_cvref_t<decltype(Batch{}.*(kList.member))>::value_type;
    TRY_ASSIGN(const auto list, reader_detail::batch_list(raw.body, kList.name, kList.spec));
    PartialBatch<Batch> out;
    for (size_t i = 0; i < list.size(); ++i) {
      auto entry = from_json<Entry>(list[i]);
      if (entry.ok()) {
        (out.batch.*(kList.member)).push_back(std::move(*entry));
        out.places.push_back(static_cast<int>(i));
      } else {
        const auto id = Contract<Entry>::kFields.template at<0>().name;
        out.refused.push_back({static_cast<int>(i), reader_detail::text_member(list[i], id),
                               reader_detail::in_batch(std::move(entry).error(), kList.name, i)});
      }
    }
    return out;
  }
};

}  // namespace modiste::http
