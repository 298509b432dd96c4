// Embeddings as rows (storage/sqlite/garment_rows.h).
#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>

#include "storage/sqlite/garment_rows.h"

namespace modiste {
namespace {

Result<Vector> decode_vector(const SQLite::Column& blob, int64_t dimension) {
  Vector vector(static_cast<size_t>(blob.getBytes()) / sizeof(float));
  if (dimension < 0 || static_cast<size_t>(blob.getBytes()) != static_cast<size_t>(dimension) * sizeof(float))
    return Error{Code::kCorrupt, fmt::format("{} bytes for {} numbers", blob.getBytes(), dimension), "", ""};
  if (!vector.empty()) std::memcpy(vector.data(), blob.getBlob(), vector.size() * sizeof(float));
  for (const float number : vector)
    if (!std::isfinite(number)) return Error{Code::kCorrupt, "a number of it is not finite", "", ""};
  return vector;
}

// Columns: garment id, colour, source_hash, dimension, vector, photo_attributes, palette, encoder.
Result<StoredEmbedding> embedding_of_row(SQLite::Statement& row) {
  StoredEmbedding embedding{row.getColumn(0).getString(),
                            row.getColumn(1).getString(),
                            std::bit_cast<uint64_t>(row.getColumn(2).getInt64()),
                            {},
                            {},
                            {},
                            row.getColumn(7).getString()};
  auto vector = decode_vector(row.getColumn(4), row.getColumn(3).getInt64());
  if (!vector.ok()) return damaged_row("vector", embedding.garment_id, vector.error());
  auto attributes = from_json_text<std::vector<Attribute>>(row.getColumn(5).getString());
  if (!attributes.ok()) return damaged_row("photo attributes", embedding.garment_id, attributes.error());
  auto palette = from_json_text<std::vector<std::string>>(row.getColumn(6).getString());
  if (!palette.ok()) return damaged_row("palette", embedding.garment_id, palette.error());
  embedding.vector = std::move(vector).value();
  embedding.photo_attributes = std::move(attributes).value();
  embedding.palette = std::move(palette).value();
  return embedding;
}

void write_embedding(SqliteConnection& connection, const StoredEmbedding& embedding) {
  StatementUse upsert(connection,
                      "INSERT INTO embeddings (garment, colour, source_hash, dimension, vector,"
                      " photo_attributes, palette, encoder)"
                      " SELECT key, ?, ?, ?, ?, ?, ?, ? FROM garments WHERE id = ?"
                      " ON CONFLICT (garment, colour) DO UPDATE SET source_hash = excluded.source_hash,"
                      " dimension = excluded.dimension, vector = excluded.vector,"
                      " photo_attributes = excluded.photo_attributes, palette = excluded.palette,"
                      " encoder = excluded.encoder");
  upsert->bind(1, embedding.colour);
  upsert->bind(2, std::bit_cast<int64_t>(embedding.source_hash));
  upsert->bind(3, static_cast<int64_t>(embedding.vector.size()));
  // SQLite takes a null pointer for NULL, also when it is of no bytes.
  const void* bytes = embedding.vector.empty() ? "" : static_cast<const void*>(embedding.vector.data());
  upsert->bind(4, bytes, static_cast<int>(embedding.vector.size() * sizeof(float)));
  upsert->bind(5, to_json_text(embedding.photo_attributes));
  upsert->bind(6, to_json_text(embedding.palette));
  upsert->bind(7, embedding.encoder);
  upsert->bind(8, embedding.garment_id);
  upsert.run();
}

}  // namespace

void write_embeddings(SqliteConnection& connection, std::span<const StoredEmbedding> embeddings) {
  for (const auto& embedding : embeddings) {
    write_embedding(connection, embedding);
    StatementUse note(connection,
                      "UPDATE garments SET changed = (SELECT max(changed) + 1 FROM garments) WHERE id = ?");
    note->bind(1, embedding.garment_id);
    note.run();
  }
}

Result<Done> read_embeddings(SqliteConnection& connection, int64_t changes,
                             const std::function<Result<Done>(StoredEmbedding&&)>& visit) {
  // As read_versions(). The colours of a garment come in their order by the index that keeps them unique.
  StatementUse select(
      connection,
      changes > 0 ? "SELECT id, colour, source_hash, dimension, vector, photo_attributes, palette, encoder"
                    " FROM (SELECT key, id FROM garments INDEXED BY garments_by_change"
                    " WHERE changed > ? ORDER BY key LIMIT -1) AS since"
                    " CROSS JOIN embeddings ON embeddings.garment = since.key"
                  : "SELECT id, colour, source_hash, dimension, vector, photo_attributes, palette, encoder"
                    " FROM embeddings JOIN garments ON garments.key = embeddings.garment"
                    " WHERE changed > ? ORDER BY embeddings.garment, colour");
  select->bind(1, changes);
  while (select->executeStep()) {
    TRY_ASSIGN(auto embedding, embedding_of_row(*select.operator->()));
    TRY(visit(std::move(embedding)));
  }
  return kOk;
}

}  // namespace modiste
