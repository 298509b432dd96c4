// Catalog path: validate -> normalise -> embed what changed -> store -> memory -> indexes.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/engine.h"

namespace modiste {
namespace {

// Garments per transaction and per batch of the neural nets.
constexpr size_t kLoadBatch = 512;

// What the text tower reads of a garment: the words a shopper would say for it.
std::string describe(const Garment& garment, std::string_view colour) {
  std::string text = garment.title;
  if (!colour.empty() && text.find(colour) == std::string::npos) text += fmt::format(", {}", colour);
  const auto add = [&](Facet facet) {
    for (const auto& attribute : garment.attributes)
      if (attribute.facet == facet && attribute.source == AttributeSource::kSupplier &&
          attribute.term != "unknown")
        text += ", " + attribute.term;
  };
  for (const Facet facet : {Facet::kDepartment, Facet::kCategory, Facet::kFabric, Facet::kPattern,
                            Facet::kSilhouette, Facet::kSleeve, Facet::kLength, Facet::kSeason})
    add(facet);
  constexpr size_t kDescriptionBytes = 400;  // the tower reads 256 word pieces
  text += ". " + garment.description.substr(0, kDescriptionBytes);
  return text;
}

// The photo's words supplement the supplier's: they stand only for facets the supplier leaves open.
void add_photo_attributes(Garment& garment, std::string_view colour, const std::vector<Attribute>& seen) {
  std::set<Facet> stated;
  bool colour_stated = false;
  for (const auto& attribute : garment.attributes) {
    if (attribute.term == "unknown") continue;
    if (attribute.facet != Facet::kColour)
      stated.insert(attribute.facet);
    else
      colour_stated |= attribute.word == colour;
  }
  for (Attribute attribute : seen) {
    if (attribute.facet == Facet::kColour) {
      if (colour_stated) continue;
      attribute.word = std::string(colour);  // the catalog finds a colour's family by the colour's word
    } else if (stated.contains(attribute.facet)) {
      continue;
    }
    garment.attributes.push_back(std::move(attribute));
  }
}

std::vector<PhotoConflict> conflicts_of(const Garment& garment, std::string_view colour,
                                        const std::vector<Attribute>& seen, const Vocabulary& vocabulary) {
  constexpr float kSure = 0.8F;  // a photo questions a supplier only when it is sure
  const ItemFacts facts = facts_of(garment, colour, vocabulary);
  std::vector<PhotoConflict> conflicts;
  for (const auto& attribute : seen) {
    const TermId stated = attribute.facet == Facet::kColour ? facts.colour : kNoTerm;
    if (stated == kNoTerm || attribute.confidence < kSure) continue;
    const auto& name = vocabulary.term(stated).name;
    const bool agrees = std::any_of(seen.begin(), seen.end(), [&](const Attribute& other) {
      return other.facet == attribute.facet && other.term == name;
    });
    if (!agrees && name != "multicolour")
      conflicts.push_back(
          {garment.id, std::string(colour), attribute.facet, name, attribute.term, attribute.confidence});
  }
  return conflicts;
}

}  // namespace

struct Engine::Embedding {
  size_t garment = 0;
  StoredEmbedding stored;
  std::string text;
  std::vector<RgbImage> photo;  // one, or none that could be read
};

uint64_t Engine::source_hash(const Garment& garment, std::string_view colour) const {
  uint64_t hash = hash64(ports_.encoder->id());
  hash = hash64(describe(garment, colour), hash);
  // Stored images are named by their content.
  const auto images = images_of(garment, colour);
  return images.empty() ? hash : hash64(images.front(), hash);
}

void Engine::embed_changed(std::vector<Garment>& garments, std::vector<Upserted>& reports,
                           std::vector<StoredEmbedding>& made) {
  if (ports_.encoder == nullptr) return;
  std::vector<Embedding> work;
  for (size_t i = 0; i < garments.size(); ++i)
    for (const auto& colour : colours_of(garments[i])) {
      const uint64_t hash = source_hash(garments[i], colour);
      const Slot known = catalog_.slot(garments[i].id, colour);
      const auto look = known == kNoSlot ? nullptr : looks_.get(known);
      if (look != nullptr && look->source_hash == hash) continue;
      Embedding one{i, {garments[i].id, colour, hash, {}, {}, {}}, describe(garments[i], colour), {}};
      const auto images = images_of(garments[i], colour);
      if (!images.empty() && ports_.read_image) {
        const auto bytes = ports_.read_image(images.front());
        if (bytes.ok())
          if (auto image = decode_image(*bytes); image.ok()) one.photo.push_back(std::move(*image));
      }
      work.push_back(std::move(one));
    }
  if (work.empty()) return;

  std::vector<RgbImage> photos;
  std::vector<std::string> texts;
  for (auto& one : work) {
    texts.push_back(one.text);
    for (auto& photo : one.photo) photos.push_back(std::move(photo));
  }
  auto seen = ports_.encoder->encode_images(photos);
  auto read = ports_.encoder->encode_texts(texts);
  size_t next_photo = 0;
  for (size_t i = 0; i < work.size(); ++i) {
    auto& [garment, stored, text, photo] = work[i];
    std::vector<Vector> image_vectors, text_vectors;
    if (!photo.empty() && seen.ok()) {
      auto& understood = (*seen)[next_photo++];
      image_vectors.push_back(std::move(understood.vector));
      stored.photo_attributes = std::move(understood.tags);
      stored.palette = std::move(understood.palette);
    }
    if (read.ok()) text_vectors.push_back(std::move((*read)[i]));
    stored.vector = item_vector(image_vectors, text_vectors);
    ++reports[garment].embedded;
    made.push_back(std::move(stored));
  }
}

Result<std::vector<Result<Upserted>>> Engine::upsert(std::vector<Garment> garments) {
  std::vector<Result<Upserted>> results;
  std::vector<Garment> good;
  std::vector<size_t> places;
  for (auto& garment : garments) {
    if (auto valid = validate(garment); !valid.ok()) {
      results.emplace_back(std::move(valid).error());
      continue;
    }
    normaliser_.normalise(garment);
    places.push_back(results.size());
    results.emplace_back(Upserted{garment.id, 0, 0, false, {}});
    good.push_back(std::move(garment));
  }

  std::vector<Upserted> reports(good.size());
  std::vector<StoredEmbedding> embeddings;
  embed_changed(good, reports,
                embeddings);  // slow: outside the lock, so that prices and stock go on changing

  const std::lock_guard lock(upsert_mutex_);
  for (size_t i = 0; i < good.size(); ++i) {
    reports[i].garment_id = good[i].id;
    const auto known = catalog_.garment(good[i].id);
    reports[i].created = known == nullptr;
    for (auto& embedding : embeddings) {
      if (embedding.garment_id != good[i].id) continue;
      auto conflicts =
          conflicts_of(good[i], embedding.colour, embedding.photo_attributes, catalog_.vocabulary());
      std::move(conflicts.begin(), conflicts.end(), std::back_inserter(reports[i].conflicts));
      add_photo_attributes(good[i], embedding.colour, embedding.photo_attributes);
    }
    if (known == nullptr) continue;
    for (const auto& attribute : known->attributes)  // seen in photos that need not be looked at again
      if (attribute.source == AttributeSource::kPhoto)
        add_photo_attributes(good[i], attribute.word, {attribute});
  }

  TRY(ports_.garments.put(good));
  TRY(ports_.garments.put_embeddings(embeddings));
  const auto slots = catalog_.upsert(std::move(good));
  for (const auto& embedding : embeddings) put_look(embedding);
  put_on_shelf(slots);
  for (size_t i = 0; i < reports.size(); ++i) {
    reports[i].items = slots[i].size();
    results[places[i]] = std::move(reports[i]);
  }
  return results;
}

void Engine::put_look(const StoredEmbedding& embedding) {
  const Slot slot = catalog_.slot(embedding.garment_id, embedding.colour);
  if (slot == kNoSlot) return;  // a colour that is no longer sold
  looks_.put(slot, {embedding.vector, embedding.palette, embedding.source_hash});
}

void Engine::put_on_shelf(const std::vector<std::vector<Slot>>& slots) {
  const auto snapshot = catalog_.snapshot();
  for (const auto& of_garment : slots)
    for (const Slot slot : of_garment) {
      const auto look = looks_.get(slot);
      // A vector of another encoder's space is not put: the item is found by words until it is embedded
      // again.
      (void)shelf_.put(snapshot->item(slot), look == nullptr ? std::span<const float>{} : look->vector);
    }
}

Result<Done> Engine::remove(std::string_view garment_id) {
  const std::lock_guard lock(upsert_mutex_);
  TRY(ports_.garments.remove(garment_id));
  TRY_ASSIGN(const auto gone, catalog_.remove(garment_id));
  for (const Slot slot : gone) shelf_.remove(slot);
  return kOk;
}

Result<Variant> Engine::change_variant(std::string_view sku, const VariantChange& change) {
  const std::lock_guard lock(upsert_mutex_);
  const auto known = catalog_.garment_of_sku(sku);
  if (known == nullptr) return Error{Code::kNotFound, fmt::format("no variant '{}'", sku), "", ""};
  Garment garment = *known;
  const auto variant = std::find_if(garment.variants.begin(), garment.variants.end(),
                                    [&](const Variant& one) { return one.sku == sku; });
  CHECK(variant != garment.variants.end());
  if (change.stock) variant->stock = *change.stock;
  if (change.price) variant->price = *change.price;
  if (change.list_price) variant->list_price = *change.list_price;
  const Variant changed = *variant;
  TRY(validate(garment));
  TRY(ports_.garments.put({&garment, 1}));
  catalog_.upsert({std::move(garment)});
  return changed;
}

Result<Done> Engine::load(const Progress& progress) {
  const auto tell = [&](std::string_view what, size_t done) {
    if (progress) progress(what, done);
  };
  std::vector<Garment> batch;
  size_t garments = 0;
  const auto flush = [&] {
    garments += batch.size();
    catalog_.upsert(std::move(batch));
    batch.clear();
    tell("garments", garments);
  };
  TRY(ports_.garments.for_each([&](Garment&& garment) -> Result<Done> {
    batch.push_back(std::move(garment));
    if (batch.size() == kLoadBatch) flush();
    return kOk;
  }));
  flush();
  TRY(ports_.garments.for_each_embedding([&](StoredEmbedding&& embedding) -> Result<Done> {
    put_look(embedding);
    return kOk;
  }));

  const auto snapshot = catalog_.snapshot();
  for (Slot slot = 0; slot < snapshot->slot_count(); ++slot) {
    if (!snapshot->facts(slot).live) continue;
    put_on_shelf({{slot}});
    if (slot % kLoadBatch == 0) tell("items indexed", slot);
  }
  return ports_.log.replay(0, [&](const LoggedEvent& logged) -> Result<Done> {
    recent_ids_.insert(logged.event.shopper_id, logged.event.event_id);
    fold(logged);
    fold_next_ = logged.offset + 1;
    if (logged.offset % 10'000 == 0) tell("events replayed", logged.offset);
    return kOk;
  });
}

}  // namespace modiste
