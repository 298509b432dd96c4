#include "catalog/garment.h"

#include <fmt/format.h>

#include <cmath>
#include <unordered_set>

#include "base/text.h"

namespace modiste {
namespace {

Error refused(std::string what, std::string where, std::string expected = "") {
  return {Code::kInvalid, std::move(what), std::move(where), std::move(expected)};
}

// Applies the limits of the contract to garments that did not arrive as JSON.
template <Described T>
Result<Done> check_limits(const T& value);

Result<Done> check_field(const std::string& text, const FieldSpec& spec) {
  if (spec.required && text.empty()) return refused("the text is empty", "", "at least one character");
  if (text.size() > spec.length_max) return json_detail::too_long(text.size(), spec.length_max, "bytes");
  if (!is_utf8(text)) return refused("the text is not valid UTF-8", "", "UTF-8");
  return kOk;
}
Result<Done> check_field(double number, const FieldSpec& spec) {
  if (!std::isfinite(number)) return refused("the value is not a finite number", "", "a finite number");
  if (!(number >= spec.min && number <= spec.max)) return json_detail::out_of_range(number, spec);
  return kOk;
}
template <class T>
Result<Done> check_field(const std::optional<T>& value, const FieldSpec& spec) {
  if (value) return check_field(*value, spec);
  return kOk;
}
Result<Done> check_field(const std::optional<TimePoint>&, const FieldSpec&) { return kOk; }
template <class E>
requires NamedEnum<E> Result<Done> check_field(E, const FieldSpec&) { return kOk; }

template <class T>
Result<Done> check_field(const std::vector<T>& list, const FieldSpec& spec) {
  if (spec.required && list.empty()) return refused("the list is empty", "", "at least one entry");
  if (list.size() > spec.items_max) return json_detail::too_long(list.size(), spec.items_max, "entries");
  for (size_t i = 0; i < list.size(); ++i) {
    Result<Done> result = kOk;
    if constexpr (Described<T>)
      result = check_limits(list[i]);
    else
      result = check_field(list[i], spec);
    if (!result.ok()) return json_detail::at(std::move(result).error(), i);
  }
  return kOk;
}

template <class T>
Result<Done> check_field(const std::map<std::string, T>& map, const FieldSpec& spec) {
  if (map.size() > spec.items_max) return json_detail::too_long(map.size(), spec.items_max, "entries");
  for (const auto& [key, value] : map) {
    if (key.size() > spec.length_max) return json_detail::too_long(key.size(), spec.length_max, "bytes");
    if (!is_utf8(key)) return refused("an attribute name is not valid UTF-8", "", "UTF-8");
    if (auto result = check_field(value, spec); !result.ok())
      return json_detail::at(std::move(result).error(), key);
  }
  return kOk;
}

template <Described T>
Result<Done> check_limits(const T& value) {
  Result<Done> result = kOk;
  const auto check = [&](const auto& f) {
    if (auto checked = check_field(value.*(f.member), f.spec); !checked.ok())
      result = json_detail::at(std::move(checked).error(), f.name);
    return result.ok();
  };
  Contract<T>::kFields.all([&](const auto&... f) { (check(f) && ...); });
  return result;
}

}  // namespace

Result<Done> validate(const Garment& garment) {
  TRY(check_limits(garment));
  std::unordered_set<std::string_view> skus;
  for (size_t i = 0; i < garment.variants.size(); ++i)
    if (!skus.insert(garment.variants[i].sku).second)
      return refused(fmt::format("duplicate sku '{}'", garment.variants[i].sku),
                     fmt::format("/variants/{}/sku", i), "a different sku for each variant");
  return kOk;
}

}  // namespace modiste
