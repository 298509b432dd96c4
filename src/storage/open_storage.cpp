#include "storage/open_storage.h"

#include <fmt/format.h>

#include <algorithm>

#include "storage/storage_schemes.h"

namespace modiste {
namespace {

std::string known_schemes() {
  std::string list;
  for (const StorageScheme* scheme : kStorageSchemes)
    list += fmt::format("{}{}:{}", list.empty() ? "" : ", ", scheme->name, scheme->rest);
  return list;
}

}  // namespace

Result<Storage> open_storage(std::string_view url, const StorageOptions& options) {
  const size_t colon = url.find(':');
  const std::string_view name = url.substr(0, colon);
  const auto scheme = std::ranges::find(kStorageSchemes, name, [](const auto* known) { return known->name; });
  if (colon == url.npos || scheme == kStorageSchemes.end())
    return Error{Code::kInvalid, fmt::format("unsupported storage URL '{}'", url), "",
                 "one of " + known_schemes()};
  const std::string_view rest = url.substr(colon + 1);
  if (rest.empty() != (*scheme)->rest.empty())
    return Error{Code::kInvalid, fmt::format("incomplete storage URL '{}'", url), "",
                 fmt::format("{}:{}", name, (*scheme)->rest)};
  return (*scheme)->open(rest, options);
}

}  // namespace modiste
