// Sends events to a shop and manages its dead letters: through the server that has the data directory open,
// else in the directory itself.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shop/open_shop.h"
#include "shop/remote/remote.h"

namespace modiste {

// Threads: one owner. Errors of every call: those of EventIntake and of call_server.
class EventAccess {
 public:
  // Errors as OpenShop::open when no server has the shop open.
  static Result<EventAccess> open(const Config& config);

  Result<EventsReport> send(const std::string& body) const;
  Result<LetterPage> list(const LetterQuery& query) const;
  Result<DeadLetter> show(int64_t id) const;
  Result<DeadLetter> fix(int64_t id, json::value body) const;
  Result<ReplayReport> replay(int64_t id) const;
  Result<ReplayReport> replay(const LetterQuery& query) const;
  Result<Done> drop(int64_t id) const;

 private:
  EventAccess() = default;
  [[nodiscard]] EventIntake& intake() const { return shop_->services().intake(); }
  template <class T>
  Result<T> ask(std::string_view method, const std::string& target, const std::string& body = "") const;

  std::optional<ServingNote> server_;
  std::unique_ptr<OpenShop> shop_;  // null when it is served
};

// The bodies to send for a file: one that is a whole body as it is; JSON Lines, one event a line, in batches.
// kInvalid with the event's number.
Result<std::vector<std::string>> event_bodies(const std::string& text);

}  // namespace modiste
