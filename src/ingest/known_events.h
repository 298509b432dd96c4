// Events of other systems that are known and teach nothing about taste, size or identity: counted, not kept.
// A table by name, so that the everyday stream of a tag manager does not fill the dead letters.
#pragma once

#include <string_view>

namespace modiste {

// name: in snake case (draft.h). Names that a format translates are looked up there first.
[[nodiscard]] bool teaches_nothing(std::string_view name);

}  // namespace modiste
