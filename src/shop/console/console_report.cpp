#include "shop/console/console_report.h"

#include <fmt/format.h>

#include "shop/console/progress_line.h"

namespace modiste {

ConsoleReport::ConsoleReport() = default;
ConsoleReport::~ConsoleReport() = default;

void ConsoleReport::print(const std::string& text) {
  line_.reset();
  fmt::print("{}", text);
}

Result<Done> ConsoleReport::at(const std::string& what, uint64_t done, uint64_t of) {
  if (line_ == nullptr || what_ != what) line_ = std::make_unique<ProgressLine>(what_ = what, of);
  line_->at(done);
  return kOk;
}

}  // namespace modiste
