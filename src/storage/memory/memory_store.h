// Garments, embeddings, subjects, dead letters and look pools in memory, for simulation and tests: as
// SqliteStore, without disk.
//
// Threads: any. A visitor may call other methods; it sees the state from before its own writes.
#pragma once

#include <map>

#include "base/mutex.h"
#include "base/rng.h"
#include "catalog/garment_store.h"
#include "identity/subject_store.h"
#include "ingest/dead_letters.h"
#include "lookbook/look_store.h"

namespace modiste {

class MemoryStore final : public GarmentStore, public SubjectStore, public DeadLetters, public LookStore {
 public:
  // Subjects are drawn from the seed: repeatable, and therefore not for real shoppers.
  explicit MemoryStore(uint64_t seed = 1);

  Result<Done> put(std::span<const Garment> garments) override;
  Result<Done> remove(std::string_view garment_id) override;
  Result<Garment> get(std::string_view garment_id) const override;
  Result<Done> for_each(const std::function<Result<Done>(Garment&&)>& visit) const override;
  Result<Done> for_each_version(const std::function<Result<Done>(GarmentVersion&&)>& visit) const override;
  Result<Done> put_embeddings(std::span<const StoredEmbedding> embeddings) override;
  Result<Done> for_each_embedding(const std::function<Result<Done>(StoredEmbedding&&)>& visit) const override;
  Result<StoreMark> mark() const override;
  Result<Done> for_each_version_since(
      uint64_t changes, const std::function<Result<Done>(GarmentVersion&&)>& visit) const override;
  Result<Done> for_each_embedding_since(
      uint64_t changes, const std::function<Result<Done>(StoredEmbedding&&)>& visit) const override;
  Result<Done> put_conflicts(std::span<const GarmentConflicts> conflicts) override;
  Result<Done> put_whole(std::span<const Garment> garments, std::span<const StoredEmbedding> embeddings,
                         std::span<const GarmentConflicts> conflicts) override;
  Result<Done> for_each_conflicts(
      const std::function<Result<Done>(GarmentConflicts&&)>& visit) const override;
  Result<Done> put_outfit(const ShopOutfit& outfit) override;
  Result<Done> remove_outfit(std::string_view id) override;
  Result<Done> for_each_outfit(const std::function<Result<Done>(ShopOutfit&&)>& visit) const override;

  Result<std::vector<std::string>> subjects(std::span<const Identifier> identifiers) override;
  Result<std::string> find(const Identifier& identifier) const override;
  Result<std::vector<std::optional<Identifier>>> identifiers(
      std::span<const std::string> subjects) const override;
  Result<std::vector<std::string>> erase(std::span<const Identifier> identifiers) override;

  Result<std::vector<int64_t>> put_letters(std::span<const DeadLetter> letters,
                                           const DeadLetterLimits& limits) override;
  Result<std::vector<DeadLetter>> letters(const LetterQuery& query) const override;
  Result<DeadLetter> letter(int64_t id) const override;
  Result<Done> replace_letter(const DeadLetter& letter) override;
  Result<Done> remove_letter(int64_t id) override;
  Result<LetterCount> count_letters() const override;
  Result<size_t> erase_letters(std::span<const std::string> identifiers) override;

  Result<Done> put_pools(std::span<const lookbook::LookPool> pools) override;
  [[nodiscard]] Result<std::vector<lookbook::LookPool>> pools() const override;
  Result<size_t> drop_expired_pools(TimePoint now) override;

 private:
  using Garments = std::map<std::string, Garment, std::less<>>;
  using EmbeddingKey = std::pair<std::string, std::string>;  // garment, colour
  struct DroppedColour {
    std::string colour;
    Garment last;  // as it was with it
  };

  static Result<Done> check_skus(const Garments& garments, std::span<const Garment> changed);

  void keep_dropped_colours(const Garment& next) REQUIRES(mutex_);
  Result<Done> visit_versions(std::optional<uint64_t> since,
                              const std::function<Result<Done>(GarmentVersion&&)>& visit) const;
  Result<Done> visit_embeddings(std::optional<uint64_t> since,
                                const std::function<Result<Done>(StoredEmbedding&&)>& visit) const;
  void note_change(std::string_view garment_id) REQUIRES(mutex_);

  const std::string name_;
  mutable Mutex mutex_;
  uint64_t changes_ GUARDED_BY(mutex_) = 0;
  std::map<std::string, uint64_t, std::less<>> changed_ GUARDED_BY(mutex_);  // by garment: its last change
  Rng rng_ GUARDED_BY(mutex_);
  Garments garments_ GUARDED_BY(mutex_), removed_ GUARDED_BY(mutex_);  // sold, and no longer
  std::map<std::string, std::vector<DroppedColour>, std::less<>> dropped_
      GUARDED_BY(mutex_);  // by garment, oldest first
  std::map<int64_t, DeadLetter> letters_ GUARDED_BY(mutex_);
  std::map<std::string, lookbook::LookPool, std::less<>> pools_ GUARDED_BY(mutex_);
  int64_t letters_put_ GUARDED_BY(mutex_) = 0, letters_dropped_ GUARDED_BY(mutex_) = 0;
  std::map<EmbeddingKey, StoredEmbedding> embeddings_ GUARDED_BY(mutex_);
  std::map<std::string, GarmentConflicts, std::less<>> conflicts_ GUARDED_BY(mutex_);
  std::map<std::string, ShopOutfit, std::less<>> outfits_ GUARDED_BY(mutex_);
  std::map<Identifier, std::string> subjects_ GUARDED_BY(mutex_);
  std::map<std::string, Identifier> identifiers_ GUARDED_BY(mutex_);  // the other way
};

}  // namespace modiste
