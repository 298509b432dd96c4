#include "events/filed_events.h"

#include <gtest/gtest.h>

#include <map>

#include "base/binary_fields.h"
#include "base/rng.h"

namespace modiste {
namespace {

std::string key_of(uint64_t number) {
  std::array<std::byte, kSubjectBytes> bytes{};
  for (size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::byte>(mix64(number) >> (8 * i));
  return subject_id(bytes);
}

std::vector<LogPosition> positions_of(const FiledEvents& filed, const std::string& key) {
  std::vector<LogPosition> found;
  filed.positions(key, found);
  return found;
}

std::string saved(const FiledEvents& filed) {
  std::string bytes;
  BinaryWriter writer(bytes);
  FiledEvents::fields(writer, filed);
  return bytes;
}

Result<Done> load(FiledEvents& filed, std::string_view bytes) {
  return load_fields(bytes, "filed events", [&](auto& reader) { FiledEvents::fields(reader, filed); });
}

// What this class was before it was compact: a map of texts to lists.
using Plain = std::map<std::string, std::vector<LogPosition>>;

std::string saved(const Plain& plain) {
  std::string bytes;
  BinaryWriter writer(bytes);
  writer.map(plain, kTextField, [](auto& io, auto& positions) { io.list(positions, kPositionField); });
  return bytes;
}

TEST(FiledEvents, AreWhatAMapOfListsHolds) {
  Rng rng(11);
  FiledEvents filed;
  Plain plain;
  uint64_t number = 0;
  for (int step = 0; step < 20'000; ++step) {
    number += rng.chance(0.01) ? rng.next() >> 20 : rng.below(300);
    ++number;
    const std::string key = key_of(rng.below(60));
    auto& known = plain[key];
    if (rng.chance(0.03) && !known.empty()) {
      const size_t which = rng.below(known.size());
      filed.remove(key, known[which]);
      known.erase(known.begin() + static_cast<std::ptrdiff_t>(which));
    } else if (rng.chance(0.002)) {
      filed.erase(key);
      plain.erase(key);
    } else {
      filed.add(key, LogPosition::of(number));
      known.push_back(LogPosition::of(number));
    }
  }
  for (const auto& [key, positions] : plain) EXPECT_EQ(positions_of(filed, key), positions);
  EXPECT_EQ(saved(filed), saved(plain));

  FiledEvents loaded;
  ASSERT_TRUE(load(loaded, saved(filed)).ok());
  EXPECT_EQ(saved(loaded), saved(plain));
  const std::string key = plain.begin()->first;
  loaded.add(key, LogPosition::of(number + 1));  // goes on behind the last one
  plain.begin()->second.push_back(LogPosition::of(number + 1));
  EXPECT_EQ(positions_of(loaded, key), plain.begin()->second);
}

TEST(FiledEvents, OfWhatIsNoSubjectAreNotKept) {
  FiledEvents filed;
  filed.add("anna", LogPosition::of(1));
  filed.remove("anna", LogPosition::of(1));
  filed.erase("anna");
  EXPECT_TRUE(filed.keys().empty());
  EXPECT_TRUE(positions_of(filed, "anna").empty());
}

TEST(FiledEvents, DamagedBytesAreRefused) {
  const auto with = [](const std::string& key, LogPosition position) {
    return saved(Plain{{key, {position}}});
  };
  FiledEvents filed;
  EXPECT_TRUE(load(filed, with(key_of(1), LogPosition::of(0))).ok());
  EXPECT_EQ(load(filed, with(key_of(1), LogPosition::begin())).error().code, Code::kCorrupt);
  EXPECT_EQ(load(filed, with("anna", LogPosition::of(0))).error().code, Code::kCorrupt);
  const std::string whole = with(key_of(1), LogPosition::of(7));
  for (size_t cut = 0; cut < whole.size(); ++cut)
    EXPECT_FALSE(load(filed, std::string_view(whole).substr(0, cut)).ok()) << cut;
}

}  // namespace
}  // namespace modiste
