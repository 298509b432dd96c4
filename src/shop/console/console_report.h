// The report of work that a command does in its own process.
#pragma once

#include <memory>
#include <string>

#include "serving/jobs.h"

namespace modiste {

class ProgressLine;

// Prints to the standard output, and progress to the error output.
class ConsoleReport final : public JobReport {
 public:
  ConsoleReport();
  ~ConsoleReport() override;
  void print(const std::string& text) override;
  Result<Done> at(const std::string& what, uint64_t done, uint64_t of) override;

 private:
  std::string what_;
  std::unique_ptr<ProgressLine> line_;
};

}  // namespace modiste
