#include "shop/source_weights_file.h"

#include "shop/versioned_file.h"

namespace modiste {

Result<SourceWeights> read_source_weights(const std::filesystem::path& file) {
  TRY_ASSIGN(const auto read,
             read_versioned<SourceWeightsFile>(
                 file, "every weight is 1, until `modiste evaluate next-item --choose` writes another"));
  return read ? read->weights : SourceWeights{};
}

Result<Done> write_source_weights(const std::filesystem::path& file, const SourceWeightsFile& weights) {
  return write_versioned(file, weights);
}

}  // namespace modiste
