// Where an event stands in the event log.
//
// Opaque: positions ascend in the order of the log, may leave gaps, and mean something to their log only (the
// number of an event, an offset of a Kafka partition, a key of a table). Consumers compare and keep them;
// no arithmetic is done on them. A consumer that keeps the position of the last event it folded
// continues after it: every read of a log returns the events after a position.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/result.h"

namespace modiste {

class LogPosition {
 public:
  static constexpr size_t kBytes = 8;

  // Before the first event.
  constexpr LogPosition() = default;
  static constexpr LogPosition begin() { return {}; }
  [[nodiscard]] constexpr bool is_begin() const { return raw_ == 0; }

  // For logs, formats and messages: the log's own number of an event; begin() has none.
  static LogPosition of(uint64_t number) {
    CHECK(number < UINT64_MAX);
    return LogPosition(number + 1);
  }
  [[nodiscard]] uint64_t number() const {
    CHECK(!is_begin());
    return raw_ - 1;
  }

  // For snapshots. Both sort as the positions do.
  [[nodiscard]] std::array<std::byte, kBytes> to_bytes() const;  // big-endian
  [[nodiscard]] std::string to_text() const;                     // 16 hex digits, lower case
  // kInvalid: not what to_bytes() or to_text() returns.
  static Result<LogPosition> from_bytes(std::span<const std::byte> bytes);
  static Result<LogPosition> from_text(std::string_view text);

  friend constexpr auto operator<=>(LogPosition, LogPosition) = default;

 private:
  explicit constexpr LogPosition(uint64_t raw) : raw_(raw) {}
  uint64_t raw_ = 0;
};

// For base/binary_fields.h.
inline constexpr auto kPositionField = [](auto& io, auto& position) {
  auto bytes = position.to_bytes();
  io.bytes(bytes);
  if constexpr (std::remove_reference_t<decltype(io)>::kReads)
    position = LogPosition::from_bytes(bytes).value();  // any eight bytes are one
};

}  // namespace modiste

template <>
struct std::hash<modiste::LogPosition> {
  size_t operator()(modiste::LogPosition position) const noexcept {
    return position.is_begin() ? 0 : std::hash<uint64_t>()(position.number());
  }
};
