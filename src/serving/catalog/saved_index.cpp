#include "serving/catalog/saved_index.h"

#include <algorithm>
#include <array>
#include <future>

#include "base/binary_fields.h"
#include "serving/catalog/catalog_service.h"
#include "vocabulary/language.h"

namespace modiste {
namespace {

// What the other sections are of. `slots` and `vectors` are read of any version.
struct SavedAbout {
  uint32_t version = kSavedIndexVersion;
  uint64_t words = words_fingerprint();
  std::string space;  // of the encoder; empty without
  StoreMark mark;
};

constexpr auto kAboutFields = [](auto& io, auto& about) {
  io.number(about.version);
  io.number(about.words);
  io.text(about.space);
  io.text(about.mark.store);
  io.number(about.mark.changes);
};

// The item of each slot and a hash of what its vector was made from; 0: it has none.
struct SavedSlot {
  ItemKey key;
  uint64_t source_hash = 0;
};

constexpr auto kSlotFields = [](auto& io, auto& slot) {
  io.text(slot.key.garment_id);
  io.text(slot.key.colour);
  io.number(slot.source_hash);
};

std::string_view text_of(const KeptBytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.bytes.data()), bytes.bytes.size()};
}

FillSection filled_with(const std::string& bytes) {
  return [&bytes](const ByteSink& sink) -> Result<Done> {
    if (sink(std::as_bytes(std::span(bytes)))) return kOk;
    return Error{Code::kUnavailable, "a section of the saved index cannot be written", "", ""};
  };
}

Result<KeptBytes> section(const SavedSections& saved, std::string_view name) {
  const auto found = saved.find(name);
  if (found != saved.end()) return found->second;
  return Error{Code::kCorrupt, "a section of the saved index is missing", std::string(name), ""};
}

// Parts that are read at once, not in place.
struct SmallPart {
  std::string_view name;
  void (*save)(const ShopState&, std::string&);
  Result<Done> (*load)(ShopState&, std::string_view);
};
constexpr std::array kSmallParts{
    SmallPart{"styles", [](const ShopState& shop, std::string& out) { shop.style_clusters.save(out); },
              [](ShopState& shop, std::string_view bytes) { return shop.style_clusters.load(bytes); }},
    SmallPart{"contexts", [](const ShopState& shop, std::string& out) { shop.contexts.save(out); },
              [](ShopState& shop, std::string_view bytes) { return shop.contexts.load(bytes); }},
    SmallPart{"sets",
              [](const ShopState& shop, std::string& out) {
                BinaryWriter(out).list(garments_with_sets(*shop.catalog.snapshot()), kTextField);
              },
              [](ShopState& shop, std::string_view bytes) -> Result<Done> {
                std::vector<std::string> ids;
                TRY(load_fields(bytes, "sets", [&](BinaryReader& reader) { reader.list(ids, kTextField); }));
                for (const auto& id : ids)
                  if (const auto garment = shop.catalog.garment(id)) shop.curated.put_garment(*garment);
                return kOk;
              }}};

}  // namespace

std::vector<std::string> garments_with_sets(const CatalogSnapshot& catalog) {
  std::vector<std::string> ids;
  uint32_t before = UINT32_MAX;  // the colours of a garment stand beside each other, mostly
  for (Slot slot = 0; slot < catalog.slot_count(); ++slot) {
    const Item& item = catalog.item(slot);
    if (!item.facts.live || item.facts.garment == before) continue;
    before = item.facts.garment;
    if (item.garment.names_sets()) ids.emplace_back(item.garment.id());
  }
  return ids;
}

Result<Done> CatalogService::save(const PutSection& put) {
  const MutexLock lock(upsert_mutex_);
  SavedAbout about;
  about.space = shop_.indexes.space();
  TRY_ASSIGN(about.mark, ports_.garments.mark());
  std::string bytes;
  BinaryWriter writer(bytes);
  kAboutFields(writer, about);
  TRY(put("about", filled_with(bytes)));
  std::vector<SavedSlot> slots(shop_.catalog.snapshot()->slot_count());
  for (Slot slot = 0; slot < slots.size(); ++slot)
    slots[slot] = {shop_.catalog.key(slot), shop_.embeddings.source_hash(slot)};
  bytes.clear();
  writer.list(slots, kSlotFields);
  slots = {};
  TRY(put("slots", filled_with(bytes)));
  if (shop_.indexes.vectors() != nullptr)
    TRY(put("vectors", [&](const ByteSink& sink) { return shop_.indexes.vectors()->save(sink); }));
  bytes.clear();
  TRY(put("texts", [&](const ByteSink& sink) { return shop_.catalog.save(sink, bytes); }));
  TRY(put("catalog", filled_with(bytes)));
  bytes.clear();
  TRY(put("word-lists", [&](const ByteSink& sink) { return shop_.indexes.words().save(sink, bytes); }));
  TRY(put("words", filled_with(bytes)));
  TRY(put("embeddings", [&](const ByteSink& sink) { return shop_.embeddings.save(sink); }));
  for (const SmallPart& part : kSmallParts) {
    bytes.clear();
    part.save(shop_, bytes);
    TRY(put(part.name, filled_with(bytes)));
  }
  return kOk;
}

