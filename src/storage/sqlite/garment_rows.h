// Garments and embeddings as rows. Internal to storage/sqlite; SQLiteCpp's exceptions pass through.
#pragma once

#include "catalog/garment_store.h"
#include "storage/sqlite/connection.h"

namespace modiste {

// Replaces what is stored under the same id. kInvalid: cannot be read back; kConflict: a sku of another
// garment.
Result<Done> write_garments(SqliteConnection& connection, std::span<const Garment> garments);
// Kept, but neither read_garment() nor read_garments() finds it.
Result<Done> retire_garment(SqliteConnection& connection, std::string_view garment_id);
Result<Garment> read_garment(SqliteConnection& connection, std::string_view garment_id);
Result<Done> read_garments(SqliteConnection& connection, const std::function<Result<Done>(Garment&&)>& visit);
// changes: only of garments that changed after StoreMark::changes was that.
inline constexpr int64_t kAllChanges = -1;
StoreMark read_mark(SqliteConnection& connection);
Result<Done> read_versions(SqliteConnection& connection, int64_t changes,
                           const std::function<Result<Done>(GarmentVersion&&)>& visit);

// Those of garments that are not stored are left out.
void write_embeddings(SqliteConnection& connection, std::span<const StoredEmbedding> embeddings);
Result<Done> read_embeddings(SqliteConnection& connection, int64_t changes,
                             const std::function<Result<Done>(StoredEmbedding&&)>& visit);

// Those of garments that are not stored are left out; a garment without conflicts has no row.
void write_conflicts(SqliteConnection& connection, std::span<const GarmentConflicts> conflicts);
Result<Done> read_conflicts(SqliteConnection& connection,
                            const std::function<Result<Done>(GarmentConflicts&&)>& visit);

void write_outfit(SqliteConnection& connection, const ShopOutfit& outfit);
// kNotFound.
Result<Done> delete_outfit(SqliteConnection& connection, std::string_view id);
Result<Done> read_outfits(SqliteConnection& connection,
                          const std::function<Result<Done>(ShopOutfit&&)>& visit);

// kCorrupt: what a row of this garment or outfit holds cannot be read, and why.
[[nodiscard]] Error damaged_row(std::string_view kind, const std::string& id, const Error& cause);

}  // namespace modiste
