// The identity graph as it lies in memory, for snapshots.
#include "base/binary_fields.h"
#include "identity/identity_graph.h"

namespace modiste {

template <class Io, class Graph>
void IdentityGraph::fields(Io& io, Graph& graph) {
  const auto pair = [](auto& one_io, auto& two) {
    one_io.number(two[0]);
    one_io.number(two[1]);
  };
  io.number(graph.births_);
  io.numbers(graph.free_nodes_);
  io.numbers(graph.free_links_);
  io.list(graph.nodes_, [&](auto& node_io, auto& node) {
    node_io.bytes(node.subject);
    pair(node_io, node.links);
    node_io.number(node.home);
    node_io.number(node.born);
    node_io.number(node.kind);
    node_io.number(node.people);
  });
  io.list(graph.links_, [&](auto& link_io, auto& link) {
    pair(link_io, link.ends);
    pair(link_io, link.next);
    link_io.number(link.first_offset);
    link_io.number(link.last_offset);
    link_io.time(link.first_at);
    link_io.time(link.last_at);
    link_io.number(link.count);
    link_io.flag(link.severed);
  });
  io.list(graph.sessions_, [](auto& session_io, auto& session) {
    session_io.number(session.node);
    session_io.number(session.born);
    session_io.number(session.seen);
  });
}

void IdentityGraph::save(std::string& out) const {
  BinaryWriter writer(out);
  fields(writer, *this);
}

// Whether every index points into its list.
bool IdentityGraph::is_whole() const {
  const auto is_node = [&](Index node) { return node < nodes_.size(); };
  const auto is_link = [&](Index link) { return link == kNone || link < links_.size(); };
  return std::ranges::all_of(sessions_, [&](const SeenSession& session) { return is_node(session.node); }) &&
         std::ranges::all_of(free_nodes_, is_node) &&
         std::ranges::all_of(free_links_, [&](Index link) { return link < links_.size(); }) &&
         std::ranges::all_of(nodes_,
                             [&](const Node& node) {
                               return std::ranges::all_of(node.links, is_link) && is_node(node.home) &&
                                      static_cast<size_t>(node.kind) < kIdentifierKinds &&
                                      node.people <= People::kSeveral;
                             }) &&
         std::ranges::all_of(links_, [&](const Link& link) {
           return std::ranges::all_of(link.ends, is_node) && std::ranges::all_of(link.next, is_link);
         });
}

// False when a subject or a pair of ends is there twice.
bool IdentityGraph::index_nodes_and_links() {
  std::vector<bool> free_node(nodes_.size()), free_link(links_.size());
  for (const Index node : free_nodes_) free_node[node] = true;
  for (const Index link : free_links_) free_link[link] = true;
  nodes_by_subject_.clear();
  links_by_ends_.clear();
  nodes_by_subject_.reserve(nodes_.size());
  links_by_ends_.reserve(links_.size());
  for (Index node = 0; node < nodes_.size(); ++node)
    if (!free_node[node] && !nodes_by_subject_.insert(node).second) return false;
  for (Index link = 0; link < links_.size(); ++link)
    if (!free_link[link] && !links_by_ends_.insert(link).second) return false;
  return true;
}

Result<Done> IdentityGraph::load(std::string_view bytes) {
  TRY(load_fields(bytes, "the identity graph", [this](auto& reader) {
    fields(reader, *this);
    reader.require(is_whole() && index_nodes_and_links());
  }));
  return kOk;
}

}  // namespace modiste
