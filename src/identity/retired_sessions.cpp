// Sessions that tell nothing of their own, and leave the identity graph.
#include <algorithm>
#include <utility>

#include "identity/identity_graph.h"

namespace modiste {

std::vector<RetiredSession> IdentityGraph::retire_sessions(size_t most) {
  constexpr int kLooks = 3;  // each session is looked at twice: when it is old, and when it is still old
  std::vector<RetiredSession> retired;
  for (int look = 0; look < kLooks && sessions_.size() > most; ++look) {
    SeenSession oldest = sessions_.front();
    sessions_.pop_front();
    const Node& node = nodes_[oldest.node];
    if (node.kind != IdentifierKind::kSession || node.born != oldest.born) continue;  // forgotten
    const uint64_t seen = last_seen(oldest.node);
    const auto into = seen > oldest.seen ? std::nullopt : stands_for(oldest.node);
    if (!into) {
      oldest.seen = seen;
      sessions_.push_back(oldest);
      continue;
    }
    retired.push_back({subject_id(node.subject), subject_id(nodes_[*into].subject)});
    for (const Index& head : node.links)
      while (head != kNone) drop_link(head);
    drop_node(oldest.node);
  }
  return retired;
}

// The key that always belongs to the person that the session belongs to, whatever else becomes known.
std::optional<IdentityGraph::Index> IdentityGraph::stands_for(Index session) const {
  for (const Index head : nodes_[session].links)
    for (Index i = head; i != kNone; i = links_[i].next[links_[i].ends[1] == session ? 1 : 0])
      if (links_[i].severed) return std::nullopt;
  Index device = kNone, person = kNone;
  const auto is_second_device = [&](Index node, const Link&) { return std::exchange(device, node) != kNone; };
  if (any(session, Towards::kWeak, is_second_device)) return std::nullopt;
  const auto tells_more = [&](Index node, const Link&) {
    const Index direct = device == kNone ? kNone : find(node, device);
    if (device != kNone && (direct == kNone || links_[direct].severed)) return true;
    // Of two identifiers of one person the link between them may stop to count (is_shared_by_many()).
    return std::exchange(person, node) != kNone;
  };
  if (any(session, Towards::kStrong, tells_more)) return std::nullopt;
  if (person != kNone) return person;
  return device != kNone ? std::optional(device) : std::nullopt;
}

uint64_t IdentityGraph::last_seen(Index session) const {
  uint64_t seen = 0;
  for (const Index head : nodes_[session].links)
    for (Index i = head; i != kNone; i = links_[i].next[links_[i].ends[1] == session ? 1 : 0])
      seen = std::max(seen, links_[i].last_offset);
  return seen;
}

}  // namespace modiste
