#include "style/shoppers.h"

#include "base/rng.h"

namespace modiste {

Shoppers::Shard& Shoppers::shard(std::string_view subject) const {
  return shards_[hash64(subject) % kShards];
}

ShopperFold& Shoppers::shopper(Shard& shard, std::string_view subject) {
  const auto [place, is_new] = shard.shoppers.try_emplace(std::string(subject));
  if (is_new) place->second = ShopperFold(index_next_++);
  return place->second;
}

std::shared_ptr<const ShopperState> Shoppers::find(std::string_view subject) const {
  const Shard& home = shard(subject);
  const std::lock_guard lock(home.mutex);
  const auto found = home.shoppers.find(std::string(subject));
  return found == home.shoppers.end() ? nullptr : found->second.current;
}

std::shared_ptr<const ShopperState> Shoppers::find(std::string_view subject, TimePoint now) const {
  auto state = find(subject);
  if (state == nullptr || !session_is_over(*state, now, model_)) return state;
  auto closed = std::make_shared<ShopperState>(*state);
  close_session(*closed, model_);
  return closed;
}

std::optional<StoredSignal> Shoppers::undo(std::string_view subject, uint64_t event_hash,
                                           const SignalResolver& resolve) {
  Shard& home = shard(subject);
  const std::lock_guard lock(home.mutex);
  const auto found = home.shoppers.find(std::string(subject));
  if (found == home.shoppers.end()) return std::nullopt;
  return modiste::undo(found->second, event_hash, resolve, model_);
}

std::shared_ptr<const ShopperState> Shoppers::update(std::string_view subject,
                                                     const std::function<void(ShopperFold&)>& change) {
  Shard& home = shard(subject);
  const std::lock_guard lock(home.mutex);
  ShopperFold& known = shopper(home, subject);
  change(known);
  return known.current;
}

void Shoppers::for_each(
    const std::function<void(const std::string& subject, const ShopperState&)>& visit) const {
  for (const auto& home : shards_) {
    const std::lock_guard lock(home.mutex);
    for (const auto& [subject, shopper] : home.shoppers) visit(subject, *shopper.current);
  }
}

std::shared_ptr<const ShopperState> Shoppers::replace(std::string_view subject, ShopperFold fold) {
  Shard& home = shard(subject);
  const std::lock_guard lock(home.mutex);
  ShopperFold& known = shopper(home, subject);
  fold.base.subject = known.base.subject;
  auto current = std::make_shared<ShopperState>(*fold.current);
  current->subject = known.base.subject;
  fold.current = std::move(current);
  known = std::move(fold);
  return known.current;
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
