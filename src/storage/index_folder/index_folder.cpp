#include "storage/index_folder/index_folder.h"

#include <fmt/format.h>

#include <charconv>

#include "io/atomic_write.h"
#include "io/read_file.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifestName = "items.json";
constexpr std::string_view kVectorsEnding = ".ann";

// The manifest may only name files that write_index makes.
bool is_vectors_name(std::string_view name) {
  return name.starts_with("vectors-") && name.ends_with(kVectorsEnding) && name.find('/') == name.npos;
}

std::optional<uint64_t> parse_hash(std::string_view text) {
  uint64_t hash = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hash, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return hash;
}

Error corrupt(std::string what, std::string where) {
  return {Code::kCorrupt, std::move(what), std::move(where),
          "the manifest as Modiste wrote it; without the folder the index is rebuilt from the database"};
}

Result<std::vector<IndexSlot>> slots_of(IndexManifest&& manifest) {
  std::vector<IndexSlot> slots(manifest.garments.size());
  for (size_t i = 0; i < slots.size(); ++i) {
    const auto hash = parse_hash(manifest.sources[i]);
    if (!hash) return corrupt("not a hash", fmt::format("/sources/{}", i));
    slots[i] = {std::move(manifest.garments[i]), std::move(manifest.colours[i]), *hash};
  }
  return slots;
}

Result<MappedFile> map_vectors(const fs::path& file, uint64_t bytes) {
  auto mapped = MappedFile::open(file);
  if (!mapped.ok() && mapped.error().code == Code::kNotFound)
    return corrupt("the vectors that the manifest names are missing", file.string());
  if (mapped.ok() && mapped->bytes().size() != bytes)
    return corrupt(fmt::format("the vectors have {} bytes, not {}", mapped->bytes().size(), bytes),
                   file.string());
  return mapped;
}

}  // namespace

Result<IndexManifest> parse_index_manifest(std::string_view text) {
  TRY_ASSIGN(const json::value value, [&]() -> Result<json::value> {
    auto parsed = parse_json(text);
    if (!parsed.ok()) return corrupt(parsed.error().what, parsed.error().where);
    return parsed;
  }());
  // Other versions have other members: the version is looked at first.
  const auto* object = value.if_object();
  const auto* version = object == nullptr ? nullptr : object->if_contains("version");
  if (version != nullptr && version->is_number() && *version != kIndexManifestVersion)
    return Error{Code::kConflict, fmt::format("the index is of version {}", serialize_json(*version)),
                 "/version",
                 fmt::format("version {}; the index is rebuilt from the database", kIndexManifestVersion)};
  auto manifest = from_json<IndexManifest>(value);
  if (!manifest.ok()) return corrupt(manifest.error().what, manifest.error().where);
  if (!is_vectors_name(manifest->vectors)) return corrupt("not a file of vectors", "/vectors");
  if (manifest->colours.size() != manifest->garments.size() ||
      manifest->sources.size() != manifest->garments.size())
    return corrupt(fmt::format("{} garments, {} colours and {} sources", manifest->garments.size(),
                               manifest->colours.size(), manifest->sources.size()),
                   "/garments");
  return manifest;
}

Result<std::optional<SavedIndex>> read_index(const fs::path& folder) {
  const auto file = folder / kManifestName;
  const auto text = read_text_file(file);
  if (!text.ok() && text.error().code == Code::kNotFound) return std::optional<SavedIndex>();
  if (!text.ok()) return text.error();
  const auto in_file = [&file](Error error) {
    error.where = file.string() + " " + error.where;
    return error;
  };
  auto manifest = parse_index_manifest(*text);
  if (!manifest.ok()) return in_file(std::move(manifest).error());
  TRY_ASSIGN(auto vectors, map_vectors(folder / manifest->vectors, manifest->vectors_bytes));
  auto slots = slots_of(std::move(*manifest));
  if (!slots.ok()) return in_file(std::move(slots).error());
  return std::optional(SavedIndex{std::move(*slots), std::move(vectors)});
}

Result<Done> write_index(const fs::path& folder, const std::vector<IndexSlot>& slots,
                         std::span<const std::byte> vectors, TimePoint now) {
  IndexManifest manifest;
  manifest.version = kIndexManifestVersion;
  manifest.vectors = fmt::format("vectors-{:016x}{}", now.time_since_epoch().count(), kVectorsEnding);
  manifest.vectors_bytes = vectors.size();
  for (const IndexSlot& slot : slots) {
    manifest.garments.push_back(slot.garment_id);
    manifest.colours.push_back(slot.colour);
    manifest.sources.push_back(fmt::format("{:016x}", slot.source_hash));
  }
  TRY(write_atomically(folder / manifest.vectors, vectors));
  TRY(write_atomically(folder / kManifestName, to_json_text(manifest)));
  std::error_code ignored;  // an old file left behind costs room only
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (is_vectors_name(entry.path().filename().string()) && entry.path().filename() != manifest.vectors)
      fs::remove(entry.path(), ignored);
  return kOk;
}

}  // namespace modiste
