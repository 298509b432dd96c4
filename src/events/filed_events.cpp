#include "events/filed_events.h"

#include <algorithm>

namespace modiste {

// In place the last entry is not kept: whoever needs it adds the distances up.
FiledEvents::Entries::Head FiledEvents::Entries::head() const {
  Head head;
  if (is_in_place())
    head.bytes = static_cast<uint32_t>((word_ & 0xFF) >> 1);
  else
    std::memcpy(&head, block(), sizeof head);
  return head;
}

// A block for so many bytes, with those that are known.
void FiledEvents::Entries::move_to_block(size_t size, const Head& known) {
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

void FiledEvents::Entries::add(uint64_t entry) {
  constexpr size_t kBytesMost = 10;  // of a distance of 64 bits
  Head known = head();
  if (is_in_place()) each([&](uint64_t last) { known.last = last; });
  std::array<char, kBytesMost> packed{};
  uint32_t size = 0;
  uint64_t distance = entry - known.last;
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
  known.last = entry;
  std::memcpy(block(), &known, sizeof known);
}

std::vector<uint64_t> FiledEvents::Entries::all() const {
  std::vector<uint64_t> found;
  each([&](uint64_t entry) { found.push_back(entry); });
  return found;
}

bool FiledEvents::Entries::unpack(std::string_view packed) {
  constexpr uint32_t kShiftMost = 56;  // of a number below 2^63
  uint64_t entry = 0, distance = 0;
  uint32_t shift = 0;
  for (const char one : packed) {
    const auto byte = static_cast<uint8_t>(one);
    if (shift > kShiftMost || (shift > 0 && byte == 0)) return false;
    distance |= uint64_t{byte & 0x7FU} << shift;
    shift += 7;
    if ((byte & 0x80U) != 0) continue;
    const bool is_first = entry == 0 && word_ == kNothing;
    if (!is_first && distance == 0) return false;
    entry += distance;
    if (entry >> 63 != 0) return false;
    add(entry);
    distance = shift = 0;
  }
  return shift == 0;
}

void FiledEvents::add(std::string_view identity_key, LogPosition position, bool teaches) {
  if (const auto subject = parse_subject_id(identity_key)) filed_[*subject].add(entry_of(position, teaches));
}

// Late marks are few: the list is written again.
void FiledEvents::teaches_nothing(std::string_view identity_key, LogPosition position) {
  const auto subject = parse_subject_id(identity_key);
  const auto known = subject ? filed_.find(*subject) : filed_.end();
  if (known == filed_.end()) return;
  Entries changed;
  known->second.each([&](uint64_t entry) {
    changed.add(position_of(entry) == position ? entry_of(position, false) : entry);
  });
  known->second = std::move(changed);
}

void FiledEvents::erase(std::string_view identity_key) {
  if (const auto subject = parse_subject_id(identity_key)) filed_.erase(*subject);
}

void FiledEvents::move(std::string_view from, std::string_view to) {
  const auto old_key = parse_subject_id(from), new_key = parse_subject_id(to);
  if (!old_key || !new_key) return;
  const auto moved = filed_.find(*old_key);
  if (moved == filed_.end()) return;
  std::vector<uint64_t> all = moved->second.all();
  filed_.erase(moved);
  Entries& joined = filed_[*new_key];
  const auto of_moved = static_cast<std::ptrdiff_t>(all.size());
  joined.each([&](uint64_t entry) { all.push_back(entry); });
  std::inplace_merge(all.begin(), all.begin() + of_moved, all.end());
  joined = Entries();
  for (const uint64_t entry : all) joined.add(entry);
}

void FiledEvents::teaching(std::string_view identity_key, std::vector<LogPosition>& out) const {
  visit(identity_key, [&](uint64_t entry) {
    if (teaches(entry)) out.push_back(position_of(entry));
  });
}

void FiledEvents::all(std::string_view identity_key, std::vector<LogPosition>& out) const {
  visit(identity_key, [&](uint64_t entry) { out.push_back(position_of(entry)); });
}

std::vector<std::string> FiledEvents::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, entries] : filed_) {
    bool any = false;
    entries.each([&](uint64_t entry) { any = any || teaches(entry); });
    if (any) keys.push_back(subject_id(key));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace modiste
