// Compatibility that gives nothing to what is never worn together.
#pragma once

#include <memory>

#include "outfits/explicit_compatibility.h"

namespace modiste::outfits {

// For whoever asks of single pairs; the composer asks the rules itself. Threads: any.
class KeptApart final : public Compatibility {
 public:
  KeptApart(std::shared_ptr<const Compatibility> base, std::shared_ptr<const ExplicitCompatibility> rules)
      : base_(std::move(base)), rules_(std::move(rules)) {}

  [[nodiscard]] std::string_view name() const override { return base_->name(); }
  [[nodiscard]] double pair(const Wearable& a, const Wearable& b) const override {
    return rules_->forbids(a, b) ? 0 : base_->pair(a, b);
  }
  [[nodiscard]] double set(std::span<const Wearable> pieces) const override { return base_->set(pieces); }

 private:
  std::shared_ptr<const Compatibility> base_;
  std::shared_ptr<const ExplicitCompatibility> rules_;
};

}  // namespace modiste::outfits
