// TypeScript types of the API, printed from the route table.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_schema.h"
#include "http/router.h"

namespace modiste::http {

// TypeScript. A type that is both sent and received is printed twice when the two differ: `Garment` as the
// server writes it (every field present) and `GarmentInput` as it reads it (what is not required is
// optional).
class TypeScriptPrinter {
 public:
  explicit TypeScriptPrinter(const SchemaBook& book) : book_(book) {}
  void use_as_input(const Schema& schema);
  void use_as_output(const Schema& schema);
  // After every use is known. Names of types, and their declarations.
  [[nodiscard]] std::string input(const Schema& schema) const { return type(schema, true); }
  [[nodiscard]] std::string output(const Schema& schema) const { return type(schema, false); }
  [[nodiscard]] std::string declarations() const;

 private:
  void use(const Schema& schema, std::set<std::string>& names);
  [[nodiscard]] bool differs(const std::string& object, std::set<std::string>& seen) const;
  [[nodiscard]] std::string type(const Schema& schema, bool input) const;
  [[nodiscard]] std::string object_name(const std::string& object, bool input) const;
  [[nodiscard]] std::string declaration(const ObjectSchema& object, bool input) const;

  const SchemaBook& book_;
  std::set<std::string> inputs_, outputs_;
  std::map<std::string_view, std::vector<std::string_view>> enums_;
};

// The text of web/src/api/types.ts: every type of the API and, in `Operations`, what each route takes and
// answers. Deterministic.
[[nodiscard]] std::string typescript_types(const Router& router);

}  // namespace modiste::http
