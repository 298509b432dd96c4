// Determines which identifiers belong to one person: typed links between subjects, folded from the event log.
//
// Nodes are subjects. Every event belongs to one identity key, the strongest identifier it carries (user >
// loyalty > email > external > session > device). A person is a set of identity keys:
//   * users, loyalty numbers, emails and external ids, as far as strong links connect them. What more than
//     kSharedByMax stronger identifiers came with is nobody's own (a till that types the shop's own address
//     for whoever has none): it connects nobody, and is a person by itself;
//   * a session belongs to the one person who signed in within it; if several did or none, to the owner of
//     its device, if it ran on one device only; otherwise it stays by itself;
//   * a device belongs to the one person who ever signed in on it or in a session on it; otherwise by itself.
// So a shared device merges nobody: when a second person signs in, the device and its sessions without login
// leave the first. Within one event the strongest identifier is linked to each of the others, and session to
// device; not every pair, so that a severed link is not bypassed by another link of the same event.
//
// A person is named by their oldest strong subject, an anonymous one by the device or, without a device, the
// session. A merge keeps the older name. On a split the side with that subject keeps the name; the other side
// gets a new one.
//
// Everything except first-seen order is a function of the set of events and of the links severed now: persons
// do not depend on the order of events, and sever + restore leaves every byte of the state unchanged.
//
// Threads: one writer, or any number of readers (the owner locks).
// Cost:    observe() of links that exist is a few look-ups and allocates nothing; a new session or login
//          costs its own few links, unless it changes whose a device is: then the sessions of the device,
//          at most twice in the life of a device on which nothing is merged or undone. A merge or a cut
//          costs the strong component that moves and what it signed in on; forget() also the neighbours'
//          lists of links.
// Memory:  some 140 bytes a node with its links, 16 more for a session: 830 for a shopper of 2 devices and 3
//          sessions, 0.8 GB for a million of them (measured by identity_cost_test.cpp). retire_sessions()
//          bounds the sessions.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "identity/identifier.h"
#include "identity/subject_id.h"

namespace modiste {

// How a link arose. login: a strong identifier on a session or a device; loyalty, email_hash, external: that
// identifier together with a stronger one; device: a session on a device.
enum class LinkType : uint8_t { kLogin, kLoyalty, kEmailHash, kExternal, kDevice };
template <>
struct EnumNames<LinkType> {
  static constexpr std::array<std::string_view, 5> kNames{"login", "loyalty", "email_hash", "external",
                                                          "device"};
};

// merges: both ends are one person. shared: they are not, because other people signed in there too, the
// session ran on several devices, or too many came with one identifier. severed: undone by hand.
enum class LinkEffect : uint8_t { kMerges, kShared, kSevered };
template <>
struct EnumNames<LinkEffect> {
  static constexpr std::array<std::string_view, 3> kNames{"merges", "shared", "severed"};
};

struct NodeRef {
  IdentifierKind kind = IdentifierKind::kUser;
  std::string_view subject;  // 32 hex digits
};

struct IdentityKey {
  IdentifierKind kind = IdentifierKind::kUser;
  std::string subject;

  friend bool operator==(const IdentityKey&, const IdentityKey&) = default;
};

// An existing identity key that now belongs to another person, and the link that moved it (last): seen,
// severed, restored or dropped.
struct Move {
  std::string identity_key, from, to, link;
};

// A session that is an identity key no more; `into`: the key that what was filed under it belongs to now.
struct RetiredSession {
  std::string session, into;
};

// One link of a person, as an answer to "why": `sentence` is English with {a}, {b} (the ends; a is the
// stronger one or the device), {at} and {offset} (first seen) for the caller to fill in.
struct Explanation {
  std::string link;  // id of the link, for sever() and restore()
  LinkType type = LinkType::kLogin;
  bool strong = false;
  LinkEffect effect = LinkEffect::kMerges;
  IdentityKey a, b;
  TimePoint first_at, last_at;
  uint64_t first_offset = 0, last_offset = 0, count = 0;
  std::string_view sentence;
};

// A family's address or card; more than these share nothing but a placeholder.
inline constexpr size_t kSharedByMax = 5;

// The strongest of the identifiers of one event; the list must not be empty.
[[nodiscard]] const NodeRef& identity_key_of(std::span<const NodeRef> together);

class IdentityGraph {
 public:
  IdentityGraph();
  IdentityGraph(const IdentityGraph&) = delete;
  IdentityGraph& operator=(const IdentityGraph&) = delete;

