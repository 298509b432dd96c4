#include "shop/console/console_opening.h"

#include <fmt/format.h>

#include <cstdio>

namespace modiste {

void ConsoleOpening::note(const std::string& what) {
  line_.reset();
  fmt::print(stderr, "  {}\n", what);
}

void ConsoleOpening::at(std::string_view stage, size_t done) {
  if (line_ == nullptr || stage_ != stage) {
    line_.reset();  // ends its line before the next one begins
    line_ = std::make_unique<ProgressLine>(stage_ = stage, 0);
  }
  line_->at(done);
}

}  // namespace modiste
