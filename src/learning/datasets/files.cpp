#include "learning/datasets/files.h"

#include <fstream>
#include <map>
#include <memory>

namespace modiste {

Result<FileBytes> read_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return Error{Code::kNotFound, "there is no file " + path.string(), "", ""};
  if (size > kFileBytesMax) return Error{Code::kInvalid, path.string() + " is too large", "", "at most 4 GB"};
  FileBytes bytes(size);
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!file) return Error{Code::kUnavailable, path.string() + " cannot be read", "", ""};
  return bytes;
}

Result<Done> write_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  auto beside = path;
  beside += ".new";
  {
    std::ofstream file(beside, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    file.flush();
    if (!file) return Error{Code::kUnavailable, path.string() + " cannot be written", "", "room and rights"};
  }
  std::filesystem::rename(beside, path, error);
  if (error)
    return Error{Code::kUnavailable, path.string() + " cannot be written: " + error.message(), "", ""};
  return kOk;
}

FileReader folder_reader(std::filesystem::path folder) {
  auto kept = std::make_shared<std::map<std::string, FileBytes, std::less<>>>();
  return [folder = std::move(folder), kept](std::string_view name) -> Result<std::span<const std::byte>> {
    auto found = kept->find(name);
    if (found == kept->end()) {
      TRY_ASSIGN(auto bytes, read_file(folder / std::string(name)));
      found = kept->emplace(std::string(name), std::move(bytes)).first;
    }
    return std::span<const std::byte>(found->second);
  };
}

}  // namespace modiste
