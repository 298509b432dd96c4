#include "events/event_rules.h"

namespace modiste {
namespace {

using T = EventType;

constexpr EventTypes kOfGarment =
    types({T::kProductView, T::kClick, T::kLike, T::kPass, T::kSave, T::kUnsave, T::kAddToCart,
           T::kRemoveFromCart, T::kPurchase, T::kReturn, T::kReview});
constexpr EventTypes kOfOutfit = types({T::kOutfitView, T::kOutfitComplete});

// Empty text, lists and maps are absent; so is an optional without a value.
template <auto Member>
bool present(const Event& event) {
  const auto& value = event.*Member;
  if constexpr (requires { value.has_value(); })
    return value.has_value();
  else
    return !value.empty();
}

constexpr MemberRule kRules[] = {
    {"garment_id", present<&Event::garment_id>, kOfGarment, kEveryType, "the id of the garment it is about"},
    {"garment_ids", present<&Event::garment_ids>, kOfOutfit, kOfOutfit, "the garments it is made of"},
    {"items", present<&Event::items>, types({T::kImpression}),
     types({T::kImpression, T::kSearch, T::kServed}), "the items that were shown"},
    {"page", present<&Event::page>, types({T::kPageView}), kEveryType, "which page"},
    {"filters", present<&Event::filters>, types({T::kFilter}), types({T::kFilter, T::kSearch}),
     "the values chosen, by facet"},
    {"reason", present<&Event::reason>, types({T::kReturn}), types({T::kReturn}), "why it was returned"},
    {"quiz", present<&Event::quiz>, types({T::kQuiz}), types({T::kQuiz}), "the answers"},
    {"body", present<&Event::body>, 0, types({T::kQuiz, T::kPurchase, T::kReview})},
    {"consent", present<&Event::consent>, types({T::kConsent}), types({T::kConsent}),
     "a purpose that is consented to or not"},
    {"rating", present<&Event::rating>, 0, types({T::kReview})},
    {"fit", present<&Event::fit>, 0, types({T::kPurchase, T::kReturn, T::kReview})},
    {"query", present<&Event::query>, types({T::kSearch}), kEveryType, "what was asked for"},
    {"undoes", present<&Event::undoes>, types({T::kUndo}), types({T::kUndo}),
     "the event_id that is taken back"},
    {"subjects", present<&Event::subjects>, 0, types({T::kErase})},
    {"link", present<&Event::link>, 0, types({T::kUnlink, T::kRelink})},
    {"degraded", present<&Event::degraded>, 0, types({T::kServed})}};

}  // namespace

std::span<const MemberRule> member_rules() { return kRules; }

}  // namespace modiste
