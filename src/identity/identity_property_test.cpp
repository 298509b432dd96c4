// Random histories against a model that keeps the plain list of links and recomputes everything each time.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "identity/identity_graph.h"
#include "identity/test_graph.h"

namespace modiste {
namespace {

IdentifierKind kind_of(const std::string& subject) { return static_cast<IdentifierKind>(subject[0] - '0'); }
bool is_strong(const std::string& subject) { return kind_of(subject) < IdentifierKind::kDevice; }

using Partition = std::map<std::string, std::string>;  // identity key -> person

class NaiveModel {
 public:
  void observe(std::vector<std::string> subjects) {
    std::ranges::sort(subjects);  // the kind is the first digit
    for (const auto& subject : subjects)
      if (std::ranges::find(nodes_, subject) == nodes_.end()) nodes_.push_back(subject);
    for (size_t i = 1; i < subjects.size(); ++i)
      if (is_strong(subjects[0])) links_.try_emplace({subjects[0], subjects[i]}, false);
    for (size_t i = 1; i < subjects.size(); ++i)
      if (kind_of(subjects[i - 1]) == IdentifierKind::kDevice)
        links_.try_emplace({subjects[i - 1], subjects[i]}, false);
  }
  void set_severed(const std::pair<std::string, std::string>& ends, bool severed) {
    links_.at(ends) = severed;
  }
  void forget(const std::string& subject) {
    std::erase(nodes_, subject);
    std::erase_if(links_, [&](const auto& link) {
      return link.first.first == subject || link.first.second == subject;
    });
  }

  [[nodiscard]] Partition partition() const {
    Partition homes;
    for (const auto& node : nodes_) homes[node] = node;
    for (size_t round = 0; round < nodes_.size(); ++round)
      for (const auto& [ends, severed] : links_) {
        if (severed || !is_strong(ends.second)) continue;
        if (is_shared_by_many(ends.first) || is_shared_by_many(ends.second)) continue;
        auto &a = homes[ends.first], &b = homes[ends.second];
        (older(a, b) ? b : a) = older(a, b) ? a : b;
      }
    Partition all = homes;
    for (const auto& node : nodes_)
      if (kind_of(node) == IdentifierKind::kDevice) all[node] = sole(people_on(node, homes)).value_or(node);
    for (const auto& node : nodes_)
      if (kind_of(node) == IdentifierKind::kSession) {
        if (const auto person = sole(people_in(node, homes)))
          all[node] = *person;
        else if (const auto device = sole(devices_of(node)))
          all[node] = all[*device];
      }
    return all;
  }
  [[nodiscard]] const auto& links() const { return links_; }
  [[nodiscard]] const auto& nodes() const { return nodes_; }

 private:
  using Names = std::set<std::string>;

  [[nodiscard]] bool older(const std::string& a, const std::string& b) const {
    return std::ranges::find(nodes_, a) < std::ranges::find(nodes_, b);
  }
  [[nodiscard]] bool is_shared_by_many(const std::string& node) const {
    const auto came = std::ranges::count_if(links_, [&](const auto& link) {
      return link.first.second == node && is_strong(node) && !link.second;
    });
    return static_cast<size_t>(came) > kSharedByMax;
  }
  static std::optional<std::string> sole(const Names& names) {
    return names.size() == 1 ? std::optional(*names.begin()) : std::nullopt;
  }
  [[nodiscard]] Names people_in(const std::string& place, const Partition& homes,
                                const std::string& unless = "") const {
    Names people;
    for (const auto& [ends, severed] : links_)
      if (ends.second == place && is_strong(ends.first) && !severed) {
        const auto direct = links_.find({ends.first, unless});
        if (direct == links_.end() || !direct->second) people.insert(homes.at(ends.first));
      }
    return people;
  }
  [[nodiscard]] Names people_on(const std::string& device, const Partition& homes) const {
    Names people = people_in(device, homes);
    for (const auto& [ends, severed] : links_)
      if (ends.first == device && !severed) people.merge(people_in(ends.second, homes, device));
    return people;
  }
  [[nodiscard]] Names devices_of(const std::string& session) const {
    Names devices;
    for (const auto& [ends, severed] : links_)
      if (ends.second == session && kind_of(ends.first) == IdentifierKind::kDevice && !severed)
        devices.insert(ends.first);
    return devices;
  }

