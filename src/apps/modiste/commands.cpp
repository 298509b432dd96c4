#include "apps/modiste/commands.h"

#include <fmt/format.h>

#include "base/json.h"
#include "io/atomic_write.h"

namespace modiste {

Result<Done> write_report(const std::string& out, const std::string& html, const json::value& values) {
  TRY(write_atomically(out + ".html", html));
  TRY(write_atomically(out + ".json", serialize_json(values)));
  fmt::print("{}.html and {}.json\n", out, out);
  return kOk;
}

}  // namespace modiste
