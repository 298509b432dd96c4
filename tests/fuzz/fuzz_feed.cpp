// links: modiste_feeds
// Any feed file: garments that the readers accept are valid, can be normalised, and are the same after a
// round trip through our own JSON Lines. The first byte selects the reader: one of the formats, the detected
// one, or a folder of two files.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "catalog/normaliser.h"
#include "feeds/feed_directory.h"
#include "feeds/feed_readers.h"
#include "vocabulary/size.h"

namespace {

using namespace modiste;

const FeedOptions kOptions{"EUR", TimePoint(std::chrono::seconds(1'790'000'000))};

Result<Done> examine(Garment&& garment) {
  static const Normaliser kNormaliser(Vocabulary::standard());
  CHECK(validate(garment).ok());
  const std::string line = to_json_line(garment);
  const auto again = from_json_text<Garment>(line);
  CHECK(again.ok());
  CHECK(to_json_line(*again) == line);
  kNormaliser.normalise(garment);
  for (const auto& attribute : garment.attributes)
    CHECK(attribute.source == AttributeSource::kPhoto || attribute.term == "unknown" ||
          Vocabulary::standard().find(attribute.facet, attribute.term) != nullptr);
  for (const auto& variant : garment.variants)
    for (const auto chart : {SizeChart::kWomen, SizeChart::kShoesMen})
      if (const auto size = parse_size(variant.size, chart))
        CHECK(equivalent_sizes(*size, chart).test(*size));
  return kOk;
}

void check_report(const FeedReport& report) {
  CHECK(report.refusals.size() <= report.rows_refused);
  for (const auto& refusal : report.refusals) CHECK(refusal.line > 0 && !refusal.reason.empty());
}

void read_as(const FeedReader& reader, std::string_view text) {
  MemoryInput input("fuzz", text);
  const auto report = read_feed(input, reader, kOptions, examine);
  if (report.ok())
    check_report(*report);
  else
    CHECK(!report.error().what.empty());
}

void read_directory(std::string_view text) {
  const size_t middle = std::min(text.find('\f'), text.size());
  MemoryInput one("one.csv", text.substr(0, middle)),
      two("two.csv", text.substr(std::min(middle + 1, text.size())));
  FeedInput* inputs[] = {&one, &two};
  const auto report = read_feed_directory(inputs, kOptions, examine);
  if (report.ok()) check_report(report->total);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr size_t kReaders = kFeedReaders.size();
  const size_t choice = static_cast<size_t>(data[0]) % (kReaders + 2);
  if (choice < kReaders) {
    read_as(*kFeedReaders[choice], text);
  } else if (choice == kReaders) {
    if (const auto reader = detect_feed(text); reader.ok()) read_as(**reader, text);
  } else {
    read_directory(text);
  }
  return 0;
}
