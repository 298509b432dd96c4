#include "shop/source_weights_file.h"

#include "io/atomic_write.h"
#include "io/posix_files.h"
#include "io/read_file.h"

namespace modiste {

Result<SourceWeights> read_source_weights(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return SourceWeights{};
  TRY_ASSIGN(const auto bytes, read_file(file));
  const auto read =
      from_json_text<SourceWeightsFile>({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const std::string expected =
      "the file that `modiste evaluate next-item --choose` writes; without it every weight is 1";
  if (!read.ok()) return Error{Code::kCorrupt, read.error().message(), file.string(), expected};
  if (read->version != SourceWeightsFile::kVersion)
    return Error{Code::kCorrupt, "has version " + std::to_string(read->version), file.string(),
                 "version " + std::to_string(SourceWeightsFile::kVersion)};
  return read->weights;
}

Result<Done> write_source_weights(const std::filesystem::path& file, const SourceWeightsFile& weights) {
  TRY(make_folders(file.parent_path()));
  return write_atomically(file.string(), to_json_text(weights) + "\n");
}

}  // namespace modiste
