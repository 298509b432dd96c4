// Queries of the identity graph: the person of a request, the members of a person and why,
// the state as bytes.
#include <fmt/format.h>

#include <algorithm>

#include "identity/identity_graph.h"

namespace modiste {

namespace {

std::string_view sentence_of(LinkType type, LinkEffect effect) {
  if (effect == LinkEffect::kSevered)
    return "{a} and {b} came in one event, but this link was undone and no longer counts; first on {at} "
           "(event {offset}).";
  const bool merges = effect == LinkEffect::kMerges;
  switch (type) {
    case LinkType::kLogin:
      return merges ? "{a} signed in on {b}, and nobody else did; first on {at} (event {offset})."
                    : "{a} signed in on {b}, but so did somebody else, so {b} is shared; first on {at} "
                      "(event {offset}).";
    case LinkType::kDevice:
      return merges ? "{b} ran on {a} and is taken for the same person; first on {at} (event {offset})."
                    : "{b} ran on {a}, but one of them is shared, so they are not linked to one person; "
                      "first on {at} (event {offset}).";
    default:
      return merges ? "{a} and {b} came in one event, so they are one person; first on {at} (event {offset})."
                    : "{a} and {b} came in one event, but {a} or {b} came with too many others to be one "
                      "person's; first on {at} (event {offset}).";
  }
}

void append(std::string& out, uint64_t number, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 0xff);
}

}  // namespace

LinkType IdentityGraph::type_of(const Link& link) const {
  const auto a = nodes_[link.ends[0]].kind, b = nodes_[link.ends[1]].kind;
  if (a == IdentifierKind::kDevice) return LinkType::kDevice;
  switch (b) {
    case IdentifierKind::kLoyalty:
      return LinkType::kLoyalty;
    case IdentifierKind::kEmail:
      return LinkType::kEmailHash;
    case IdentifierKind::kExternal:
      return LinkType::kExternal;
    default:
      return LinkType::kLogin;
  }
}

std::string IdentityGraph::id_of(const Link& link) const {
  return fmt::format("{}:{}:{}", name_of(type_of(link)), subject_id(nodes_[link.ends[0]].subject),
                     subject_id(nodes_[link.ends[1]].subject));
}

Result<IdentityGraph::Index> IdentityGraph::find_link(std::string_view id) const {
  const auto colon = id.find(':');
  if (colon != std::string_view::npos && id.size() > colon + 2 * kSubjectBytes + 1) {
    const Index a = find(id.substr(colon + 1, 2 * kSubjectBytes));
    const Index b = find(id.substr(colon + 2 + 2 * kSubjectBytes));
    const Index link = find(a, b);
    if (link != kNone && id_of(links_[link]) == id) return link;
  }
  return Error{Code::kNotFound, fmt::format("unknown identity link '{}'", id), "",
               "the id of a link from the shopper's identity"};
}

IdentityKey IdentityGraph::identity_key(Index node) const {
  return {nodes_[node].kind, subject_id(nodes_[node].subject)};
}

std::optional<std::string> IdentityGraph::person_of(std::span<const NodeRef> together) const {
  std::vector<NodeRef> left(together.begin(), together.end());
  bool stranger = false;
  while (!left.empty()) {
    const NodeRef& ref = identity_key_of(left);
    const bool strong = ref.kind < IdentifierKind::kDevice;
    if (const Index node = find(ref.subject); node != kNone) {
      const Index home = nodes_[node].home;
      if (stranger && !strong && nodes_[home].kind < IdentifierKind::kDevice) return std::nullopt;
      return subject_id(nodes_[home].subject);
    }
    stranger |= strong;
    left.erase(left.begin() + (&ref - left.data()));
  }
  return std::nullopt;
}

