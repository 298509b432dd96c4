#include "retrieval/postings.h"

#include <algorithm>
#include <bit>

#include "base/binary_fields.h"
#include "base/check.h"
#include "base/edit_distance.h"
#include "base/rng.h"

namespace modiste {
namespace {

bool before_slot(const Posting& posting, Slot slot) { return posting.slot < slot; }

void put_posting(TermPostings& term, Posting posting) {
  auto& list = term.added;
  term.weight_max = std::max(term.weight_max, posting.weight);
  if (list.empty() || list.back().slot < posting.slot) {  // new items come with growing slots
    list.push_back(posting);
    ++term.count;
    return;
  }
  const auto at = std::lower_bound(list.begin(), list.end(), posting.slot, before_slot);
  if (at->slot == posting.slot) {
    *at = posting;
  } else {
    list.insert(at, posting);
    ++term.count;
  }
}

}  // namespace

void Postings::put(Slot slot, const Document& document) {
  if (slot >= lengths_.size()) lengths_.resize(slot + 1, -1);
  if (is_kept(slot)) leave_kept(slot);
  std::vector<TermIndex> terms;
  terms.reserve(document.terms.size());
  for (const auto& [form, weight] : document.terms) {
    terms.push_back(intern(form));
    put_posting(terms_[terms.back()], {slot, weight});
  }
  std::sort(terms.begin(), terms.end());

  auto& known = added_[slot];
  for (const TermIndex old : known)
    if (!std::binary_search(terms.begin(), terms.end(), old)) drop_added(old, slot);
  known = std::move(terms);
  size_ += lengths_[slot] < 0;
  length_sum_ += document.length - std::max(lengths_[slot], 0.0F);
  lengths_[slot] = document.length;
}

bool Postings::remove(Slot slot) {
  if (slot >= lengths_.size() || lengths_[slot] < 0) return false;
  if (is_kept(slot)) {
    leave_kept(slot);
  } else {
    const auto known = added_.find(slot);
    for (const TermIndex term : known->second) drop_added(term, slot);
    added_.erase(known);
  }
  --size_;
  length_sum_ -= lengths_[slot];
  lengths_[slot] = -1;
  return true;
}

void Postings::leave_kept(Slot slot) {
  for (const TermIndex term : kept_terms(slot)) --terms_[term].count;
  kept_alive_.reset(slot);
  ++kept_dead_;
}

void Postings::drop_added(TermIndex term, Slot slot) {
  auto& list = terms_[term].added;
  list.erase(std::lower_bound(list.begin(), list.end(), slot, before_slot));
  --terms_[term].count;
}

TermIndex Postings::intern(const std::string& form) {
  const auto [at, added] = index_.try_emplace(hash64(form), static_cast<TermIndex>(terms_.size()));
  if (added) {
    terms_.push_back({forms_.emplace_back(form), {}, {}, 0, 0});
    shapes_.push_back(shape(form));
  }
  return at->second;
}

TermIndex Postings::find(std::string_view form) const {
  const auto found = index_.find(hash64(form));
  return found == index_.end() || terms_[found->second].count == 0 ? kNoTermIndex : found->second;
}

Postings::Shape Postings::shape(std::string_view form) {
  uint32_t letters = 0;
  for (const char c : form) letters |= 1U << (static_cast<unsigned char>(c) & 31U);
  return {letters, static_cast<uint16_t>(std::min<size_t>(form.size(), UINT16_MAX)),
          form.empty() ? '\0' : form[0], form.size() < 2 ? '\0' : form[1]};
}

std::vector<Postings::Spelling> Postings::similar(std::string_view form, size_t edits_max,
                                                  size_t count_max) const {
  const Shape wanted = shape(form);
  std::vector<Spelling> found;
  for (TermIndex term = 0; term < terms_.size(); ++term) {
    const Shape& other = shapes_[term];
    if (other.first != wanted.first && (other.first != wanted.second || other.second != wanted.first))
      continue;
    const size_t longer = std::max(other.length, wanted.length) - std::min(other.length, wanted.length);
    if (longer > edits_max ||
        static_cast<size_t>(std::popcount(other.letters ^ wanted.letters)) > 2 * edits_max)
      continue;
    if (terms_[term].count == 0 || terms_[term].form.starts_with('#')) continue;
    if (const size_t edits = edit_distance(form, terms_[term].form); edits <= edits_max)
      found.push_back({term, edits});
  }
  std::sort(found.begin(), found.end(), [&](const Spelling& a, const Spelling& b) {
    const size_t a_items = terms_[a.term].count, b_items = terms_[b.term].count;
    return std::tuple(a.edits, b_items, a.term) < std::tuple(b.edits, a_items, b.term);
  });
  found.resize(std::min(found.size(), count_max));
  return found;
}

float Postings::length_mean() const {
  return size_ == 0 ? 1 : std::max(1e-3F, static_cast<float>(length_sum_ / static_cast<double>(size_)));
}

size_t Postings::memory_bytes() const {
  size_t bytes = lengths_.capacity() * sizeof(float) + kept_from_.capacity() * sizeof(uint64_t) +
                 terms_.capacity() * (sizeof(TermPostings) + sizeof(Shape)) +
                 index_.bucket_count() * (sizeof(std::pair<uint64_t, TermIndex>) + 1);
  for (const auto& [slot, terms] : added_) bytes += sizeof terms + terms.capacity() * sizeof(TermIndex);
  for (const std::string& form : forms_) bytes += sizeof form + form.capacity();
  for (const TermPostings& term : terms_) bytes += term.added.capacity() * sizeof(Posting);
  return bytes;
}

namespace {

// Both lists, by slot. alive: null when all that is kept counts.
std::vector<Posting> merged(const TermPostings& term, const SlotBits* alive) {
  std::vector<Posting> all;
  all.reserve(term.count);
  auto added = term.added.begin();
  for (const Posting& posting : term.kept) {
    if (alive != nullptr && !alive->test(posting.slot)) continue;
    for (; added != term.added.end() && added->slot < posting.slot; ++added) all.push_back(*added);
    all.push_back(posting);
  }
  all.insert(all.end(), added, term.added.end());
  return all;
}

}  // namespace

// Terms that no item has are left out, and the others get new numbers.
Result<Done> Postings::save(const ByteSink& lists, std::string& rest) const {
  std::vector<TermIndex> number(terms_.size(), kNoTermIndex);
  BinaryWriter writer(rest);
  bool fits = true;
  uint64_t postings = 0;
  uint32_t count = 0;
  std::string terms;
  BinaryWriter term_writer(terms);
  for (TermIndex index = 0; index < terms_.size(); ++index) {
    const TermPostings& term = terms_[index];
    if (term.count == 0) continue;
    number[index] = count++;
    const auto all = merged(term, kept_alive());
    CHECK(all.size() == term.count);
    postings += all.size();
    fits = fits && lists(std::as_bytes(std::span(all)));
    term_writer.text(term.form);
    term_writer.number(term.count);
    term_writer.number(term.weight_max);
  }
  writer.number(postings);
  writer.number(count);
  rest += terms;
  writer.numbers(lengths_);
  std::vector<uint32_t> sizes(lengths_.size());
  for (Slot slot = 0; slot < lengths_.size(); ++slot) {
    if (lengths_[slot] < 0) continue;
    const auto added = added_.find(slot);
    std::vector<TermIndex> of_item;
    for (const TermIndex term : is_kept(slot) ? kept_terms(slot) : std::span<const TermIndex>(added->second))
      of_item.push_back(number[term]);
    std::sort(of_item.begin(), of_item.end());
    sizes[slot] = static_cast<uint32_t>(of_item.size());
    fits = fits && lists(std::as_bytes(std::span(of_item)));
  }
  writer.numbers(sizes);
  if (fits) return kOk;
  return Error{Code::kUnavailable, "the word index cannot be written", "", ""};
}

Result<Done> Postings::load(const KeptBytes& rest, const KeptBytes& lists) {
  *this = Postings();
  keeper_ = rest.keeper;
  lists_keeper_ = lists.keeper;
  BinaryReader reader({reinterpret_cast<const char*>(rest.bytes.data()), rest.bytes.size()});
  uint64_t postings = 0;
  uint32_t count = 0;
  reader.number(postings);
  reader.number(count);
  reader.require(postings <= lists.bytes.size() / sizeof(Posting));
  if (reader.ok())
    load_terms(reader, count, {reinterpret_cast<const Posting*>(lists.bytes.data()), postings});
  std::vector<uint32_t> sizes;
  reader.numbers(lengths_);
  reader.numbers(sizes);
  reader.require(sizes.size() == lengths_.size());
  for (const uint32_t size : sizes) kept_from_.push_back(kept_from_.back() + size);
  const size_t documents_at = postings * sizeof(Posting);
  reader.require(lists.bytes.size() == documents_at + kept_from_.back() * sizeof(TermIndex));
  if (!reader.ok() || !reader.at_end())
    return Error{Code::kCorrupt, "the saved word index is damaged", "", "the bytes that save() wrote"};
  kept_documents_ = {reinterpret_cast<const TermIndex*>(lists.bytes.data() + documents_at),
                     static_cast<size_t>(kept_from_.back())};
  kept_alive_ = SlotBits(lengths_.size());
  for (Slot slot = 0; slot < lengths_.size(); ++slot) {
    if (lengths_[slot] < 0) continue;
    kept_alive_.set(slot);
    length_sum_ += lengths_[slot];
    ++size_;
  }
  return kOk;
}

void Postings::load_terms(BinaryReader& reader, uint32_t count, std::span<const Posting> postings) {
  for (; count > 0 && reader.ok(); --count) {
    TermPostings term;
    reader.view(term.form);
    reader.number(term.count);
    reader.number(term.weight_max);
    reader.require(term.count <= postings.size());
    if (!reader.ok()) return;
    term.kept = postings.first(term.count);
    postings = postings.subspan(term.count);
    index_.emplace(hash64(term.form), static_cast<TermIndex>(terms_.size()));
    shapes_.push_back(shape(term.form));
    terms_.push_back(std::move(term));
  }
  reader.require(postings.empty());
}

}  // namespace modiste
