// Shows on stderr what is told while a shop is opened.
#pragma once

#include <memory>
#include <string>

#include "shop/console/progress_line.h"
#include "shop/opening_report.h"

namespace modiste {

class ConsoleOpening final : public OpeningReport {
 public:
  void note(const std::string& what) override;
  void at(std::string_view stage, size_t done) override;

 private:
  std::unique_ptr<ProgressLine> line_;  // of stage_; null: none was begun
  std::string stage_;
};

}  // namespace modiste
