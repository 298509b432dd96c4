#include "retrieval/postings.h"

#include <algorithm>
#include <bit>

#include "base/edit_distance.h"

namespace modiste {
namespace {

void put_posting(TermPostings& term, Posting posting) {
  auto& list = term.postings;
  term.weight_max = std::max(term.weight_max, posting.weight);
  if (list.empty() || list.back().slot < posting.slot) {  // new items come with growing slots
    list.push_back(posting);
    return;
  }
  const auto at = std::lower_bound(list.begin(), list.end(), posting.slot,
                                   [](const Posting& p, Slot slot) { return p.slot < slot; });
  if (at->slot == posting.slot)
    *at = posting;
  else
    list.insert(at, posting);
}

}  // namespace

void Postings::put(Slot slot, const Document& document) {
  if (slot >= items_.size()) items_.resize(slot + 1);
  std::vector<TermIndex> terms;
  terms.reserve(document.terms.size());
  for (const auto& [form, weight] : document.terms) {
    terms.push_back(intern(form));
    put_posting(terms_[terms.back()], {slot, weight});
  }
  std::sort(terms.begin(), terms.end());

  Item& item = items_[slot];
  for (const TermIndex old : item.terms)
    if (!std::binary_search(terms.begin(), terms.end(), old)) drop(old, slot);
  size_ += item.length < 0;
  length_sum_ += document.length - std::max(item.length, 0.0F);
  item = {std::move(terms), document.length};
}

bool Postings::remove(Slot slot) {
  if (slot >= items_.size() || items_[slot].length < 0) return false;
  Item& item = items_[slot];
  for (const TermIndex term : item.terms) drop(term, slot);
  --size_;
  length_sum_ -= item.length;
  item = {};
  return true;
}

void Postings::drop(TermIndex term, Slot slot) {
  auto& list = terms_[term].postings;
  const auto at =
      std::lower_bound(list.begin(), list.end(), slot, [](const Posting& p, Slot s) { return p.slot < s; });
  list.erase(at);
}

TermIndex Postings::intern(const std::string& form) {
  const auto [at, added] = index_.try_emplace(form, static_cast<TermIndex>(terms_.size()));
  if (added) {
    terms_.push_back({form, {}, 0});
    shapes_.push_back(shape(form));
  }
  return at->second;
}

TermIndex Postings::find(std::string_view form) const {
  const auto found = index_.find(std::string(form));
  return found == index_.end() || terms_[found->second].postings.empty() ? kNoTermIndex : found->second;
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
    if (terms_[term].postings.empty() || terms_[term].form.starts_with('#')) continue;
    if (const size_t edits = edit_distance(form, terms_[term].form); edits <= edits_max)
      found.push_back({term, edits});
  }
  std::sort(found.begin(), found.end(), [&](const Spelling& a, const Spelling& b) {
    const size_t a_items = terms_[a.term].postings.size(), b_items = terms_[b.term].postings.size();
    return std::tuple(a.edits, b_items, a.term) < std::tuple(b.edits, a_items, b.term);
  });
  found.resize(std::min(found.size(), count_max));
  return found;
}

float Postings::length_mean() const {
  return size_ == 0 ? 1 : std::max(1e-3F, static_cast<float>(length_sum_ / static_cast<double>(size_)));
}

size_t Postings::memory_bytes() const {
  size_t bytes =
      items_.capacity() * sizeof(Item) + terms_.capacity() * (sizeof(TermPostings) + sizeof(Shape));
  for (const Item& item : items_) bytes += item.terms.capacity() * sizeof(TermIndex);
  for (const TermPostings& term : terms_)
    bytes += term.postings.capacity() * sizeof(Posting) + 2 * term.form.capacity() + 64;
  return bytes;
}

}  // namespace modiste
