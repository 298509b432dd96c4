// Catalog::save() and load(): docs/formats/saved-index.md.
#include <algorithm>
#include <cstring>

#include "base/binary_fields.h"
#include "base/text.h"
#include "catalog/catalog.h"

namespace modiste {
namespace {

constexpr uint32_t kNoText = 0;  // texts are numbered from 1

template <class Io, class Sizes>
void size_fields(Io& io, Sizes& sizes) {
  std::vector<SizeId> ids;
  if constexpr (!Io::kReads)
    for (size_t size = sizes._Find_first(); size < sizes.size(); size = sizes._Find_next(size))
      ids.push_back(static_cast<SizeId>(size));
  io.numbers(ids);
  if constexpr (Io::kReads)
    for (const SizeId size : ids) {
      io.require(size < sizes.size());
      if (size < sizes.size()) sizes.set(size);
    }
}

template <class Io, class Facts>
void facts_fields(Io& io, Facts& facts) {
  io.number(facts.garment);
  io.number(facts.brand);
  io.flag(facts.live);
  io.flag(facts.in_stock);
  io.number(facts.category);
  io.number(facts.department);
  io.number(facts.colour);
  io.number(facts.size_chart);
  io.number(facts.price);
  io.number(facts.formality);
  io.number(facts.discount);
  io.number(facts.stock_share);
  uint64_t seen = facts.facets_seen.to_ullong();
  io.number(seen);
  if constexpr (Io::kReads) facts.facets_seen = seen;
  io.number(facts.created_at_s);
  size_fields(io, facts.sizes_in_stock);
  io.numbers(facts.terms);
}

}  // namespace

// Numbers the garments' texts in the order in which it meets them, and writes them.
class Catalog::Saver {
 public:
  Saver(const ByteSink& sink, std::string& rest) : sink_(sink), writer_(rest) {}

  Result<Done> run(const Catalog& catalog) REQUIRES_SHARED(catalog.mutex_) {
    const CatalogSnapshot& snapshot = *catalog.snapshot_;
    for (Slot slot = 0; slot < snapshot.slot_count(); ++slot) number_of(snapshot.item(slot).garment);
    const auto by_hash = variants_of(catalog);
    for (const auto& [hash, placed] : by_hash) number_of(placed->garment);
    if (!fits_) return Error{Code::kUnavailable, "the texts of the garments cannot be written", "", ""};
    writer_.numbers(places_);
    writer_.list(catalog.brand_names_, kTextField);
    garments(catalog);
    items(snapshot);
    variants(by_hash);
    writer_.map(catalog.garments_by_number_, kTextField, kTextField);
    writer_.number(uint64_t{catalog.packed_bytes_});
    std::string columns;
    snapshot.columns_.save(columns);
    writer_.text(columns);
    return kOk;
  }

 private:
  uint32_t number_of(const PackedGarment& garment) {
    if (garment == nullptr) return kNoText;
    const auto [known, is_new] =
        numbers_.try_emplace(garment.stored().data(), static_cast<uint32_t>(places_.size() + 1));
    if (is_new) {
      places_.push_back(at_);
      at_ += garment.stored().size();
      fits_ = fits_ && sink_(garment.stored());
    }
    return known->second;
  }

  void garments(const Catalog& catalog) REQUIRES_SHARED(catalog.mutex_) {
    writer_.size(catalog.garments_.size());
    for (const auto& [id, entry] : catalog.garments_) {
      writer_.text(id);
      writer_.number(entry.index);
      writer_.number(number_of(entry.garment));
      writer_.list(entry.slots, kNumberField);
    }
  }

  void items(const CatalogSnapshot& snapshot) {
    writer_.size(snapshot.slot_count());
    for (Slot slot = 0; slot < snapshot.slot_count(); ++slot) {
      const Item& item = snapshot.item(slot);
      facts_fields(writer_, item.facts);
      writer_.text(item.colour);
      writer_.number(number_of(item.garment));
    }
  }

  using ByHash = std::vector<std::pair<uint64_t, const PlacedVariant*>>;
  static ByHash variants_of(const Catalog& catalog) REQUIRES_SHARED(catalog.mutex_) {
    ByHash variants;
    variants.reserve(catalog.variants_.size());
    for (const auto& [hash, placed] : catalog.variants_) variants.emplace_back(hash, &placed);
    std::sort(variants.begin(), variants.end());
    return variants;
  }

  void variants(const ByHash& by_hash) {
    writer_.size(by_hash.size());
    for (const auto& [hash, placed] : by_hash) {
      writer_.number(hash);
      writer_.number(number_of(placed->garment));
      writer_.number(placed->place);
    }
  }

  const ByteSink& sink_;
  BinaryWriter writer_;
  boost::unordered_flat_map<const std::byte*, uint32_t> numbers_;
  std::vector<uint64_t> places_;
  uint64_t at_ = 0;
  bool fits_ = true;
};

class Catalog::Loader {
 public:
  Loader(BinaryReader& reader, const KeptBytes& texts) : reader_(reader), kept_(texts) {}

