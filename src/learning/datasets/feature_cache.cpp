#include "learning/datasets/feature_cache.h"

namespace modiste {
namespace {

template <class T>
bool read_raw(std::ifstream& file, T* values, size_t count) {
  file.read(reinterpret_cast<char*>(values), static_cast<std::streamsize>(count * sizeof(T)));
  return static_cast<bool>(file);
}

}  // namespace

void FeatureCache::load(std::ifstream& file) {
  uint64_t content = 0;
  std::vector<float> row(columns_);
  while (read_raw(file, &content, 1) && read_raw(file, row.data(), row.size())) rows_[content] = row;
}

Result<FeatureCache> FeatureCache::open(const std::filesystem::path& path, std::string model,
                                        size_t columns) {
  FeatureCache cache;
  cache.columns_ = columns;
  if (path.empty()) return cache;
  const std::string header = "modiste-features 1 " + std::to_string(columns) + " " + model;
  const size_t record_bytes = sizeof(uint64_t) + columns * sizeof(float);
  std::error_code error;
  bool same_model = false;
  {
    std::ifstream file(path, std::ios::binary);
    std::string line;
    same_model = std::getline(file, line) && line == header;
    if (same_model) cache.load(file);
  }
  if (same_model) {
    std::filesystem::resize_file(path, header.size() + 1 + cache.rows_.size() * record_bytes, error);
    cache.file_.open(path, std::ios::binary | std::ios::app);
  } else {
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
    cache.file_.open(path, std::ios::binary | std::ios::trunc);
    cache.file_ << header << '\n';
  }
  if (!cache.file_ || error)
    return Error{Code::kUnavailable, "the feature cache " + path.string() + " cannot be written", "", ""};
  return cache;
}

const std::vector<float>* FeatureCache::find(uint64_t content) const {
  const auto found = rows_.find(content);
  return found == rows_.end() ? nullptr : &found->second;
}

void FeatureCache::add(uint64_t content, std::vector<float> features) {
  CHECK(features.size() == columns_);
  const auto [row, added] = rows_.emplace(content, std::move(features));
  if (!added || !file_.is_open()) return;
  file_.write(reinterpret_cast<const char*>(&content), sizeof content);
  file_.write(reinterpret_cast<const char*>(row->second.data()),
              static_cast<std::streamsize>(columns_ * sizeof(float)));
}

}  // namespace modiste
