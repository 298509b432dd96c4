// Size and fit: what events say about a shopper's size and of how a garment runs, and which size a shopper is
// advised.
//
// Threads: learn() one caller at a time, in the order of the log; everything else from any.
#pragma once

#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "events/event.h"
#include "style/fit_model.h"

namespace modiste {

// A shopper's size as far as it is known.
struct KnownSize {
  SizeChart chart{};
  std::string size;  // the nearest on its chart, in the size system of the shopper's garments
  int observations = 0;
};

class Sizing {
 public:
  explicit Sizing(const Catalog& catalog) : catalog_(catalog) {}

  // What the event says about a garment's fit. Nothing when it says nothing, or its size is not on the
  // garment's chart.
  [[nodiscard]] std::optional<FitObservation> observation(const Event& event) const;
  // What the shopper bought, sent back, reviewed, or said of their body.
  void fold(FitProfile& profile, const Event& event) const;
  // How a garment runs, from this event alone: whoever replays the log learns the same, whatever identities
  // have merged meanwhile.
  void learn(const Event& event);

  struct Advice {
    std::string size;  // as the shop writes it
    double fit = 0;    // probability that it does
    SizeReason reason{};
  };
  // Of the sizes in stock. Nothing when the shopper is unknown or the garment has no size that can be placed.
  [[nodiscard]] std::optional<Advice> advise(const FitProfile& profile, const Item& item) const;
  [[nodiscard]] std::vector<KnownSize> sizes(const FitProfile& profile) const;

 private:
  const Catalog& catalog_;
  mutable std::shared_mutex mutex_;  // guards model_
  FitModel model_;
};

}  // namespace modiste
