// Features that frozen towers computed once, in an append-only file, found by the content they were made of.
//
// File: one text line "modiste-features 1 <columns> <model>", then records of a 64-bit content hash and
// `columns` floats, little-endian. A torn last record is cut off. A file of another model is replaced.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace modiste {

// Threads: one owner; one process per file.
class FeatureCache {
 public:
  // An empty path keeps features in memory only.
  static Result<FeatureCache> open(const std::filesystem::path& path, std::string model, size_t columns);

  [[nodiscard]] const std::vector<float>* find(uint64_t content) const;
  // Features must have `columns` numbers. Losing what was added to a full disk costs time, not truth.
  void add(uint64_t content, std::vector<float> features);

 private:
  FeatureCache() = default;
  void load(std::ifstream& file);

  size_t columns_ = 0;
  std::unordered_map<uint64_t, std::vector<float>> rows_;
  std::ofstream file_;
};

}  // namespace modiste
