#include "ingest/sent_consent.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "ingest/sent_members.h"

namespace modiste {
namespace {

const json::object* consent_object(const json::object* object, std::string_view member) {
  const auto* found = object == nullptr ? nullptr : object->if_contains(member);
  return found == nullptr ? nullptr : found->if_object();
}

bool is_of_learning(std::string_view category) {
  // As banners call them, in several languages; C0002 is OneTrust's number of its performance cookies.
  constexpr std::array<std::string_view, 9> kNames{"analy",       "analit",   "personali",
                                                   "measurement", "mesure",   "statisti",
                                                   "performance", "preferen", "c0002"};
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
  // Google's consent mode, beside an event of the data layer or among its parameters, and of its export.
  const auto* consent = text_at(entry, "type") == "consent" ? nullptr : consent_object(&entry, "consent");
  for (const auto* holder :
       {&entry, context, consent, consent_object(&entry, "params"), consent_object(&entry, "privacy_info")})
    if (holder != nullptr)
      for (const char* member : {"analytics_storage", "analyticsStorage", "personalization_storage"})
        if (says_no(holder->if_contains(member))) return true;
  for (const auto* holder : {&entry, context, consent_object(&entry, "init")})
    if (const auto* privacy = consent_object(holder, "customerPrivacy"))
      for (const char* member : {"analyticsProcessingAllowed", "preferencesProcessingAllowed"})
        if (says_no(privacy->if_contains(member))) return true;
  return false;
}

}  // namespace modiste
