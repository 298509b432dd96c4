// Style, identity, export and erasure of a shopper, for the shopper and for the shop.
//
// Threads: every method from any thread. export_shopper() reads the shopper's events from the log; erase()
// and set_link() wait for the log's fsync.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "identity/subject_store.h"
#include "ingest/dead_letters.h"
#include "serving/events/event_service.h"
#include "serving/request/policy.h"
#include "serving/shopper/liked_view.h"
#include "serving/shopper/person_views.h"
#include "serving/shopper/style_view.h"
#include "serving/state/shop_state.h"

namespace modiste {

struct ShopperPorts {
  const Clock& clock;
  const LoggedEvents& log;
  SubjectStore& subjects;
  DeadLetters* letters = nullptr;  // null: refused events are not kept
};

// Methods return kNotFound when no event has carried the identifier, unless they say otherwise.
class ShopperService {
 public:
  // Borrows everything but the policy.
  ShopperService(const ShopperPorts& ports, const ShopState& shop, EventService& events, Policy policy)
      : ports_(ports), shop_(shop), events_(events), policy_(std::move(policy)) {}

  // Returns an empty view for an unknown shopper.
  [[nodiscard]] StyleView style(const Identifier& shopper) const;
  // What the shopper liked, latest first; empty for an unknown shopper. kInvalid: `after` is not
  // the `next` of a page.
  [[nodiscard]] Result<LikedPage> liked(const Identifier& shopper, std::string_view after,
                                        size_t count) const;
  // Nothing for an unknown shopper.
  [[nodiscard]] Vetoes vetoes(const Identifier& shopper) const;
  // Replaces all vetoes; durable. Returns those in effect: still the earlier ones for a shopper who does not
  // consent to a profile. kInvalid: a name that the vocabulary does not have.
  Result<Vetoes> set_vetoes(const Identifier& shopper, Vetoes vetoes);
  // Whether a shopper signed in on the device, so that what is held of it may come from their other devices,
  // and this account is not theirs. An empty id: of nobody. False for an unknown device.
  [[nodiscard]] Result<bool> is_anothers(const Identifier& device, std::string_view shopper_id) const;
  // The identifiers that belong to one person, and the links between them.
  [[nodiscard]] Result<IdentityView> identity(const Identifier& shopper) const;
  // Identity, consent, style and every event of the shopper, those of their wardrobe too. Photos are read as
  // WardrobeService::photo(). Refused events are not in it: they are nobody's, and that one mentions an
  // identifier does not say whose it is.
  [[nodiscard]] Result<ShopperExport> export_shopper(const Identifier& shopper) const;
  // Erases the profile, the refused events and the identifier mappings. The events stay in the log but can no
  // longer be linked to a person.
  Result<Done> erase(const Identifier& shopper);
  // Deletes what a person stored beside the log, such as photos: called by each erasure with the person,
  // before the event that erases them. Set it before the first.
  void before_erasure(std::function<Result<Done>(std::string_view person)> forget) {
    forget_person_ = std::move(forget);
  }
  // Deletes what is stored of the shopper beside the stores that the shop knows: called by each erasure,
  // before it is acknowledged. Set it before the first.
  void on_erasure(std::function<Result<Done>()> forget) { forget_ = std::move(forget); }
  // What the shopper said of their body; nothing for an unknown shopper.
  [[nodiscard]] BodyProfile body(const Identifier& shopper) const;
  // Replaces it; durable. Returns what is in effect, as set_vetoes().
  Result<BodyProfile> set_body(const Identifier& shopper, BodyProfile body);
  // Splits or re-joins two linked identities. Durable; both profiles are rebuilt from their own events.
  Result<IdentityView> set_link(const Identifier& shopper, std::string_view link, bool merges);

 private:
  [[nodiscard]] Result<std::string> person_of(const Identifier& shopper) const;
  [[nodiscard]] Result<std::vector<Identifier>> identifiers_of_person(std::string_view person) const;
  [[nodiscard]] Result<Event> make_erasure(const Identifier& shopper) const;

  ShopperPorts ports_;
  const ShopState& shop_;
  EventService& events_;
  const Policy policy_;
  std::function<Result<Done>(std::string_view)> forget_person_;  // may be empty
  std::function<Result<Done>()> forget_;                         // likewise
};

}  // namespace modiste
