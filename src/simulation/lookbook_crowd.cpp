#include "simulation/lookbook_crowd.h"

#include <fmt/format.h>

#include <array>

namespace modiste {
namespace {

// From the tropics to the polar circle, both hemispheres.
constexpr std::array<std::string_view, 10> kZones{
    "Europe/Berlin",    "Europe/Oslo",       "Europe/Madrid",  "Asia/Tokyo",       "America/Los_Angeles",
    "America/New_York", "America/Sao_Paulo", "Asia/Singapore", "Australia/Sydney", "Africa/Nairobi"};
constexpr size_t kShoppersABatch = 50;

Event event_of(const SimulatedShopper& shopper, EventType type, size_t number, const std::string& zone) {
  Event event;
  event.type = type;
  event.event_id = fmt::format("{}-{}", shopper.id, number);
  event.shopper_id = shopper.id;
  event.context.emplace();
  event.context->time_zone = zone;
  return event;
}

void add_events(const SimulatedShopper& shopper, const std::string& zone, size_t cards,
                const CatalogSnapshot& catalog, const std::vector<Slot>& on_sale, const Catalog& names,
                Rng& rng, std::vector<Event>& events) {
  Event quiz = event_of(shopper, EventType::kQuiz, 0, zone);
  quiz.quiz = shopper.quiz(names.vocabulary(), false);
  events.push_back(std::move(quiz));
  for (size_t card = 1; card <= cards; ++card) {
    const Slot slot = rng.pick(std::span<const Slot>(on_sale));
    const ItemFacts& item = catalog.facts(slot);
    if (!fits_department({shopper.department}, item.department, names.vocabulary())) continue;
    if (!rng.chance(shopper.like_probability(item, names.vocabulary()))) continue;
    Event like = event_of(shopper, EventType::kLike, card, zone);
    like.garment_id = names.key(slot).garment_id;
    like.colour = catalog.item(slot).colour;
    events.push_back(std::move(like));
  }
}

}  // namespace

Result<std::vector<CrowdMember>> gather_crowd(Shop& shop, const LookbookCrowdOptions& options,
                                              const std::function<void(size_t)>& progress) {
  Rng rng(options.seed);
  const Catalog& names = shop.catalog().view();
  const auto catalog = names.snapshot();
  std::vector<Slot> on_sale;
  for (Slot slot = 0; slot < catalog->slot_count(); ++slot)
    if (catalog->facts(slot).live && catalog->facts(slot).in_stock) on_sale.push_back(slot);
  const auto shoppers = draw_shoppers(options.shoppers, names, options.model, rng);
  std::vector<CrowdMember> crowd;
  std::vector<Event> events;
  for (const SimulatedShopper& shopper : shoppers) {
    const std::string zone(rng.pick(std::span<const std::string_view>(kZones)));
    add_events(shopper, zone, options.cards, *catalog, on_sale, names, rng, events);
    crowd.push_back({shopper.id, zone});
    if (crowd.size() % kShoppersABatch != 0 && crowd.size() < shoppers.size()) continue;
    TRY_ASSIGN(const auto fates, shop.events().ingest(std::exchange(events, {})));
    for (const auto& fate : fates)
      if (!fate.ok()) return fate.error();
    if (progress) progress(crowd.size());
  }
  return crowd;
}

}  // namespace modiste
