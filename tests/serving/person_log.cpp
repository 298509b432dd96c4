#include "person_log.h"

#include <fmt/format.h>

namespace modiste {
namespace {

using T = EventType;
using K = IdentifierKind;

}  // namespace

std::string PersonLog::subject(IdentifierKind kind, const std::string& name) {
  if (name.empty()) return "";
  const std::string id = fmt::format("{} {}", name_of(kind), name);
  const int generation = generations_[id];
  std::string subject = fmt::format("{:016x}{:016x}", hash64(id, static_cast<uint64_t>(generation)),
                                    hash64(id, static_cast<uint64_t>(generation) + 1000));
  names_[subject] = id;
  subjects_[subject] = kind;
  return subject;
}

std::string PersonLog::draw(IdentifierKind kind, std::initializer_list<const char*> names) {
  return subject(kind, names.begin()[rng_.below(names.size())]);
}

void PersonLog::fill(Event& event) {
  switch (event.type) {
    case T::kConsent:
      event.consent = ConsentChoice{};
      if (rng_.below(3) != 0) event.consent->personalisation = rng_.below(10) < 7;
      if (rng_.below(3) != 0) event.consent->training = rng_.below(10) < 7;
      break;
    case T::kQuiz:
      event.quiz = QuizAnswers{{"women"}, {}, {"red"}, {}, {}, {"M"}, 90.0, {}, {}};
      break;
    case T::kUndo:
      event.undoes = fmt::format("e{}", std::max(0, drawn_ - 1 - static_cast<int>(rng_.below(12))));
      break;
    case T::kOutfitComplete:
      event.garment_ids = {event.garment_id, fmt::format("G{}", rng_.below(40))};
      event.garment_id.clear();
      break;
    case T::kImpression:
    case T::kServed:
      for (int i = 0; i < 3; ++i) event.items.push_back({fmt::format("G{}", rng_.below(40)), "", i, 0.5F});
      event.garment_id.clear();
      break;
    case T::kPurchase:
      event.size = rng_.below(2) == 0 ? "S" : "M";
      break;
    default:
      break;
  }
}

Event PersonLog::of_somebody() {
  constexpr std::array kOften{T::kLike,   T::kPass,        T::kSave,     T::kClick,  T::kClick,
                              T::kClick,  T::kProductView, T::kPurchase, T::kUnsave, T::kImpression,
                              T::kServed, T::kAddToCart,   T::kPageView, T::kReview, T::kSearch};
  constexpr std::array kSeldom{T::kConsent, T::kQuiz, T::kUndo, T::kOutfitComplete, T::kIdentify};
  Event event;
  event.type = rng_.below(10) < 8 ? kOften[rng_.below(kOften.size())] : kSeldom[rng_.below(kSeldom.size())];
  event.garment_id = fmt::format("G{}", rng_.below(40));
  event.dwell_ms = static_cast<double>(rng_.below(20'000));
  event.shopper_id = draw(K::kUser, {"", "", "", "ada", "bea", "cleo"});
  event.device_id = draw(K::kDevice, {"", "phone", "laptop", "tablet", "desk"});
  event.session_id = draw(K::kSession, {"", "s1", "s2", "s3", "s4", "s5", "s6"});
  if (rng_.below(30) == 0) event.loyalty_id = draw(K::kLoyalty, {"c1", "c2"});
  if (rng_.below(40) == 0) event.email_hash = draw(K::kEmail, {"m1", "m2", "m3"});
  if (identifier_count(event) == 0 && event.type != T::kServed) event.device_id = draw(K::kDevice, {"phone"});
  if (rng_.below(4) == 0) {
    constexpr std::array kSaid{"work", "party", "beach", "wedding", "a funeral"};
    event.context.emplace().occasion = kSaid[rng_.below(kSaid.size())];
    event.context->time_zone = "Europe/Vienna";
  }
  if (rng_.below(60) == 0) event.context.emplace().user_agent = "Somebot/1.0";
  fill(event);
  return event;
}

// An erasure or a change of a link, as the shop writes it to the log.
Event PersonLog::of_an_operator(const PersonOf& person_of, const KeysOf& keys_of, const LinksOf& links_of) {
  Event event;
  auto who = subjects_.begin();
  std::advance(who, rng_.below(subjects_.size()));
  const auto person = person_of({who->second, who->first});
  if (!person) return of_somebody();
  event.shopper_id = *person;
  if (rng_.below(10) == 0) {
    event.type = T::kErase;
    for (const IdentityKey& key : keys_of(*person)) {
      event.subjects.push_back(key.subject);
      ++generations_[names_[key.subject]];
    }
    return event;
  }
  const auto links = links_of(*person);
  if (links.empty()) return of_somebody();
  const Explanation& link = links[rng_.below(links.size())];
  event.type = link.effect == LinkEffect::kSevered ? T::kRelink : T::kUnlink;
  event.link = link.link;
  return event;
}

PersonLog::Draft PersonLog::next(const PersonOf& person_of, const KeysOf& keys_of, const LinksOf& links_of) {
  Event event;
  if (follow_up_) {  // the event that marks a click as accidental
    event = std::move(*follow_up_);
    follow_up_.reset();
    now_ += std::chrono::milliseconds(900);
  } else if (burst_.left > 0) {  // faster than a person can look
    --burst_.left;
    event = burst_.like;
    event.garment_id = fmt::format("G{}", rng_.below(40));
    if (burst_.left == 150) {
      event.type = T::kConsent;
      event.consent = ConsentChoice{.personalisation = false, .training = false};
    }
    now_ += std::chrono::milliseconds(20);
  } else if (drawn_ > 50 && rng_.below(60) == 0) {
    event = of_an_operator(person_of, keys_of, links_of);
    now_ += std::chrono::seconds(5);
  } else {
    event = of_somebody();
    now_ += std::chrono::seconds(rng_.below(20) == 0 ? 4'000 : 8);
    if (event.type == T::kClick && rng_.below(3) == 0) {
      follow_up_ = event;
      follow_up_->type = rng_.below(2) == 0 ? T::kUndo : T::kProductView;
      follow_up_->dwell_ms = 700;
      follow_up_->undoes = fmt::format("e{}", drawn_);
      follow_up_->context.reset();
    }
    if (event.type == T::kLike && rng_.below(30) == 0) burst_ = {event, 200};
    if (event.type == T::kPurchase && rng_.below(3) == 0)
      event.occurred_at = now_ - std::chrono::days(40 + rng_.below(300));
  }
  event.event_id = fmt::format("e{}", drawn_++);
  return {std::move(event), now_};
}

}  // namespace modiste
