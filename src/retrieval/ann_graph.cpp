#include "retrieval/ann_graph.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <string>

#include "base/check.h"

namespace modiste {
namespace {

namespace us = unum::usearch;

// Metric for USearch: a new or queried vector against a node, and a node against a node.
struct PlaneMetric {
  const PlaneStore& rows;

  template <class Entry>
  float operator()(const Probe* probe, const Entry& node) const noexcept {
    return 1 - rows.coarse(*probe, get_slot(node));
  }
  template <class Entry>
  float operator()(const Entry& a, const Entry& b) const noexcept {
    return 1 - rows.coarse(size_t{get_slot(a)}, size_t{get_slot(b)});
  }
};

struct PlanePrefetch {
  const PlaneStore& rows;

  template <class Iterator>
  void operator()(Iterator begin, Iterator end) const noexcept {
    for (; begin != end; ++begin) rows.prefetch(get_slot(begin));
  }
};

std::span<const std::byte> as_bytes(const void* data, size_t size) {
  return {static_cast<const std::byte*>(data), size};
}

Error no_graph(const char* what) { return {Code::kCorrupt, std::string("the graph ") + what, {}, {}}; }

// Reads bytes in order and never beyond their end.
class Cursor {
 public:
  explicit Cursor(std::span<const std::byte> bytes) : bytes_(bytes) {}
  template <class T>
  bool read(T& into) {
    if (bytes_.size() < sizeof(T)) return false;
    std::memcpy(&into, bytes_.data(), sizeof(T));
    bytes_ = bytes_.subspan(sizeof(T));
    return true;
  }
  bool skip(size_t size) {
    if (bytes_.size() < size) return false;
    bytes_ = bytes_.subspan(size);
    return true;
  }
  [[nodiscard]] bool at_end() const { return bytes_.empty(); }