  // Records that one event carried these nodes together: at most one of a kind, each a subject id, always of
  // the same kind. Returns the identity keys that moved, each once, oldest first: the caller refolds both
  // persons of each move. A new identity key has no past and is not listed.
  std::vector<Move> observe(std::span<const NodeRef> together, uint64_t offset, TimePoint at);

  // Undoes a link by its id ("email_hash:SUBJECT:SUBJECT"). The link stays, also when seen again, but no
  // longer counts: subjects connected only by it are separated, subjects with other links stay together. A
  // severed login on a device also covers the sessions on that device. Returns no moves if it is severed
  // already. kNotFound: unknown link.
  Result<std::vector<Move>> sever(std::string_view link);
  Result<std::vector<Move>> restore(std::string_view link);

  // Erasure: drops these nodes and their links, severed or not. Returns the moves of the remaining identity
  // keys (two subjects may have been one person only through the erased one). Unknown subjects are skipped.
  std::vector<Move> forget(std::span<const std::string> subjects);

  // Drops sessions of the latest `most` or fewer, those first that were not seen for longest (second chance,
  // as a clock of pages). Answers them; no person changes. A session is dropped only where other links tell
  // all that it tells: it ran on one device and nobody signed in, so its events are the device's; or with
  // one identifier somebody signed in, on the device too, so they are that identifier's. Others stay. Seen
  // again, it is a new one; its links can no longer be severed. Call it after each observe(): a call looks at
  // three sessions at most.
  std::vector<RetiredSession> retire_sessions(size_t most);

  // The person of a request, as if it were an event: the person of the strongest known subject. An unknown
  // strong identifier (also: an empty subject) resolves to no person: session and device then give only
  // anonymous state, never another person's.
  [[nodiscard]] std::optional<std::string> person_of(std::span<const NodeRef> together) const;

  // The identity keys of a person, by the person's name, oldest first; empty for an unknown name.
  [[nodiscard]] std::vector<IdentityKey> identity_keys(std::string_view person) const;

  // Every link at any identity key of the person, oldest first: what merged, what did not, and why.
  [[nodiscard]] std::vector<Explanation> explain(std::string_view person) const;

  // Appends the whole state; the same history gives the same bytes on every machine.
  void write(std::string& out) const;

  // For snapshots: the state as it lies in memory, so that what is folded after load() gives what it would
  // have given here. load() replaces everything; kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

  [[nodiscard]] size_t nodes() const { return nodes_by_subject_.size(); }
  [[nodiscard]] size_t links() const { return links_by_ends_.size(); }

 private:
  using Index = uint32_t;  // into nodes_ or links_, reused after forget()
  using Subject = std::array<std::byte, kSubjectBytes>;
  static constexpr Index kNone = ~Index{0};

  enum class People : uint8_t { kNobody, kOne, kSeveral };
  enum class Towards : uint8_t { kStrong, kWeak };  // which neighbours: weak are sessions and devices

