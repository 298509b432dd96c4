#include "storage/sqlite/garment_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "catalog/catalog.h"

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

// The whole garment as JSON without its variants, which have a table of their own. Refuses what could not be
// read back: one such row would make the whole catalog unreadable.
Result<std::string> encode_body(const Garment& garment) {
  json::value body = to_json(garment);
  std::string whole = serialize_json(body);
  TRY(from_json_text<Garment>(whole));
  body.as_object()["variants"] = json::array();
  return serialize_json(body);
}

// Of what is no longer sold: with the variants, whose rows are gone.
std::string encode_past(const Garment& garment) { return serialize_json(to_json(garment)); }

void delete_variants(SqliteConnection& connection, std::string_view garment_id) {
  StatementUse remove(connection,
                      "DELETE FROM variants WHERE garment = (SELECT key FROM garments WHERE id = ?)");
  remove->bind(1, std::string(garment_id));
  remove.run();
}

int64_t write_body(SqliteConnection& connection, const Garment& garment, const std::string& body) {
  StatementUse upsert(connection,
                      "INSERT INTO garments (id, title, brand, category, body, changed)"
                      " VALUES (?, ?, ?, ?, ?, (SELECT ifnull(max(changed), 0) + 1 FROM garments))"
                      " ON CONFLICT (id) DO UPDATE SET title = excluded.title, brand = excluded.brand,"
                      " category = excluded.category, body = excluded.body, changed = excluded.changed,"
                      " removed_at = NULL RETURNING key");
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

void forget_dropped_colours(SqliteConnection& connection, int64_t garment) {
  StatementUse remove(connection,
                      "DELETE FROM dropped_colours WHERE garment = ?1"
                      " AND colour IN (SELECT colour FROM variants WHERE garment = ?1)");
  remove->bind(1, garment);
  remove.run();
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
  forget_dropped_colours(connection, key);
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
Result<Garment> body_of_row(SQLite::Statement& row) {
  auto garment = from_json_text<Garment>(row.getColumn(2).getString());
  if (!garment.ok()) return damaged_row("body", text(row.getColumn(1)), garment.error());
  return garment;
}

// The same, of a garment that is sold.
Result<Garment> garment_of_row(SqliteConnection& connection, SQLite::Statement& row) {
  TRY_ASSIGN(auto garment, body_of_row(row));
  garment.variants = read_variants(connection, row.getColumn(0).getInt64());
  return garment;
}

// Columns: key, id, body, whether it is removed.
Result<GarmentVersion> version_of_row(SqliteConnection& connection, SQLite::Statement& row) {
  const bool removed = row.getColumn(3).getInt() != 0;
  TRY_ASSIGN(auto garment, removed ? body_of_row(row) : garment_of_row(connection, row));
  return GarmentVersion{std::move(garment), !removed};
}

void drop_colour(SqliteConnection& connection, int64_t garment, const std::string& colour,
                 const std::string& body) {
  StatementUse insert(connection,
                      "INSERT OR REPLACE INTO dropped_colours (garment, colour, body) VALUES (?, ?, ?)");
  insert->bind(1, garment);
  insert->bind(2, colour);
  insert->bind(3, body);
  insert.run();
}

// What is stored under the garment's id, with its key; empty when nothing is.
Result<std::optional<std::pair<int64_t, GarmentVersion>>> find_version(SqliteConnection& connection,
                                                                       const std::string& garment_id) {
  using Found = std::optional<std::pair<int64_t, GarmentVersion>>;
  StatementUse select(connection, "SELECT key, id, body, removed_at IS NOT NULL FROM garments WHERE id = ?");
  select->bind(1, garment_id);
  if (!select->executeStep()) return Found();
  TRY_ASSIGN(auto version, version_of_row(connection, *select.operator->()));
  return Found({select->getColumn(0).getInt64(), std::move(version)});
}

// Whether a colour of the garment that is stored under the id may be missing among these. Nearly always not:
// a put then need not read what it replaces.
bool may_drop_colours(SqliteConnection& connection, const std::string& garment_id,
                      const std::vector<std::string>& staying) {
  StatementUse select(connection,
                      "SELECT removed_at IS NOT NULL OR EXISTS (SELECT 1 FROM variants WHERE garment = key"
                      " AND colour NOT IN (SELECT value FROM json_each(?))) FROM garments WHERE id = ?");
  select->bind(1, to_json_text(staying));
  select->bind(2, garment_id);
  return select->executeStep() && select->getColumn(0).getInt() != 0;
}

// Before a garment is replaced: what it was stays with the colours that the new version lacks.
Result<Done> keep_dropped_colours(SqliteConnection& connection, const Garment& next) {
  const auto staying = colours_of(next);
  if (!may_drop_colours(connection, next.id, staying)) return kOk;
  TRY_ASSIGN(const auto known, find_version(connection, next.id));
  if (!known) return kOk;
  const auto& [key, last] = *known;
  for (const auto& colour : colours_of(last.garment))
    if (std::find(staying.begin(), staying.end(), colour) == staying.end())
      drop_colour(connection, key, colour, encode_past(last.garment));
  return kOk;
}

Result<Done> read_dropped_colours(SqliteConnection& connection, int64_t garment,
                                  const std::function<Result<Done>(GarmentVersion&&)>& visit) {
  StatementUse select(connection,
                      "SELECT garment, colour, body FROM dropped_colours WHERE garment = ? ORDER BY key");
  select->bind(1, garment);
  while (select->executeStep()) {
    TRY_ASSIGN(auto past, body_of_row(*select.operator->()));
    TRY(visit({std::move(past), false}));
  }
  return kOk;
}

}  // namespace

Error damaged_row(std::string_view kind, const std::string& id, const Error& cause) {
  return {Code::kCorrupt,
          fmt::format("the stored {} of garment '{}' cannot be read: {}", kind, id, cause.message()),
          cause.where, ""};
}

Result<Done> write_garments(SqliteConnection& connection, std::span<const Garment> garments) {
  // Of a garment that comes twice the last one counts. Skus may move between garments of one batch: all the
  // old variants leave before the first new one comes.
  std::unordered_map<std::string_view, const Garment*> last;
  for (const auto& garment : garments) last[garment.id] = &garment;
  for (const auto& garment : garments) {
    if (last[garment.id] != &garment) continue;
    TRY(keep_dropped_colours(connection, garment));
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

Result<Done> retire_garment(SqliteConnection& connection, std::string_view garment_id) {
  TRY_ASSIGN(const auto garment, read_garment(connection, garment_id));
  delete_variants(connection, garment_id);
  StatementUse retire(connection,
                      "UPDATE garments SET removed_at = CURRENT_TIMESTAMP, body = ?,"
                      " changed = (SELECT max(changed) + 1 FROM garments) WHERE id = ?");
  retire->bind(1, encode_past(garment));
  retire->bind(2, std::string(garment_id));
  retire.run();
  return kOk;
}

Result<Garment> read_garment(SqliteConnection& connection, std::string_view garment_id) {
  StatementUse select(connection, "SELECT key, id, body FROM garments WHERE id = ? AND removed_at IS NULL");
  select->bind(1, std::string(garment_id));
  if (!select->executeStep())
    return Error{Code::kNotFound, fmt::format("no garment '{}'", garment_id), "?id",
                 "an id from GET /v1/garments"};
  return garment_of_row(connection, *select.operator->());
}

Result<Done> read_garments(SqliteConnection& connection,
                           const std::function<Result<Done>(Garment&&)>& visit) {
  StatementUse select(connection, "SELECT key, id, body FROM garments WHERE removed_at IS NULL ORDER BY id");
  while (select->executeStep()) {
    TRY_ASSIGN(auto garment, garment_of_row(connection, *select.operator->()));
    TRY(visit(std::move(garment)));
  }
  return kOk;
}

StoreMark read_mark(SqliteConnection& connection) {
  StatementUse select(connection,
                      "SELECT (SELECT value FROM meta WHERE key = 'store'),"
                      " (SELECT ifnull(max(changed), 0) FROM garments)");
  CHECK(select->executeStep());
  return {text(select->getColumn(0)), static_cast<uint64_t>(select->getColumn(1).getInt64())};
}

Result<Done> read_versions(SqliteConnection& connection, int64_t changes,
                           const std::function<Result<Done>(GarmentVersion&&)>& visit) {
  // SQLite would read every garment in the order of the ids. What changed since is found by its index, and
  // keys and ids are sorted, without the bodies: all garments may have changed. LIMIT -1 keeps that order.
  StatementUse select(connection, changes > 0
                                      ? "SELECT since.key, since.id, body, removed_at IS NOT NULL,"
                                        " EXISTS (SELECT 1 FROM dropped_colours WHERE garment = since.key)"
                                        " FROM (SELECT key, id FROM garments INDEXED BY garments_by_change"
                                        " WHERE changed > ? ORDER BY id LIMIT -1) AS since"
                                        " CROSS JOIN garments ON garments.key = since.key"
                                      : "SELECT key, id, body, removed_at IS NOT NULL,"
                                        " EXISTS (SELECT 1 FROM dropped_colours WHERE garment = garments.key)"
                                        " FROM garments WHERE changed > ? ORDER BY id");
  select->bind(1, changes);
  while (select->executeStep()) {
    if (select->getColumn(4).getInt() != 0)
      TRY(read_dropped_colours(connection, select->getColumn(0).getInt64(), visit));
    TRY_ASSIGN(auto version, version_of_row(connection, *select.operator->()));
    TRY(visit(std::move(version)));
  }
  return kOk;
}

void write_conflicts(SqliteConnection& connection, std::span<const GarmentConflicts> conflicts) {
  for (const auto& one : conflicts) {
    StatementUse remove(
        connection, "DELETE FROM photo_conflicts WHERE garment = (SELECT key FROM garments WHERE id = ?)");
    remove->bind(1, one.garment_id);
    remove.run();
    if (one.conflicts.empty()) continue;
    StatementUse insert(connection,
                        "INSERT INTO photo_conflicts (garment, conflicts) SELECT key, ? FROM garments"
                        " WHERE id = ?");
    insert->bind(1, to_json_text(one.conflicts));
    insert->bind(2, one.garment_id);
    insert.run();
  }
}

Result<Done> read_conflicts(SqliteConnection& connection,
                            const std::function<Result<Done>(GarmentConflicts&&)>& visit) {
  StatementUse select(
      connection,
      "SELECT id, conflicts FROM photo_conflicts CROSS JOIN garments ON garments.key = garment"
      " ORDER BY id");
  while (select->executeStep()) {
    std::string garment_id = text(select->getColumn(0));
    auto conflicts = from_json_text<std::vector<PhotoConflict>>(select->getColumn(1).getString());
    if (!conflicts.ok()) return damaged_row("conflicts", garment_id, conflicts.error());
    TRY(visit({std::move(garment_id), std::move(conflicts).value()}));
  }
  return kOk;
}

void write_outfit(SqliteConnection& connection, const ShopOutfit& outfit) {
  StatementUse put(connection, "INSERT OR REPLACE INTO shop_outfits (id, body) VALUES (?, ?)");
  put->bind(1, outfit.id);
  put->bind(2, to_json_text(outfit));
  put.run();
}

Result<Done> delete_outfit(SqliteConnection& connection, std::string_view id) {
  StatementUse remove(connection, "DELETE FROM shop_outfits WHERE id = ? RETURNING 1");
  remove->bind(1, std::string(id));
  if (remove->executeStep()) return kOk;
  return Error{Code::kNotFound, fmt::format("no outfit '{}'", id), "", ""};
}

Result<Done> read_outfits(SqliteConnection& connection,
                          const std::function<Result<Done>(ShopOutfit&&)>& visit) {
  StatementUse select(connection, "SELECT id, body FROM shop_outfits ORDER BY id");
  while (select->executeStep()) {
    auto outfit = from_json_text<ShopOutfit>(select->getColumn(1).getString());
    if (!outfit.ok()) return damaged_row("outfit", text(select->getColumn(0)), outfit.error());
    TRY(visit(std::move(outfit).value()));
  }
  return kOk;
}

}  // namespace modiste
