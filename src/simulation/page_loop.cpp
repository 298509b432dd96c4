#include "simulation/page_loop.h"

#include <cmath>

namespace modiste {

ShopPages::ShopPages(const LoopShop& in, const std::vector<SimulatedShopper>& shoppers, size_t count,
                     TrainOnLog train)
    : in_(in),
      shoppers_(shoppers),
      count_(count),
      train_(std::move(train)),
      events_(in.shop),
      answers_(shoppers.size()) {}

Result<Done> ShopPages::begin() {
  for (size_t i = 0; i < shoppers_.size(); ++i) {
    Event event = events_.event_of(shoppers_[i].id, EventType::kQuiz);
    event.quiz = shoppers_[i].quiz(in_.shop.catalog().view().vocabulary(), i % 2 == 0);
    TRY(events_.send(std::move(event)));
  }
  return kOk;
}

Result<std::vector<Slot>> ShopPages::page(size_t shopper) {
  RecommendRequest request;
  request.shopper_id = shoppers_[shopper].id;
  request.count = static_cast<int>(count_);
  request.deck = true;
  request.seed = static_cast<uint32_t>(mix64(pages_++ * 1'000'003 + shopper));
  TRY_ASSIGN(const Answer answer, in_.shop.recommender().recommend(request));
  answers_[shopper] = answer.request_id;
  std::vector<Slot> slots;
  for (const auto& item : answer.items) {
    slots.push_back(in_.shop.catalog().view().slot(item.garment_id, item.colour));
    explored_ += item.explored ? 1 : 0;
  }
  in_.clock.advance(std::chrono::seconds(5));
  return slots;
}

Result<Done> ShopPages::heard(size_t shopper, const std::vector<Slot>& page, const std::vector<Look>& looks) {
  std::vector<Event> heard;
  Event shown = events_.event_of(shoppers_[shopper].id, EventType::kImpression);
  shown.request_id = answers_[shopper];
  const auto snapshot = in_.shop.catalog().view().snapshot();
  for (size_t position = 0; position < page.size(); ++position) {
    const Item& item = snapshot->item(page[position]);
    shown.items.push_back({std::string(item.garment.id()), item.colour, static_cast<int>(position)});
  }
  heard.push_back(std::move(shown));
  for (const Look& look : looks) {
    const EventType type = look.bought  ? EventType::kPurchase
                           : look.liked ? EventType::kLike
                                        : EventType::kPass;
    Event& event = heard.emplace_back(events_.about(shoppers_[shopper].id, type, look.slot));
    event.request_id = answers_[shopper];
  }
  TRY(events_.send(std::move(heard)));
  in_.clock.advance(std::chrono::seconds(20));
  return kOk;
}

Result<Done> ShopPages::learn(bool midway) {
  TRY(in_.shop.events().flush_impressions());
  in_.clock.advance(std::chrono::hours(1));  // also where nothing is learned: both go on at the same time
  return train_ ? train_(in_, midway) : Result<Done>(kOk);
}

std::vector<Look> looks_at(const PageWorld& world, size_t shopper, size_t number,
                           const std::vector<Slot>& page) {
  const auto snapshot = world.catalog.snapshot();
  std::vector<Look> looks;
  Rng eyes(mix64(world.seed ^ mix64(number * 1'000'033 + shopper)));
  for (size_t position = 0; position < page.size(); ++position) {
    const double examined = std::pow(1.0 + static_cast<double>(position), -world.eta);
    if (!eyes.chance(examined)) continue;
    Rng coin(mix64(world.seed ^ mix64(shopper * 1'000'003 + page[position])));
    const double liking =
        world.shoppers[shopper].like_probability(snapshot->facts(page[position]), world.catalog.vocabulary());
    const bool liked = coin.chance(liking);
    looks.push_back({page[position], liked, liked && coin.chance(world.buys)});
  }
  return looks;
}

}  // namespace modiste
