#include "events/event_rules.h"

#include <fmt/format.h>

#include "base/text.h"

namespace modiste {
namespace {

using M = EventMember;

// Empty text, lists and maps are absent; so is an optional without a value.
template <auto Member>
bool present(const Event& event) {
  const auto& value = event.*Member;
  if constexpr (requires { value.has_value(); })
    return value.has_value();
  else
    return !value.empty();
}

constexpr EventTypes needing(EventMember member) {
  EventTypes types;
  for (const auto& row : kEventTypes)
    if (row.needs.contains(member)) types.insert(row.type);
  return types;
}

constexpr EventTypes allowing(EventMember member) {
  EventTypes types = needing(member);
  for (const auto& row : kEventTypes)
    if (row.may_have.contains(member)) types.insert(row.type);
  return types;
}

enum class Elsewhere { kAllowed, kRefused };

constexpr MemberRule rule(EventMember member, std::string_view name, bool (*is_present)(const Event&),
                          std::string_view expected, Elsewhere elsewhere = Elsewhere::kRefused) {
  return {name, is_present, needing(member),
          elsewhere == Elsewhere::kAllowed ? EventTypes::all() : allowing(member), expected};
}

constexpr MemberRule kRules[] = {
    rule(M::kGarmentId, "garment_id", present<&Event::garment_id>, "the id of the garment it is about",
         Elsewhere::kAllowed),
    rule(M::kGarmentIds, "garment_ids", present<&Event::garment_ids>, "the garments it is made of"),
    rule(M::kItems, "items", present<&Event::items>, "the items that were shown"),
    rule(M::kPage, "page", present<&Event::page>, "which page", Elsewhere::kAllowed),
    rule(M::kFilters, "filters", present<&Event::filters>, "the values chosen, by facet"),
    rule(M::kReason, "reason", present<&Event::reason>, "why it was returned"),
    rule(M::kQuiz, "quiz", present<&Event::quiz>, "the answers"),
    rule(M::kVetoes, "vetoes", present<&Event::vetoes>, "what is never to be shown"),
    rule(M::kBody, "body", present<&Event::body>, "the shopper's measures"),
    rule(M::kOwned, "owned", present<&Event::owned>, "the garment that the shopper has"),
    rule(M::kConsent, "consent", present<&Event::consent>, "a purpose that is consented to or not"),
    rule(M::kRating, "rating", present<&Event::rating>, "1 to 5"),
    rule(M::kFit, "fit", present<&Event::fit>, "how it fits"),
    rule(M::kQuery, "query", present<&Event::query>, "what was asked for", Elsewhere::kAllowed),
    rule(M::kUndoes, "undoes", present<&Event::undoes>, "the event_id that is taken back"),
    rule(M::kSubjects, "subjects", present<&Event::subjects>, "the subjects to erase"),
    rule(M::kLink, "link", present<&Event::link>, "the identity link"),
    rule(M::kDegraded, "degraded", present<&Event::degraded>, "the stages that were replaced")};

}  // namespace

std::span<const MemberRule> member_rules() { return kRules; }

Error misplaced(const MemberRule& rule, EventType type) {
  std::string owners;
  for (const auto& row : kEventTypes)
    if (rule.allowed_on.contains(row.type) && !row.is_internal)
      owners += fmt::format("{}{}", owners.empty() ? "" : ", ", row.name);
  return {Code::kInvalid, fmt::format("{} event has '{}'", with_article(name_of(type)), rule.member),
          fmt::format("/{}", rule.member),
          owners.empty() ? "it only on events that Modiste writes itself" : "it only on: " + owners};
}

}  // namespace modiste
