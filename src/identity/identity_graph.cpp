#include "identity/identity_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace modiste {

namespace {

bool is_strong(IdentifierKind kind) { return kind < IdentifierKind::kDevice; }

}  // namespace

const NodeRef& identity_key_of(std::span<const NodeRef> together) {
  CHECK(!together.empty());
  const auto rank = [](const NodeRef& ref) {
    return ref.kind == IdentifierKind::kDevice ? kIdentifierKinds : static_cast<size_t>(ref.kind);
  };
  return *std::ranges::min_element(together, {}, rank);
}

size_t IdentityGraph::SubjectHash::operator()(const Subject& subject) const {
  uint64_t halves[2];
  std::memcpy(halves, subject.data(), sizeof halves);
  return halves[0] ^ halves[1];  // subjects are random
}

IdentityGraph::IdentityGraph()
    : nodes_by_subject_(0, SubjectHash{&nodes_}, SubjectEqual{&nodes_}),
      links_by_ends_(0, EndsHash{&links_}, EndsEqual{&links_}) {}

// ---- observing

IdentityGraph::Index IdentityGraph::find(std::string_view subject) const {
  const auto key = parse_subject_id(subject);
  if (!key) return kNone;
  const auto found = nodes_by_subject_.find(*key);
  return found == nodes_by_subject_.end() ? kNone : *found;
}

IdentityGraph::Index IdentityGraph::find(Index a, Index b) const {
  const auto found = links_by_ends_.find(Ends{a, b});
  return found == links_by_ends_.end() ? kNone : *found;
}

IdentityGraph::Index IdentityGraph::find_or_add(const NodeRef& ref) {
  const auto subject = parse_subject_id(ref.subject);
  CHECK(subject.has_value());
  if (const auto found = nodes_by_subject_.find(*subject); found != nodes_by_subject_.end()) {
    CHECK(nodes_[*found].kind == ref.kind);
    return *found;
  }
  auto index = static_cast<Index>(nodes_.size());
  if (free_nodes_.empty()) {
    nodes_.emplace_back();
  } else {
    index = free_nodes_.back();
    free_nodes_.pop_back();
  }
  nodes_[index] = {*subject, {kNone, kNone}, index, births_++, ref.kind, People::kNobody};
  nodes_by_subject_.insert(index);
  return index;
}

std::vector<Move> IdentityGraph::observe(std::span<const NodeRef> together, uint64_t offset, TimePoint at) {
  newborn_ = births_;
  std::array<Index, kIdentifierKinds> here;
  here.fill(kNone);
  for (const auto& ref : together) {
    auto& place = here[static_cast<size_t>(ref.kind)];
    CHECK(place == kNone);
    place = find_or_add(ref);
    if (ref.kind == IdentifierKind::kSession && nodes_[place].born >= newborn_)
      sessions_.push_back({place, nodes_[place].born, offset});
  }
  const auto device = static_cast<size_t>(IdentifierKind::kDevice);
  const auto session = static_cast<size_t>(IdentifierKind::kSession);
  const auto strongest = std::ranges::find_if(here, [](Index node) { return node != kNone; });
  const auto kind = static_cast<size_t>(strongest - here.begin());
  if (kind < device)
    for (size_t i = kind + 1; i < here.size(); ++i)
      if (here[i] != kNone) touch(*strongest, here[i], offset, at);
  if (here[device] != kNone && here[session] != kNone) touch(here[device], here[session], offset, at);
  return take_moves();
}

void IdentityGraph::touch(Index a, Index b, uint64_t offset, TimePoint at) {
  if (const Index known = find(a, b); known != kNone) {
    Link& link = links_[known];
    link.first_offset = std::min(link.first_offset, offset);
    link.last_offset = std::max(link.last_offset, offset);
    link.first_at = std::min(link.first_at, at);
    link.last_at = std::max(link.last_at, at);
    ++link.count;
    return;
  }
  auto index = static_cast<Index>(links_.size());
  if (free_links_.empty()) {
    links_.emplace_back();
  } else {
    index = free_links_.back();
    free_links_.pop_back();
  }
  const auto list = [&](Index end, Index other) -> Index& {
    return nodes_[end].links[is_strong(nodes_[other].kind) ? 0 : 1];
  };
  links_[index] = {{a, b}, {list(a, b), list(b, a)}, offset, offset, at, at, 1, true};
  list(a, b) = list(b, a) = index;
  links_by_ends_.insert(index);
  connect(index);
}

// ---- who is who