Result<Done> CatalogService::adopt(const SavedSections& saved) {
  TRY_ASSIGN(const auto about_bytes, section(saved, "about"));
  SavedAbout about;
  TRY(load_fields(text_of(about_bytes), "about", [&](BinaryReader& reader) { kAboutFields(reader, about); }));
  TRY_ASSIGN(const auto now, ports_.garments.mark());
  const SavedAbout mine;
  if (about.space != shop_.indexes.space()) return kOk;
  if (about.version != mine.version || about.words != mine.words || about.mark.store != now.store ||
      about.mark.changes > now.changes)
    return adopt_vectors(saved);
  // Vectors have nothing in common with the rest, so they are read beside it.
  auto vectors_read = std::async(std::launch::async, [&]() -> Result<Done> {
    TRY_ASSIGN(const auto embeddings, section(saved, "embeddings"));
    TRY(shop_.embeddings.load(embeddings));
    if (shop_.indexes.vectors() == nullptr) return kOk;
    TRY_ASSIGN(auto vectors, section(saved, "vectors"));
    TRY_ASSIGN(auto index, AnnIndex::load(std::move(vectors), shop_.indexes.vectors()->options()));
    shop_.indexes.adopt(std::move(index));
    return kOk;
  });
  TRY_ASSIGN(const auto texts, section(saved, "texts"));
  TRY_ASSIGN(const auto catalog, section(saved, "catalog"));
  TRY(shop_.catalog.load(text_of(catalog), texts));
  TRY_ASSIGN(const auto words, section(saved, "words"));
  TRY_ASSIGN(const auto lists, section(saved, "word-lists"));
  TRY(shop_.indexes.adopt_words(words, lists));
  TRY(vectors_read.get());
  for (const SmallPart& part : kSmallParts) {
    TRY_ASSIGN(const auto bytes, section(saved, part.name));
    TRY(part.load(shop_, text_of(bytes)));
  }
  adopted_ = about.mark;
  return kOk;
}

Result<Done> CatalogService::adopt_vectors(const SavedSections& saved) {
  if (shop_.indexes.vectors() == nullptr) return kOk;
  TRY_ASSIGN(const auto bytes, section(saved, "slots"));
  std::vector<SavedSlot> slots;
  TRY(load_fields(text_of(bytes), "slots", [&](BinaryReader& reader) { reader.list(slots, kSlotFields); }));
  TRY_ASSIGN(auto vectors, section(saved, "vectors"));
  TRY_ASSIGN(auto index, AnnIndex::load(std::move(vectors), shop_.indexes.vectors()->options()));
  std::vector<ItemKey> keys;
  for (auto& slot : slots) {
    keys.push_back(std::move(slot.key));
    adopted_hashes_.push_back(slot.source_hash);
  }
  shop_.catalog.reserve(keys);
  shop_.indexes.adopt(std::move(index));
  return kOk;
}

Result<std::vector<Slot>> CatalogService::catch_up(uint64_t changes) {
  std::vector<std::string> ids;
  std::vector<GarmentVersion> versions;  // of one garment
  std::vector<std::vector<Slot>> before;
  const auto flush = [&] {
    if (versions.empty()) return;
    ids.push_back(versions.front().garment.id);
    before.push_back(shop_.catalog.slots(ids.back()));
    shop_.catalog.catch_up(std::move(versions));
    versions.clear();
  };
  TRY(ports_.garments.for_each_version_since(changes, [&](GarmentVersion&& version) -> Result<Done> {
    if (!versions.empty() && versions.front().garment.id != version.garment.id) flush();
    versions.push_back(std::move(version));
    return kOk;
  }));
  flush();
  std::vector<Slot> of_another;
  TRY(ports_.garments.for_each_embedding_since(
      changes, [&](StoredEmbedding&& embedding) { return take(embedding, of_another); }));
  std::vector<std::vector<Slot>> now;
  std::vector<Slot> changed;
  for (size_t i = 0; i < ids.size(); ++i) {
    now.push_back(shop_.catalog.slots(ids[i]));
    changed.insert(changed.end(), now[i].begin(), now[i].end());
    for (const Slot slot : before[i])
      if (std::find(now[i].begin(), now[i].end(), slot) == now[i].end()) shop_.indexes.remove(slot);
    shop_.curated.remove_garment(ids[i]);
    if (const auto garment = shop_.catalog.garment(ids[i])) shop_.curated.put_garment(*garment);
  }
  index_items(now);
  const auto snapshot = shop_.catalog.snapshot();
  shop_.contexts.learn(*snapshot, shop_.embeddings, changed.size());
  if (options_.learns_clusters) shop_.style_clusters.learn(*snapshot, shop_.embeddings, changed);
  return of_another;
}

}  // namespace modiste
