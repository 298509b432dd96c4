// Which events of the log are filed under which identity key, so that a person can be rebuilt from those that
// teach, and all of theirs can be read, without a look at anybody else's.
//
// Threads: one caller at a time.
// Memory:  some 35 bytes a key; beside them 24 where its positions take more than 7 bytes. A position is its
//          distance from the one before, and whether it teaches, in 7 bits a byte: 3 bytes where a key has
//          one event in a million, 1 within a visit.
#pragma once

#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/log_position.h"
#include "identity/subject_id.h"

namespace modiste {

class FiledEvents {
 public:
  using Key = std::array<std::byte, kSubjectBytes>;

  // Identity keys are subject ids; nothing is filed under other texts.
  void add(std::string_view identity_key, LogPosition position, bool teaches);  // in the order of the log
  void teaches_nothing(std::string_view identity_key, LogPosition position);    // after all
  void erase(std::string_view identity_key);
  // Files what is filed under one key under another.
  void move(std::string_view from, std::string_view to);

  // Appends those of a key, ascending: that teach, or all.
  void teaching(std::string_view identity_key, std::vector<LogPosition>& out) const;
  void all(std::string_view identity_key, std::vector<LogPosition>& out) const;
  // The keys that have any that teaches, in the order of their texts.
  [[nodiscard]] std::vector<std::string> keys() const;

  // For snapshots (base/binary_fields.h): keys as texts in their order, each with its packed positions.
  template <class Io, class Filed>
  static void fields(Io& io, Filed& filed);

 private:
  // Twice the position, one more if it teaches.
  static uint64_t entry_of(LogPosition position, bool teaches) {
    return position.number() << 1 | (teaches ? 1 : 0);
  }
  static bool teaches(uint64_t entry) { return (entry & 1) != 0; }
  static LogPosition position_of(uint64_t entry) { return LogPosition::of(entry >> 1); }

  // Ascending entries as the bytes of their distances: up to kInPlace in place, else in a block.
  class Entries {
   public:
    Entries() = default;
    Entries(Entries&& other) noexcept : word_(std::exchange(other.word_, kNothing)) {}
    Entries& operator=(Entries&& other) noexcept {
      std::swap(word_, other.word_);
      return *this;
    }
    ~Entries() {
      if (!is_in_place()) delete[] block();
    }

    void add(uint64_t entry);  // greater than the last
    // Calls visit(entry) for each.
    template <class Visit>
    void each(const Visit& visit) const;
    [[nodiscard]] std::vector<uint64_t> all() const;
    [[nodiscard]] std::string_view packed() const { return {bytes(), head().bytes}; }
    bool unpack(std::string_view packed);  // false: not what packed() answers

   private:
    struct Head {  // of a block
      uint64_t last = 0;
      uint32_t bytes = 0, capacity = 0;
    };
    static constexpr size_t kInPlace = 7;
    static constexpr uint64_t kNothing = 1;

    [[nodiscard]] bool is_in_place() const { return (word_ & 1) != 0; }
    [[nodiscard]] char* block() const { return reinterpret_cast<char*>(word_); }
    [[nodiscard]] Head head() const;
    [[nodiscard]] const char* bytes() const {
      return is_in_place() ? reinterpret_cast<const char*>(&word_) + 1 : block() + sizeof(Head);
    }
    void move_to_block(size_t bytes, const Head& known);

    // The address of a block, which is even; or, its lowest bit set, the number of bytes in place twice, and
    // in the seven bytes above it those.
    uint64_t word_ = kNothing;
  };
  struct KeyHash {
    size_t operator()(const Key& key) const {
      uint64_t halves[2];
      std::memcpy(halves, key.data(), sizeof halves);
      return halves[0] ^ halves[1];  // subjects are random
    }
  };

  template <class Visit>
  void visit(std::string_view identity_key, const Visit& each) const {
    const auto subject = parse_subject_id(identity_key);
    const auto known = subject ? filed_.find(*subject) : filed_.end();
    if (known != filed_.end()) known->second.each(each);
  }

  boost::unordered_flat_map<Key, Entries, KeyHash> filed_;
};

template <class Visit>
void FiledEvents::Entries::each(const Visit& visit) const {
  uint64_t entry = 0, distance = 0;
  uint32_t shift = 0;
  const size_t end = head().bytes;
  for (size_t i = 0; i < end; ++i) {
    const auto byte = static_cast<uint8_t>(bytes()[i]);
    distance |= uint64_t{byte & 0x7FU} << shift;
    shift += 7;
    if ((byte & 0x80U) != 0) continue;
    entry += distance;
    visit(entry);
    distance = 0;
    shift = 0;
  }
}

template <class Io, class Filed>
void FiledEvents::fields(Io& io, Filed& filed) {
  if constexpr (Io::kReads) {
    filed.filed_.clear();
    for (size_t left = io.size(1); left > 0 && io.ok(); --left) {
      std::string key;
      std::string_view packed;
      io.text(key);
      io.view(packed);
      const auto subject = parse_subject_id(key);
      io.require(subject.has_value());
      if (!io.ok()) return;
      io.require(filed.filed_[*subject].unpack(packed));
    }
  } else {
    std::vector<const typename decltype(filed.filed_)::value_type*> in_order;
    in_order.reserve(filed.filed_.size());
    for (const auto& entry : filed.filed_) in_order.push_back(&entry);
    std::sort(in_order.begin(), in_order.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    io.size(in_order.size());
    for (const auto* entry : in_order) {
      io.text(subject_id(entry->first));
      io.text(entry->second.packed());
    }
  }
}

}  // namespace modiste
