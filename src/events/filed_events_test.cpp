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

std::vector<LogPosition> teaching(const FiledEvents& filed, const std::string& key) {
  std::vector<LogPosition> found;
  filed.teaching(key, found);
  return found;
}

std::vector<LogPosition> all(const FiledEvents& filed, const std::string& key) {
  std::vector<LogPosition> found;
  filed.all(key, found);
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

// What this class is, before it is made compact.
struct PlainEntry {
  LogPosition position;
  bool teaches = false;
};
using Plain = std::map<std::string, std::vector<PlainEntry>>;

void expect_same(const FiledEvents& filed, const Plain& plain) {
  for (const auto& [key, entries] : plain) {
    std::vector<LogPosition> every, some;
    for (const PlainEntry& entry : entries) {
      every.push_back(entry.position);
      if (entry.teaches) some.push_back(entry.position);
    }
    EXPECT_EQ(all(filed, key), every);
    EXPECT_EQ(teaching(filed, key), some);
  }
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
      PlainEntry& which = known[rng.below(known.size())];
      filed.teaches_nothing(key, which.position);
      which.teaches = false;
    } else if (rng.chance(0.002)) {
      filed.erase(key);
      plain.erase(key);
    } else {
      known.push_back({LogPosition::of(number), rng.chance(0.7)});
      filed.add(key, known.back().position, known.back().teaches);
    }
  }
  expect_same(filed, plain);

  FiledEvents loaded;
  ASSERT_TRUE(load(loaded, saved(filed)).ok());
  EXPECT_EQ(saved(loaded), saved(filed));
  const std::string key = plain.begin()->first;
  loaded.add(key, LogPosition::of(number + 1), true);  // goes on behind the last one
  plain.begin()->second.push_back({LogPosition::of(number + 1), true});
  expect_same(loaded, plain);
}

TEST(FiledEvents, OfWhatIsNoSubjectAreNotKept) {
  FiledEvents filed;
  filed.add("anna", LogPosition::of(1), true);
  filed.teaches_nothing("anna", LogPosition::of(1));
  filed.erase("anna");
  EXPECT_TRUE(filed.keys().empty());
  EXPECT_TRUE(all(filed, "anna").empty());
}

TEST(FiledEvents, DamagedBytesAreRefused) {
  const auto with = [](const std::string& key, std::string_view packed) {
    std::string bytes;
    BinaryWriter writer(bytes);
    writer.size(1);
    writer.text(key);
    writer.text(packed);
    return bytes;
  };
  using namespace std::string_view_literals;
  FiledEvents filed;
  EXPECT_TRUE(load(filed, with(key_of(1), "\0"sv)).ok());
  EXPECT_EQ(load(filed, with("anna", "\x02"sv)).error().code, Code::kCorrupt);
  EXPECT_EQ(load(filed, with(key_of(1), "\x02\0"sv)).error().code, Code::kCorrupt) << "twice the same";
  EXPECT_EQ(load(filed, with(key_of(1), "\x80"sv)).error().code, Code::kCorrupt) << "cut short";
  EXPECT_EQ(load(filed, with(key_of(1), "\x82\0"sv)).error().code, Code::kCorrupt) << "not the shortest form";
  EXPECT_EQ(load(filed, with(key_of(1), "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"sv)).error().code,
            Code::kCorrupt)
      << "too large";
  const std::string whole = with(key_of(1), "\x0e");
  for (size_t cut = 0; cut < whole.size(); ++cut)
    EXPECT_FALSE(load(filed, std::string_view(whole).substr(0, cut)).ok()) << cut;
}

TEST(FiledEvents, MovesWhatIsFiledToAnotherKey) {
  FiledEvents filed;
  for (const uint64_t number : {3, 200, 70'000}) filed.add(key_of(1), LogPosition::of(number), number == 200);
  for (const uint64_t number : {5, 300}) filed.add(key_of(2), LogPosition::of(number), true);
  filed.move(key_of(1), key_of(2));
  const auto positions = [](std::initializer_list<uint64_t> numbers) {
    std::vector<LogPosition> found;
    for (const uint64_t number : numbers) found.push_back(LogPosition::of(number));
    return found;
  };
  EXPECT_EQ(all(filed, key_of(2)), positions({3, 5, 200, 300, 70'000}));
  EXPECT_EQ(teaching(filed, key_of(2)), positions({5, 200, 300}));
  EXPECT_TRUE(all(filed, key_of(1)).empty());
  EXPECT_EQ(filed.keys(), std::vector{key_of(2)});
  filed.move(key_of(2), key_of(3));  // to one that is not known yet
  EXPECT_EQ(all(filed, key_of(3)).size(), 5U);
  filed.move(key_of(9), key_of(3));  // nothing
  EXPECT_EQ(all(filed, key_of(3)).size(), 5U);
}

}  // namespace
}  // namespace modiste
