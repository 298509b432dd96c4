// Who may do what: one rule a route, and whose data a caller may touch. docs/access.md explains it to
// storefronts.
//
// A caller is trusted (an API key, or an open server), or holds tokens that say who they are, or is unknown.
// A caller that is not trusted acts for itself only: a request that names another shopper is refused, and one
// without names is about the caller. Threads: values.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "events/event.h"
#include "http/message.h"
#include "identity/identifier.h"

namespace modiste::http {

// Of API keys; each scope includes those before it. kPublic: no key needed.
enum class Scope : uint8_t { kPublic, kShopper, kWriter, kAdmin };
[[nodiscard]] std::string_view name_of(Scope scope);

// What a caller without a key may do with a route; each includes those before it.
enum class Right : uint8_t {
  kNone,
  kUnnamed,         // as long as the request names nobody
  kOwnUntilSignIn,  // for the device of the token, as long as no shopper signed in on it
  kOwn,             // for the shopper and the device of the tokens
  kAll
};

// As a table shows it: "no", "if it names nobody", "own, until a shopper signs in", "own", "yes".
[[nodiscard]] std::string_view name_of(Right right);

struct AccessRule {
  std::string_view name;
  Right unknown = Right::kNone;  // without key and token, where server.shoppers_without_key allows it
  Right device = Right::kNone;   // with a device token
  Right shopper = Right::kNone;  // with a shopper token
  Scope key = Scope::kAdmin;     // with an API key, of this scope at least
};

namespace access {

inline constexpr AccessRule kPublic{"public", Right::kAll, Right::kAll, Right::kAll, Scope::kPublic};
// What everybody sees in a shop: nothing in it is about a shopper.
inline constexpr AccessRule kStorefront{"storefront", Right::kAll, Right::kAll, Right::kAll, Scope::kShopper};
inline constexpr AccessRule kAnswer{"answer", Right::kUnnamed, Right::kOwn, Right::kOwn, Scope::kShopper};
inline constexpr AccessRule kBehaviour{"behaviour", Right::kNone, Right::kOwn, Right::kOwn, Scope::kShopper};
// What a person has and said of their body. Once they signed in, it may have come from their other devices: a
// device that others use too must not tell it, nor take it away.
inline constexpr AccessRule kIntimate{"intimate", Right::kNone, Right::kOwnUntilSignIn, Right::kOwn,
                                      Scope::kShopper};
// All that is held about a person, which may have come from their other devices.
inline constexpr AccessRule kPersonal{"personal", Right::kNone, Right::kNone, Right::kOwn, Scope::kWriter};
inline constexpr AccessRule kWriter{"writer", Right::kNone, Right::kNone, Right::kNone, Scope::kWriter};
inline constexpr AccessRule kAdmin{"admin", Right::kNone, Right::kNone, Right::kNone, Scope::kAdmin};

}  // namespace access

// The access rule of a route. It has no default, so that every new route states one.
class Access {
 public:
  constexpr Access(const AccessRule& rule) : rule_(&rule) {}  // NOLINT(google-explicit-constructor)
  const AccessRule* operator->() const { return rule_; }
  const AccessRule& operator*() const { return *rule_; }

 private:
  const AccessRule* rule_;
};

// The members of a request that name somebody, and what stands before their names in a pointer: "/" in a
// body, "?" in a query.
struct NamedWho {
  std::string &shopper_id, &device_id, &session_id;
  char prefix;
};

// Types of requests that can name somebody.
template <class T>
concept NamesWho = requires(T& request) {
  request.shopper_id;
  request.device_id;
  request.session_id;
};

struct Caller {
  bool trusted = false;         // may act for anybody, within the key's scope
  std::string shopper_id = {};  // of a shopper token; empty: none
  std::string device_id = {};   // of a device token, or of the shopper token

  // Whether a key or a token says who it is.
  [[nodiscard]] bool known() const { return trusted || !shopper_id.empty() || !device_id.empty(); }

  // Refuses (kInvalid, where: the member) a request about somebody else, and names the caller in one that
  // names nobody. A session is made the caller's own: the same id of another device is another session, so
  // that nobody can enter a session by its id.
  Result<Done> claim(NamedWho who) const;
  // Also refuses types that a page may not send by itself (purchase, return, identify, consent), and
  // identifiers that no token proves.
  Result<Done> claim(Event& event) const;
  Result<Done> claim(const Identifier& shopper, std::string_view where) const;
};

// What is wrong where a device token asks for what is a signed-in shopper's (Right::kOwnUntilSignIn).
// where: the member that says so.
[[nodiscard]] Error needs_sign_in(std::string_view where = "?id");

// 401 to an unknown caller, 403 to a known one; says what is wrong, where, and what would be right.
[[nodiscard]] Response refusal(const Caller& caller, const Error& error);

// The credentials that a rule accepts, for messages and documents: "a device token (POST /v1/devices), a
// shopper token or an API key of scope shopper".
[[nodiscard]] std::string accepted_credentials(const AccessRule& rule);

// The rule as one sentence: the credentials, and what needs none.
[[nodiscard]] std::string access_sentence(const AccessRule& rule);

// Whether a caller with a device token alone may send events of this type.
[[nodiscard]] bool device_may_send(EventType type);

}  // namespace modiste::http
