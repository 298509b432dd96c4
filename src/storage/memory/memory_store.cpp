#include "storage/memory/memory_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <unordered_map>

#include "base/mutex.h"
#include "catalog/catalog.h"
#include "identity/subject_id.h"

namespace modiste {

namespace {

Error not_found(std::string_view kind, std::string_view name) {
  return {Code::kNotFound, fmt::format("no {} '{}'", kind, name), "", ""};
}

// Of this process only: nothing of a memory store outlives it.
std::string next_store_name() {
  static std::atomic<uint64_t> stores{0};
  return fmt::format("memory-{}", ++stores);
}

}  // namespace

// A put of one garment costs a pass over all skus: this store is for thousands of garments, not millions.
Result<Done> MemoryStore::check_skus(const Garments& garments, std::span<const Garment> changed) {
  std::unordered_map<std::string_view, std::string_view> owners;
  const auto take = [&](const Garment& garment) -> Result<Done> {
    for (size_t i = 0; i < garment.variants.size(); ++i) {
      const auto [owner, free] = owners.emplace(garment.variants[i].sku, garment.id);
      if (!free)
        return Error{Code::kConflict,
                     fmt::format("garment '{}': sku '{}' belongs to garment '{}'", garment.id, owner->first,
                                 owner->second),
                     fmt::format("/variants/{}/sku", i), "a sku that is unique in the shop"};
    }
    return kOk;
  };
  std::map<std::string_view, bool> is_changed;
  for (const auto& garment : changed) is_changed[garment.id] = true;
  for (const auto& [id, garment] : garments)
    if (!is_changed.contains(id)) TRY(take(garment));
  for (const auto& [id, unused] : is_changed) TRY(take(garments.find(id)->second));
  return kOk;
}

MemoryStore::MemoryStore(uint64_t seed) : name_(next_store_name()), rng_(seed) {}

void MemoryStore::note_change(std::string_view garment_id) {
  changed_.insert_or_assign(std::string(garment_id), ++changes_);
}

Result<Done> MemoryStore::put(std::span<const Garment> garments) {
  for (const auto& garment : garments) {
    TRY(validate(garment));
    TRY(from_json_text<Garment>(to_json_text(garment)));  // as in a store that must read it back
  }
  const MutexLock lock(mutex_);
  Garments changed = garments_;
  for (const auto& garment : garments) changed.insert_or_assign(garment.id, garment);
  TRY(check_skus(changed, garments));
  for (const auto& garment : garments) keep_dropped_colours(changed.find(garment.id)->second);
  garments_ = std::move(changed);
  for (const auto& garment : garments) note_change(garment.id);
  return kOk;
}

// Before a garment is replaced: what it was stays with the colours that the new version lacks.
void MemoryStore::keep_dropped_colours(const Garment& next) {
  const auto staying = colours_of(next);
  const auto stays = [&](const std::string& colour) {
    return std::find(staying.begin(), staying.end(), colour) != staying.end();
  };
  auto& dropped = dropped_[next.id];
  const auto sold = garments_.find(next.id);
  const auto removed = removed_.find(next.id);
  if (sold != garments_.end() || removed != removed_.end()) {
    const Garment& last = sold != garments_.end() ? sold->second : removed->second;
    for (const auto& colour : colours_of(last)) {
      std::erase_if(dropped, [&](const DroppedColour& one) { return one.colour == colour; });
      dropped.push_back({colour, last});
    }
  }
  std::erase_if(dropped, [&](const DroppedColour& one) { return stays(one.colour); });
  removed_.erase(next.id);
}

Result<Done> MemoryStore::remove(std::string_view garment_id) {
  const MutexLock lock(mutex_);
  const auto found = garments_.find(garment_id);
  if (found == garments_.end()) return not_found("garment", garment_id);
  note_change(garment_id);
  removed_.insert(garments_.extract(found));
  return kOk;
}

Result<Garment> MemoryStore::get(std::string_view garment_id) const {
  const MutexLock lock(mutex_);
  const auto found = garments_.find(garment_id);
  if (found == garments_.end()) return not_found("garment", garment_id);
  return found->second;
}

Result<Done> MemoryStore::for_each(const std::function<Result<Done>(Garment&&)>& visit) const {
  Garments all;
  {
    const MutexLock lock(mutex_);
    all = garments_;
  }
  for (auto& [id, garment] : all) TRY(visit(std::move(garment)));
  return kOk;
}

Result<Done> MemoryStore::for_each_version(const std::function<Result<Done>(GarmentVersion&&)>& visit) const {
  return visit_versions(std::nullopt, visit);
}

Result<StoreMark> MemoryStore::mark() const {
  const MutexLock lock(mutex_);
  return StoreMark{name_, changes_};
}

Result<Done> MemoryStore::for_each_version_since(
    uint64_t changes, const std::function<Result<Done>(GarmentVersion&&)>& visit) const {
  return visit_versions(changes, visit);
}

Result<Done> MemoryStore::for_each_embedding_since(
    uint64_t changes, const std::function<Result<Done>(StoredEmbedding&&)>& visit) const {
  return visit_embeddings(changes, visit);
}

Result<Done> MemoryStore::visit_versions(std::optional<uint64_t> since,
                                         const std::function<Result<Done>(GarmentVersion&&)>& visit) const {
  std::map<std::string, std::vector<GarmentVersion>> all;
  {
    const MutexLock lock(mutex_);
    for (const auto& [id, dropped] : dropped_)
      for (const auto& one : dropped) all[id].push_back({one.last, false});
    for (const auto& [id, garment] : removed_) all[id].push_back({garment, false});
    for (const auto& [id, garment] : garments_) all[id].push_back({garment, true});
    std::erase_if(all, [&](const auto& one)
                           REQUIRES(mutex_) { return since && changed_.find(one.first)->second <= *since; });
  }
  for (auto& [id, versions] : all)
    for (auto& version : versions) TRY(visit(std::move(version)));
  return kOk;
}

Result<Done> MemoryStore::put_embeddings(std::span<const StoredEmbedding> embeddings) {
  const MutexLock lock(mutex_);
  for (const auto& embedding : embeddings)
    if (garments_.contains(embedding.garment_id) || removed_.contains(embedding.garment_id)) {
      note_change(embedding.garment_id);
      embeddings_.insert_or_assign({embedding.garment_id, embedding.colour}, embedding);
    }
  return kOk;
}

Result<Done> MemoryStore::for_each_embedding(
    const std::function<Result<Done>(StoredEmbedding&&)>& visit) const {
  return visit_embeddings(std::nullopt, visit);
}

Result<Done> MemoryStore::visit_embeddings(
    std::optional<uint64_t> since, const std::function<Result<Done>(StoredEmbedding&&)>& visit) const {
  std::map<EmbeddingKey, StoredEmbedding> all;
  {
    const MutexLock lock(mutex_);
    all = embeddings_;
    std::erase_if(all, [&](const auto& one) REQUIRES(mutex_) {
      return since && changed_.find(one.first.first)->second <= *since;
    });
  }
  for (auto& [key, embedding] : all) TRY(visit(std::move(embedding)));
  return kOk;
}

Result<Done> MemoryStore::put_conflicts(std::span<const GarmentConflicts> conflicts) {
  const MutexLock lock(mutex_);
  for (const auto& one : conflicts) {
    conflicts_.erase(one.garment_id);
    if (!one.conflicts.empty() && (garments_.contains(one.garment_id) || removed_.contains(one.garment_id)))
      conflicts_.emplace(one.garment_id, one);
  }
  return kOk;
}

Result<Done> MemoryStore::put_whole(std::span<const Garment> garments,
                                    std::span<const StoredEmbedding> embeddings,
                                    std::span<const GarmentConflicts> conflicts) {
  TRY(put(garments));  // the only one of them that refuses
  TRY(put_embeddings(embeddings));
  return put_conflicts(conflicts);
}

Result<Done> MemoryStore::for_each_conflicts(
    const std::function<Result<Done>(GarmentConflicts&&)>& visit) const {
  std::map<std::string, GarmentConflicts, std::less<>> all;
  {
    const MutexLock lock(mutex_);
    all = conflicts_;
  }
  for (auto& [id, conflicts] : all) TRY(visit(std::move(conflicts)));
  return kOk;
}

Result<Done> MemoryStore::put_outfit(const ShopOutfit& outfit) {
  const MutexLock lock(mutex_);
  outfits_.insert_or_assign(outfit.id, outfit);
  return kOk;
}

Result<Done> MemoryStore::remove_outfit(std::string_view id) {
  const MutexLock lock(mutex_);
  const auto known = outfits_.find(id);
  if (known == outfits_.end()) return Error{Code::kNotFound, fmt::format("no outfit '{}'", id), "", ""};
  outfits_.erase(known);
  return kOk;
}

Result<Done> MemoryStore::for_each_outfit(const std::function<Result<Done>(ShopOutfit&&)>& visit) const {
  std::map<std::string, ShopOutfit, std::less<>> all;
  {
    const MutexLock lock(mutex_);
    all = outfits_;
  }
  for (auto& [id, outfit] : all) TRY(visit(std::move(outfit)));
  return kOk;
}

Result<std::vector<std::string>> MemoryStore::subjects(std::span<const Identifier> identifiers) {
  const MutexLock lock(mutex_);
  std::vector<std::string> subjects;
  for (const auto& identifier : identifiers) {
    auto& subject = subjects_[identifier];
    if (subject.empty()) {
      std::array<std::byte, kSubjectBytes> random{};
      for (auto& byte : random) byte = static_cast<std::byte>(rng_.next());
      subject = subject_id(random);
      identifiers_.emplace(subject, identifier);
    }
    subjects.push_back(subject);
  }
  return subjects;
}

Result<std::string> MemoryStore::find(const Identifier& identifier) const {
  const MutexLock lock(mutex_);
  const auto found = subjects_.find(identifier);
  if (found == subjects_.end()) return unknown_identifier();
  return found->second;
}

Result<std::vector<std::optional<Identifier>>> MemoryStore::identifiers(
    std::span<const std::string> subjects) const {
  const MutexLock lock(mutex_);
  std::vector<std::optional<Identifier>> identifiers;
  for (const auto& subject : subjects) {
    const auto found = identifiers_.find(subject);
    identifiers.push_back(found == identifiers_.end() ? std::nullopt : std::optional(found->second));
  }
  return identifiers;
}

Result<std::vector<std::string>> MemoryStore::erase(std::span<const Identifier> identifiers) {
  const MutexLock lock(mutex_);
  std::vector<std::string> erased;
  for (const auto& identifier : identifiers) {
    auto mapping = subjects_.extract(identifier);
    if (mapping.empty()) continue;
    identifiers_.erase(mapping.mapped());
    erased.push_back(std::move(mapping.mapped()));
  }
  return erased;
}

}  // namespace modiste
