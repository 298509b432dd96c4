// Simulated shoppers look at pages that a policy fills: what the loops of the learned ranker and of
// exploration share.
//
// A shopper looks at the garment at position p, from 0, with probability (1 + p)^-eta, and likes or passes
// what they look at; of the rest nothing is heard. Whether a shopper likes an item, or looks at a position of
// a page, is drawn from (seed, shopper, item or page), not from the policy.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "serving/shop.h"
#include "simulation/sent_events.h"
#include "simulation/shopper_model.h"

namespace modiste {

// A shop without shoppers that logs what it shows; its clock is advanced.
struct LoopShop {
  Shop& shop;
  ManualClock& clock;
  const EventLog& log;
};

// An item of a page that the shopper looked at.
struct Look {
  Slot slot = kNoSlot;
  bool liked = false;
  bool bought = false;  // only what is liked
};

class PagePolicy {
 public:
  virtual ~PagePolicy() = default;
  virtual Result<std::vector<Slot>> page(size_t shopper) = 0;
  virtual Result<Done> heard(size_t shopper, const std::vector<Slot>& page,
                             const std::vector<Look>& looks) = 0;
  virtual Result<Done> train() { return kOk; }         // between the pages before and those after
  virtual Result<Done> train_midway() { return kOk; }  // after half of the pages before
};

// Learns from the shop's log and puts what it learned in use.
using TrainOnLog = std::function<Result<Done>(const LoopShop& shop, bool midway)>;

// Pages as the shop answers them.
class ShopPages final : public PagePolicy {
 public:
  // Borrows the shop and the shoppers.
  ShopPages(const LoopShop& in, const std::vector<SimulatedShopper>& shoppers, size_t count,
            TrainOnLog train);

  Result<Done> begin();  // every shopper answers the quiz, every other one the whole of it
  Result<std::vector<Slot>> page(size_t shopper) override;
  Result<Done> heard(size_t shopper, const std::vector<Slot>& page, const std::vector<Look>& looks) override;
  Result<Done> train() override { return learn(false); }
  Result<Done> train_midway() override { return learn(true); }
  [[nodiscard]] size_t explored() const { return explored_; }  // places of all pages so far

 private:
  Result<Done> learn(bool midway);

  const LoopShop in_;
  const std::vector<SimulatedShopper>& shoppers_;
  const size_t count_;
  const TrainOnLog train_;
  SentEvents events_;
  std::vector<std::string> answers_;  // by shopper: id of the latest
  uint64_t pages_ = 0;
  size_t explored_ = 0;
};

struct PageWorld {
  const Catalog& catalog;
  const std::vector<SimulatedShopper>& shoppers;
  double eta = 1;
  uint64_t seed = 7;
  double buys = 0;  // share of the liked garments that are bought at once
};

// number: of the page, the same for all policies.
[[nodiscard]] std::vector<Look> looks_at(const PageWorld& world, size_t shopper, size_t number,
                                         const std::vector<Slot>& page);

}  // namespace modiste
