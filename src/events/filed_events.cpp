#include "events/filed_events.h"

#include <algorithm>

namespace modiste {

// In place the last position is not kept: whoever needs it adds the distances up.
FiledEvents::Positions::Head FiledEvents::Positions::head() const {
  Head head;
  if (is_in_place())
    head.bytes = static_cast<uint32_t>((word_ & 0xFF) >> 1);
  else
    std::memcpy(&head, block(), sizeof head);
  return head;
}

// A block for so many bytes, with those that are known.
void FiledEvents::Positions::move_to_block(size_t size, const Head& known) {
  // A quarter more, up to where malloc's own step of 16 bytes ends, 8 of which it keeps.
  constexpr size_t kStep = 16, kKept = 8;
  const size_t wanted = sizeof(Head) + size + size / 4;
  const size_t whole = (wanted + kKept + kStep - 1) / kStep * kStep - kKept;
  char* const larger = new char[whole];
  Head head = known;
  head.capacity = static_cast<uint32_t>(whole - sizeof(Head));
  std::memcpy(larger, &head, sizeof head);
  std::memcpy(larger + sizeof head, bytes(), known.bytes);
  if (!is_in_place()) delete[] block();
  word_ = reinterpret_cast<uint64_t>(larger);
}

void FiledEvents::Positions::add(uint64_t position) {
  constexpr size_t kBytesMost = 10;  // of a distance of 64 bits
  Head known = head();
  if (is_in_place()) each([&](uint64_t last) { known.last = last; });
  std::array<char, kBytesMost> packed{};
  uint32_t size = 0;
  uint64_t distance = position - known.last;
  for (; distance >= 0x80; distance >>= 7)
    packed[size++] = static_cast<char>(static_cast<uint8_t>(distance & 0x7F) | 0x80U);
  packed[size++] = static_cast<char>(distance);
  if (is_in_place() && known.bytes + size <= kInPlace) {
    std::memcpy(reinterpret_cast<char*>(&word_) + 1 + known.bytes, packed.data(), size);
    word_ = (word_ & ~uint64_t{0xFF}) | (known.bytes + size) << 1 | 1;
    return;
  }
  if (is_in_place() || known.bytes + size > known.capacity) {
    move_to_block(known.bytes + size, known);
    known.capacity = head().capacity;
  }
  std::memcpy(block() + sizeof(Head) + known.bytes, packed.data(), size);
  known.bytes += size;
  known.last = position;
  std::memcpy(block(), &known, sizeof known);
}

std::vector<uint64_t> FiledEvents::Positions::all() const {
  std::vector<uint64_t> found;
  each([&](uint64_t position) { found.push_back(position); });
  return found;
}

void FiledEvents::add(std::string_view identity_key, LogPosition position) {
  if (const auto subject = parse_subject_id(identity_key)) filed_[*subject].add(position.number());
}

// Late marks are few: the list is written again.
void FiledEvents::remove(std::string_view identity_key, LogPosition position) {
  const auto subject = parse_subject_id(identity_key);
  const auto known = subject ? filed_.find(*subject) : filed_.end();
  if (known == filed_.end()) return;
  Positions kept;
  known->second.each([&](uint64_t one) {
    if (one != position.number()) kept.add(one);
  });
  known->second = std::move(kept);
}

void FiledEvents::erase(std::string_view identity_key) {
  if (const auto subject = parse_subject_id(identity_key)) filed_.erase(*subject);
}

void FiledEvents::positions(std::string_view identity_key, std::vector<LogPosition>& out) const {
  const auto subject = parse_subject_id(identity_key);
  const auto known = subject ? filed_.find(*subject) : filed_.end();
  if (known == filed_.end()) return;
  known->second.each([&](uint64_t number) { out.push_back(LogPosition::of(number)); });
}

std::vector<std::string> FiledEvents::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, positions] : filed_)
    if (!positions.all().empty()) keys.push_back(subject_id(key));
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace modiste
