// Reading a history from text in tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "history/history_formats.h"

namespace modiste {

struct ReadHistory {
  std::vector<Garment> garments;
  std::vector<Event> events;
  std::vector<size_t> lines;  // of the events
  HistoryReport report;

  // "3:size 4:": line and column of each refusal.
  [[nodiscard]] std::string refusals() const {
    std::string all;
    for (const auto& refusal : report.rows.refusals)
      all += (all.empty() ? "" : " ") + std::to_string(refusal.line) + ":" + refusal.column;
    return all;
  }
  [[nodiscard]] const Garment* garment(std::string_view id) const {
    for (const auto& one : garments)
      if (one.id == id) return &one;
    return nullptr;
  }
};

inline HistoryOptions history_options(std::string prefix = "t-") {
  HistoryOptions options;
  options.now = TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 1));
  options.prefix = std::move(prefix);
  return options;
}

inline HistorySinks into(ReadHistory& read) {
  HistorySinks sinks;
  sinks.garment = [&](Garment&& garment) -> Result<Done> {
    read.garments.push_back(std::move(garment));
    return kOk;
  };
  sinks.event = [&](Event&& event, size_t line) -> Result<Done> {
    read.events.push_back(std::move(event));
    read.lines.push_back(line);
    return kOk;
  };
  return sinks;
}

inline ReadHistory read_set(std::string_view text, const HistoryFormat& format,
                            const HistoryOptions& options = history_options()) {
  ReadHistory read;
  MemoryInput input("history", text);
  const HistorySinks sinks = into(read);
  auto report = read_history(input, format, options, sinks);
  EXPECT_TRUE(report.ok()) << report.error().message();
  if (report.ok()) read.report = std::move(report).value();
  return read;
}

}  // namespace modiste
