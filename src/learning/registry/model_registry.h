// Port: keeps versions of trained models, and says by aliases which of them serve.
//
//   publish   adds a version: immutable, complete or absent, whatever happens meanwhile
//   aliases   champion and challenger of each name point at a version; setting one is atomic, and setting it
//             to an older version is a roll-back. Version 0 stands for what Modiste brings without training:
//             the prior table, the default parameters, the shipped heads
//   read      checks size and SHA-256 of the payload: a torn or altered version is refused by its name
//
// Threads: any; also beside other processes on the same registry. Writers wait for each other, readers wait
// for nobody.
// Errors:  kInvalid: not a name. kNotFound: no such version. kCorrupt: the version is damaged, of another
//          format, or the alias is. kUnavailable: the disk fails; nothing has changed, or all of it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "learning/registry/model_manifest.h"

namespace modiste {

struct StoredModel {
  ModelManifest manifest;
  std::vector<std::byte> payload;
};

// A version as a list shows it: its payload is not read.
struct ModelEntry {
  std::string name;
  int version = 0;
  Result<ModelManifest> manifest;
};

class ModelRegistry {
 public:
  virtual ~ModelRegistry() = default;

  // now: becomes created_at. Sets no alias.
  virtual Result<ModelManifest> publish(const ModelDraft& draft, std::span<const std::byte> payload,
                                        TimePoint now) = 0;
  virtual Result<StoredModel> read(std::string_view name, int version) const = 0;
  // Of all names, by name and version.
  virtual Result<std::vector<ModelEntry>> list() const = 0;

  // Reads the version first: an alias never points at one that read() refuses.
  virtual Result<Done> set_alias(std::string_view name, ModelAlias alias, int version, TimePoint now) = 0;
  // 0 when it was never set, or set to 0.
  virtual Result<int> version_of(std::string_view name, ModelAlias alias) const = 0;
};

// What the alias points at; empty for version 0.
Result<std::optional<StoredModel>> read_alias(const ModelRegistry& registry, std::string_view name,
                                              ModelAlias alias);

}  // namespace modiste
