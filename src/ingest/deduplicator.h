// Port: which events have been accepted lately, so that a repeated one is acknowledged and changes nothing.
// Implemented by RecentEventIds in memory.
//
// An event is claimed before it is appended to the log, and confirmed when it is durable, or released when
// the append failed. A crash in between leaves it unclaimed: an unconfirmed event may be sent again. A repeat
// of a pending event must not be acknowledged before the event is confirmed.
//
// The window is bounded: an event that is repeated after many others is not recognised.
// Threads: any.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace modiste {

// Event ids are unique per subject only. The views are borrowed from the caller.
struct EventKey {
  std::string_view subject, event_id;
};

enum class Claim : uint8_t {
  kNew,      // the caller's now, who confirms or releases it
  kPending,  // claimed by somebody else, or earlier in the same list, and not yet confirmed
  kKnown     // confirmed: it is in the log
};

class Deduplicator {
 public:
  virtual ~Deduplicator() = default;

  // One answer for each key, in their order; on an error none was claimed.
  virtual Result<std::vector<Claim>> claim(std::span<const EventKey> keys) = 0;
  // They are in the log. Keys that were never claimed are remembered too: after a start the end of the log is
  // confirmed.
  virtual Result<Done> confirm(std::span<const EventKey> keys) = 0;
  // Takes claims back. Confirmed keys stay.
  virtual Result<Done> release(std::span<const EventKey> keys) = 0;
  // Whether claim() would not answer kNew. Claims nothing.
  [[nodiscard]] virtual Result<bool> is_claimed(const EventKey& key) const = 0;

  // For snapshots of a process: what is confirmed, and all of it instead of what is known. One that outlives
  // the process saves nothing. kCorrupt: not what save() wrote.
  virtual void save(std::string& out) const = 0;
  virtual Result<Done> load(std::string_view bytes) = 0;
};

}  // namespace modiste
