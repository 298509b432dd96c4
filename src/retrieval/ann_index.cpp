#include "retrieval/ann_index.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <thread>
#include <utility>

#include "base/check.h"
#include "base/mutex.h"
#include "retrieval/ann_file.h"
#include "retrieval/ann_graph.h"
#include "retrieval/fair_lock.h"
#include "retrieval/leases.h"
#include "retrieval/plane_store.h"

namespace modiste {
namespace {

constexpr Node kNoNode = UINT32_MAX;
constexpr size_t kNodesFirst = 1024;
// How many more than k nodes of the coarse search are re-scored exactly.
constexpr size_t kFineExtra = 16;
constexpr float kUnitTolerance = 1e-3F;

Result<Done> check_vector(std::span<const float> vector, size_t dimension, bool unit) {
  if (vector.size() != dimension)
    return Error{Code::kInvalid,
                 "the vector has " + std::to_string(vector.size()) + " components",
                 {},
                 std::to_string(dimension)};
  const float square = dot(vector, vector);
  if (!std::isfinite(square))
    return Error{Code::kInvalid, "the vector has components that are not finite", {}, {}};
  if (unit && std::abs(square - 1) > kUnitTolerance)
    return Error{Code::kInvalid, "the vector does not have length 1", {}, {}};
  return kOk;
}

Error too_high(Slot slot) {
  return {Code::kInvalid,
          "slot " + std::to_string(slot) + " is too high",
          {},
          "below " + std::to_string(kAnnSlotsMax)};
}

// Keeps the nearest of all candidates offered.
class Nearest {
 public:
  explicit Nearest(size_t count) : count_(count) {}
  void offer(NodeDistance node) {
    if (heap_.size() == count_) {
      if (!nearer(node, heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end(), nearer);
      heap_.pop_back();
    }
    heap_.push_back(node);
    std::push_heap(heap_.begin(), heap_.end(), nearer);
  }
  // Nearest first.
  [[nodiscard]] std::vector<NodeDistance> take() && {
    std::sort_heap(heap_.begin(), heap_.end(), nearer);
    return std::move(heap_);
  }

 private:
  // Equals by node, so that the answer does not depend on the order of the offers.
  static bool nearer(const NodeDistance& a, const NodeDistance& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.node < b.node;
  }
  size_t count_;
  std::vector<NodeDistance> heap_;
};

}  // namespace

struct AnnIndex::State {
  explicit State(AnnOptions o)
      : options(std::move(o)),
        rows(options.dimension),
        graph({options.connectivity, options.expansion_add, options.searchers_max}),
        lanes(options.searchers_max) {}

  [[nodiscard]] Node node(Slot slot) const {
    return slot < node_of_slot.size() ? node_of_slot[slot] : kNoNode;
  }
  void retire(Slot slot);
  void reserve_nodes(size_t nodes);
  void link(Slot slot, const Probe& probe);
  void link_all(std::span<const Slot> slots, std::span<const Probe> probes, unsigned threads);
  void point(Slot slot, Node to);
  [[nodiscard]] bool cheaper_exactly(const SlotFilter& filter, size_t expansion) const;
  [[nodiscard]] std::vector<NodeDistance> exact(const Probe& probe, const SlotFilter& filter,
                                                size_t count) const;
  [[nodiscard]] std::vector<NodeDistance> nearest(const Probe& probe, const AnnQuery& query, size_t k) const;
  [[nodiscard]] std::vector<Candidate> fine(const Probe& probe, std::span<const NodeDistance> nodes,
                                            size_t k) const;

  const AnnOptions options;
  PlaneStore rows;
  AnnGraph graph;
  std::vector<Node> node_of_slot;
  std::vector<Node> dead;  // nodes that can be given away
  size_t live = 0;

