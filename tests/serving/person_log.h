// A seeded log of a few people on a few devices, generated event by event: merges, splits, erasures, consent
// given and withdrawn, robots, accidental clicks, undo, imported history. Numbers are whole or drawn without
// rounding, so that every compiler generates the same log.
#pragma once

#include <map>
#include <string>

#include "base/rng.h"
#include "events/event_log.h"
#include "identity/identity_graph.h"

namespace modiste {

class PersonLog {
 public:
  explicit PersonLog(uint64_t seed) : rng_(seed) {}

  struct Draft {
    Event event;
    TimePoint received_at;
  };
  // `person_of` and `links_of` answer for what was generated so far, as an operator would see it.
  using PersonOf = std::function<std::optional<std::string>(const NodeRef&)>;
  using KeysOf = std::function<std::vector<IdentityKey>(const std::string&)>;
  using LinksOf = std::function<std::vector<Explanation>(const std::string&)>;
  Draft next(const PersonOf& person_of, const KeysOf& keys_of, const LinksOf& links_of);

  // Every subject that occurs, with its kind.
  [[nodiscard]] const std::map<std::string, IdentifierKind>& subjects() const { return subjects_; }

 private:
  struct Burst {
    Event like;
    int left = 0;
  };
  std::string subject(IdentifierKind kind, const std::string& name);
  std::string draw(IdentifierKind kind, std::initializer_list<const char*> names);
  Event of_somebody();
  Event of_an_operator(const PersonOf& person_of, const KeysOf& keys_of, const LinksOf& links_of);
  void fill(Event& event);

  Rng rng_;
  TimePoint now_{std::chrono::sys_days(std::chrono::year(2026) / 5 / 1)};
  int drawn_ = 0;
  std::map<std::string, int> generations_;  // by name: after an erasure it is a new person
  std::map<std::string, std::string> names_;
  std::map<std::string, IdentifierKind> subjects_;
  Burst burst_;
  std::optional<Event> follow_up_;
};

}  // namespace modiste
