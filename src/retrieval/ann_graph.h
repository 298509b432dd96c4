// The HNSW graph, by USearch: nodes, links and the slot of each node. Vectors are in a PlaneStore.
//
// A node whose item was removed stays as a step to other nodes ("dead") until it is reused for another item.
//
// Threads: searches may run in parallel; append() may run in parallel with append() on other lanes; no other
// combination is allowed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <usearch/index.hpp>
#include <usearch/index_plugins.hpp>

#include "base/result.h"
#include "retrieval/plane_store.h"
#include "retrieval/slot_filter.h"

namespace modiste {

using Node = uint32_t;

struct NodeDistance {
  Node node = 0;
  float distance = 0;  // 1 - coarse inner product
};

class AnnGraph {
 public:
  struct Options {
    size_t connectivity, expansion_add, lanes;  // lanes: threads at once, each with a number below
  };
  explicit AnnGraph(Options options);

  // Reserves room for this many nodes.
  void grow(size_t nodes);
  [[nodiscard]] size_t capacity() const { return graph_.capacity(); }
  [[nodiscard]] size_t size() const { return graph_.size(); }               // dead nodes too
  [[nodiscard]] Slot slot(Node node) const { return graph_.at(node).key; }  // kNoSlot: dead
  void kill(Node node) { graph_.at(node).key = kNoSlot; }

  // Adds a node for a row of the store.
  Node append(Slot slot, const Probe& probe, PlaneStore& rows, size_t lane);
  // Reuses a dead node, its row and its place in the graph for another item.
  void reuse(Node node, Slot slot, const Probe& probe, PlaneStore& rows, size_t lane);

  // The nearest live nodes that the filter allows, nearest first, about as many as expansion.
  [[nodiscard]] std::vector<NodeDistance> walk(const Probe& probe, const PlaneStore& rows,
                                               const SlotFilter& filter, size_t expansion, bool all_live,
                                               size_t lane) const;

  [[nodiscard]] bool save(const std::function<bool(std::span<const std::byte>)>& sink) const;
  [[nodiscard]] size_t saved_bytes() const {
    return graph_.serialized_length() - graph_.size() * sizeof(int16_t);
  }
  // Loads into an empty graph. kCorrupt when the bytes are not a graph with this number of nodes and links.
  Result<Done> load(std::span<const std::byte> bytes, size_t nodes);
  [[nodiscard]] size_t memory_bytes() const { return graph_.memory_usage(0); }

 private:
  using Allocator = unum::usearch::aligned_allocator_gt<unum::usearch::byte_t, 64>;
  using Tape = unum::usearch::memory_mapping_allocator_gt<2>;
  using Graph = unum::usearch::index_gt<float, Slot, Node, Allocator, Tape>;

  Options options_;
  Graph graph_;
};

}  // namespace modiste
