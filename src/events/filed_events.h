// Which events of the log are filed under which identity key, so that a person can be rebuilt from theirs.
//
// Threads: one caller at a time.
// Memory:  some 35 bytes a key; beside them 24 where its positions take more than 7 bytes. A position is its
//          distance from the one before in 7 bits a byte: 3 bytes where a key has one event in a million, 1
//          within a visit.
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
  void add(std::string_view identity_key, LogPosition position);  // in the order of the log
  void remove(std::string_view identity_key, LogPosition position);
  void erase(std::string_view identity_key);

  // Appends those of a key, ascending.
  void positions(std::string_view identity_key, std::vector<LogPosition>& out) const;
  // The keys that have any, in the order of their texts.
  [[nodiscard]] std::vector<std::string> keys() const;

  // For snapshots (base/binary_fields.h): keys as texts in their order, each with its positions.
  template <class Io, class Filed>
  static void fields(Io& io, Filed& filed);

 private:
  // Ascending positions as the bytes of their distances: up to kInPlace in place, else in a block.
  class Positions {
   public:
    Positions() = default;
    Positions(Positions&& other) noexcept : word_(std::exchange(other.word_, kNothing)) {}
    Positions& operator=(Positions&& other) noexcept {
      std::swap(word_, other.word_);
      return *this;
    }
    ~Positions() {
      if (!is_in_place()) delete[] block();
    }

    void add(uint64_t position);
    // Calls visit(position) for each.
    template <class Visit>
    void each(const Visit& visit) const;
    [[nodiscard]] std::vector<uint64_t> all() const;

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

  boost::unordered_flat_map<Key, Positions, KeyHash> filed_;
};

template <class Visit>
void FiledEvents::Positions::each(const Visit& visit) const {
  uint64_t position = 0, distance = 0;
  uint32_t shift = 0;
  const size_t end = head().bytes;
  for (size_t i = 0; i < end; ++i) {
    const auto byte = static_cast<uint8_t>(bytes()[i]);
    distance |= uint64_t{byte & 0x7FU} << shift;
    shift += 7;
    if ((byte & 0x80U) != 0) continue;
    position += distance;
    visit(position);
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
      std::vector<LogPosition> positions;
      io.text(key);
      io.list(positions, kPositionField);
      const auto subject = parse_subject_id(key);
      io.require(subject.has_value());
      if (!io.ok()) return;
      Positions& of_key = filed.filed_[*subject];
      for (const LogPosition position : positions) {
        io.require(!position.is_begin());
        if (io.ok()) of_key.add(position.number());
      }
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
      io.list(entry->second.all(), [](auto& each_io, uint64_t number) {
        const LogPosition position = LogPosition::of(number);
        kPositionField(each_io, position);
      });
    }
  }
}

}  // namespace modiste
