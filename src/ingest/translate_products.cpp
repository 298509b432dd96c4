#include "ingest/translate_products.h"

#include <fmt/format.h>

#include "ingest/translate.h"

namespace modiste {
namespace {

Result<const json::array*> products_of(const ProductCall& call) {
  const auto* found = call.properties.if_contains(call.list);
  const auto* list = found != nullptr ? found->if_array() : nullptr;
  const std::string pointer = fmt::format("{}/{}", call.pointer, call.list);
  if (list == nullptr || list->empty())
    return Error{Code::kInvalid, fmt::format("a {} names no product", name_of(call.type)), pointer,
                 "a list of at least one product"};
  if (list->size() > kProductsPerCallMax)
    return Error{Code::kInvalid, fmt::format("has {} products", list->size()), pointer,
                 fmt::format("at most {}", kProductsPerCallMax)};
  for (size_t i = 0; i < list->size(); ++i)
    if (!(*list)[i].is_object())
      return Error{Code::kInvalid, "is not a product", fmt::format("{}/{}", pointer, i), "an object"};
  return list;
}

}  // namespace

Result<std::vector<Translated>> translate_each(const ProductCall& call, const Draft& common) {
  TRY_ASSIGN(const auto* list, products_of(call));
  std::vector<Translated> out;
  for (size_t i = 0; i < list->size(); ++i) {
    Draft draft = common;
    draft.put("event_id", json::value(numbered_id(call.event_id, i)));
    draft.copy((*list)[i].get_object(), fmt::format("{}/{}/{}", call.pointer, call.list, i), call.members);
    draft.copy(call.properties, call.pointer, call.shared);
    out.push_back(std::move(draft).finish());
  }
  return out;
}

Result<std::vector<Translated>> translate_list(const ProductCall& call, Draft common) {
  TRY_ASSIGN(const auto* list, products_of(call));
  for (size_t i = 0; i < list->size(); ++i) {
    const auto& product = (*list)[i].get_object();
    json::object item;
    if (const auto* id = product.if_contains(call.members.front().from))
      item["garment_id"] = id->is_number() ? json::value(serialize_json(*id)) : *id;
    if (const auto* colour = product.if_contains(call.colour); colour != nullptr && colour->is_string())
      item["colour"] = *colour;
    common.show(std::move(item), fmt::format("{}/{}/{}", call.pointer, call.list, i));
  }
  return just(std::move(common));
}

std::vector<Translated> just(Draft draft) {
  std::vector<Translated> out;
  out.push_back(std::move(draft).finish());
  return out;
}

Error no_counterpart(std::string_view name, std::string pointer, std::span<const ForeignName> known) {
  std::string names;
  for (const auto& entry : known)
    if (entry.shape != Shape::kNone) names += fmt::format("{}{}", names.empty() ? "" : ", ", entry.name);
  return {Code::kInvalid, fmt::format("'{}' has no counterpart in the taxonomy", name.substr(0, 60)),
          std::move(pointer), "one of " + names};
}

}  // namespace modiste
