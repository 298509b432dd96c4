// Generates a cluster's looks by the outfit composer, for the cluster's average profile: without a network,
// the same for the same catalog and profiles.
#pragma once

#include "lookbook/generator.h"
#include "serving/lookbook/lookbook_service.h"

namespace modiste {

class ComposedLooks final : public LookGenerator {
 public:
  // Borrows the service.
  explicit ComposedLooks(LookbookService& lookbook) : lookbook_(lookbook) {}

  [[nodiscard]] std::string name() const override { return "composer"; }
  Result<MadeLooks> generate(const LookBrief& brief) override;

 private:
  Result<Done> compose(const LookBrief& brief, bool evening, MadeLooks& made);
  LookbookService& lookbook_;
};

// What looks of a cluster are composed for: an occasion, in the weather that the cluster has.
[[nodiscard]] RequestContext look_context(Occasion occasion, lookbook::WeatherKind weather);

// What looks by day and by evening are for, in turns.
[[nodiscard]] std::span<const Occasion> look_occasions(bool evening);

}  // namespace modiste
