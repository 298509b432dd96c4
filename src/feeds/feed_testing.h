// Reading a feed from text in tests.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "feeds/feed.h"

namespace modiste {

struct ReadText {
  std::vector<Garment> garments;
  FeedReport report;

  // "3:label 4:image": line and column of each refusal.
  [[nodiscard]] std::string refusals() const {
    std::string all;
    for (const auto& refusal : report.refusals)
      all += (all.empty() ? "" : " ") + std::to_string(refusal.line) + ":" + refusal.column;
    return all;
  }
  // "3:text x 2; ...": the notes with the line of the first and how often.
  [[nodiscard]] std::string notes() const {
    std::string all;
    for (const auto& note : report.notes)
      all += (all.empty() ? "" : "; ") + std::to_string(note.line) + ":" + note.text + " x " +
             std::to_string(note.count);
    return all;
  }
  // "sku size colour price<list stock" of each variant of each garment.
  [[nodiscard]] std::string variants() const {
    std::string all;
    for (const auto& garment : garments)
      for (const auto& v : garment.variants)
        all += fmt::format("{}{} '{}' '{}' {}{} {}", all.empty() ? "" : "; ", v.sku, v.size, v.colour,
                           v.price, v.list_price ? fmt::format("<{}", *v.list_price) : "", v.stock);
    return all;
  }
  [[nodiscard]] std::string ids() const {
    std::string all;
    for (const auto& garment : garments) all += (all.empty() ? "" : " ") + garment.id;
    return all;
  }
};

inline ReadText read_text(std::string_view text, std::string_view reader,
                          const FeedOptions& options = {"USD", {}}) {
  ReadText read;
  MemoryInput input("feed", text);
  auto report = read_feed(input, *find_feed_reader(reader), options, [&](Garment&& garment) -> Result<Done> {
    read.garments.push_back(std::move(garment));
    return kOk;
  });
  EXPECT_TRUE(report.ok()) << report.error().message();
  if (report.ok()) read.report = std::move(report).value();
  return read;
}

}  // namespace modiste
