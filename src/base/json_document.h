// A parsed document that is read once and discarded. It owns its parser's memory, so that freeing it walks no
// tree: half of the cost of parsing a small document. Texts and limits as parse_json().
#pragma once

#include <memory>
#include <string_view>

#include "base/json.h"

namespace modiste {

// As parse_json(); the value lies in the memory, which must outlive it.
Result<json::value> parse_json(std::string_view text, json::monotonic_resource* memory);

class JsonDocument {
 public:
  static Result<JsonDocument> parse(std::string_view text);

  // A copy of a part owns its memory.
  [[nodiscard]] const json::value& root() const { return *root_; }
  [[nodiscard]] json::value& root() { return *root_; }

 private:
  JsonDocument() = default;

  // In this order: values of the document lie in the memory.
  std::unique_ptr<json::monotonic_resource> memory_;
  std::unique_ptr<json::value> root_;
};

// As from_json_text().
template <class T>
Result<T> read_json_text(std::string_view text) {
  TRY_ASSIGN(const auto document, JsonDocument::parse(text));
  return from_json<T>(document.root());
}

}  // namespace modiste