  void run(Catalog& catalog) REQUIRES(catalog.mutex_) {
    texts();
    reader_.list(catalog.brand_names_, kTextField);
    for (BrandId brand = 1; brand < catalog.brand_names_.size(); ++brand)
      catalog.brand_ids_.emplace(brand_key(catalog.brand_names_[brand]), brand);
    garments(catalog);
    auto snapshot = std::make_shared<CatalogSnapshot>(catalog.vocabulary_);
    items(*snapshot, catalog.ids_.size());
    for (const auto& [id, entry] : catalog.garments_)
      for (const Slot slot : entry.slots) reader_.require(slot < snapshot->slot_count_);
    variants(catalog);
    reader_.map(catalog.garments_by_number_, kTextField, kTextField);
    uint64_t bytes = 0;
    reader_.number(bytes);
    catalog.packed_bytes_ = bytes;
    std::string_view columns;
    reader_.view(columns);
    reader_.require(snapshot->columns_.load(columns).ok());
    snapshot->version_ = 1;
    catalog.snapshot_ = std::move(snapshot);
  }

 private:
  void texts() {
    std::vector<uint64_t> places;
    reader_.numbers(places);
    texts_.reserve(places.size() + 1);
    texts_.emplace_back();
    for (const uint64_t place : places) {
      reader_.require(place < kept_.bytes.size());
      if (!reader_.ok()) return;
      texts_.push_back(PackedGarment::kept({kept_.bytes.subspan(place), kept_.keeper}));
      reader_.require(!(texts_.back() == nullptr));
    }
  }
  PackedGarment text() {
    uint32_t number = 0;
    reader_.number(number);
    reader_.require(number < texts_.size());
    return reader_.ok() ? texts_[number] : PackedGarment();
  }

  void garments(Catalog& catalog) REQUIRES(catalog.mutex_) {
    const size_t count = reader_.size(1);
    catalog.ids_.resize(count);
    catalog.places_.reserve(count);
    for (size_t i = 0; i < count && reader_.ok(); ++i) {
      std::string id;
      reader_.text(id);
      const auto place = catalog.garments_.emplace_hint(catalog.garments_.end(), std::move(id), Entry());
      Entry& entry = place->second;
      reader_.number(entry.index);
      entry.garment = text();
      reader_.list(entry.slots, kNumberField);
      reader_.require(entry.index < count);
      if (!reader_.ok()) return;
      catalog.ids_[entry.index] = &place->first;
      catalog.places_.insert(&*place);
      catalog.on_sale_ += entry.garment == nullptr ? 0 : 1;
    }
    reader_.require(std::find(catalog.ids_.begin(), catalog.ids_.end(), nullptr) == catalog.ids_.end());
    catalog.garment_index_next_ = static_cast<uint32_t>(count);
  }

  void items(CatalogSnapshot& snapshot, size_t garments) {
    const size_t count = reader_.size(1);
    for (Slot slot = 0; slot < count && reader_.ok(); ++slot) {
      if (slot % CatalogSnapshot::kChunkItems == 0)
        snapshot.chunks_.push_back(std::make_shared<CatalogSnapshot::Chunk>());
      Item& item = (*snapshot.chunks_.back())[slot % CatalogSnapshot::kChunkItems];
      facts_fields(reader_, item.facts);
      item.facts.slot = slot;
      reader_.text(item.colour);
      item.garment = text();
      reader_.require(item.facts.garment < garments);
      snapshot.live_count_ += item.facts.live ? 1 : 0;
      snapshot.garments_.add(item.facts.garment);
      ++snapshot.slot_count_;
    }
  }

  void variants(Catalog& catalog) REQUIRES(catalog.mutex_) {
    size_t left = reader_.size(1);
    catalog.variants_.reserve(left);
    for (; left > 0 && reader_.ok(); --left) {
      uint64_t hash = 0;
      PlacedVariant placed;
      reader_.number(hash);
      placed.garment = text();
      reader_.number(placed.place);
      reader_.require(!(placed.garment == nullptr));
      catalog.variants_.emplace(hash, std::move(placed));
    }
  }

  BinaryReader& reader_;
  const KeptBytes& kept_;
  std::vector<PackedGarment> texts_;
};

Result<Done> Catalog::save(const ByteSink& texts, std::string& rest) const {
  const ReaderLock lock(mutex_);
  return Saver(texts, rest).run(*this);
}

Result<Done> Catalog::load(std::string_view rest, const KeptBytes& texts) {
  const MutexLock lock(mutex_);
  CHECK(garments_.empty());
  BinaryReader reader(rest);
  Loader(reader, texts).run(*this);
  if (reader.ok() && reader.at_end()) return kOk;
  return Error{Code::kCorrupt, "the saved catalog is damaged", "", "the bytes that save() wrote"};
}

}  // namespace modiste
