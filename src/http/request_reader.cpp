#include "http/request_reader.h"

#include <fmt/format.h>

#include "base/check.h"

namespace modiste::http {

std::string_view image_type(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (bytes.size() >= 12 && bytes.starts_with("RIFF"sv) && bytes.substr(8, 4) == "WEBP"sv)
    return "image/webp";
  if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return "image/gif";
  if (bytes.size() >= 12 && bytes.substr(4, 8) == "ftypavif"sv) return "image/avif";
  return {};
}

namespace reader_detail {

Result<json::value> path_json(const ObjectSchema& schema, std::span<const std::string> values) {
  CHECK(schema.fields.size() == values.size());
  json::object out;
  for (size_t i = 0; i < values.size(); ++i)
    out[schema.fields[i].name] = value_from_text(schema.fields[i].schema, values[i]);
  return json::value(std::move(out));
}

Result<json::value> query_json(const ObjectSchema& schema,
                               std::span<const std::pair<std::string, std::string>> query) {
  json::object out;
  for (const auto& [name, text] : query) {
    const auto* field = schema.find(name);
    auto value = field != nullptr ? value_from_text(field->schema, text) : json::value(text);
    auto* before = out.if_contains(name);
    if (before == nullptr) {
      out[name] = std::move(value);
    } else if (field != nullptr && field->schema.kind == Schema::Kind::kList) {
      before->as_array().push_back(std::move(value.as_array().front()));
    } else {
      return Error{Code::kInvalid, fmt::format("'{}' is given twice", name.substr(0, 60)), "?" + name,
                   "once"};
    }
  }
  return json::value(std::move(out));
}

Error of_parameter(Error error) {
  if (error.where.starts_with('/')) error.where.front() = '?';
  return error;
}

Result<std::span<const std::byte>> photo(std::string_view body) {
  const auto type = image_type(body);
  if (type != "image/jpeg" && type != "image/png" && type != "image/webp" && type != "image/gif")
    return Error{Code::kInvalid, body.empty() ? "the body is empty" : "the body is not a supported image", "",
                 "the bytes of a JPEG, PNG, WebP or GIF"};
  return std::as_bytes(std::span(body));
}

Result<json::array> batch_list(std::string_view body, std::string_view name, const FieldSpec& spec) {
  TRY_ASSIGN(auto value, parse_json(body));
  if (!value.is_object()) return json_detail::wrong_type(value, "an object");
  for (const auto& entry : value.get_object())
    if (entry.key() != name)
      return json_detail::at(json_detail::unknown_name(entry.key(), &name, 1, "field"), entry.key());
  auto* list = value.get_object().if_contains(name);
  if (list == nullptr) return json_detail::at(json_detail::missing(name), name);
  if (!list->is_array()) return json_detail::at(json_detail::wrong_type(*list, "a list"), name);
  if (list->get_array().size() > spec.items_max)
    return json_detail::at(json_detail::too_long(list->get_array().size(), spec.items_max, "entries"), name);
  return std::move(list->get_array());
}

std::string text_member(const json::value& value, std::string_view name) {
  constexpr size_t kEchoMax = 200;
  const auto* object = value.if_object();
  const auto* member = object != nullptr ? object->if_contains(name) : nullptr;
  if (member == nullptr || !member->is_string() || member->get_string().size() > kEchoMax) return {};
  return std::string(member->get_string());
}

Error in_batch(Error error, std::string_view list, size_t index) {
  if (!error.where.empty() && !error.where.starts_with('/')) {
    error.what += fmt::format(" ({})", error.where);
    error.where.clear();
  }
  return json_detail::at(json_detail::at(std::move(error), index), list);
}

Schema without_required_id(Schema object, SchemaBook& book) {
  ObjectSchema body = book.object(object.object);
  body.name += "Body";
  static constexpr char kTag = 0;
  if (book.reserve(body.name, &kTag)) {
    for (FieldSchema& field : body.fields) field.required = field.required && field.name != "id";
    object.object = body.name;
    book.put(std::move(body));
  } else {
    object.object = body.name;
  }
  return object;
}

Result<Done> take_id(json::object& body, const std::string& id) {
  const auto [member, was_missing] = body.emplace("id", id);
  if (was_missing || (member->value().is_string() && member->value().as_string() == id)) return kOk;
  return Error{Code::kInvalid, "the id in the body differs from the one in the path", "/id",
               "'" + id + "', or no id"};
}

}  // namespace reader_detail
}  // namespace modiste::http