void IdentityGraph::connect(Index index) {
  cause_ = index;
  Link& link = links_[index];
  const auto [a, b] = link.ends;
  if (is_strong(nodes_[b].kind)) return connect_strong(index);
  link.severed = false;
  if (nodes_[b].kind == IdentifierKind::kDevice) return meet(b, nodes_[a].home);
  // b is a session: a user who signs in on it also signs in on its devices.
  const auto on_device = [&](Index device) {
    any(b, Towards::kStrong,
        [&](Index person, const Link&) { return meet(device, nodes_[person].home), false; });
    return false;
  };
  if (nodes_[a].kind == IdentifierKind::kDevice)
    on_device(a);
  else
    any(b, Towards::kWeak, [&](Index device, const Link&) { return meet(device, nodes_[a].home), false; });
  settle_session(b);
}

bool IdentityGraph::is_shared_by_many(Index node) const {
  if (!is_strong(nodes_[node].kind) || nodes_[node].kind == IdentifierKind::kUser) return false;
  size_t stronger = 0;
  return any(node, Towards::kStrong, [&](Index other, const Link&) {
    return nodes_[other].kind < nodes_[node].kind && ++stronger > kSharedByMax;
  });
}

void IdentityGraph::connect_strong(Index index) {
  Link& link = links_[index];
  const auto [a, b] = link.ends;
  const Index home_a = nodes_[a].home, home_b = nodes_[b].home;
  const bool was_shared = is_shared_by_many(a) || is_shared_by_many(b);
  const bool a_stays = !older(home_b, home_a);
  const auto joining = was_shared || home_a == home_b ? std::vector<Index>() : component(a_stays ? b : a);
  link.severed = false;
  if (was_shared) return;
  if (is_shared_by_many(b)) return part(b);  // by this link
  relabel(joining, a_stays ? home_a : home_b);
}

// Who was one person by this node is so no more.
void IdentityGraph::part(Index node) {
  const Index home = nodes_[node].home;
  std::vector<Index> sides{node};
  any(node, Towards::kStrong, [&](Index other, const Link&) { return sides.push_back(other), false; });
  for (const Index side : sides) {
    if (nodes_[side].home != home) continue;
    const auto rest = component(side);
    if (std::ranges::find(rest, home) == rest.end()) relabel(rest, oldest(rest));
  }
}

void IdentityGraph::disconnect(Index index) {
  cause_ = index;
  Link& link = links_[index];
  const auto [a, b] = link.ends;
  const bool was_shared = is_strong(nodes_[b].kind) && (is_shared_by_many(a) || is_shared_by_many(b));
  link.severed = true;
  if (is_strong(nodes_[b].kind)) {
    if (was_shared) {
      const auto joined = component(b);  // b alone, while too many came with it
      return relabel(joined, oldest(joined));
    }
    const Index home = nodes_[a].home;
    auto part = component(a);
    if (std::ranges::find(part, b) != part.end()) return;  // other links still connect them
    if (std::ranges::find(part, home) != part.end()) part = component(b);
    return relabel(part, oldest(part));
  }
  if (nodes_[b].kind == IdentifierKind::kDevice) return settle_device(b);
  if (nodes_[a].kind == IdentifierKind::kDevice)
    settle_device(a);
  else
    any(b, Towards::kWeak, [&](Index device, const Link&) { return settle_device(device), false; });
  settle_session(b);
}

std::vector<IdentityGraph::Index> IdentityGraph::component(Index from) const {
  std::vector<Index> found{from};
  boost::unordered_flat_set<Index> seen{from};
  if (is_shared_by_many(from)) return found;
  for (size_t i = 0; i < found.size(); ++i)
    any(found[i], Towards::kStrong, [&](Index other, const Link&) {
      if (!seen.contains(other) && !is_shared_by_many(other)) {
        seen.insert(other);
        found.push_back(other);
      }
      return false;
    });
  return found;
}

IdentityGraph::Index IdentityGraph::oldest(std::span<const Index> nodes) const {
  return *std::ranges::min_element(nodes, {}, [&](Index node) { return nodes_[node].born; });
}

void IdentityGraph::relabel(std::span<const Index> part, Index home) {
  for (const Index node : part) move(node, home);
  std::vector<Index> devices;
  for (const Index node : part)
    any(node, Towards::kWeak, [&](Index place, const Link&) {
      if (nodes_[place].kind == IdentifierKind::kDevice) return devices.push_back(place), false;
      settle_session(place);
      any(place, Towards::kWeak, [&](Index device, const Link&) { return devices.push_back(device), false; });
      return false;
    });
  std::ranges::sort(devices);
  devices.erase(std::ranges::unique(devices).begin(), devices.end());
  for (const Index device : devices) settle_device(device);
}

