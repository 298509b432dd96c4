#include "retrieval/max_score.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

// Rounding must not make a bound smaller than a score.
constexpr float kBoundSlack = 1.0001F;

class TermCursor {
 public:
  // alive: the items whose postings count; null: all.
  TermCursor(std::span<const Posting> postings, const SlotBits* alive, float weight)
      : at_(postings.data()), end_(at_ + postings.size()), alive_(alive), weight_(weight) {}

  [[nodiscard]] Slot slot() const { return at_ == end_ ? kNoSlot : at_->slot; }
  [[nodiscard]] float score(float norm) const {
    if (alive_ != nullptr && !alive_->test(at_->slot)) return 0;
    return weight_ * at_->weight / (at_->weight + norm);
  }
  void next() { ++at_; }
  // Moves to the first posting not before slot, by galloping: the target is usually near.
  void seek(Slot slot) {
    size_t step = 1;
    const Posting* low = at_;
    while (low + step < end_ && low[step].slot < slot) {
      low += step;
      step *= 2;
    }
    at_ = std::lower_bound(low, std::min(low + step + 1, end_), slot,
                           [](const Posting& p, Slot s) { return p.slot < s; });
  }

 private:
  const Posting* at_;
  const Posting* end_;
  const SlotBits* alive_;
  float weight_;
};

class GroupCursor {
 public:
  GroupCursor(const Postings& postings, const Group& group, const Bm25& bm25) {
    for (const GroupMember& member : group) {
      const TermPostings& term = postings.term(member.term);
      if (!term.kept.empty()) cursors_.emplace_back(term.kept, postings.kept_alive(), member.weight);
      if (!term.added.empty()) cursors_.emplace_back(term.added, nullptr, member.weight);
      bound_ = std::max(bound_, member.weight * bm25.share_max(term.weight_max) * kBoundSlack);
    }
    settle();
  }

  [[nodiscard]] float bound() const { return bound_; }
  [[nodiscard]] Slot slot() const { return slot_; }
  [[nodiscard]] float score(float norm) const {
    float best = 0;
    for (const TermCursor& cursor : cursors_)
      if (cursor.slot() == slot_) best = std::max(best, cursor.score(norm));
    return best;
  }
  void next() {
    for (TermCursor& cursor : cursors_)
      if (cursor.slot() == slot_) cursor.next();
    settle();
  }
  void seek(Slot slot) {
    for (TermCursor& cursor : cursors_)
      if (cursor.slot() < slot) cursor.seek(slot);
    settle();
  }

 private:
  void settle() {
    slot_ = kNoSlot;
    for (const TermCursor& cursor : cursors_) slot_ = std::min(slot_, cursor.slot());
  }

  std::vector<TermCursor> cursors_;
  float bound_ = 0;
  Slot slot_ = kNoSlot;
};

class Disjunction {
 public:
  Disjunction(const Postings& postings, const DisjunctionQuery& query)
      : postings_(postings), query_(query), bits_(query.filter.bits()), length_mean_(postings.length_mean()) {
    for (const Group& group : query.groups) groups_.emplace_back(postings, group, query.bm25);
    std::sort(groups_.begin(), groups_.end(),
              [](const GroupCursor& a, const GroupCursor& b) { return a.bound() < b.bound(); });
    bounds_.push_back(0);
    for (const GroupCursor& group : groups_) bounds_.push_back(bounds_.back() + group.bound());
  }

  bool run(TopCandidates& top) {
    constexpr size_t kItemsPerLook = 256;  // items between two looks at the clock
    for (size_t seen = 0;; ++seen) {
      if (seen % kItemsPerLook == 0 && query_.deadline.passed()) return false;
      const Slot slot = next_slot();
      if (slot == kNoSlot) return true;
      if (bits_ != nullptr && !bits_->test(slot)) {
        skip_to(bits_->next(slot));
        continue;
      }
      const Candidate candidate{slot, score(slot, top.threshold())};
      // 0: of an item that was there before, by postings that are kept still.
      if (candidate.score > 0 && top.wants(candidate)) top.offer(candidate);
      while (essential_ < groups_.size() && bounds_[essential_ + 1] <= top.threshold()) ++essential_;
    }
  }

 private:
  // Groups before essential_ cannot lift an item over the threshold, even together: only
  // the other groups lead.
  [[nodiscard]] Slot next_slot() const {
    Slot slot = kNoSlot;
    for (size_t i = essential_; i < groups_.size(); ++i) slot = std::min(slot, groups_[i].slot());
    return slot;
  }

  // Moves the leading groups past what the filter's set does not have.
  void skip_to(Slot slot) {
    for (size_t i = essential_; i < groups_.size(); ++i)
      if (groups_[i].slot() < slot) groups_[i].seek(slot);
  }

  // Scores the item at which the leading groups stand, and advances them. Stops early, with less than the
  // threshold, when the item cannot exceed it.
  float score(Slot slot, float threshold) {
    const float norm = query_.bm25.norm(postings_.length(slot), length_mean_);
    float sum = 0;
    for (size_t i = essential_; i < groups_.size(); ++i) {
      if (groups_[i].slot() != slot) continue;
      sum += groups_[i].score(norm);
      groups_[i].next();
    }
    for (size_t i = essential_; i > 0 && sum + bounds_[i] > threshold; --i) {
      auto& group = groups_[i - 1];
      group.seek(slot);
      if (group.slot() == slot) sum += group.score(norm);
    }
    return sum;
  }

  const Postings& postings_;
  const DisjunctionQuery& query_;
  const SlotBits* bits_;
  float length_mean_;
  std::vector<GroupCursor> groups_;  // by bound, lowest first
  std::vector<float> bounds_;        // [i]: sum of the bounds of the groups before i
  size_t essential_ = 0;
};

}  // namespace

float Bm25::idf(size_t items, size_t having) {
  const auto n = static_cast<float>(having);
  return std::log1p((static_cast<float>(items) - n + 0.5F) / (n + 0.5F));
}

bool collect_best(const Postings& postings, const DisjunctionQuery& query, TopCandidates& top) {
  return Disjunction(postings, query).run(top);
}

}  // namespace modiste
