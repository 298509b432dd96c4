// Garments being put together from rows that name their group: Google's item_group_id, Shopify's handle.
//
// Rows of a group may stand apart, but a feed is never held whole: the oldest garment leaves when kOpenMax
// are open. A later row of a group that has left is refused by the run as a repeated id.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>

#include "feeds/feed_run.h"

namespace modiste {

class GarmentWindow {
 public:
  static constexpr size_t kOpenMax = 5'000;

  explicit GarmentWindow(FeedRun& run) : run_(run) {}

  // The open garment of the group; a new one has this id and nothing else. Valid until the next open or
  // finish.
  Result<Garment*> open(const std::string& id, size_t line) {
    if (const auto known = open_.find(id); known != open_.end()) return &known->second.garment;
    if (order_.size() >= kOpenMax) TRY(close_oldest());
    order_.push_back(id);
    Entry& entry = open_[id];
    entry.line = line;
    entry.garment.id = id;
    return &entry.garment;
  }

  Result<Done> finish() {
    while (!order_.empty()) TRY(close_oldest());
    return kOk;
  }

 private:
  struct Entry {
    Garment garment;
    size_t line = 0;
  };

  // A garment whose every row was refused has no title: its rows are reported already.
  Result<Done> close_oldest() {
    auto node = open_.extract(order_.front());
    order_.pop_front();
    if (node.mapped().garment.variants.empty() && node.mapped().garment.title.empty()) return kOk;
    return run_.emit(std::move(node.mapped().garment), node.mapped().line);
  }

  FeedRun& run_;
  std::unordered_map<std::string, Entry> open_;
  std::deque<std::string> order_;
};

}  // namespace modiste
