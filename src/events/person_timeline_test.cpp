#include "events/person_timeline.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"

namespace modiste {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using T = EventType;

std::string subject(std::string_view name) { return fmt::format("{:032x}", hash64(name)); }

class Log final : public LoggedEvents {
 public:
  Result<Done> replay(LogPosition, const EventVisitor&) const override {
    return Error{Code::kInternal, "a person is read by positions", "", ""};
  }
  Result<Done> read(std::span<const LogPosition> positions, const EventVisitor& visit) const override {
    for (const LogPosition position : positions) TRY(visit(events[position.number()]));
    return kOk;
  }

  std::vector<LoggedEvent> events;
};

bool teach_all(EventType) { return true; }

class Timeline : public testing::Test {
 protected:
  explicit Timeline(PersonTimelineOptions options = {.noise = {}, .teaches = teach_all})
      : timeline(std::move(options)) {}

  PersonEvent did(T type, std::string_view who, std::string_view on = "",
                  Micros later = std::chrono::seconds(20)) {
    Event event;
    event.type = type;
    if (!who.empty()) event.shopper_id = subject(who);
    if (!on.empty()) event.device_id = subject(on);
    return add(std::move(event), later);
  }
  PersonEvent chose(std::string_view who, std::optional<bool> personalisation,
                    std::optional<bool> training = {}) {
    Event event;
    event.type = T::kConsent;
    event.shopper_id = subject(who);
    event.consent = ConsentChoice{personalisation, training};
    return add(std::move(event));
  }
  PersonEvent add(Event event, Micros later = std::chrono::seconds(20)) {
    now += later;
    event.event_id = fmt::format("e{}", log.events.size());
    log.events.push_back({LogPosition::of(log.events.size()), now, std::move(event)});
    return timeline.observe(log.events.back());
  }
  std::vector<uint64_t> kept(const std::string& person) {
    std::vector<uint64_t> numbers;
    EXPECT_TRUE(timeline
                    .replay(person, log,
                            [&](const LoggedEvent& logged, EventFate fate) -> Result<Done> {
                              if (fate == EventFate::kWithdrawn) numbers.clear();
                              if (fate == EventFate::kKept) numbers.push_back(logged.position.number());
                              return kOk;
                            })
                    .ok());
    return numbers;
  }

