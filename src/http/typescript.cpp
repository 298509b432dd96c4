#include "http/typescript.h"

#include <fmt/format.h>

namespace modiste::http {

using Kind = Schema::Kind;

void TypeScriptPrinter::use(const Schema& schema, std::set<std::string>& names) {
  if (schema.kind == Kind::kEnum) enums_.emplace(schema.enumeration, schema.names);
  if (schema.element) return use(*schema.element, names);
  if (schema.kind != Kind::kObject || !names.insert(schema.object).second) return;
  for (const auto& field : book_.object(schema.object).fields) use(field.schema, names);
}

void TypeScriptPrinter::use_as_input(const Schema& schema) { use(schema, inputs_); }
void TypeScriptPrinter::use_as_output(const Schema& schema) { use(schema, outputs_); }

// Whether an object is written with fields that a reader does not ask for, here or below.
bool TypeScriptPrinter::differs(const std::string& object, std::set<std::string>& seen) const {
  if (!seen.insert(object).second) return false;
  for (const auto& field : book_.object(object).fields) {
    if (field.required == field.omittable) return true;
    const Schema* value = &field.schema;
    while (value->element) value = value->element.get();
    if (value->kind == Kind::kObject && differs(value->object, seen)) return true;
  }
  return false;
}

std::string TypeScriptPrinter::object_name(const std::string& object, bool input) const {
  std::set<std::string> seen;
  const bool two = inputs_.contains(object) && outputs_.contains(object) && differs(object, seen);
  return two && input ? object + "Input" : object;
}

std::string TypeScriptPrinter::type(const Schema& schema, bool input) const {
  switch (schema.kind) {
    case Kind::kAny:
      return "unknown";
    case Kind::kBoolean:
      return "boolean";
    case Kind::kInteger:
    case Kind::kNumber:
      return "number";
    case Kind::kString:
    case Kind::kTime:
      return "string";
    case Kind::kEnum:
      return std::string(schema.enumeration);
    case Kind::kList:
      return type(*schema.element, input) + "[]";
    case Kind::kMap:
      return fmt::format("Record<string, {}>", type(*schema.element, input));
    case Kind::kObject:
      return object_name(schema.object, input);
  }
  return "unknown";
}

std::string TypeScriptPrinter::declaration(const ObjectSchema& object, bool input) const {
  if (object.fields.empty())
    return fmt::format("/** {} */\nexport type {} = Record<string, never>;\n", object.doc,
                       object_name(object.name, input));
  std::string out =
      fmt::format("/** {} */\nexport interface {} {{\n", object.doc, object_name(object.name, input));
  for (const auto& field : object.fields) {
    const bool optional = input ? !field.required : field.omittable;
    out += fmt::format("  /** {} */\n  {}{}: {};\n", field.doc, field.name, optional ? "?" : "",
                       type(field.schema, input));
  }
  return out + "}\n";
}

std::string TypeScriptPrinter::declarations() const {
  std::string out;
  for (const auto& [name, values] : enums_)
    out += fmt::format("\nexport type {} =\n  | \"{}\";\n", name, fmt::join(values, "\"\n  | \""));
  for (const auto* object : book_.objects()) {
    const bool in = inputs_.contains(object->name), as_output = outputs_.contains(object->name);
    if (as_output) out += "\n" + declaration(*object, false);
    if (in && (!as_output || object_name(object->name, true) != object->name))
      out += "\n" + declaration(*object, true);
  }
  return out;
}

namespace {

// The query as an object type: { colour?: string; count?: number }.
std::string query_type(const TypeScriptPrinter& printer, const ObjectSchema& query) {
  if (query.fields.empty()) return "undefined";
  std::string out = "{";
  for (const auto& field : query.fields)
    out += fmt::format(" {}{}: {};", field.name, field.required ? "" : "?", printer.input(field.schema));
  return out + " }";
}

std::string body_type(const TypeScriptPrinter& printer, const Route& route) {
  if (route.body_kind == BodyKind::kJson) return printer.input(route.body);
  return route.body_kind == BodyKind::kImage ? "Blob" : "undefined";
}

std::string operation(const TypeScriptPrinter& printer, const Route& route) {
  return fmt::format(
      "  /** {} */\n  {}: {{\n    method: \"{}\";\n    path: \"{}\";\n    query: {};\n    body: {};\n"
      "    answer: {};\n  }};\n",
      route.spec.summary, route.spec.name, name_of(route.spec.method), route.spec.path,
      query_type(printer, *route.query), body_type(printer, route),
      route.answers_json ? printer.output(route.answer) : "undefined");
}

}  // namespace

std::string typescript_types(const Router& router) {
  TypeScriptPrinter printer(router.book());
  printer.use_as_output(router.problem_schema());
  for (const auto& route : router.routes()) {
    printer.use_as_input(route.body);
    printer.use_as_output(route.answer);
  }
  std::string out =
      "// generated: do not edit. The types of Modiste's HTTP API, printed from its route table.\n";
  out += printer.declarations();
  out += "\n/** What each route takes and answers. */\nexport interface Operations {\n";
  for (const auto& route : router.routes())
    if (route.spec.path.starts_with("/v1/")) out += operation(printer, route);
  return out + "}\n";
}

}  // namespace modiste::http
