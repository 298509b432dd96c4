#include "storage/sqlite/garment_rows.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <unordered_map>

namespace modiste {

namespace {

std::string text(const SQLite::Column& column) { return column.getString(); }

std::optional<double> optional_number(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return column.getDouble();
}

void bind_optional(SQLite::Statement& statement, int index, const std::optional<double>& value) {
  if (value)
    statement.bind(index, *value);
  else
    statement.bind(index);
}

Error damaged_row(std::string_view kind, const std::string& id, const Error& cause) {
  return {Code::kCorrupt,
          fmt::format("the stored {} of garment '{}' cannot be read: {}", kind, id, cause.message()),
          cause.where, ""};
}

// The whole garment as JSON without its variants, which have a table of their own. Refuses what could not be
// read back: one such row would make the whole catalog unreadable.
Result<std::string> encode_body(const Garment& garment) {
  json::value body = to_json(garment);
  std::string whole = serialize_json(body);
  TRY(from_json_text<Garment>(whole));
  body.as_object()["variants"] = json::array();
  return serialize_json(body);
}

void delete_variants(SqliteConnection& connection, std::string_view garment_id) {
  StatementUse remove(connection,
                      "DELETE FROM variants WHERE garment = (SELECT key FROM garments WHERE id = ?)");
  remove->bind(1, std::string(garment_id));
  remove.run();
}

int64_t write_body(SqliteConnection& connection, const Garment& garment, const std::string& body) {
  StatementUse upsert(connection,
                      "INSERT INTO garments (id, title, brand, category, body) VALUES (?, ?, ?, ?, ?)"
                      " ON CONFLICT (id) DO UPDATE SET title = excluded.title, brand = excluded.brand,"
                      " category = excluded.category, body = excluded.body RETURNING key");
  upsert->bind(1, garment.id);
  upsert->bind(2, garment.title);
  upsert->bind(3, garment.brand);
  upsert->bind(4, garment.category);
  upsert->bind(5, body);
  CHECK(upsert->executeStep());
  const int64_t key = upsert->getColumn(0).getInt64();
  while (upsert->executeStep()) {
  }
  return key;
}

void write_variant(SqliteConnection& connection, int64_t garment, int position, const Variant& variant) {
  StatementUse insert(connection,
                      "INSERT INTO variants (garment, position, sku, size, colour, price, list_price, margin,"
                      " stock) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  insert->bind(1, garment);
  insert->bind(2, position);
  insert->bind(3, variant.sku);
  insert->bind(4, variant.size);
  insert->bind(5, variant.colour);
  insert->bind(6, variant.price);
  bind_optional(*insert.operator->(), 7, variant.list_price);
  bind_optional(*insert.operator->(), 8, variant.margin);
  insert->bind(9, variant.stock);
  insert.run();
}

// Empty when the sku is free.
std::string owner_of_sku(SqliteConnection& connection, const std::string& sku) {
  StatementUse find(connection,
                    "SELECT garments.id FROM variants JOIN garments ON garments.key = variants.garment"
                    " WHERE sku = ?");
  find->bind(1, sku);
  return find->executeStep() ? text(find->getColumn(0)) : "";
}

Result<Done> write_garment(SqliteConnection& connection, const Garment& garment) {
  TRY_ASSIGN(const auto body, encode_body(garment));
  const int64_t key = write_body(connection, garment, body);
  for (size_t i = 0; i < garment.variants.size(); ++i) {
    const auto& variant = garment.variants[i];
    try {
      write_variant(connection, key, static_cast<int>(i), variant);
    } catch (const SQLite::Exception&) {
      const auto owner = owner_of_sku(connection, variant.sku);
      if (owner.empty()) throw;
      return Error{Code::kConflict, fmt::format("sku '{}' belongs to garment '{}'", variant.sku, owner),
                   fmt::format("/variants/{}/sku", i), "a sku that is unique in the shop"};
    }
  }
  return kOk;
}

std::vector<Variant> read_variants(SqliteConnection& connection, int64_t garment) {
  StatementUse select(connection,
                      "SELECT sku, size, colour, price, list_price, margin, stock FROM variants"
                      " WHERE garment = ? ORDER BY position");
  select->bind(1, garment);
  std::vector<Variant> variants;
  while (select->executeStep())
    variants.push_back({text(select->getColumn(0)), text(select->getColumn(1)), text(select->getColumn(2)),
                        select->getColumn(3).getDouble(), optional_number(select->getColumn(4)),
                        optional_number(select->getColumn(5)), select->getColumn(6).getInt()});
  return variants;
}

// Columns: key, id, body.
Result<Garment> garment_of_row(SqliteConnection& connection, SQLite::Statement& row) {
  auto garment = from_json_text<Garment>(row.getColumn(2).getString());
  if (!garment.ok()) return damaged_row("body", text(row.getColumn(1)), garment.error());
  garment->variants = read_variants(connection, row.getColumn(0).getInt64());
  return garment;
}

Result<Vector> decode_vector(const SQLite::Column& blob, int64_t dimension) {
  Vector vector(static_cast<size_t>(blob.getBytes()) / sizeof(float));
  if (dimension < 0 || static_cast<size_t>(blob.getBytes()) != static_cast<size_t>(dimension) * sizeof(float))
    return Error{Code::kCorrupt, fmt::format("{} bytes for {} numbers", blob.getBytes(), dimension), "", ""};
  if (!vector.empty()) std::memcpy(vector.data(), blob.getBlob(), vector.size() * sizeof(float));
  for (const float number : vector)
    if (!std::isfinite(number)) return Error{Code::kCorrupt, "a number of it is not finite", "", ""};
  return vector;
}

// Columns: garment id, colour, source_hash, dimension, vector, photo_attributes, palette.
Result<StoredEmbedding> embedding_of_row(SQLite::Statement& row) {
  StoredEmbedding embedding{text(row.getColumn(0)),
                            text(row.getColumn(1)),
                            std::bit_cast<uint64_t>(row.getColumn(2).getInt64()),
                            {},
                            {},
                            {}};
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
                      " photo_attributes, palette)"
                      " SELECT key, ?, ?, ?, ?, ?, ? FROM garments WHERE id = ?"
                      " ON CONFLICT (garment, colour) DO UPDATE SET source_hash = excluded.source_hash,"
                      " dimension = excluded.dimension, vector = excluded.vector,"
                      " photo_attributes = excluded.photo_attributes, palette = excluded.palette");
  upsert->bind(1, embedding.colour);
  upsert->bind(2, std::bit_cast<int64_t>(embedding.source_hash));
  upsert->bind(3, static_cast<int64_t>(embedding.vector.size()));
  // SQLite takes a null pointer for NULL, also when it is of no bytes.
  const void* bytes = embedding.vector.empty() ? "" : static_cast<const void*>(embedding.vector.data());
  upsert->bind(4, bytes, static_cast<int>(embedding.vector.size() * sizeof(float)));
  upsert->bind(5, to_json_text(embedding.photo_attributes));
  upsert->bind(6, to_json_text(embedding.palette));
  upsert->bind(7, embedding.garment_id);
  upsert.run();
}

}  // namespace

Result<Done> write_garments(SqliteConnection& connection, std::span<const Garment> garments) {
  // Of a garment that comes twice the last one counts. Skus may move between garments of one batch: all the
  // old variants leave before the first new one comes.
  std::unordered_map<std::string_view, const Garment*> last;
  for (const auto& garment : garments) {
    last[garment.id] = &garment;
    delete_variants(connection, garment.id);
  }
  for (const auto& garment : garments) {
    if (last[garment.id] != &garment) continue;
    auto written = write_garment(connection, garment);
    if (written.ok()) continue;
    Error error = std::move(written).error();
    error.what = fmt::format("garment '{}': {}", garment.id, error.what);
    return error;
  }
  return kOk;
}

Result<Done> delete_garment(SqliteConnection& connection, std::string_view garment_id) {
  StatementUse remove(connection, "DELETE FROM garments WHERE id = ?");
  remove->bind(1, std::string(garment_id));
  if (remove->exec() == 0) return Error{Code::kNotFound, fmt::format("no garment '{}'", garment_id), "", ""};
  return kOk;
}

Result<Garment> read_garment(SqliteConnection& connection, std::string_view garment_id) {
  StatementUse select(connection, "SELECT key, id, body FROM garments WHERE id = ?");
  select->bind(1, std::string(garment_id));
  if (!select->executeStep())
    return Error{Code::kNotFound, fmt::format("no garment '{}'", garment_id), "", ""};
  return garment_of_row(connection, *select.operator->());
}

Result<Done> read_garments(SqliteConnection& connection,
                           const std::function<Result<Done>(Garment&&)>& visit) {
  StatementUse select(connection, "SELECT key, id, body FROM garments ORDER BY id");
  while (select->executeStep()) {
    TRY_ASSIGN(auto garment, garment_of_row(connection, *select.operator->()));
    TRY(visit(std::move(garment)));
  }
  return kOk;
}

void write_embeddings(SqliteConnection& connection, std::span<const StoredEmbedding> embeddings) {
  for (const auto& embedding : embeddings) write_embedding(connection, embedding);
}

Result<Done> read_embeddings(SqliteConnection& connection,
                             const std::function<Result<Done>(StoredEmbedding&&)>& visit) {
  StatementUse select(connection,
                      "SELECT id, colour, source_hash, dimension, vector, photo_attributes, palette"
                      " FROM embeddings JOIN garments ON garments.key = embeddings.garment"
                      " ORDER BY embeddings.garment, colour");
  while (select->executeStep()) {
    TRY_ASSIGN(auto embedding, embedding_of_row(*select.operator->()));
    TRY(visit(std::move(embedding)));
  }
  return kOk;
}

}  // namespace modiste
