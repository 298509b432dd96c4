// The champion that a training goes on from, or is compared with.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>

#include "shop/models/served_models.h"

namespace modiste {

template <class Model>
struct KnownChampion {
  ModelManifest manifest;
  Model model;

  // Versions from before windows were kept did not learn from what came after them.
  [[nodiscard]] TimePoint learned_until() const { return manifest.data_until.value_or(manifest.created_at); }
};

// Empty where nothing trained serves. Empty too where the champion is damaged or of another program, and
// `unread` then says why: a training mends that, so it must not fail on it. parse: of the payload's text.
template <class Model, class Parse>
Result<std::optional<KnownChampion<Model>>> read_champion(const ModelRegistry& registry,
                                                          const ServedModel& row, const Parse& parse,
                                                          std::string& unread) {
  const auto leave_out = [&](const Error& error) {
    unread = fmt::format("the champion of {} cannot be read, and the training does without it: {}", row.name,
                         error.message());
    return std::optional<KnownChampion<Model>>();
  };
  const auto stored = read_alias(registry, row.name, ModelAlias::kChampion);
  if (!stored.ok() && stored.error().code == Code::kCorrupt) return leave_out(stored.error());
  if (!stored.ok()) return stored.error();
  if (!*stored) return std::optional<KnownChampion<Model>>();
  if (const auto kind = check_kind(row, (*stored)->manifest); !kind.ok()) return leave_out(kind.error());
  Result<Model> model = parse(payload_text(**stored));
  if (!model.ok()) return leave_out(model.error());
  return std::optional(KnownChampion<Model>{(*stored)->manifest, std::move(*model)});
}

}  // namespace modiste
