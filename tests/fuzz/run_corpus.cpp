// Replaces libFuzzer where it is not available: runs a fuzzer over the given files and folders, and over cut
// and bit-flipped copies of each, the same ones every time.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/rng.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<uint8_t>;

constexpr int kCuts = 16, kFlips = 48;

// Copied to the heap in its exact size, so that a sanitizer detects a read beyond the end.
void run(const Bytes& input) {
  const Bytes exact(input);
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

size_t run_with_variants(const Bytes& input, uint64_t seed) {
  run(input);
  if (input.empty()) return 1;
  modiste::Rng rng(seed);
  for (int i = 0; i < kCuts; ++i)
    run(Bytes(input.begin(), input.begin() + static_cast<ptrdiff_t>(rng.below(input.size()))));
  for (int i = 0; i < kFlips; ++i) {
    Bytes flipped(input);
    for (size_t flips = 1 + rng.below(4); flips > 0; --flips)
      flipped[rng.below(flipped.size())] ^= static_cast<uint8_t>(1U << rng.below(8));
    run(flipped);
  }
  return 1 + kCuts + kFlips;
}

std::vector<fs::path> files_under(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  size_t files = 0, runs = run_with_variants({}, 0);
  for (int i = 1; i < argc; ++i)
    for (const auto& path : files_under(argv[i])) {
      std::ifstream in(path, std::ios::binary);
      const Bytes input{std::istreambuf_iterator<char>(in), {}};
      runs += run_with_variants(input, modiste::hash64(path.filename().string()));
      ++files;
    }
  std::printf("%zu files of the corpus, %zu runs\n", files, runs);
  return files == 0 ? 1 : 0;  // without a corpus nothing is tested
}