void IdentityGraph::settle_session(Index session) {
  Index person = kNone, device = kNone;
  const bool several_people = any(session, Towards::kStrong, [&](Index node, const Link&) {
    const bool another = person != kNone && person != nodes_[node].home;
    person = nodes_[node].home;
    return another;
  });
  if (person != kNone && !several_people) return move(session, person);
  const bool several_devices = any(session, Towards::kWeak, [&](Index node, const Link&) {
    const bool another = device != kNone;
    device = node;
    return another;
  });
  move(session, device != kNone && !several_devices ? nodes_[device].home : session);
}

void IdentityGraph::settle_device(Index device) {
  Index person = kNone;
  const auto is_another = [&](Index node) {
    const bool another = person != kNone && person != nodes_[node].home;
    person = nodes_[node].home;
    return another;
  };
  const bool several =
      any(device, Towards::kStrong, [&](Index node, const Link&) { return is_another(node); }) ||
      any(device, Towards::kWeak, [&](Index session, const Link&) {
        return any(session, Towards::kStrong, [&](Index node, const Link&) {
          const Index direct = find(node, device);
          return !(direct != kNone && links_[direct].severed) && is_another(node);
        });
      });
  Node& node = nodes_[device];
  node.people = person == kNone ? People::kNobody : several ? People::kSeveral : People::kOne;
  const Index home = node.people == People::kOne ? person : device;
  if (home == node.home) return;
  move(device, home);
  any(device, Towards::kWeak, [&](Index session, const Link&) { return settle_session(session), false; });
}

// Fast path of settle_device() for a new login.
void IdentityGraph::meet(Index device, Index person) {
  const Node& node = nodes_[device];
  if (node.people == People::kSeveral || (node.people == People::kOne && node.home == person)) return;
  settle_device(device);
}

void IdentityGraph::move(Index node, Index home) {
  const Index from = std::exchange(nodes_[node].home, home);
  if (from != home && nodes_[node].born < newborn_) journal_.push_back({node, from, home, cause_});
}

// The net result per key: the first person it left and the last one it joined.
std::vector<Move> IdentityGraph::take_moves() {
  std::vector<Move> moves;
  std::ranges::stable_sort(journal_, {}, [&](const Journal& entry) { return nodes_[entry.node].born; });
  for (size_t i = 0; i < journal_.size();) {
    const size_t first = i;
    while (i < journal_.size() && journal_[i].node == journal_[first].node) ++i;
    const Journal& last = journal_[i - 1];
    if (journal_[first].from == last.to) continue;
    const auto name = [&](Index node) { return subject_id(nodes_[node].subject); };
    moves.push_back({name(last.node), name(journal_[first].from), name(last.to), id_of(links_[last.cause])});
  }
  journal_.clear();
  return moves;
}

// ---- undo and erasure

Result<std::vector<Move>> IdentityGraph::sever(std::string_view id) {
  newborn_ = births_;
  TRY_ASSIGN(const Index link, find_link(id));
  if (!links_[link].severed) disconnect(link);
  return take_moves();
}

Result<std::vector<Move>> IdentityGraph::restore(std::string_view id) {
  newborn_ = births_;
  TRY_ASSIGN(const Index link, find_link(id));
  if (links_[link].severed) connect(link);
  return take_moves();
}

std::vector<Move> IdentityGraph::forget(std::span<const std::string> subjects) {
  newborn_ = births_;
  boost::unordered_flat_set<Index> doomed;
  for (const auto& subject : subjects)
    if (const Index node = find(subject); node != kNone) doomed.insert(node);
  std::vector<Index> links;
  for (const Index node : doomed)
    for (Index link : nodes_[node].links)
      while (link != kNone) {
        links.push_back(link);
        link = links_[link].next[links_[link].ends[1] == node ? 1 : 0];
      }
  std::ranges::sort(links);
  links.erase(std::ranges::unique(links).begin(), links.end());
  for (const Index link : links)
    if (!links_[link].severed) disconnect(link);
  std::erase_if(journal_, [&](const Journal& entry) { return doomed.contains(entry.node); });
  auto moves = take_moves();
  for (const Index link : links) drop_link(link);
  for (const Index node : doomed) drop_node(node);
  return moves;
}

void IdentityGraph::drop_link(Index index) {
  const Link& link = links_[index];
  for (const size_t side : {0, 1}) {
    const Index end = link.ends[side], other = link.ends[1 - side];
    Index* from = &nodes_[end].links[is_strong(nodes_[other].kind) ? 0 : 1];
    while (*from != index) {
      Link& before = links_[*from];
      from = &before.next[before.ends[1] == end ? 1 : 0];
    }
    *from = link.next[side];
  }
  links_by_ends_.erase(index);
  links_[index] = {};  // of an erased link nothing stays in memory
  free_links_.push_back(index);
}

void IdentityGraph::drop_node(Index node) {
  nodes_by_subject_.erase(node);
  nodes_[node] = {};  // nor of an erased subject
  free_nodes_.push_back(node);
}

}  // namespace modiste
