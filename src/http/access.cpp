#include "http/access.h"

#include <fmt/format.h>

#include <array>

#include "http/problem.h"
#include "http/signing.h"

namespace modiste::http {
namespace {

// The weakest credential may do no more than the stronger ones: a message that asks for a stronger one is
// then right.
constexpr bool is_ordered(const AccessRule& rule) {
  return rule.unknown <= rule.device && rule.device <= rule.shopper;
}
static_assert(is_ordered(access::kPublic) && is_ordered(access::kStorefront) && is_ordered(access::kAnswer) &&
              is_ordered(access::kBehaviour) && is_ordered(access::kIntimate) &&
              is_ordered(access::kPersonal) && is_ordered(access::kWriter) && is_ordered(access::kAdmin));

using T = EventType;

// What a page sees a shopper do. Everything else is a fact about an account or an order, which a page could
// forge. A new type is refused until it is listed.
constexpr EnumSet<EventType> kSeenByPages{
    T::kImpression, T::kPageView, T::kProductView, T::kOutfitView,     T::kSearch,
    T::kFilter,     T::kClick,    T::kLike,        T::kPass,           T::kUndo,
    T::kSave,       T::kUnsave,   T::kAddToCart,   T::kRemoveFromCart, T::kOutfitComplete,
    T::kReview,     T::kQuiz,     T::kVetoes,      T::kBody,           T::kOwn,
    T::kDisown};

constexpr std::string_view kAskForKey = "an API key";
constexpr size_t kSessionIdBytes = 16;

Error refused(std::string what, std::string where, std::string_view expected) {
  return {Code::kInvalid, std::move(what), std::move(where), std::string(expected)};
}

// An id that the request names must be the one that a token proves.
Result<Done> check_own(std::string_view named, std::string_view proven, std::string_view member, char prefix,
                       std::string_view expected) {
  if (named.empty() || named == proven) return kOk;
  return refused(fmt::format("{} is not the caller's", member), fmt::format("{}{}", prefix, member),
                 expected);
}

Result<Done> check_shopper(std::string_view named, const Caller& caller, char prefix) {
  return check_own(named, caller.shopper_id, "shopper_id", prefix,
                   "a shopper token whose sub is this shopper, or an API key");
}

Result<Done> check_device(std::string_view named, const Caller& caller, char prefix) {
  return check_own(
      named, caller.device_id, "device_id", prefix,
      "the device token of this device (in X-Device-Token beside a shopper token), or an API key");
}

std::string own_session(const Caller& caller, std::string_view session_id) {
  if (session_id.empty()) return {};
  const bool by_device = !caller.device_id.empty();
  const auto& owner = by_device ? caller.device_id : caller.shopper_id;
  const auto text =
      fmt::format("{} {} {} {}", by_device ? "device" : "user", owner.size(), owner, session_id);
  return "ses_" + base64url(hmac_sha256("modiste session 1", text).substr(0, kSessionIdBytes));
}

}  // namespace

std::string_view name_of(Scope scope) {
  constexpr std::array<std::string_view, 4> kNames{"public", "shopper", "writer", "admin"};
  return kNames[static_cast<size_t>(scope)];
}

std::string_view name_of(Right right) {
  constexpr std::array<std::string_view, 5> kNames{"no", "if it names nobody",
                                                   "own, until a shopper signs in", "own", "yes"};
  return kNames[static_cast<size_t>(right)];
}

bool device_may_send(EventType type) { return kSeenByPages.contains(type); }

Result<Done> Caller::claim(NamedWho who) const {
  const bool named = !who.shopper_id.empty() || !who.device_id.empty() || !who.session_id.empty();
  if (trusted) {
    if (!named) who.shopper_id = shopper_id, who.device_id = device_id;
    return kOk;
  }
  if (!known()) {
    if (!named) return kOk;
    const auto* member = !who.shopper_id.empty()  ? "shopper_id"
                         : !who.device_id.empty() ? "device_id"
                                                  : "session_id";
    return refused(fmt::format("{} needs a token: without one nobody may be named", member),
                   fmt::format("{}{}", who.prefix, member),
                   "a request that names nobody, or " + accepted_credentials(access::kBehaviour));
  }
  TRY(check_shopper(who.shopper_id, *this, who.prefix));
  TRY(check_device(who.device_id, *this, who.prefix));
  who.shopper_id = shopper_id;
  who.device_id = device_id;
  who.session_id = own_session(*this, who.session_id);
  return kOk;
}

Result<Done> Caller::claim(Event& event) const {
  if (trusted) {
    if (identifier_count(event) == 0) event.shopper_id = shopper_id, event.device_id = device_id;
    return kOk;
  }
  event.by_shopper = true;
  if (shopper_id.empty() && !device_may_send(event.type))
    return refused(fmt::format("events of type {} need more than a device token", row_of(event.type).name),
                   "/type", "a shopper token or an API key");
  const std::pair<const std::string&, std::string_view> unproven[] = {
      {event.loyalty_id, "loyalty_id"}, {event.email_hash, "email_hash"}, {event.external_id, "external_id"}};
  for (const auto& [id, member] : unproven)
    if (!id.empty())
      return refused(fmt::format("{} cannot be proven by a token", member), fmt::format("/{}", member),
                     kAskForKey);
  return claim(NamedWho{event.shopper_id, event.device_id, event.session_id, '/'});
}

Result<Done> Caller::claim(const Identifier& shopper, std::string_view where) const {
  if (trusted) return kOk;
  if (shopper.kind == IdentifierKind::kUser && !shopper_id.empty() && shopper.id == shopper_id) return kOk;
  if (shopper.kind == IdentifierKind::kDevice && !device_id.empty() && shopper.id == device_id) return kOk;
  return refused(fmt::format("the {} of the path is not the caller", name_of(shopper.kind)),
                 std::string(where), "the id that the caller's token names, with its kind, or an API key");
}

Error needs_sign_in(std::string_view where) {
  return refused("a shopper has signed in on this device: what is held may come from their other devices",
                 std::string(where), "a shopper token of the shopper who signed in, or an API key");
}

Response refusal(const Caller& caller, const Error& error) {
  const int status = caller.known() ? 403 : 401;
  auto out = problem(status, error);
  out.fields.emplace_back("WWW-Authenticate", status == 401
                                                  ? "Bearer realm=\"modiste\""
                                                  : "Bearer realm=\"modiste\", error=\"insufficient_scope\"");
  return out;
}

std::string accepted_credentials(const AccessRule& rule) {
  if (rule.key == Scope::kPublic) return "none";
  std::string out;
  if (rule.device != Right::kNone) out += "a device token (POST /v1/devices), ";
  if (rule.shopper != Right::kNone) out += "a shopper token or ";
  return out + fmt::format("an API key of scope {}", name_of(rule.key));
}

std::string access_sentence(const AccessRule& rule) {
  if (rule.key == Scope::kPublic) return "Open to everybody.";
  // POST /v1/devices, which issues the first token, is one of these.
  if (rule.unknown == Right::kAll)
    return fmt::format(
        "Open to everybody if server.shoppers_without_key is set. Otherwise needs an API key of scope {}; a "
        "device token or a shopper token is enough too.",
        name_of(rule.key));
  const std::string_view without =
      rule.unknown == Right::kNone
          ? ""
          : " A request that names nobody needs none if server.shoppers_without_key is set.";
  const std::string_view until = rule.device == Right::kOwnUntilSignIn
                                     ? " A device token is enough until a shopper signs in on the device."
                                     : "";
  return fmt::format("Needs {}.{}{}", accepted_credentials(rule), until, without);
}

}  // namespace modiste::http
