// What a sender's own format says of consent, beside an event: the shopper denied analytics or
// personalisation, so the event may not teach.
//
// Segment's  context.consent.categoryPreferences, a category named so that is false
// RudderStack's  context.consentManagement.deniedConsentIds, with such a name among them
// Shopify's  customerPrivacy of a web pixel, analyticsProcessingAllowed or preferencesProcessingAllowed false
//
// Consents to advertising are not read: they are of other companies. Names that a shop gives its categories
// are not known, but for these. Pure. Threads: any.
#pragma once

#include "base/json.h"

namespace modiste {

[[nodiscard]] bool denies_learning(const json::object& entry);

}  // namespace modiste