// Starts at the person's oldest subject and follows the links within the person.
std::vector<IdentityGraph::Index> IdentityGraph::members(std::string_view person) const {
  const Index home = find(person);
  if (home == kNone || nodes_[home].home != home) return {};
  std::vector<Index> found{home};
  boost::unordered_flat_set<Index> seen{home};
  const auto add = [&](Index node, const Link&) {
    if (nodes_[node].home == home && seen.insert(node).second) found.push_back(node);
    return false;
  };
  for (size_t i = 0; i < found.size(); ++i) {
    any(found[i], Towards::kStrong, add);
    any(found[i], Towards::kWeak, [&](Index place, const Link& link) {
      // A device can be reached through a session of somebody else: several people signed in to the session,
      // and their logins were undone on the device.
      if (nodes_[place].kind == IdentifierKind::kSession) any(place, Towards::kWeak, add);
      return add(place, link);
    });
  }
  std::ranges::sort(found, {}, [&](Index node) { return nodes_[node].born; });
  return found;
}

std::vector<IdentityKey> IdentityGraph::identity_keys(std::string_view person) const {
  std::vector<IdentityKey> identity_keys;
  for (const Index node : members(person)) identity_keys.push_back(identity_key(node));
  return identity_keys;
}

Explanation IdentityGraph::explain_link(const Link& link) const {
  const auto [a, b] = link.ends;
  const LinkType type = type_of(link);
  const LinkEffect effect = link.severed                       ? LinkEffect::kSevered
                            : nodes_[a].home == nodes_[b].home ? LinkEffect::kMerges
                                                               : LinkEffect::kShared;
  return {.link = id_of(link),
          .type = type,
          .strong = nodes_[b].kind < IdentifierKind::kDevice,
          .effect = effect,
          .a = identity_key(a),
          .b = identity_key(b),
          .first_at = link.first_at,
          .last_at = link.last_at,
          .first_offset = link.first_offset,
          .last_offset = link.last_offset,
          .count = link.count,
          .sentence = sentence_of(type, effect)};
}

std::vector<Explanation> IdentityGraph::explain(std::string_view person) const {
  std::vector<Explanation> all;
  boost::unordered_flat_set<Index> declared;
  for (const Index node : members(person))
    for (Index i : nodes_[node].links)
      while (i != kNone) {
        const Link& link = links_[i];
        if (declared.insert(i).second) all.push_back(explain_link(link));
        i = link.next[link.ends[1] == node ? 1 : 0];
      }
  std::ranges::sort(all, {}, [](const Explanation& e) { return std::tie(e.first_offset, e.link); });
  return all;
}

// Nodes by age, then links by the ranks of their ends. Numbers are little-endian. Derived data (the person of
// a node) is written too: these bytes are compared after a replay and must show an error in any part.
void IdentityGraph::write(std::string& out) const {
  std::vector<Index> by_age(nodes_by_subject_.begin(), nodes_by_subject_.end());
  std::ranges::sort(by_age, {}, [&](Index node) { return nodes_[node].born; });
  std::vector<Index> rank(nodes_.size());
  for (Index i = 0; i < by_age.size(); ++i) rank[by_age[i]] = i;
  out += "modiste identity 1\n";
  append(out, by_age.size(), 4);
  for (const Index index : by_age) {
    const Node& node = nodes_[index];
    out.append(reinterpret_cast<const char*>(node.subject.data()), node.subject.size());
    append(out, static_cast<uint64_t>(node.kind), 1);
    append(out, static_cast<uint64_t>(node.people), 1);
    append(out, rank[node.home], 4);
  }
  std::vector<Index> by_ends(links_by_ends_.begin(), links_by_ends_.end());
  std::ranges::sort(by_ends, {}, [&](Index link) {
    return std::pair(rank[links_[link].ends[0]], rank[links_[link].ends[1]]);
  });
  append(out, by_ends.size(), 4);
  for (const Index index : by_ends) {
    const Link& link = links_[index];
    for (const Index end : link.ends) append(out, rank[end], 4);
    for (const uint64_t offset : {link.first_offset, link.last_offset}) append(out, offset, 8);
    for (const TimePoint at : {link.first_at, link.last_at})
      append(out, static_cast<uint64_t>(at.time_since_epoch().count()), 8);
    append(out, link.count, 4);
    append(out, link.severed ? 1 : 0, 1);
  }
}

}  // namespace modiste