  struct Node {
    Subject subject{};
    std::array<Index, 2> links{};  // heads of its lists, by Towards
    Index home = 0;                // the node that names the person
    uint32_t born = 0;             // order of first sight; smaller is older
    IdentifierKind kind{};
    People people{};  // of a device: how many people signed in there
  };
  struct Link {
    std::array<Index, 2> ends{};  // the smaller kind first
    std::array<Index, 2> next{};  // in the list of each end
    uint64_t first_offset = 0, last_offset = 0;
    TimePoint first_at, last_at;
    uint32_t count = 0;
    bool severed = false;
  };
  struct Journal {
    Index node, from, to, cause;
  };
  struct SeenSession {
    Index node = 0;
    uint32_t born = 0;  // of the node: another one may have its place by now
    uint64_t seen = 0;  // offset
  };
  struct SubjectHash {
    using is_transparent = void;
    const std::deque<Node>* nodes;
    size_t operator()(const Subject& subject) const;
    size_t operator()(Index node) const { return (*this)((*nodes)[node].subject); }
  };
  struct SubjectEqual {
    using is_transparent = void;
    const std::deque<Node>* nodes;
    bool operator()(const Subject& subject, Index node) const { return (*nodes)[node].subject == subject; }
    bool operator()(Index node, const Subject& subject) const { return (*nodes)[node].subject == subject; }
    bool operator()(Index a, Index b) const { return a == b; }
  };
  using Ends = std::array<Index, 2>;
  struct EndsHash {
    using is_transparent = void;
    const std::deque<Link>* links;
    size_t operator()(const Ends& ends) const { return uint64_t{ends[0]} << 32 | ends[1]; }
    size_t operator()(Index link) const { return (*this)((*links)[link].ends); }
  };
  struct EndsEqual {
    using is_transparent = void;
    const std::deque<Link>* links;
    bool operator()(const Ends& ends, Index link) const { return (*links)[link].ends == ends; }
    bool operator()(Index link, const Ends& ends) const { return (*links)[link].ends == ends; }
    bool operator()(Index a, Index b) const { return a == b; }
  };

  // Calls visit(neighbour, link) for links that are not severed until it returns true;
  // returns whether it did.
  template <class Visit>
  bool any(Index node, Towards towards, const Visit& visit) const;

  [[nodiscard]] Index find(std::string_view subject) const;
  [[nodiscard]] Index find(Index a, Index b) const;
  [[nodiscard]] Result<Index> find_link(std::string_view id) const;
  Index find_or_add(const NodeRef& ref);
  void touch(Index a, Index b, uint64_t offset, TimePoint at);

  // Whether too many stronger identifiers came with it.
  [[nodiscard]] bool is_shared_by_many(Index node) const;
  void connect(Index link);
  void connect_strong(Index link);
  void part(Index node);
  void disconnect(Index link);
  [[nodiscard]] std::vector<Index> component(Index from) const;
  [[nodiscard]] Index oldest(std::span<const Index> nodes) const;
  void relabel(std::span<const Index> part, Index home);
  void settle_session(Index session);
  void settle_device(Index device);
  void meet(Index device, Index person);
  void move(Index node, Index home);
  std::vector<Move> take_moves();
  [[nodiscard]] std::optional<Index> stands_for(Index session) const;
  [[nodiscard]] uint64_t last_seen(Index session) const;
  void drop_link(Index link);
  void drop_node(Index node);
  template <class Io, class Graph>
  static void fields(Io& io, Graph& graph);
  [[nodiscard]] bool is_whole() const;
  bool index_nodes_and_links();

  [[nodiscard]] LinkType type_of(const Link& link) const;
  [[nodiscard]] std::string id_of(const Link& link) const;
  [[nodiscard]] IdentityKey identity_key(Index node) const;
  [[nodiscard]] std::vector<Index> members(std::string_view person) const;
  [[nodiscard]] Explanation explain_link(const Link& link) const;
  [[nodiscard]] bool older(Index a, Index b) const { return nodes_[a].born < nodes_[b].born; }

  // Deques grow without moving a million nodes at once; the sets hold indexes and read their
  // keys from the nodes.
  std::deque<Node> nodes_;
  std::deque<Link> links_;
  boost::unordered_flat_set<Index, SubjectHash, SubjectEqual> nodes_by_subject_;
  boost::unordered_flat_set<Index, EndsHash, EndsEqual> links_by_ends_;
  std::vector<Index> free_nodes_, free_links_;
  uint32_t births_ = 0;
  std::deque<SeenSession> sessions_;  // those that are to be looked at next, first

  // For the current call: nodes created since then are not reported as moves.
  uint32_t newborn_ = 0;
  Index cause_ = kNone;
  std::vector<Journal> journal_;
};

template <class Visit>
bool IdentityGraph::any(Index node, Towards towards, const Visit& visit) const {
  for (Index i = nodes_[node].links[static_cast<size_t>(towards)]; i != kNone;) {
    const Link& link = links_[i];
    const bool second = link.ends[1] == node;
    if (!link.severed && visit(link.ends[second ? 0 : 1], link)) return true;
    i = link.next[second ? 1 : 0];
  }
  return false;
}

}  // namespace modiste
