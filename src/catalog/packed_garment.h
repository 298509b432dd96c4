// A garment as compact bytes: what the catalog keeps of each one, a fifth of what the struct takes.
//
// Filters and rankers read ItemFacts; the texts are read for the items that are shown or compared, and taken
// apart then: about a microsecond and a copy of every text.
//
// Threads: any; the bytes never change. Copies share them.
#pragma once

#include <compare>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "base/kept_bytes.h"
#include "catalog/garment.h"

namespace modiste {

class PackedGarment {
 public:
  PackedGarment() = default;  // of no garment: only compared with nullptr
  explicit PackedGarment(const Garment& garment);
  // What stored() returned, at the beginning of these bytes and used in place. Of no garment when they are
  // cut short.
  static PackedGarment kept(KeptBytes bytes);
  [[nodiscard]] std::span<const std::byte> stored() const;

  // The garment, equal in every member to what was packed.
  [[nodiscard]] std::shared_ptr<const Garment> read() const;
  // Without taking the rest apart; valid as long as this one.
  [[nodiscard]] std::string_view id() const;
  [[nodiscard]] std::string_view currency() const;
  [[nodiscard]] std::string_view title() const;
  [[nodiscard]] bool names_sets() const;
  [[nodiscard]] size_t bytes() const;

  // Whether both were copied from the same one.
  friend bool operator==(const PackedGarment&, const PackedGarment&) = default;
  friend bool operator==(const PackedGarment& garment, std::nullptr_t) { return garment.bytes_ == nullptr; }

 private:
  // Of the texts at the beginning.
  [[nodiscard]] std::string_view text(size_t place) const;

  std::shared_ptr<const char[]> bytes_;
};

}  // namespace modiste
