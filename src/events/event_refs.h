// The subjects that an event names, as the identity graph takes them.
#pragma once

#include <array>
#include <span>

#include "events/event.h"
#include "identity/identity_graph.h"

namespace modiste {

// Views of the event's own texts. In the order of IdentifierKind, those that are there.
class EventRefs {
 public:
  explicit EventRefs(const Event& event) {
    const auto ids = identifiers_of(event);
    for (size_t kind = 0; kind < ids.size(); ++kind)
      if (!ids[kind]->empty()) refs_[count_++] = {static_cast<IdentifierKind>(kind), *ids[kind]};
  }
  [[nodiscard]] std::span<const NodeRef> span() const { return {refs_.data(), count_}; }

 private:
  std::array<NodeRef, kIdentifierKinds> refs_;
  size_t count_ = 0;
};

}  // namespace modiste