  TimePoint now{std::chrono::sys_days(std::chrono::year(2026) / 5 / 1)};
  Log log;
  PersonTimeline timeline;
};

TEST_F(Timeline, AMergeJoinsFiledEventsInTheOrderOfTheLog) {
  EXPECT_EQ(did(T::kLike, "", "phone").person, subject("phone"));
  EXPECT_EQ(did(T::kLike, "ada").person, subject("ada"));
  EXPECT_THAT(did(T::kLike, "", "phone").rebuild, IsEmpty());
  const PersonEvent login = did(T::kIdentify, "ada", "phone");
  EXPECT_EQ(login.fate, EventFate::kKept);
  EXPECT_THAT(login.rebuild, UnorderedElementsAre(subject("phone"), subject("ada")));
  EXPECT_THAT(kept(subject("ada")), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(kept(subject("phone")), IsEmpty());
}

TEST_F(Timeline, WithoutConsentEventsAreWithheldAndWithdrawingForgets) {
  did(T::kLike, "ada");
  EXPECT_EQ(chose("ada", false).fate, EventFate::kWithdrawn);
  EXPECT_EQ(did(T::kLike, "ada").fate, EventFate::kWithheld);
  EXPECT_EQ(chose("ada", std::nullopt, false).fate, EventFate::kWithdrawn) << "still denied";
  EXPECT_EQ(chose("ada", true).fate, EventFate::kKept);
  EXPECT_EQ(did(T::kLike, "ada").fate, EventFate::kKept);
  EXPECT_THAT(kept(subject("ada")), ElementsAre(4, 5));
  EXPECT_FALSE(timeline.consent(subject("ada")).training);
  EXPECT_TRUE(timeline.consent(subject("bea")).training);
}

// A queue sends again what was refused for a moment.
TEST_F(Timeline, TheConsentThatWasChosenLastHoldsWhicheverArrivesLast) {
  const auto chose_at = [&](bool personalisation, int minutes) {
    Event event;
    event.type = T::kConsent;
    event.shopper_id = subject("ada");
    event.consent = ConsentChoice{personalisation, {}};
    event.occurred_at = now + std::chrono::minutes(minutes);
    return add(std::move(event), Micros(0));
  };
  did(T::kLike, "ada");
  chose_at(false, -1);
  EXPECT_EQ(chose_at(true, -6).fate, EventFate::kWithdrawn) << "made before they took it back";
  EXPECT_FALSE(timeline.consent(subject("ada")).personalisation);
  EXPECT_EQ(did(T::kLike, "ada").fate, EventFate::kWithheld);
  EXPECT_EQ(chose_at(true, 0).fate, EventFate::kKept);
  did(T::kLike, "ada");
  EXPECT_EQ(chose_at(false, -3).fate, EventFate::kKept) << "they have consented since";
  EXPECT_TRUE(timeline.consent(subject("ada")).personalisation);
  EXPECT_THAT(kept(subject("ada")), ElementsAre(4, 5, 6));
}

TEST_F(Timeline, ARobotsEventsAreFiledNoMoreYetWhatWasChosenHolds) {
  did(T::kLike, "ada");
  now += std::chrono::hours(2);
  chose("ada", false, false);
  PersonEvent last;
  for (int i = 0; i < 120 && last.fate != EventFate::kRobot; ++i)
    last = did(T::kLike, "ada", "", std::chrono::milliseconds(10));
  EXPECT_EQ(last.fate, EventFate::kRobot);
  EXPECT_THAT(last.rebuild, ElementsAre(subject("ada")));
  EXPECT_FALSE(timeline.consent(subject("ada")).personalisation) << "a shopper may look like a robot";
  EXPECT_THAT(kept(subject("ada")), IsEmpty());
  EXPECT_TRUE(timeline.is_robot(subject("ada")));
}

TEST_F(Timeline, AnEventOnItsWayDuringAnErasureIsOfNobody) {
  did(T::kLike, "ada");
  Event erase;
  erase.type = T::kErase;
  erase.shopper_id = subject("ada");
  add(erase);
  const PersonEvent late = did(T::kLike, "ada", "phone");
  EXPECT_EQ(late.fate, EventFate::kInternal);
  EXPECT_THAT(late.identity_key, IsEmpty());
  EXPECT_THAT(timeline.positions(subject("ada")), IsEmpty());
  EXPECT_EQ(did(T::kLike, "", "phone").person, subject("phone"));
}

TEST_F(Timeline, AnErasureDropsWhatWasFiledAndSplitsWhomOnlyItConnected) {
  Event card;
  card.type = T::kIdentify;
  card.loyalty_id = subject("card");
  for (const char* who : {"ada", "bea"}) {
    card.shopper_id = subject(who);
    add(card);
  }
  chose("bea", false);
  EXPECT_FALSE(timeline.consent(subject("ada")).personalisation) << "they are one person";
  Event erase;
  erase.type = T::kErase;
  erase.shopper_id = subject("card");
  const PersonEvent erased = add(erase);
  EXPECT_EQ(erased.fate, EventFate::kInternal);
  EXPECT_THAT(erased.rebuild, testing::Contains(subject("bea")));
  EXPECT_TRUE(timeline.is_erased(subject("card")));
  EXPECT_TRUE(timeline.consent(subject("ada")).personalisation);
  EXPECT_FALSE(timeline.consent(subject("bea")).personalisation);
}

// What consent() answers is what the person's filed choices say, whatever moved meanwhile.
TEST_F(Timeline, ConsentIsTheFoldOfThePersonsOwnChoices) {
  Rng rng(7);
  const auto pick = [&](std::initializer_list<const char*> from) {
    const std::string_view name = from.begin()[rng.below(from.size())];
    return name.empty() ? std::string() : subject(name);
  };
  const auto flag = [&]() -> std::optional<bool> {
    return rng.chance(0.3) ? std::nullopt : std::optional(rng.chance(0.5));
  };
  for (int i = 0; i < 600; ++i) {
    Event event;
    event.type = rng.chance(0.5) ? T::kConsent : T::kLike;
    if (event.type == T::kConsent) event.consent = ConsentChoice{flag(), flag()};
    event.shopper_id = pick({"", "", "ada", "bea", "cleo"});
    event.device_id = pick({"phone", "laptop", "tablet"});
    if (rng.chance(0.1)) event.loyalty_id = pick({"c1", "c2"});
    if (rng.chance(0.05)) {
      event = {};
      event.type = T::kErase;
      event.shopper_id = pick({"ada", "phone", "c1"});
    } else if (const auto links = timeline.explain(subject("ada")); rng.chance(0.1) && !links.empty()) {
      event = {};
      event.type = rng.chance(0.5) ? T::kUnlink : T::kRelink;
      event.link = links[rng.below(links.size())].link;
    }
    add(std::move(event));
    for (const char* name : {"ada", "bea", "cleo", "phone", "laptop", "tablet", "c1", "c2"}) {
      Consent expected;
      ASSERT_TRUE(timeline
                      .replay(subject(name), log,
                              [&](const LoggedEvent& logged, EventFate) -> Result<Done> {
                                if (!logged.event.consent) return kOk;
                                const ConsentChoice& choice = *logged.event.consent;
                                expected.personalisation =
                                    choice.personalisation.value_or(expected.personalisation);
                                expected.training = choice.training.value_or(expected.training);
                                return kOk;
                              })
                      .ok());
      const Consent consent = timeline.consent(subject(name));
      ASSERT_EQ(consent.personalisation, expected.personalisation) << i << ' ' << name;
      ASSERT_EQ(consent.training, expected.training) << i << ' ' << name;
    }
  }
}

class FewSessions : public Timeline {
 protected:
  FewSessions() : Timeline({.noise = {}, .sessions_max = 1, .teaches = teach_all}) {}

  PersonEvent visits(T type, std::string_view session, std::string_view on, std::string_view who = "") {
    Event event;
    event.type = type;
    event.session_id = subject(session);
    event.device_id = subject(on);
    if (!who.empty()) event.shopper_id = subject(who);
    if (type == T::kConsent) event.consent = ConsentChoice{false, {}};
    return add(std::move(event), std::chrono::hours(1));
  }
};

TEST_F(FewSessions, WhatWasFiledUnderARetiredSessionIsTheDevices) {
  visits(T::kLike, "morning", "phone");
  visits(T::kLike, "noon", "phone");
  EXPECT_THAT(visits(T::kLike, "evening", "phone").forgotten, ElementsAre(subject("noon")));
  EXPECT_THAT(kept(subject("phone")), ElementsAre(0, 1, 2));
  EXPECT_THAT(visits(T::kIdentify, "", "phone", "ada").rebuild, testing::Contains(subject("phone")));
  EXPECT_THAT(kept(subject("ada")), ElementsAre(0, 1, 2, 3));
}

TEST_F(FewSessions, WhatWasChosenInARetiredSessionHoldsOn) {
  visits(T::kConsent, "morning", "phone");
  visits(T::kLike, "noon", "phone");
  visits(T::kLike, "evening", "phone");
  EXPECT_FALSE(timeline.consent(subject("phone")).personalisation);
  EXPECT_EQ(visits(T::kLike, "night", "phone").fate, EventFate::kWithheld);
}

TEST_F(FewSessions, WhatAPersonDidIsTheirsAfterSomebodyElseSignsIn) {
  visits(T::kLike, "morning", "phone", "ada");
  visits(T::kLike, "morning", "phone");
  visits(T::kLike, "noon", "tablet");
  visits(T::kLike, "evening", "tablet");
  visits(T::kLike, "night", "phone", "bea");
  EXPECT_THAT(kept(subject("ada")), ElementsAre(0, 1));
}

}  // namespace
}  // namespace modiste