  std::vector<std::string> nodes_;  // oldest first
  std::map<std::pair<std::string, std::string>, bool> links_;
};

// One step of a history; `pick` chooses the link or node when the step is executed.
struct Step {
  enum Kind { kObserve, kSever, kRestore, kForget } kind = kObserve;
  std::vector<std::string> subjects;
  size_t pick = 0;
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
  out << "step " << step.kind << " pick " << step.pick << " of";
  for (const auto& subject : step.subjects) out << ' ' << subject[0] << subject.back();
  return out;
}

// Few subjects of each kind, so that they meet; mostly logins on shared devices.
rc::Gen<std::vector<std::string>> any_subjects() {
  return rc::gen::exec([] {
    const std::array<size_t, kIdentifierKinds> counts{3, 2, 2, 1, 3, 5};
    const std::array<int, kIdentifierKinds> percent{45, 12, 12, 25, 60, 70};
    std::vector<std::string> subjects;
    for (size_t kind = 0; kind < kIdentifierKinds; ++kind)
      if (*rc::gen::inRange(0, 100) < percent[kind])
        subjects.push_back(
            subject_of(static_cast<IdentifierKind>(kind), *rc::gen::inRange<size_t>(0, counts[kind])));
    if (subjects.empty()) subjects.push_back(subject_of(IdentifierKind::kSession, 0));
    return subjects;
  });
}

rc::Gen<std::vector<Step>> any_history() {
  return rc::gen::container<std::vector<Step>>(rc::gen::exec([] {
    const auto kind = *rc::gen::weightedElement<Step::Kind>(
        {{10, Step::kObserve}, {3, Step::kSever}, {2, Step::kRestore}, {1, Step::kForget}});
    return Step{kind, *any_subjects(), *rc::gen::inRange<size_t>(0, 1000)};
  }));
}

std::string id_of(const IdentityGraph& graph, const Partition& partition,
                  const std::pair<std::string, std::string>& ends) {
  for (const auto& end : {ends.first, ends.second})
    for (const auto& found : graph.explain(partition.at(end)))
      if (found.a.subject == ends.first && found.b.subject == ends.second) return found.link;
  return "no explanation names it";
}

// Applies the step to both, and returns the moves that the graph reports.
std::vector<Move> take(const Step& step, uint64_t offset, IdentityGraph& graph, NaiveModel& model) {
  if (step.kind == Step::kObserve || model.links().empty()) {
    model.observe(step.subjects);
    return observe_subjects(graph, step.subjects, offset);
  }
  if (step.kind == Step::kForget) {
    const std::vector doomed{model.nodes()[step.pick % model.nodes().size()]};
    model.forget(doomed[0]);
    return graph.forget(doomed);
  }
  const auto ends =
      std::next(model.links().begin(), static_cast<long>(step.pick % model.links().size()))->first;
  const std::string link = id_of(graph, model.partition(), ends);
  model.set_severed(ends, step.kind == Step::kSever);
  return step.kind == Step::kSever ? graph.sever(link).value() : graph.restore(link).value();
}

Partition partition_of(const IdentityGraph& graph, const std::vector<std::string>& nodes) {
  Partition partition;
  for (const auto& node : nodes) partition[node] = graph.person_of(refs_of({node})).value_or("nobody");
  return partition;
}

std::string bytes_of(const IdentityGraph& graph) {
  std::string bytes;
  graph.write(bytes);
  return bytes;
}

RC_GTEST_PROP(IdentityProperty, IsTheNaiveModel, ()) {
  IdentityGraph graph, again;
  NaiveModel model, unused;
  uint64_t offset = 0;
  for (const auto& step : *any_history()) {
    const auto before = model.partition();
    const auto moves = take(step, offset++, graph, model);
    const auto after = model.partition();
    RC_ASSERT(partition_of(graph, model.nodes()) == after);
    RC_ASSERT(graph.nodes() == model.nodes().size());
    RC_ASSERT(graph.links() == model.links().size());

    // The reported moves are the difference, and each names a link that exists or was just erased.
    std::map<std::string, std::pair<std::string, std::string>> declared, differ;
    for (const auto& move : moves) {
      RC_ASSERT(declared.try_emplace(move.identity_key, move.from, move.to).second);
      RC_ASSERT(move.link.find(':') != std::string::npos);
    }
    for (const auto& [identity_key, person] : after)
      if (const auto was = before.find(identity_key); was != before.end() && was->second != person)
        differ[identity_key] = {was->second, person};
    RC_ASSERT(declared == differ);

    // The identity keys of each person are those that resolve to it, oldest first.
    std::map<std::string, std::vector<IdentityKey>> identity_keys;
    for (const auto& node : model.nodes()) identity_keys[after.at(node)].push_back({kind_of(node), node});
    for (const auto& node : model.nodes()) RC_ASSERT(graph.identity_keys(node) == identity_keys[node]);

    take(step, offset - 1, again, unused);
    RC_ASSERT(bytes_of(again) == bytes_of(graph));
  }
}

RC_GTEST_PROP(IdentityProperty, SeverAndRestoreLeaveNoTrace, ()) {
  IdentityGraph graph;
  NaiveModel model;
  uint64_t offset = 0;
  for (const auto& step : *any_history()) take(step, offset++, graph, model);
  for (const auto& [ends, severed] : model.links()) {
    const auto before = bytes_of(graph);
    const auto link = id_of(graph, model.partition(), ends);
    const auto there = severed ? graph.restore(link) : graph.sever(link);
    RC_ASSERT(bytes_of(graph) != before);
    const auto back = severed ? graph.sever(link) : graph.restore(link);
    RC_ASSERT(bytes_of(graph) == before);
    RC_ASSERT(there->size() == back->size());
    for (size_t i = 0; i < there->size(); ++i) {
      RC_ASSERT((*there)[i].identity_key == (*back)[i].identity_key);
      RC_ASSERT((*there)[i].from == (*back)[i].to);
      RC_ASSERT((*there)[i].link == link);
    }
  }
}

// Which subjects belong together does not depend on the order of events; only names do.
RC_GTEST_PROP(IdentityProperty, TheOrderOfEventsDoesNotMatter, ()) {
  const auto events = *rc::gen::container<std::vector<std::vector<std::string>>>(any_subjects());
  std::vector<size_t> order(events.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto shuffled =
      *rc::gen::map(rc::gen::container<std::vector<uint32_t>>(events.size(), rc::gen::arbitrary<uint32_t>()),
                    [order](const std::vector<uint32_t>& keys) {
                      auto sorted = order;
                      std::ranges::stable_sort(sorted, {}, [&](size_t i) { return keys[i]; });
                      return sorted;
                    });
  const auto groups_after = [&](const std::vector<size_t>& in_order) {
    IdentityGraph graph;
    NaiveModel model;
    for (const size_t i : in_order) {
      observe_subjects(graph, events[i], i);
      model.observe(events[i]);
    }
    std::map<std::string, std::set<std::string>> by_person;
    for (const auto& [identity_key, person] : partition_of(graph, model.nodes()))
      by_person[person].insert(identity_key);
    std::set<std::set<std::string>> groups;
    for (const auto& [person, group] : by_person) groups.insert(group);
    return groups;
  };
  RC_ASSERT(groups_after(order) == groups_after(shuffled));
}

// However a shared device is used, it alone never merges two users.
RC_GTEST_PROP(IdentityProperty, ASharedDeviceKeepsPeopleApart, ()) {
  IdentityGraph graph;
  const auto count = *rc::gen::inRange<size_t>(2, 4);
  const auto steps = *rc::gen::container<std::vector<std::pair<size_t, size_t>>>(
      rc::gen::pair(rc::gen::inRange<size_t>(0, count + 1), rc::gen::inRange<size_t>(0, 6)));
  uint64_t offset = 0;
  std::set<std::string> users;
  for (const auto& [user, session] : steps) {
    std::vector<std::string> event{subject_of(IdentifierKind::kSession, session),
                                   subject_of(IdentifierKind::kDevice, 0)};
    if (user < count) users.insert(event.emplace_back(subject_of(IdentifierKind::kUser, user)));
    observe_subjects(graph, event, offset++);
  }
  for (const auto& user : users) RC_ASSERT(graph.person_of(refs_of({user})) == user);
  if (users.size() > 1)
    RC_ASSERT(graph.person_of(refs_of({subject_of(IdentifierKind::kDevice, 0)})) ==
              subject_of(IdentifierKind::kDevice, 0));
}

// A graph that retires its sessions as soon as it can says of every event whose it is as one that keeps them
// all. A session is not seen again once it is retired.
RC_GTEST_PROP(IdentityProperty, RetiredSessionsChangeNobody, ()) {
  IdentityGraph kept, retiring;
  std::map<std::string, std::string> key_now;  // by the key of an event
  std::set<std::string> retired;
  uint64_t offset = 0;
  for (auto subjects : *rc::gen::container<std::vector<std::vector<std::string>>>(any_subjects())) {
    std::erase_if(subjects, [&](const auto& subject) { return retired.contains(subject); });
    if (subjects.empty()) continue;
    observe_subjects(kept, subjects, offset);
    observe_subjects(retiring, subjects, offset++);
    const auto key = identity_key_of(refs_of(subjects)).subject;
    key_now.try_emplace(std::string(key), key);
    for (const auto& [session, into] : retiring.retire_sessions(1)) {
      retired.insert(session);
      for (auto& [event_key, now] : key_now)
        if (now == session) now = into;
    }
    for (const auto& [event_key, now] : key_now)
      RC_ASSERT(kept.person_of(refs_of({event_key})) == retiring.person_of(refs_of({now})));
  }
  RC_CLASSIFY(!retired.empty(), "retires");
}

}  // namespace
}  // namespace modiste
