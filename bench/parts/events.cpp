#include "parts/events.h"

#include <fmt/format.h>

#include <cmath>

#include "parts/garments.h"

namespace modiste::bench {
namespace {

std::string chosen(size_t garments, Rng& rng) {
  return garment_id(static_cast<size_t>(std::pow(rng.uniform(), 3) * static_cast<double>(garments)) %
                    garments);
}

}  // namespace

std::string shopper_id(size_t number) { return fmt::format("s{}", number); }

std::string made_up_event(const MadeUpEvent& event, size_t garments, Rng& rng) {
  const std::string ids =
      fmt::format(R"({}"device_id":"d{}","session_id":"v{}")",
                  rng.chance(0.5) ? fmt::format(R"("shopper_id":"{}",)", shopper_id(event.shopper)) : "",
                  event.shopper, event.visit);
  const std::string at =
      event.at ? fmt::format(R"("occurred_at":"{}",)", to_rfc3339(*event.at)) : std::string();
  const std::string head =
      fmt::format(R"({{"event_id":"{}",{},{}"request_id":"r{:016x}",)", event.id, ids, at, hash64(event.id));
  const std::string garment = fmt::format(R"("garment_id":"{}")", chosen(garments, rng));
  const double kind = rng.uniform();
  if (kind < 0.2) {
    std::string items;
    for (int i = 0; i < 8; ++i)
      items += fmt::format(R"({}{{"garment_id":"{}","colour":"Colour","position":{},"propensity":0.5}})",
                           i == 0 ? "" : ",", chosen(garments, rng), i);
    return head + fmt::format(R"("type":"impression","items":[{}]}})", items);
  }
  if (kind < 0.6)
    return head +
           fmt::format(R"("type":"product_view",{},"dwell_ms":{}}})", garment, 400 + rng.below(20'000));
  if (kind < 0.75) return head + fmt::format(R"("type":"click",{}}})", garment);
  if (kind < 0.85) return head + fmt::format(R"("type":"like",{}}})", garment);
  if (kind < 0.95) return head + fmt::format(R"("type":"pass",{}}})", garment);
  return head + fmt::format(R"("type":"purchase",{},"quantity":1,"price":49.9,"currency":"EUR"}})", garment);
}

}  // namespace modiste::bench
