#include "base/code_version.h"

namespace modiste {

std::string_view code_version() { return MODISTE_CODE_VERSION; }

}  // namespace modiste
