// The structure of a type as data, from its Contract<T>. JSON Schema and OpenAPI are generated from it.
//
//   SchemaBook book;
//   const Schema answer = describe<Answer>(book);   // book now holds Answer and every object below it
//   json_schema(answer);                            // {"$ref": "#/components/schemas/Answer"}
//
// Deterministic: objects are ordered by name, fields by their contract.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace modiste {

struct Schema {
  enum class Kind { kAny, kBoolean, kInteger, kNumber, kString, kTime, kEnum, kList, kMap, kObject };
  Kind kind = Kind::kAny;
  std::string object;            // kObject: name of the object in the book
  std::string_view enumeration;  // kEnum: name of the type, and of its values
  std::vector<std::string_view> names;
  std::shared_ptr<const Schema> element;  // kList, kMap
  FieldSpec limits;                       // of the value; limits of strings in a list are in `element`
};

struct FieldSchema {
  std::string name;
  std::string_view doc;
  std::string_view example;
  bool required = false;   // a reader refuses an object without it
  bool omittable = false;  // a writer leaves it out when it is empty
  Schema schema;
  json::value default_value;  // value of an absent field; null if that tells nothing
};

struct ObjectSchema {
  std::string name;
  std::string_view doc;
  std::vector<FieldSchema> fields;

  [[nodiscard]] const FieldSchema* find(std::string_view field) const;
};

// Objects by name. CHECKs that two types never share a name.
class SchemaBook {
 public:
  // Returns false when the name is reserved already.
  bool reserve(std::string_view name, const void* type);
  void put(ObjectSchema object);
  [[nodiscard]] const ObjectSchema& object(std::string_view name) const;
  [[nodiscard]] std::vector<const ObjectSchema*> objects() const;  // by name

 private:
  std::map<std::string, const void*, std::less<>> types_;
  std::map<std::string, ObjectSchema, std::less<>> objects_;
};

// JSON Schema 2020-12 as OpenAPI 3.1 embeds it.
[[nodiscard]] json::value json_schema(const Schema& schema);
[[nodiscard]] json::object json_schema(const ObjectSchema& object);

// Writes JSON for files that people read and compare: two spaces per level, short lists on one line.
[[nodiscard]] std::string pretty_json(const json::value& value);

// A small value that the schema accepts: required fields and those with an example.
[[nodiscard]] json::value example_of(const Schema& schema, const SchemaBook& book);
[[nodiscard]] json::value example_of(const FieldSchema& field, const SchemaBook& book);

// Converts a query or path parameter to the JSON that its field reads: "3" becomes 3 for a number, repeated
// names become a list. Text that does not have the field's type stays a string, so that the reader's error
// says what was expected.
[[nodiscard]] json::value value_from_text(const Schema& schema, std::string_view text);

namespace json_detail {

template <class T>
inline constexpr char kTypeTag = 0;  // its address identifies the type

// "Facet" for modiste::Facet, from the compiler's own text for this function.
template <NamedEnum E>
constexpr std::string_view type_name() {
  constexpr std::string_view kSpelling = __PRETTY_FUNCTION__;  // "... [with E = modiste::Facet; ...]"
  constexpr size_t kBegin = kSpelling.find("E = ") + 4;
  constexpr size_t kEnd = kSpelling.find_first_of(";]", kBegin);
  constexpr std::string_view kQualified = kSpelling.substr(kBegin, kEnd - kBegin);
  return kQualified.substr(kQualified.rfind(':') + 1);
}

// Schemas are made once: they are kept small for the compiler's sake.
template <class T>
[[gnu::cold, gnu::noinline]] Schema describe_value(SchemaBook& book, const FieldSpec& spec);

template <class T, class Member>
[[gnu::cold, gnu::noinline]] FieldSchema describe_field(SchemaBook& book, const Field<T, Member>& f) {
  FieldSchema out{.name = std::string(f.name),
                  .doc = f.spec.doc,
                  .example = f.spec.example,
                  .required = f.spec.required,
                  .omittable = IsOptional<Member>::value,
                  .schema = describe_value<Member>(book, f.spec),
                  .default_value = {}};
  if constexpr (!IsOptional<Member>::value && !Described<Member> && !std::is_same_v<Member, json::value>)
    if (!f.spec.required) out.default_value = to_json(T{}.*(f.member));
  return out;
}

template <Described T>
[[gnu::cold, gnu::noinline]] void describe_object(SchemaBook& book) {
  if (!book.reserve(Contract<T>::kName, &kTypeTag<T>)) return;
  ObjectSchema object{.name = std::string(Contract<T>::kName), .doc = Contract<T>::kDoc, .fields = {}};
  Contract<T>::kFields.all(
      [&](const auto&... f) { (object.fields.push_back(describe_field(book, f)), ...); });
  book.put(std::move(object));
}

template <class T>
Schema describe_value(SchemaBook& book, const FieldSpec& spec) {
  using Kind = Schema::Kind;
  Schema out;
  out.limits = spec;
  if constexpr (std::is_same_v<T, json::value>) {
    out.kind = Kind::kAny;
  } else if constexpr (std::is_same_v<T, bool>) {
    out.kind = Kind::kBoolean;
  } else if constexpr (std::is_integral_v<T>) {
    out.kind = Kind::kInteger;
  } else if constexpr (std::is_floating_point_v<T>) {
    out.kind = Kind::kNumber;
  } else if constexpr (std::is_same_v<T, std::string>) {
    out.kind = Kind::kString;
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    out.kind = Kind::kTime;
  } else if constexpr (NamedEnum<T>) {
    out.kind = Kind::kEnum;
    out.enumeration = type_name<T>();
    out.names.assign(EnumNames<T>::kNames.begin(), EnumNames<T>::kNames.end());
  } else if constexpr (IsOptional<T>::value) {
    out = describe_value<typename T::value_type>(book, spec);
  } else if constexpr (IsVector<T>::value) {
    out.kind = Kind::kList;
    out.element = std::make_shared<Schema>(describe_value<typename T::value_type>(book, spec));
  } else if constexpr (IsMap<T>::value) {
    out.kind = Kind::kMap;
    out.element = std::make_shared<Schema>(describe_value<typename T::mapped_type>(book, spec));
  } else {
    static_assert(Described<T>, "this type needs a Contract<T>");
    out.kind = Kind::kObject;
    out.object = std::string(Contract<T>::kName);
    describe_object<T>(book);
  }
  return out;
}

}  // namespace json_detail

template <class T>
Schema describe(SchemaBook& book) {
  return json_detail::describe_value<T>(book, FieldSpec{});
}

}  // namespace modiste
