#include "apps/modiste/commands.h"

#include <fmt/format.h>

#include "base/json.h"
#include "io/atomic_write.h"

namespace modiste {

Result<Done> write_report(const std::string& out, const json::value& report) {
  TRY(write_atomically(out, serialize_json(report) + "\n"));
  fmt::print("{}\n", out);
  return kOk;
}

}  // namespace modiste