 private:
  std::span<const std::byte> bytes_;
};

// The links of one node on one level: a count, then room for `room` nodes. A link must lead to a
// node of that level.
bool check_links(Cursor& cursor, size_t room, int level, std::span<const int16_t> levels) {
  uint32_t count = 0;
  if (!cursor.read(count) || count > room) return false;
  for (uint32_t i = 0; i < count; ++i) {
    Node to = 0;
    if (!cursor.read(to) || to >= levels.size() || levels[to] < level) return false;
  }
  return cursor.skip((room - count) * sizeof(Node));
}

// USearch does not check what it loads; it would follow a link out of bounds. Its format: header, level of
// each node, then key, level and links by level of each node.
Result<Done> check_graph(std::span<const std::byte> bytes, size_t nodes, size_t connectivity) {
  Cursor cursor(bytes);
  us::index_serialized_header_t header;
  if (!cursor.read(header) || header.size != nodes)
    return no_graph("has another number of nodes than the file");
  if (nodes == 0) return kOk;
  if (header.connectivity != connectivity || header.connectivity_base != connectivity * 2)
    return no_graph("has other links than the file says");
  if (nodes > bytes.size() / sizeof(int16_t)) return no_graph("is too short");
  std::vector<int16_t> levels(nodes);
  for (int16_t& level : levels)
    if (!cursor.read(level) || level < 0) return no_graph("has an invalid level");
  if (header.entry_slot >= nodes || header.max_level != static_cast<uint64_t>(levels[header.entry_slot]))
    return no_graph("has an invalid entry node");
  for (const int16_t expected : levels) {
    Slot slot = 0;
    int16_t level = 0;
    if (!cursor.read(slot) || !cursor.read(level) || level != expected)
      return no_graph("has an invalid node");
    for (int i = 0; i <= level; ++i)
      if (!check_links(cursor, i == 0 ? connectivity * 2 : connectivity, i, levels))
        return no_graph("has links to missing nodes");
  }
  return cursor.at_end() ? Result<Done>(kOk) : no_graph("is too long");
}

// Of a node that a walk has just put on its list: its links are read next, unless nearer ones come first.
void fetch_links(const us::byte_t* node) {
  constexpr size_t kLine = 64, kBytes = 138;  // a node of 32 links
  for (size_t at = 0; at < kBytes; at += kLine) __builtin_prefetch(node + at);
}

}  // namespace

us::byte_t* AnnTape::allocate(size_t bytes) noexcept {
  constexpr uint64_t kWindow = 2 << 20;
  constexpr uint64_t kSmall = 32 << 20;  // below it, pages that are not full would cost more than they save
  us::byte_t* const at = memory_mapping_allocator_gt::allocate(bytes);
  if (at == nullptr || std::atomic_ref(allocated_).fetch_add(bytes, std::memory_order_relaxed) < kSmall)
    return at;
  const uint64_t window = reinterpret_cast<uint64_t>(at) / kWindow;
  // The next one too: the last node of a window ends in it.
  if (std::atomic_ref(window_).exchange(window, std::memory_order_relaxed) != window)
    madvise(reinterpret_cast<void*>(window * kWindow), 2 * kWindow, MADV_HUGEPAGE);
  return at;
}

AnnGraph::AnnGraph(Options options)
    : options_(options), graph_(us::index_config_t(options.connectivity, options.connectivity * 2)) {}

void AnnGraph::grow(size_t nodes) {
  if (nodes <= capacity()) return;
  us::index_limits_t limits(nodes, options_.lanes);
  CHECK(graph_.try_reserve(limits));
  slots_.resize(capacity(), kNoSlot);
}

Node AnnGraph::append(Slot slot, const Probe& probe, PlaneStore& rows, size_t lane) {
  us::index_update_config_t config;
  config.expansion = options_.expansion_add;
  config.thread = lane;
  // The row must be present before the first link to the node.
  const auto write_row = [&](const auto& member) { rows.set(get_slot(member), probe); };
  const auto added = graph_.add(slot, &probe, PlaneMetric{rows}, config, write_row, PlanePrefetch{rows});
  CHECK(added);
  slots_[added.slot] = slot;
  return static_cast<Node>(added.slot);
}

void AnnGraph::reuse(Node node, Slot slot, const Probe& probe, PlaneStore& rows, size_t lane) {
  us::index_update_config_t config;
  config.expansion = options_.expansion_add;
  config.thread = lane;
  rows.set(node, probe);
  CHECK(graph_.update(graph_.iterator_at(node), slot, &probe, PlaneMetric{rows}, config,
                      us::dummy_callback_t{}, PlanePrefetch{rows}));
  slots_[node] = slot;
}

std::vector<NodeDistance> AnnGraph::walk(const Probe& probe, const PlaneStore& rows, const SlotFilter& filter,
                                         size_t expansion, bool all_live, size_t lane) const {
  us::index_search_config_t config;
  config.expansion = expansion;
  config.thread = lane;
  const auto collect = [&](auto&& found) {
    CHECK(found);
    std::vector<NodeDistance> nodes(found.size());
    for (size_t i = 0; i < nodes.size(); ++i)
      nodes[i] = {static_cast<Node>(found[i].member.slot), found[i].distance};
    return nodes;
  };
  // Asked of each node that comes on the list of those whose links are followed.
  const bool admits_all = all_live && filter.admits_all();
  const auto admits = [&](const auto& member) {
    fetch_links(member.key.ptr());
    const Slot slot = slots_[member.slot];
    return admits_all || (slot != kNoSlot && filter(slot));
  };
  return collect(graph_.search(&probe, expansion, PlaneMetric{rows}, config, admits, PlanePrefetch{rows}));
}

bool AnnGraph::save(const std::function<bool(std::span<const std::byte>)>& sink) const {
  const auto write = [&](const void* data, size_t size) { return sink(as_bytes(data, size)); };
  return static_cast<bool>(graph_.save_to_stream(write));
}

Result<Done> AnnGraph::load(std::span<const std::byte> bytes, size_t nodes) {
  TRY(check_graph(bytes, nodes, options_.connectivity));
  const auto read = [&](void* into, size_t size) {
    if (size > bytes.size()) return false;
    std::memcpy(into, bytes.data(), size);
    bytes = bytes.subspan(size);
    return true;
  };
  graph_.try_reserve(us::index_limits_t(0, options_.lanes));
  if (auto loaded = graph_.load_from_stream(read); !loaded)
    return Error{Code::kCorrupt, std::string("the graph cannot be read: ") + loaded.error.release(), {}, {}};
  slots_.assign(std::max(capacity(), size()), kNoSlot);
  for (Node node = 0; node < size(); ++node) slots_[node] = graph_.at(node).key;
  return kOk;
}

}  // namespace modiste
