#include "serving/events/shop_snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/binary_fields.h"
#include "base/rng.h"

namespace modiste {
namespace {

constexpr std::string_view kAboutBlock = "about", kEndBlock = "end";

// The parts but profiles, in the order in which they are restored. A part that is added or changed raises
// kSnapshotVersion.
struct PartRow {
  std::string_view name;
  void (*save)(const FoldedParts&, std::string&);
  Result<Done> (*load)(const FoldedParts&, std::string_view);
};
using Parts = const FoldedParts&;
constexpr std::array kParts{
    PartRow{"people", [](Parts parts, std::string& out) { parts.shop.profiles.save(out); },
            [](Parts parts, std::string_view bytes) { return parts.shop.profiles.load(bytes); }},
    PartRow{"co-choices", [](Parts parts, std::string& out) { parts.shop.co_choices.save(out); },
            [](Parts parts, std::string_view bytes) { return parts.shop.co_choices.load(bytes); }},
    PartRow{"popularity", [](Parts parts, std::string& out) { parts.shop.popularity.save(out); },
            [](Parts parts, std::string_view bytes) { return parts.shop.popularity.load(bytes); }},
    PartRow{"popularity-by-time",
            [](Parts parts, std::string& out) { parts.shop.popularity_by_time.save(out); },
            [](Parts parts, std::string_view bytes) { return parts.shop.popularity_by_time.load(bytes); }},
    PartRow{"style-popularity",
            [](Parts parts, std::string& out) { parts.shop.style_clusters.save_counts(out); },
            [](Parts parts, std::string_view bytes) { return parts.shop.style_clusters.load_counts(bytes); }},
    PartRow{"sizes", [](Parts parts, std::string& out) { parts.shop.sizing.save(out); },
            [](Parts parts, std::string_view bytes) { return parts.shop.sizing.load(bytes); }},
    PartRow{"returns", [](Parts parts, std::string& out) { parts.shop.quality.save(out); },
            [](Parts parts, std::string_view bytes) { return parts.shop.quality.load(bytes); }},
    PartRow{"orders", [](Parts parts, std::string& out) { parts.orders.save(out); },
            [](Parts parts, std::string_view bytes) { return parts.orders.load(bytes); }},
    PartRow{"event-ids", [](Parts parts, std::string& out) { parts.deduplicator.save(out); },
            [](Parts parts, std::string_view bytes) { return parts.deduplicator.load(bytes); }}};

std::string space_of(const ShopState& shop) {
  const AnnIndex* vectors = shop.indexes.vectors();
  return vectors == nullptr ? "" : vectors->options().space;
}

// Terms are numbers in profiles.
uint64_t hash_of(const Vocabulary& vocabulary) {
  uint64_t hash = 0;
  for (const Term& term : vocabulary.terms())
    hash = hash64(term.name, hash + static_cast<uint64_t>(term.facet) + term.parent.value_or(kNoTerm));
  return hash;
}

// Without its items, which ShopSnapshot::about_block() adds.
SnapshotAbout about_of(const ShopState& shop, const FoldedTo& to) {
  SnapshotAbout about{to.includes,    to.mark, hash_of(shop.catalog.vocabulary()), space_of(shop),
                      to.fit_version, {},      shop.catalog.brand_names(),         {},
                      false};
  const auto& unknown = shop.profiles.garments_unknown();
  about.too_many_unknown = !unknown.has_value();
  if (unknown) about.garments_unknown.assign(unknown->begin(), unknown->end());
  std::sort(about.garments_unknown.begin(), about.garments_unknown.end());
  return about;
}

template <class Io, class About>
void about_fields(Io& io, About& about) {
  kPositionField(io, about.includes);
  io.number(about.mark);
  io.number(about.vocabulary);
  io.text(about.space);
  io.number(about.fit_version);
  io.list(about.items, [](auto& item_io, auto& item) {
    item_io.text(item.key.garment_id);
    item_io.text(item.key.colour);
    item_io.flag(item.was_sold);
  });
  io.list(about.brands, kTextField);
  io.numbers(about.garments_unknown);
  io.flag(about.too_many_unknown);
}

Error corrupt(std::string what) { return {Code::kCorrupt, std::move(what), "", "the blocks of a snapshot"}; }

// The garments that events named in vain, of those that the catalog has now.
Result<Done> check_unknown(const SnapshotAbout& about, const ShopState& shop) {
  const auto& unknown = about.garments_unknown;  // ascending
  const Error come{Code::kConflict, "the catalog has garments that earlier events named before it knew them",
                   "", ""};
  if (about.too_many_unknown)
    return Error{Code::kConflict,
                 "the log names so many garments that the catalog did not know that it is not kept which", "",
                 "fewer of them: each start folds the whole log until most are in the catalog"};
  if (unknown.empty()) return kOk;
  const auto snapshot = shop.catalog.snapshot();
  for (Slot slot = 0; slot < snapshot->slot_count(); ++slot)
    if (const auto& garment = snapshot->item(slot).garment; garment != nullptr)
      if (std::binary_search(unknown.begin(), unknown.end(), hash64(garment.id()))) return come;
  return kOk;
}

}  // namespace

Result<ShopSnapshot> cut_snapshot(const FoldedParts& parts, const FoldedTo& to) {
  ShopSnapshot snapshot;
  snapshot.includes_ = to.includes;
  snapshot.about_ = about_of(parts.shop, to);
  snapshot.catalog_ = parts.shop.catalog.snapshot();
  snapshot.keys_ = &parts.shop.catalog;
  for (const PartRow& part : kParts) {
    auto& block = snapshot.parts_.emplace_back(SnapshotBlock{std::string(part.name), {}});
    part.save(parts, block.bytes);
  }
  TRY_ASSIGN(snapshot.profiles_, parts.shop.profiles.store().cut());
  return snapshot;
}

SnapshotBlock ShopSnapshot::about_block() const {
  SnapshotAbout about = about_;
  for (Slot slot = 0; slot < catalog_->slot_count(); ++slot)
    about.items.push_back({keys_->key(slot), catalog_->item(slot).garment != nullptr});
  SnapshotBlock block{std::string(kAboutBlock), {}};
  BinaryWriter writer(block.bytes);
  writer.number(kSnapshotVersion);
  about_fields(writer, about);
  return block;
}

Result<Done> ShopSnapshot::write(const ProfileCut::Put& put) const {
  TRY(put(about_block()));
  for (const SnapshotBlock& part : parts_) TRY(put(part));
  TRY(profiles_->write(put));
  return put({std::string(kEndBlock), {}});
}

Result<SnapshotAbout> read_about(SnapshotBlocks& blocks) {
  TRY_ASSIGN(const auto block, blocks.next());
  if (!block || block->name != kAboutBlock) return corrupt("a snapshot without its first block");
  uint32_t version = 0;
  BinaryReader(block->bytes).number(version);
  if (version != kSnapshotVersion)
    return Error{Code::kConflict, fmt::format("the snapshot is of version {}", version), "",
                 fmt::format("version {}", kSnapshotVersion)};
  SnapshotAbout about;
  TRY(load_fields(block->bytes, "what a snapshot is of", [&](auto& reader) {
    reader.number(version);
    about_fields(reader, about);
  }));
  return about;
}

Result<Done> check_snapshot(const SnapshotAbout& about, const ShopState& shop) {
  const auto conflict = [](std::string what) { return Error{Code::kConflict, std::move(what), "", ""}; };
  if (about.vocabulary != hash_of(shop.catalog.vocabulary()))
    return conflict("the snapshot is of another vocabulary");
  if (about.space != space_of(shop))
    return conflict(fmt::format("the snapshot is of the encoder '{}'", about.space));
  if (about.fit_version == kFoldedByMany)
    return conflict("the fit model was replaced while the snapshot's events were folded");
  if (about.fit_version != shop.sizing.version())
    return conflict(fmt::format("the snapshot is of version {} of the fit model", about.fit_version));
  const auto snapshot = shop.catalog.snapshot();
  const std::vector<std::string> brands = shop.catalog.brand_names();
  bool agrees = about.items.size() <= snapshot->slot_count() && about.brands.size() <= brands.size();
  for (Slot slot = 0; agrees && slot < about.items.size(); ++slot) {
    const ItemKey key = shop.catalog.key(slot);
    const auto& [known, was_sold] = about.items[slot];
    agrees = key.garment_id == known.garment_id && key.colour == known.colour &&
             (snapshot->item(slot).garment != nullptr || !was_sold);
  }
  for (size_t brand = 0; agrees && brand < about.brands.size(); ++brand)
    agrees = brand_key(brands[brand]) == brand_key(about.brands[brand]);
  if (!agrees) return conflict("the snapshot is of another catalog");
  return check_unknown(about, shop);
}

Result<Done> restore_snapshot(const FoldedParts& parts, SnapshotBlocks& blocks) {
  for (const PartRow& part : kParts) {
    TRY_ASSIGN(const auto block, blocks.next());
    if (!block || block->name != part.name)
      return corrupt(fmt::format("no block {} in its place", part.name));
    TRY(part.load(parts, block->bytes));
  }
  while (true) {
    TRY_ASSIGN(const auto block, blocks.next());
    if (!block) return corrupt("the last block is missing");
    if (block->name == kEndBlock) return kOk;
    TRY(parts.shop.profiles.store().restore(*block));
  }
}

}  // namespace modiste