  mutable Mutex writing;  // one change at a time; a save blocks changes, but not searches
  mutable FairSharedMutex
      reading;  // held shared by searches, exclusively by a change; locked after `writing`
  mutable Leases lanes;
};

// Marks the node of a slot dead, if it has one.
void AnnIndex::State::retire(Slot slot) {
  const Node old = node(slot);
  if (old == kNoNode) return;
  graph.kill(old);
  dead.push_back(old);
  node_of_slot[slot] = kNoNode;
  --live;
}

void AnnIndex::State::reserve_nodes(size_t nodes) {
  if (nodes > graph.capacity()) graph.grow(std::max({nodes, kNodesFirst, graph.capacity() * 3 / 2}));
  rows.grow(nodes);
}

void AnnIndex::State::point(Slot slot, Node to) {
  if (slot >= node_of_slot.size())
    node_of_slot.resize(std::max<size_t>(slot + 1, node_of_slot.size() * 3 / 2), kNoNode);
  node_of_slot[slot] = to;
  ++live;
}

// No search is running, so every lane is free.
void AnnIndex::State::link(Slot slot, const Probe& probe) {
  retire(slot);
  if (!dead.empty()) {
    const Node node = dead.back();
    dead.pop_back();
    graph.reuse(node, slot, probe, rows, 0);
    point(slot, node);
    return;
  }
  reserve_nodes(graph.size() + 1);
  point(slot, graph.append(slot, probe, rows, 0));
}

void AnnIndex::State::link_all(std::span<const Slot> slots, std::span<const Probe> probes, unsigned threads) {
  for (const Slot slot : slots) retire(slot);
  const size_t reused = std::min(dead.size(), slots.size());
  for (size_t i = 0; i < reused; ++i) link(slots[i], probes[i]);

  reserve_nodes(graph.size() + slots.size() - reused);
  std::vector<Node> nodes(slots.size());
  std::atomic<size_t> next{reused};
  const auto append = [&](size_t lane) {
    for (size_t i; (i = next.fetch_add(1)) < slots.size();)
      nodes[i] = graph.append(slots[i], probes[i], rows, lane);
  };
  {
    std::vector<std::jthread> helpers;
    for (unsigned lane = 1; lane < threads; ++lane) helpers.emplace_back(append, lane);
    append(0);
  }
  for (size_t i = reused; i < slots.size(); ++i) {
    retire(slots[i]);  // if a slot is named twice, the last row counts
    point(slots[i], nodes[i]);
  }
}

// A graph search measures about ten nodes for each one it keeps; an exhaustive search measures those it
// allows.
bool AnnIndex::State::cheaper_exactly(const SlotFilter& filter, size_t expansion) const {
  constexpr double kMeasuredPerKept = 10;
  const auto nodes = static_cast<double>(graph.size());
  const auto admitted = static_cast<double>(filter.admits_all() ? live : filter.bits()->count());
  const double walk =
      std::min(nodes, kMeasuredPerKept * static_cast<double>(expansion) * nodes / std::max(admitted, 1e-3));
  return admitted <= walk;
}

// The rows are far apart: those of some items ahead are fetched while one is measured.
std::vector<NodeDistance> AnnIndex::State::exact(const Probe& probe, const SlotFilter& filter,
                                                 size_t count) const {
  constexpr size_t kAhead = 16;
  std::array<Node, kAhead> ahead;
  Nearest nearest(count);
  size_t put = 0;
  const auto measure = [&](Node node) { nearest.offer({node, 1 - rows.coarse(probe, node)}); };
  for (Slot slot = filter.next(0); slot < node_of_slot.size(); slot = filter.next(slot + 1)) {
    const Node next = node_of_slot[slot];
    if (next == kNoNode) continue;
    rows.prefetch(next);
    if (put >= kAhead) measure(ahead[put % kAhead]);
    ahead[put++ % kAhead] = next;
  }
  for (size_t at = put - std::min(put, kAhead); at < put; ++at) measure(ahead[at % kAhead]);
  return std::move(nearest).take();
}

std::vector<NodeDistance> AnnIndex::State::nearest(const Probe& probe, const AnnQuery& query,
                                                   size_t k) const {
  const size_t expansion = std::max(k, query.expansion == 0 ? options.expansion_search : query.expansion);
  if (!cheaper_exactly(query.filter, expansion)) {
    const Leases::Lease lane(lanes);
    auto found = graph.walk(probe, rows, query.filter, expansion, live == graph.size(), lane.number());
    if (found.size() >= k) return found;
  }
  // Few items are allowed, or parts of the graph are disconnected: search exhaustively, so that no allowed
  // item is missed.
  return exact(probe, query.filter, std::max(k + kFineExtra, expansion));
}

std::vector<Candidate> AnnIndex::State::fine(const Probe& probe, std::span<const NodeDistance> nodes,
                                             size_t k) const {
  nodes = nodes.first(std::min(nodes.size(), k + std::max(k, kFineExtra)));
  std::vector<Candidate> candidates;
  candidates.reserve(nodes.size());
  for (const auto& [node, distance] : nodes) candidates.push_back({graph.slot(node), rows.fine(probe, node)});
  const size_t count = std::min(k, candidates.size());
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<ptrdiff_t>(count), candidates.end(),
                    better);
  candidates.resize(count);
  return candidates;
}

AnnIndex::AnnIndex(AnnOptions options) : state_(std::make_unique<State>(std::move(options))) {}
AnnIndex::~AnnIndex() = default;

Result<Done> AnnIndex::put(Slot slot, std::span<const float> vector) {
  TRY(check_vector(vector, options().dimension, true));
  if (slot >= kAnnSlotsMax) return too_high(slot);
  const Probe probe(vector);
  const MutexLock writing(state_->writing);
  const MutexLock exclusive(state_->reading);
  state_->link(slot, probe);
  return kOk;
}

Result<Done> AnnIndex::put_all(std::span<const Slot> slots, std::span<const float> rows, unsigned threads) {
  // Number of insertions while searches wait: a few milliseconds on one thread.
  constexpr size_t kBatch = 32;
  const size_t dimension = options().dimension;
  if (rows.size() != slots.size() * dimension)
    return Error{Code::kInvalid,
                 "the number of rows differs from the number of slots",
                 {},
                 std::to_string(slots.size()) + " rows"};
  for (size_t i = 0; i < slots.size(); ++i) {
    TRY(check_vector(rows.subspan(i * dimension, dimension), dimension, true));
    if (slots[i] >= kAnnSlotsMax) return too_high(slots[i]);
  }
  threads = std::clamp<unsigned>(threads, 1, static_cast<unsigned>(options().searchers_max));
  for (size_t from = 0; from < slots.size(); from += kBatch) {
    const size_t count = std::min(kBatch, slots.size() - from);
    std::vector<Probe> probes;
    probes.reserve(count);
    for (size_t i = from; i < from + count; ++i) probes.emplace_back(rows.subspan(i * dimension, dimension));
    const MutexLock writing(state_->writing);
    const MutexLock exclusive(state_->reading);
    state_->link_all(slots.subspan(from, count), probes, threads);
  }
  return kOk;
}

bool AnnIndex::remove(Slot slot) {
  const MutexLock writing(state_->writing);
  const MutexLock exclusive(state_->reading);
  if (state_->node(slot) == kNoNode) return false;
  state_->retire(slot);
  return true;
}

bool AnnIndex::contains(Slot slot) const {
  const ReaderLock shared(state_->reading);
  return state_->node(slot) != kNoNode;
}

std::optional<Vector> AnnIndex::vector(Slot slot) const {
  const ReaderLock shared(state_->reading);
  const Node node = state_->node(slot);
  if (node == kNoNode) return std::nullopt;
  return state_->rows.get(node);
}

Result<std::vector<Candidate>> AnnIndex::search(const AnnQuery& query) const {
  TRY(check_vector(query.vector, options().dimension, false));
  const size_t k = std::min(query.k, kCandidatesMax);
  const Probe probe(query.vector);
  const ReaderLock shared(state_->reading);
  if (k == 0 || state_->live == 0) return std::vector<Candidate>{};
  return state_->fine(probe, state_->nearest(probe, query, k), k);
}

Result<std::vector<Candidate>> AnnIndex::score(std::span<const float> vector,
                                               std::span<const Slot> slots) const {
  TRY(check_vector(vector, options().dimension, false));
  const Probe probe(vector);
  std::vector<Candidate> scored;
  scored.reserve(slots.size());
  const ReaderLock shared(state_->reading);
  for (const Slot slot : slots)
    if (const Node node = state_->node(slot); node != kNoNode)
      scored.push_back({slot, state_->rows.fine(probe, node)});
  return scored;
}

Result<Done> AnnIndex::save(const ByteSink& sink) const {
  const MutexLock writing(state_->writing);
  const size_t nodes = state_->graph.size();
  AnnFileWriter writer(sink, options(), nodes);
  const size_t full = nodes / PlaneStore::kChunkRows, rest = nodes % PlaneStore::kChunkRows;
  for (size_t i = 0; i < full; ++i) writer.rows(state_->rows.chunk(i));
  if (rest > 0) writer.rows(state_->rows.chunk_begin(full, rest));
  // USearch reads its bytes field by field.
  std::vector<std::byte> buffer;
  buffer.reserve(1 << 20);
  const auto flush = [&] { return writer.graph(std::exchange(buffer, {})); };
  const auto collect = [&](std::span<const std::byte> bytes) {
    buffer.insert(buffer.end(), bytes.begin(), bytes.end());
    return buffer.size() < (1 << 20) || flush();
  };
  if (!state_->graph.save(collect) || !flush())
    return Error{Code::kUnavailable, "the index could not be written", {}, {}};
  return writer.finish();
}

Result<std::unique_ptr<AnnIndex>> AnnIndex::load(KeptBytes file, AnnOptions options) {
  TRY_ASSIGN(const AnnFileParts parts, parse_ann_file(file.bytes, options));
  auto index = std::make_unique<AnnIndex>(std::move(options));
  State& state = *index->state_;
  if (parts.rows.size() != PlaneStore::chunk_count(parts.nodes) * state.rows.chunk_bytes())
    return Error{Code::kCorrupt, "the index file has another number of rows than nodes", {}, {}};
  TRY(state.graph.load(parts.graph, parts.nodes));
  state.rows.attach(parts.rows, std::move(file.keeper));
  for (Node node = 0; node < state.graph.size(); ++node) {
    const Slot slot = state.graph.slot(node);
    if (slot == kNoSlot) {
      state.dead.push_back(node);
    } else if (slot >= kAnnSlotsMax || state.node(slot) != kNoNode) {
      return Error{Code::kCorrupt, "the index file has a duplicate slot or one beyond the limit", {}, {}};
    } else {
      state.point(slot, node);
    }
  }
  return index;
}

const AnnOptions& AnnIndex::options() const { return state_->options; }

size_t AnnIndex::size() const {
  const ReaderLock shared(state_->reading);
  return state_->live;
}

size_t AnnIndex::memory_bytes() const {
  const ReaderLock shared(state_->reading);
  return state_->graph.memory_bytes() + state_->rows.memory_bytes(state_->graph.size()) +
         state_->node_of_slot.capacity() * sizeof(Node);
}

}  // namespace modiste
