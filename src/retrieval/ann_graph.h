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

// Where the nodes lie, one after the other. A walk reads them at random: of a large graph they are in huge
// pages, where the system grants them, which spares a page-table walk at every step.
class AnnTape : public unum::usearch::memory_mapping_allocator_gt<2> {
 public:
  // Any thread.
  unum::usearch::byte_t* allocate(size_t bytes) noexcept;

 private:
  uint64_t allocated_ = 0, window_ = 0;  // by std::atomic_ref: the graph moves its tape
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
  [[nodiscard]] size_t size() const { return graph_.size(); }        // dead nodes too
  [[nodiscard]] Slot slot(Node node) const { return slots_[node]; }  // kNoSlot: dead
  void kill(Node node) {
    graph_.at(node).key = kNoSlot;
    slots_[node] = kNoSlot;
  }

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
  [[nodiscard]] size_t memory_bytes() const {
    return graph_.memory_usage(0) + slots_.capacity() * sizeof(Slot);
  }

 private:
  using Allocator = unum::usearch::aligned_allocator_gt<unum::usearch::byte_t, 64>;
  using Graph = unum::usearch::index_gt<float, Slot, Node, Allocator, AnnTape>;

  Options options_;
  Graph graph_;
  std::vector<Slot> slots_;  // by node, below capacity(): what a walk asks of each node, 4 bytes apart
};

}  // namespace modiste
