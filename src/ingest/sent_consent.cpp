#include "ingest/sent_consent.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"

namespace modiste {
namespace {

const json::object* consent_object(const json::object* object, std::string_view member) {
  const auto* found = object == nullptr ? nullptr : object->if_contains(member);
  return found == nullptr ? nullptr : found->if_object();
}

bool is_of_learning(std::string_view category) {
  constexpr std::array<std::string_view, 3> kNames{"analytic", "personali", "measurement"};
  const std::string name = ascii_lower(category);
  return std::ranges::any_of(kNames,
                             [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

// However it is written: a refusal that is in doubt holds.
bool says_no(const json::value* value) {
  if (value == nullptr) return false;
  if (value->is_bool()) return !value->get_bool();
  if (value->is_number()) return value->to_number<double>() == 0;
  constexpr std::array<std::string_view, 6> kNo{"false", "no", "denied", "deny", "0", "off"};
  const auto* text = value->if_string();
  return text != nullptr && std::ranges::find(kNo, ascii_lower(trim(*text))) != kNo.end();
}

}  // namespace

bool denies_learning(const json::object& entry) {
  const auto* context = consent_object(&entry, "context");
  if (const auto* categories = consent_object(consent_object(context, "consent"), "categoryPreferences"))
    for (const auto& [name, granted] : *categories)
      if (is_of_learning(name) && says_no(&granted)) return true;
  if (const auto* management = consent_object(context, "consentManagement"))
    if (const auto* denied = management->if_contains("deniedConsentIds");
        denied != nullptr && denied->is_array())
      for (const auto& id : denied->get_array())
        if (const auto* name = id.if_string(); name != nullptr && is_of_learning(*name)) return true;
  for (const auto* holder : {&entry, context, consent_object(&entry, "init")})
    if (const auto* privacy = consent_object(holder, "customerPrivacy"))
      for (const char* member : {"analyticsProcessingAllowed", "preferencesProcessingAllowed"})
        if (says_no(privacy->if_contains(member))) return true;
  return false;
}

}  // namespace modiste
