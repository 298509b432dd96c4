#include "base/json_document.h"

#include <fmt/format.h>

namespace modiste {

Result<JsonDocument> JsonDocument::parse(std::string_view text) {
  JsonDocument document;
  document.memory_ = std::make_unique<json::monotonic_resource>(text.size());
  TRY_ASSIGN(auto root, parse_json(text, document.memory_.get()));
  document.root_ = std::make_unique<json::value>(std::move(root));
  return document;
}

}  // namespace modiste
