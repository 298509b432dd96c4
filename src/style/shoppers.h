// All shoppers' states in memory, by subject id.
//
// Threads: readers and writers from any thread; shoppers are spread over shards with a mutex each, and a
// reader gets an immutable state that later folds do not touch. Folds of one subject must come in the order
// of the log.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "style/shopper_fold.h"

namespace modiste {

class Shoppers {
 public:
  explicit Shoppers(const Vocabulary& vocabulary, StyleOptions options = {}) : model_(vocabulary, options) {}

  // Null when nothing is known. The state as the latest fold left it: the session may be over by now.
  [[nodiscard]] std::shared_ptr<const ShopperState> find(std::string_view subject) const;
  // As it is to be read at this time: a session that is over is merged into the style.
  [[nodiscard]] std::shared_ptr<const ShopperState> find(std::string_view subject, TimePoint now) const;
  // Takes back one of the last StyleOptions::undo_window signals: as if it had never come. Empty when it is
  // not there.
  std::optional<StoredSignal> undo(std::string_view subject, uint64_t event_hash,
                                   const SignalResolver& resolve);
  // Changes her fold, begun if there is none, while nobody else does. The state after it.
  std::shared_ptr<const ShopperState> update(std::string_view subject,
                                             const std::function<void(ShopperFold&)>& change);
  // Every shopper, in no order.
  void for_each(const std::function<void(const std::string& subject, const ShopperState&)>& visit) const;
  // Puts another fold in place of hers, or begins one: after a merge of identities, refolded from all her
  // events. The dense index of the subject stays; a new one is given to a new subject. Answers the state.
  std::shared_ptr<const ShopperState> replace(std::string_view subject, ShopperFold fold);
  // The dense index that was hers; empty when nothing was known.
  std::optional<uint32_t> erase(std::string_view subject);

  [[nodiscard]] size_t size() const;
  [[nodiscard]] const StyleModel& model() const { return model_; }

 private:
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<std::string, ShopperFold> shoppers;
  };

  Shard& shard(std::string_view subject) const;
  ShopperFold& shopper(Shard& shard, std::string_view subject);

  static constexpr size_t kShards = 64;
  StyleModel model_;
  std::atomic<uint32_t> index_next_{0};
  mutable std::array<Shard, kShards> shards_;
};

}  // namespace modiste
