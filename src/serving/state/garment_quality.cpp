#include "serving/state/garment_quality.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/binary_fields.h"
#include "base/mutex.h"
#include "base/rng.h"

namespace modiste {
namespace {

// Lower end of the Wilson score interval of a share, 95% (Wilson 1927).
double lower_bound_of(double share, double trials) {
  constexpr double kZ = 1.96;
  if (trials <= 0) return 0;
  const double z2 = kZ * kZ / trials;
  const double spread = kZ * std::sqrt(share * (1 - share) / trials + z2 / (4 * trials));
  return std::max(0.0, (share + z2 / 2 - spread) / (1 + z2));
}

}  // namespace

void GarmentQuality::record(const Event& event) {
  const bool bought = event.type == EventType::kPurchase;
  if ((!bought && event.type != EventType::kReturn) || event.garment_id.empty()) return;
  const ReturnReason reason = event.reason.value_or(ReturnReason::kUnknown);
  const MutexLock lock(mutex_);
  const int pieces = event.by_shopper ? claimed(event) : event.quantity.value_or(1);
  if (pieces == 0) return;
  Counts& counts = counts_[event.garment_id];
  int64_t& count = bought ? counts.bought : counts.returned[static_cast<size_t>(reason)];
  if (!event.order_id.empty()) {
    if (bought && !event.by_shopper) forget_line(event, Teller::kPurchaseByShopper);
    Line& line = line_of(event, Teller::kShop);
    if (bought && std::exchange(line.bought, true)) return;
    if (!bought && reason == ReturnReason::kUnknown) line.unknown += pieces;
    if (!bought && reason != ReturnReason::kUnknown) {
      const int explained = std::min(line.unknown, pieces);
      line.unknown -= explained;
      counts.returned[static_cast<size_t>(ReturnReason::kUnknown)] -= explained;
    }
  }
  count += pieces;
}

int GarmentQuality::claimed(const Event& event) {
  if (event.order_id.empty()) return 0;
  const bool known = has_line(event, Teller::kShop);
  if (event.type == EventType::kPurchase) {
    if (!known) line_of(event, Teller::kPurchaseByShopper);
    return 1;
  }
  if (!known || has_line(event, Teller::kPurchaseByShopper)) return 0;
  return std::exchange(line_of(event, Teller::kReturnByShopper).bought, true) ? 0 : 1;
}

GarmentQuality::Line& GarmentQuality::line_of(const Event& event, Teller teller) {
  const uint64_t key = key_of(event, teller);
  if (const auto known = lately_.find(key); known != lately_.end()) return known->second;
  const auto earlier = before_.extract(key);
  if (lately_.size() >= lines_max_ / 2) before_ = std::exchange(lately_, {});
  return lately_[key] = earlier.empty() ? Line() : earlier.mapped();
}

bool GarmentQuality::has_line(const Event& event, Teller teller) const {
  const uint64_t key = key_of(event, teller);
  return lately_.contains(key) || before_.contains(key);
}

void GarmentQuality::forget_line(const Event& event, Teller teller) {
  const uint64_t key = key_of(event, teller);
  lately_.erase(key);
  before_.erase(key);
}

uint64_t GarmentQuality::key_of(const Event& event, Teller teller) {
  constexpr std::string_view kSuffixes[] = {"", "\nbought, says the shopper", "\nreturned, says the shopper"};
  return hash64(fmt::format("{}\n{}\n{}\n{}{}", event.order_id, event.garment_id, event.sku, event.order_line,
                            kSuffixes[static_cast<size_t>(teller)]));
}

template <class Io, class Quality>
void GarmentQuality::fields(Io& io, Quality& quality) {
  io.map(quality.counts_, kTextField, [](auto& counts_io, auto& counts) {
    counts_io.number(counts.bought);
    for (auto& returned : counts.returned) counts_io.number(returned);
  });
  for (auto* lines : {&quality.lately_, &quality.before_})
    io.map(*lines, kNumberField, [](auto& line_io, auto& line) {
      line_io.flag(line.bought);
      line_io.number(line.unknown);
    });
}

void GarmentQuality::save(std::string& out) const {
  BinaryWriter writer(out);
  const MutexLock lock(mutex_);
  fields(writer, *this);
}

Result<Done> GarmentQuality::load(std::string_view bytes) {
  const MutexLock lock(mutex_);
  return load_fields(bytes, "returns of garments", [this](auto& reader) { fields(reader, *this); });
}

GarmentReturnsPage GarmentQuality::worst(const Catalog& catalog, size_t count) const {
  struct Judged {
    double doubt = 0;
    GarmentReturns garment;
  };
  std::vector<Judged> judged;
  {
    const MutexLock lock(mutex_);
    for (const auto& [garment_id, counts] : counts_) {
      const auto of = [&](ReturnReason reason) { return counts.returned[static_cast<size_t>(reason)]; };
      const int64_t returned = std::accumulate(counts.returned.begin(), counts.returned.end(), int64_t{0});
      if (returned == 0) continue;
      // Returns of what was bought before events were sent are of more than is known to be bought.
      const auto trials = static_cast<double>(std::max(counts.bought, returned));
      const double share =
          static_cast<double>(of(ReturnReason::kNotAsDescribed) + of(ReturnReason::kDefective)) / trials;
      judged.push_back(
          {lower_bound_of(share, trials),
           {garment_id,
            "",
            counts.bought,
            returned,
            share,
            {of(ReturnReason::kTooSmall), of(ReturnReason::kTooLarge), of(ReturnReason::kNotAsDescribed),
             of(ReturnReason::kDefective), of(ReturnReason::kChangedMind), of(ReturnReason::kStyle),
             of(ReturnReason::kUnknown)}}});
    }
  }
  std::sort(judged.begin(), judged.end(), [](const Judged& a, const Judged& b) {
    if (a.doubt != b.doubt) return a.doubt > b.doubt;
    if (a.garment.returned != b.garment.returned) return a.garment.returned > b.garment.returned;
    return a.garment.garment_id < b.garment.garment_id;
  });
  GarmentReturnsPage page;
  for (size_t i = 0; i < std::min(count, judged.size()); ++i) {
    GarmentReturns& garment = judged[i].garment;
    if (const auto sold = catalog.garment(garment.garment_id)) garment.title = sold->title;
    page.garments.push_back(std::move(garment));
  }
  return page;
}

}  // namespace modiste
