#include "style/shoppers.h"

#include <algorithm>

#include "base/rng.h"

namespace modiste {

Shoppers::Shard& Shoppers::shard(std::string_view subject) const {
  return shards_[hash64(subject) % kShards];
}

Shoppers::Shopper& Shoppers::shopper(Shard& shard, std::string_view subject) {
  const auto [place, is_new] = shard.shoppers.try_emplace(std::string(subject));
  if (is_new) {
    place->second.base.subject = index_next_++;
    place->second.current = std::make_shared<ShopperState>(place->second.base);
  }
  return place->second;
}

std::shared_ptr<const ShopperState> Shoppers::find(std::string_view subject) const {
  const Shard& home = shard(subject);
  const std::lock_guard lock(home.mutex);
  const auto found = home.shoppers.find(std::string(subject));
  return found == home.shoppers.end() ? nullptr : found->second.current;
}

std::shared_ptr<const ShopperState> Shoppers::apply(std::string_view subject, const StoredSignal& signal,
                                                    const SignalResolver& resolve) {
  Shard& home = shard(subject);
  const std::lock_guard lock(home.mutex);
  Shopper& known = shopper(home, subject);
  auto next = std::make_shared<ShopperState>(*known.current);
  fold(*next, resolve(signal), options_);
  known.recent.push_back(signal);
  if (known.recent.size() > options_.undo_window) {
    fold(known.base, resolve(known.recent.front()), options_);
    known.recent.pop_front();
  }
  known.current = std::move(next);
  return known.current;
}

void Shoppers::apply_quiz(std::string_view subject, Wishes wishes, const SignalResolver& resolve) {
  Shard& home = shard(subject);
  const std::lock_guard lock(home.mutex);
  Shopper& known = shopper(home, subject);
  for (const auto& signal : known.recent) fold(known.base, resolve(signal), options_);
  known.recent.clear();
  fold_quiz(known.base, std::move(wishes), options_);
  known.current = std::make_shared<ShopperState>(known.base);
}

std::optional<StoredSignal> Shoppers::undo(std::string_view subject, uint64_t event_hash,
                                           const SignalResolver& resolve) {
  Shard& home = shard(subject);
  const std::lock_guard lock(home.mutex);
  const auto found = home.shoppers.find(std::string(subject));
  if (found == home.shoppers.end()) return std::nullopt;
  Shopper& known = found->second;
  const auto undone =
      std::find_if(known.recent.rbegin(), known.recent.rend(),
                   [&](const StoredSignal& signal) { return signal.event_hash == event_hash; });
  if (undone == known.recent.rend()) return std::nullopt;
  const StoredSignal signal = *undone;
  known.recent.erase(std::next(undone).base());
  auto next = std::make_shared<ShopperState>(known.base);
  for (const auto& left : known.recent) fold(*next, resolve(left), options_);
  known.current = std::move(next);
  return signal;
}

std::optional<uint32_t> Shoppers::erase(std::string_view subject) {
  Shard& home = shard(subject);
  const std::lock_guard lock(home.mutex);
  const auto found = home.shoppers.find(std::string(subject));
  if (found == home.shoppers.end()) return std::nullopt;
  const uint32_t index = found->second.base.subject;
  home.shoppers.erase(found);
  return index;
}

size_t Shoppers::size() const {
  size_t total = 0;
  for (const auto& home : shards_) {
    const std::lock_guard lock(home.mutex);
    total += home.shoppers.size();
  }
  return total;
}

}  // namespace modiste
