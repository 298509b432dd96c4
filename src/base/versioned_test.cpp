#include "base/versioned.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace modiste {
namespace {

// A model whose parts belong together: torn if they differ.
struct Pair {
  explicit Pair(int value) : first(value), second(value) {}
  ~Pair() { first = -1; }
  int first, second;
};

TEST(Versioned, WhatAReaderHoldsStaysWhenItIsReplaced) {
  Versioned<const std::string> model(std::make_shared<const std::string>("old"), 1);
  const auto held = model.get();
  model.set(std::make_shared<const std::string>("new"), 2);
  EXPECT_EQ(*held, "old");
  EXPECT_EQ(*model.get(), "new");
  EXPECT_EQ(model.version(), 2);
}

TEST(Versioned, IsReplacedBesideReaders) {
  Versioned<Pair> model(std::make_shared<Pair>(0));
  std::atomic<bool> done = false;
  std::atomic<int> torn = 0, reads = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      int before = 0;
      while (!done) {
        const auto held = model.get();
        if (held->first != held->second || held->first < before) ++torn;
        before = held->first;
        ++reads;
      }
    });
  for (int version = 1; version <= 2'000 || reads < 1'000; ++version)
    model.set(std::make_shared<Pair>(version), version);
  done = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(torn, 0);
}

}  // namespace
}  // namespace modiste
