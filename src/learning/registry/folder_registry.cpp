#include "learning/registry/folder_registry.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/code_version.h"

namespace modiste {

namespace {

constexpr std::string_view kLock = ".lock", kPayload = ".payload", kManifest = ".json", kTemporary = ".new";
constexpr size_t kManifestBytesMax = 1 << 20;
constexpr uint64_t kPayloadBytesMax = uint64_t{4} << 30;

struct AliasFile {
  static constexpr int kFormatVersion = 1;
  int format_version = kFormatVersion;
  int version = 0;
  TimePoint set_at;
};

std::string version_file(std::string_view name, int version, std::string_view ending) {
  return fmt::format("{}.{}{}", name, version, ending);
}

std::string alias_file(std::string_view name, ModelAlias alias) {
  return fmt::format("{}.{}{}", name, name_of(alias), kManifest);
}

Result<Done> check_name(std::string_view name) {
  constexpr size_t kLengthMax = 64;
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool sound = !name.empty() && name.size() <= kLengthMax && letter(name.front()) &&
                     std::all_of(name.begin(), name.end(), [&](char c) {
                       return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
                     });
  if (sound) return kOk;
  return Error{Code::kInvalid, fmt::format("'{}' cannot be the name of a model", name), "",
               "a lower-case letter, then letters, digits, '-' or '_', 64 in all"};
}

std::string sha256_of(std::span<const std::byte> bytes) {
  CHECK(sodium_init() >= 0);
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  std::string hex;
  for (const unsigned char byte : hash) hex += fmt::format("{:02x}", byte);
  return hex;
}

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The version of "NAME.VERSION" + ending, with its name; empty for other files.
std::optional<std::pair<std::string, int>> version_in(std::string_view file, std::string_view ending) {
  if (!file.ends_with(ending)) return std::nullopt;
  file.remove_suffix(ending.size());
  const size_t dot = file.find('.');
  if (dot == std::string_view::npos || !check_name(file.substr(0, dot)).ok()) return std::nullopt;
  const std::string_view digits = file.substr(dot + 1);
  int version = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  if (error != std::errc() || end != digits.data() + digits.size() || version < 1) return std::nullopt;
  return std::pair{std::string(file.substr(0, dot)), version};
}

template <class T>
Result<T> read_contract(std::string_view text, const std::string& where) {
  auto read = from_json_text<T>(text);
  if (!read.ok()) return Error{Code::kCorrupt, read.error().message(), where, "a file that Modiste wrote"};
  if (read->format_version != T::kFormatVersion)
    return Error{Code::kCorrupt, fmt::format("unsupported format version {}", read->format_version), where,
                 std::to_string(T::kFormatVersion)};
  return read;
}

Error corrupt(const ModelManifest& manifest, std::string_view what, std::string where) {
  return {Code::kCorrupt, fmt::format("model {} version {} {}", manifest.name, manifest.version, what),
          std::move(where), fmt::format("{} bytes with the SHA-256 {}", manifest.bytes, manifest.sha256)};
}

}  // namespace

template <>
struct Contract<AliasFile> {
  static constexpr std::string_view kName = "ModelAliasFile";
  static constexpr auto kFields =
      Fields{field("format_version", &AliasFile::format_version, {.doc = "Of this file", .required = true}),
             field("version", &AliasFile::version, {.doc = "Of the model", .required = true, .min = 0}),
             field("set_at", &AliasFile::set_at, {.doc = "When it was set", .required = true})};
};

struct FolderRegistry::Contents {
  std::set<std::pair<std::string, int>> versions;  // that have a manifest
  std::vector<std::string> leftovers;              // temporary files, payloads without a manifest
};

Result<FolderRegistry::Contents> FolderRegistry::contents() const {
  TRY_ASSIGN(const auto files, folder_->list());
  Contents contents;
  for (const auto& file : files)
    if (auto version = version_in(file, kManifest)) contents.versions.insert(std::move(*version));
  for (const auto& file : files) {
    const auto payload = version_in(file, kPayload);
    if (file.ends_with(kTemporary) || (payload && !contents.versions.contains(*payload)))
      contents.leftovers.push_back(file);
  }
  return contents;
}

Result<std::vector<std::byte>> FolderRegistry::read_file(const std::string& file, size_t bytes_max) const {
  TRY_ASSIGN(const auto opened, folder_->open(file));
  TRY_ASSIGN(const uint64_t size, opened->size());
  if (size > bytes_max)
    return Error{Code::kCorrupt, fmt::format("the file has {} bytes", size), where(file),
                 fmt::format("at most {}", bytes_max)};
  std::vector<std::byte> bytes(size);
  TRY_ASSIGN(const size_t count, read_full(*opened, 0, bytes));
  bytes.resize(count);
  return bytes;
}

Result<Done> FolderRegistry::write(const std::string& file, std::span<const std::byte> bytes) {
  TRY_ASSIGN(const auto created, folder_->create_empty(file));
  TRY(write_all(*created, 0, bytes));
  return created->sync();
}

Result<Done> FolderRegistry::replace(const std::string& file, std::string_view text) {
  const std::string beside = "." + file + std::string(kTemporary);
  TRY(write(beside, std::as_bytes(std::span(text))));
  TRY(folder_->rename(beside, file));
  return folder_->sync_names();
}

Result<Done> FolderRegistry::remove_leftovers(const Contents& contents) {
  for (const auto& file : contents.leftovers) TRY(folder_->remove(file));
  return kOk;
}

// The manifest goes first: a payload without one is left over, and the next publication removes it.
Result<Done> FolderRegistry::remove_old_versions(std::string_view name) {
  TRY_ASSIGN(const auto contents, this->contents());
  std::vector<int> versions;  // ascending
  for (const auto& [of, version] : contents.versions)
    if (of == name) versions.push_back(version);
  if (versions.size() <= kVersionsKept) return kOk;
  versions.resize(versions.size() - kVersionsKept);
  for (size_t alias = 0; alias < EnumNames<ModelAlias>::kNames.size(); ++alias) {
    TRY_ASSIGN(const int named, version_of(name, static_cast<ModelAlias>(alias)));
    std::erase(versions, named);
  }
  for (const int version : versions) {
    TRY(folder_->remove(version_file(name, version, kManifest)));
    TRY(folder_->remove(version_file(name, version, kPayload)));
  }
  return folder_->sync_names();
}

// The manifest is the last step: without it there is no version.
Result<ModelManifest> FolderRegistry::publish(const ModelDraft& draft, std::span<const std::byte> payload,
                                              TimePoint now) {
  TRY(check_name(draft.name));
  TRY_ASSIGN(const auto lock, folder_->lock(kLock));
  TRY_ASSIGN(const auto contents, this->contents());
  TRY(remove_leftovers(contents));
  ModelManifest manifest;
  static_cast<ModelDraft&>(manifest) = draft;
  manifest.version = 1;
  for (const auto& [name, version] : contents.versions)
    if (name == draft.name) manifest.version = std::max(manifest.version, version + 1);
  manifest.created_at = now;
  manifest.code_version = code_version();
  manifest.bytes = payload.size();
  manifest.sha256 = sha256_of(payload);
  TRY(write(version_file(draft.name, manifest.version, kPayload), payload));
  TRY(folder_->sync_names());
  TRY(replace(version_file(draft.name, manifest.version, kManifest), to_json_text(manifest) + "\n"));
  static_cast<void>(remove_old_versions(draft.name));  // it is published; the next one tries again
  return manifest;
}

Result<ModelManifest> FolderRegistry::read_manifest(std::string_view name, int version) const {
  TRY(check_name(name));
  const std::string file = version_file(name, version, kManifest);
  const auto bytes = read_file(file, kManifestBytesMax);
  if (!bytes.ok() && bytes.error().code == Code::kNotFound)
    return Error{Code::kNotFound, fmt::format("model {} has no version {}", name, version), where(file),
                 "one that `modiste models list` shows"};
  if (!bytes.ok()) return bytes.error();
  TRY_ASSIGN(auto manifest, read_contract<ModelManifest>(text_of(*bytes), where(file)));
  if (manifest.name != name || manifest.version != version)
    return Error{Code::kCorrupt,
                 fmt::format("the manifest is of model {} version {}", manifest.name, manifest.version),
                 where(file), fmt::format("{} version {}", name, version)};
  return manifest;
}

Result<StoredModel> FolderRegistry::read(std::string_view name, int version) const {
  TRY_ASSIGN(auto manifest, read_manifest(name, version));
  const std::string file = version_file(name, version, kPayload);
  auto payload = read_file(file, kPayloadBytesMax);
  if (!payload.ok() && payload.error().code == Code::kNotFound)
    return corrupt(manifest, "has no payload", where(file));
  if (!payload.ok()) return payload.error();
  if (payload->size() != manifest.bytes)
    return corrupt(manifest, fmt::format("has a payload of {} bytes", payload->size()), where(file));
  if (sha256_of(*payload) != manifest.sha256)
    return corrupt(manifest, "has a payload that does not match its manifest", where(file));
  return StoredModel{std::move(manifest), std::move(*payload)};
}

Result<std::vector<ModelEntry>> FolderRegistry::list() const {
  TRY_ASSIGN(const auto contents, this->contents());
  std::vector<ModelEntry> entries;
  for (const auto& [name, version] : contents.versions)
    entries.push_back({name, version, read_manifest(name, version)});
  return entries;
}

Result<Done> FolderRegistry::set_alias(std::string_view name, ModelAlias alias, int version, TimePoint now) {
  TRY(check_name(name));
  if (version != 0) TRY(read(name, version));
  TRY_ASSIGN(const auto lock, folder_->lock(kLock));
  return replace(alias_file(name, alias),
                 to_json_text(AliasFile{AliasFile::kFormatVersion, version, now}) + "\n");
}

Result<int> FolderRegistry::version_of(std::string_view name, ModelAlias alias) const {
  TRY(check_name(name));
  const std::string file = alias_file(name, alias);
  const auto bytes = read_file(file, kManifestBytesMax);
  if (!bytes.ok() && bytes.error().code == Code::kNotFound) return 0;
  if (!bytes.ok()) return bytes.error();
  TRY_ASSIGN(const auto read, read_contract<AliasFile>(text_of(*bytes), where(file)));
  return read.version;
}

Result<std::optional<StoredModel>> read_alias(const ModelRegistry& registry, std::string_view name,
                                              ModelAlias alias) {
  TRY_ASSIGN(const int version, registry.version_of(name, alias));
  if (version == 0) return std::optional<StoredModel>();
  TRY_ASSIGN(auto model, registry.read(name, version));
  return std::optional(std::move(model));
}

}  // namespace modiste
