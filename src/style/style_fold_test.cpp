// The style as a fold: sessions, their merge, memory, and properties that must hold for any signals.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "style/divergence.h"
#include "style/shopper_fold.h"
#include "style/state_format.h"
#include "style/style_test_shop.h"

namespace modiste {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const TimePoint kStart{std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)};

const StyleModel& model() {
  static const StyleModel model(Vocabulary::standard());
  return model;
}

const StyleTestShop& shop() {
  static const StyleTestShop shop;
  return shop;
}

std::string bytes_of(const ShopperState& state) {
  std::string bytes;
  write_state(bytes, state);
  return bytes;
}

// A shopper with one session after another, a day apart.
struct Life {
  ShopperFold fold{7};
  TimePoint now = kStart;
  uint64_t seed = 1;

  void session(Slot kind, size_t signals = 15) {
    for (const auto& signal : session_of(kind, signals, now, seed++))
      apply(fold, {&signal, 1}, shop().resolver(), model());
    now += hours(24);
  }
  [[nodiscard]] ShopperState state() const {
    ShopperState closed = *fold.current;
    close_session(closed, model());
    return closed;
  }
  [[nodiscard]] SessionOutcome outcome() const { return state().style.drift.back().outcome; }
};

// The kind of garment with the largest share of the present taste, by its aesthetic.
Slot leans_to(const ShopperState& state) {
  const auto shares = present_taste(state.style, state.session, model());
  constexpr std::array<std::string_view, 3> kNames{"romantic", "sporty", "classic"};
  std::array<float, 3> leanings{};
  for (Slot kind = 0; kind < 3; ++kind)
    leanings[kind] = mixed_affinity(shares, test_term(Facet::kAesthetic, kNames[kind]), model().options());
  return static_cast<Slot>(std::max_element(leanings.begin(), leanings.end()) - leanings.begin());
}

TEST(StyleFold, OneTasteStaysOneModeAndOneAccumulator) {
  Life life;
  Taste all;
  for (int i = 0; i < 4; ++i) {
    for (const auto& signal : session_of(StyleTestShop::kRomantic, 15, life.now, life.seed))
      learn(all, {shop().facts[signal.slot], shop().vectors[signal.slot], signal.weight}, model().options());
    life.session(StyleTestShop::kRomantic);
  }
  const auto state = life.state();
  ASSERT_EQ(state.style.modes.size(), 1u);
  const Taste& mode = state.style.modes[0].taste;
  EXPECT_EQ(state.style.modes[0].sessions, 4);
  EXPECT_FLOAT_EQ(state.style.modes[0].activity, 1);
  ASSERT_EQ(mode.terms.size(), all.terms.size());
  // But for what three days have faded.
  const auto near = [](float faded, float whole) {
    return std::abs(faded - whole) <= 0.006F * std::abs(whole) + 1e-4F;
  };
  for (size_t i = 0; i < all.terms.size(); ++i) {
    EXPECT_PRED2(near, mode.terms[i].positive, all.terms[i].positive);
    EXPECT_PRED2(near, mode.terms[i].negative, all.terms[i].negative);
    EXPECT_PRED2(near, mode.terms[i].ema, all.terms[i].ema);
  }
  for (size_t i = 0; i < all.vector.size(); ++i) {
    EXPECT_PRED2(near, mode.vector[i], all.vector[i]);
  }
}

TEST(StyleFold, AGiftIsKeptApartAndHardlyHeard) {
  Life life;
  for (int i = 0; i < 4; ++i) life.session(StyleTestShop::kRomantic);
  const auto before = life.state();
  life.session(StyleTestShop::kSporty);
  const auto after = life.state();
  EXPECT_EQ(life.outcome(), SessionOutcome::kTentative);
  EXPECT_EQ(leans_to(after), StyleTestShop::kRomantic);
  const auto shares = present_taste(after.style, after.session, model());
  EXPECT_GT(shares.front().share, 0.9F);
  EXPECT_EQ(after.style.modes[0].taste.signals, before.style.modes[0].taste.signals);
}

TEST(StyleFold, TheRunningSessionIsHeardAtOnce) {
  Life life;
  for (int i = 0; i < 4; ++i) life.session(StyleTestShop::kRomantic);
  life.session(StyleTestShop::kSporty);
  EXPECT_EQ(leans_to(*life.fold.current), StyleTestShop::kSporty);  // while it runs
  EXPECT_EQ(leans_to(life.state()), StyleTestShop::kRomantic);      // once it is over
}

TEST(StyleFold, AShiftIsConfirmedAndTheOldTasteRemembered) {
  Life life;
  for (int i = 0; i < 5; ++i) life.session(StyleTestShop::kRomantic);
  life.session(StyleTestShop::kClassic);
  life.session(StyleTestShop::kClassic);
  EXPECT_EQ(life.outcome(), SessionOutcome::kConfirmed);
  EXPECT_EQ(leans_to(life.state()), StyleTestShop::kClassic);
  life.session(StyleTestShop::kClassic);
  EXPECT_EQ(life.outcome(), SessionOutcome::kJoined);
  life.session(StyleTestShop::kRomantic);
  EXPECT_EQ(life.outcome(), SessionOutcome::kReturned);
  EXPECT_EQ(leans_to(life.state()), StyleTestShop::kRomantic);
}

// Signals about the first garments of a kind.
void learn_of(Taste& taste, Slot kind, int garments, float weight) {
  for (int i = 0; i < garments; ++i) {
    const Slot slot = kind * StyleTestShop::kPerKind + static_cast<Slot>(i);
    learn(taste, {shop().facts[slot], shop().vectors[slot], weight}, model().options());
  }
}

// A session of likes alone, a day after the one before.
void like_only(Life& life, Slot kind, size_t likes = 8) {
  for (auto& signal : session_of(kind, likes, life.now, life.seed++)) {
    signal.type = EventType::kLike;
    signal.weight = 0.6F;
    signal.slot = kind * StyleTestShop::kPerKind + signal.slot % StyleTestShop::kPerKind;
    apply(life.fold, {&signal, 1}, shop().resolver(), model());
  }
  life.now += hours(24);
}

TEST(StyleFold, AShiftIsFollowedByLikesAlone) {
  Life life;
  for (int i = 0; i < 12; ++i) like_only(life, StyleTestShop::kRomantic);
  const auto modes = life.state().style.modes;
  EXPECT_EQ(std::count_if(modes.begin(), modes.end(), [](const Mode& mode) { return mode.confirmed; }), 1);
  like_only(life, StyleTestShop::kClassic);
  EXPECT_EQ(life.outcome(), SessionOutcome::kTentative);
  like_only(life, StyleTestShop::kClassic);
  EXPECT_EQ(life.outcome(), SessionOutcome::kConfirmed);
  EXPECT_EQ(leans_to(life.state()), StyleTestShop::kClassic);
}

// A visit in which the shopper does one kind of thing with garments of a kind, a day after the one before.
void visit(Life& life, EventType type, float weight, Slot kind, size_t garments) {
  for (size_t i = 0; i < garments; ++i) {
    const Slot slot = kind * StyleTestShop::kPerKind + static_cast<Slot>(i);
    const StoredSignal signal{type, mix64(++life.seed), slot, weight, life.now + minutes(i)};
    apply(life.fold, {&signal, 1}, shop().resolver(), model());
  }
  life.now += hours(24);
}

size_t confirmed_modes(const ShopperState& state) {
  const auto& modes = state.style.modes;
  return static_cast<size_t>(
      std::count_if(modes.begin(), modes.end(), [](const Mode& mode) { return mode.confirmed; }));
}

TEST(StyleFold, AVisitWithoutALikeBeginsNoTasteThatTheNextOneConfirms) {
  for (const auto& [type, weight] : {std::pair(EventType::kPass, -0.4F), {EventType::kUnsave, -0.3F}})
    for (const size_t garments : {1, 10}) {
      SCOPED_TRACE(garments);
      Life life;
      for (int i = 0; i < 12; ++i) like_only(life, StyleTestShop::kRomantic);
      const Style before = life.state().style;
      visit(life, type, weight, StyleTestShop::kRomantic, garments);
      EXPECT_EQ(life.outcome(), SessionOutcome::kJoined);
      EXPECT_EQ(life.state().style.modes.size(), before.modes.size());
      EXPECT_EQ(life.state().style.surprise, before.surprise) << "nothing was liked that could surprise";
      life.session(StyleTestShop::kSporty);  // a gift
      EXPECT_EQ(life.outcome(), SessionOutcome::kTentative);
      EXPECT_EQ(confirmed_modes(life.state()), 1U);
    }
}

TEST(StyleFold, WhatIsDeniedIsTheModeThatLikesIt) {
  Life life;
  for (int i = 0; i < 5; ++i) life.session(StyleTestShop::kRomantic);
  for (int i = 0; i < 3; ++i) life.session(StyleTestShop::kClassic);
  const auto before = life.state().style.modes;
  ASSERT_EQ(confirmed_modes(life.state()), 2U);
  visit(life, EventType::kPass, -0.4F, StyleTestShop::kRomantic, 3);
  const auto after = life.state().style.modes;
  EXPECT_EQ(after[0].taste.signals, before[0].taste.signals + 3) << "the dormant one";
  EXPECT_EQ(after[1].taste.signals, before[1].taste.signals);
  EXPECT_EQ(after[0].activity, before[0].activity) << "it does not wake it";
}

TEST(StyleFold, TwoVisitsOfLooksConfirmNoTaste) {
  Life life;
  for (int i = 0; i < 12; ++i) like_only(life, StyleTestShop::kRomantic);
  visit(life, EventType::kProductView, 0.3F, StyleTestShop::kClassic, 2);
  visit(life, EventType::kProductView, 0.3F, StyleTestShop::kClassic, 2);
  EXPECT_EQ(confirmed_modes(life.state()), 1U);
  EXPECT_EQ(leans_to(life.state()), StyleTestShop::kRomantic);
}

TEST(StyleFold, PassesAreHeardWhileTheVisitRuns) {
  Life life;
  for (int i = 0; i < 4; ++i) like_only(life, StyleTestShop::kRomantic);
  const auto leaning = [&] {
    const auto& state = *life.fold.current;
    return mixed_affinity(present_taste(state.style, state.session, model()),
                          test_term(Facet::kAesthetic, "romantic"), model().options());
  };
  life.fold.current = std::make_shared<const ShopperState>(life.state());
  life.fold.base = std::make_shared<ShopperState>(*life.fold.current);
  life.fold.recent.clear();
  float before = leaning();
  for (size_t i = 1; i <= 3; ++i) {
    visit(life, EventType::kPass, -0.4F, StyleTestShop::kRomantic, 1);
    life.now -= hours(24) - minutes(1);
    EXPECT_LT(leaning(), before) << i;
    before = leaning();
  }
  const ShopperState running = *life.fold.current;
  float shares = 0;
  for (const auto& part : present_taste(running.style, running.session, model())) shares += part.share;
  EXPECT_NEAR(shares, 1, 1e-4);
}

TEST(StyleFold, WithoutPassesTwoTastesDoNotAgree) {
  Taste romantic, again, sporty;
  learn_of(romantic, StyleTestShop::kRomantic, 20, 0.6F);
  learn_of(again, StyleTestShop::kRomantic, 8, 0.6F);
  learn_of(sporty, StyleTestShop::kSporty, 8, 0.6F);
  EXPECT_GT(agreement(again, romantic, model().options()), 0.5F);
  EXPECT_LT(agreement(sporty, romantic, model().options()), 0.1F);
}

// Two years on, half and half again is left; the next session is another taste's and weighs more.
TEST(StyleFold, TimeSoftensATasteAndDoesNotEraseIt) {
  Life life;
  for (int i = 0; i < 5; ++i) life.session(StyleTestShop::kRomantic);
  const auto before = std::make_shared<const ShopperState>(life.state());
  const auto later = state_at(before, before->style.faded_at + 2 * model().options().half_life, model());
  ASSERT_EQ(later->style.modes.size(), before->style.modes.size());
  const Taste &then = before->style.modes[0].taste, &now = later->style.modes[0].taste;
  EXPECT_NEAR(now.positive_total, then.positive_total / 4, 1e-3F);
  const TermId romantic = test_term(Facet::kAesthetic, "romantic");
  EXPECT_LT(now.affinity(romantic, model().options()), then.affinity(romantic, model().options()));
  EXPECT_GT(now.affinity(romantic, model().options()), 0.2F);
  EXPECT_EQ(leans_to(*later), StyleTestShop::kRomantic);
  // A reader and the next signal see the same.
  life.now = before->style.faded_at + 2 * model().options().half_life;
  like_only(life, StyleTestShop::kRomantic, 1);
  EXPECT_EQ(life.fold.current->style, later->style);
}

TEST(StyleFold, WhatIsPassedTellsWhichStyleASessionIsOf) {
  const float like = 0.6F, pass = -0.4F;
  Taste romantic, sporty, session;
  learn_of(romantic, StyleTestShop::kRomantic, 20, like);
  learn_of(romantic, StyleTestShop::kSporty, 10, pass);
  learn_of(sporty, StyleTestShop::kSporty, 20, like);
  learn_of(sporty, StyleTestShop::kRomantic, 10, pass);
  // Likes as much of both, and passes only sporty garments.
  learn_of(session, StyleTestShop::kSporty, 4, like);
  learn_of(session, StyleTestShop::kRomantic, 4, like);
  EXPECT_NEAR(agreement(session, romantic, model().options()), agreement(session, sporty, model().options()),
              0.3);
  learn_of(session, StyleTestShop::kSporty, 8, pass);
  EXPECT_GT(agreement(session, romantic, model().options()),
            agreement(session, sporty, model().options()) + 0.5F);
  EXPECT_LT(match_mode(session, romantic, {}, model()).unlike,
            match_mode(session, sporty, {}, model()).unlike);
}

TEST(StyleFold, ADoubtfulSessionTeachesItsModeLess) {
  Life life;
  for (int i = 0; i < 4; ++i) life.session(StyleTestShop::kRomantic);
  const Style before = life.state().style;
  const auto taught = [&](int strange) {  // signals that the mode counts of a session of forty
    Session session;
    session.heard_at = life.now;
    session.signals = 40;
    learn_of(session.taste, StyleTestShop::kRomantic, 40 - strange, 0.6F);
    learn_of(session.taste, StyleTestShop::kSporty, strange, 0.6F);
    Style style = before;
    merge(style, session, model());
    return style.modes[0].taste.signals - before.modes[0].taste.signals;
  };
  EXPECT_EQ(taught(0), 40);
  EXPECT_EQ(taught(40), 0);  // kept apart
  int least = 40, doubtful = 0;
  for (int strange = 1; strange < 40; ++strange) {
    const int counted = taught(strange);
    EXPECT_LE(counted, least) << strange;
    least = counted;
    doubtful += counted > 0 && counted < 40 ? 1 : 0;
  }
  EXPECT_GT(doubtful, 0);
}

TEST(StyleFold, ASessionClosesAfterHalfAnHourAndForReadersToo) {
  Shoppers shoppers;
  const auto resolver = shop().resolver();
  for (const auto& signal : session_of(StyleTestShop::kRomantic, 10, kStart, 1))
    hear(shoppers, "ada", signal, resolver);
  const TimePoint last = kStart + minutes(9);
  EXPECT_TRUE(shoppers.find("ada", last + minutes(30))->session.running());
  const auto read = shoppers.find("ada", last + minutes(31));
  EXPECT_FALSE(read->session.running());
  EXPECT_EQ(read->style.modes.size(), 1u);
  EXPECT_TRUE(shoppers.find("ada")->session.running());  // nothing was written

  // The next signal closes the session to the same state as the reader saw.
  ShopperState folded = *shoppers.find("ada");
  close_session(folded, shoppers.model);
  EXPECT_EQ(bytes_of(folded), bytes_of(*read));
  auto next = session_of(StyleTestShop::kRomantic, 1, last + minutes(31), 2);
  const auto after = hear(shoppers, "ada", next[0], resolver);
  EXPECT_EQ(after->style, read->style);
  EXPECT_EQ(after->session.signals, 1);
}

TEST(StyleFold, ALateEventOpensNoClosedSession) {
  Life life;
  life.session(StyleTestShop::kRomantic);
  life.session(StyleTestShop::kRomantic, 3);  // the next day
  const auto before = *life.fold.current;
  auto late = session_of(StyleTestShop::kRomantic, 1, kStart + minutes(20), 9);
  apply(life.fold, {late.data(), 1}, shop().resolver(), model());
  EXPECT_EQ(life.fold.current->style, before.style);
  EXPECT_EQ(life.fold.current->session.signals, before.session.signals + 1);
  EXPECT_EQ(life.fold.current->session.heard_at, before.session.heard_at);
}

TEST(StyleFold, DiscountResponseTellsWhoWaitsForSales) {
  Taste taste;
  for (int i = 0; i < 5; ++i) {
    learn(taste, {shop().facts[0], {}, 0.6F, 0, true}, model().options());
    learn(taste, {shop().facts[0], {}, -0.4F, 0, false}, model().options());
  }
  EXPECT_GT(taste.discount_response(model().options()), 0.5F);
  EXPECT_EQ(Taste{}.discount_response(model().options()), 0);
}

// Who bought reduced things years ago and has chosen at full price since does not wait for sales.
TEST(StyleFold, TheResponseToPricesFadesWithTheEvidence) {
  Taste taste;
  ItemFacts facts;
  facts.price = 40;
  for (int i = 0; i < 20; ++i) learn(taste, {facts, {}, 1, 40, true}, model().options());
  const float then = taste.discount_response(model().options());
  Taste faded = taste;
  fade(faded, 0.05F);
  EXPECT_LT(faded.discount_response(model().options()), 0.7F * then);
  forget(taste, 0.05F);
  EXPECT_LT(taste.discount_response(model().options()), 0.7F * then);
}

StoredSignal shown_at(Slot slot, TimePoint at) {
  return {.type = EventType::kImpression, .slot = slot, .at = at};
}

// The first garments of two kinds are shown; the shopper may like some.
struct Page {
  Life life;

  Page() {
    for (int i = 0; i < 2; ++i) life.session(StyleTestShop::kRomantic);
    std::vector<StoredSignal> shown;
    for (const Slot kind : {StyleTestShop::kSporty, StyleTestShop::kClassic})
      for (Slot i = 0; i < 5; ++i) shown.push_back(shown_at(kind * StyleTestShop::kPerKind + i, life.now));
    apply(life.fold, shown, shop().resolver(), model());
  }
  void like(Slot slot, minutes later = minutes(2)) {
    const StoredSignal signal{EventType::kLike, 99 + slot, slot, 0.6F, life.now + later};
    apply(life.fold, {&signal, 1}, shop().resolver(), model());
  }
  [[nodiscard]] float session_affinity(std::string_view aesthetic) const {
    return heard_taste(life.fold.current->session, model().options())
        .affinity(test_term(Facet::kAesthetic, aesthetic), model().options());
  }
};

constexpr Slot kFirstSporty = StyleTestShop::kSporty * StyleTestShop::kPerKind;

TEST(StyleFold, WhatIsLeftCountsAgainstItselfBesideALike) {
  Page page;
  EXPECT_EQ(page.session_affinity("classic"), 0) << "nothing was liked: the page says nothing";
  EXPECT_FALSE(page.life.fold.current->session.running()) << "a page opens no session";
  page.like(kFirstSporty);
  EXPECT_LT(page.session_affinity("classic"), 0);
  EXPECT_GT(page.session_affinity("sporty"), 0);
}

TEST(StyleFold, WhatIsActedOnIsNotLeft) {
  Page page;
  const float all_left = page.life.fold.current->session.left.negative_total;
  page.like(kFirstSporty);
  EXPECT_FLOAT_EQ(page.life.fold.current->session.left.negative_total, all_left * 9 / 10);
  const auto again = shown_at(kFirstSporty, page.life.now + minutes(3));
  apply(page.life.fold, {&again, 1}, shop().resolver(), model());
  EXPECT_FLOAT_EQ(page.life.fold.current->session.left.negative_total, all_left * 9 / 10)
      << "shown again after the like";
}

TEST(StyleFold, WhatWasBoughtBeforeIsNotLeft) {
  Page page;
  page.life.now += hours(24);
  const StoredSignal bought{EventType::kPurchase, 98, kFirstSporty + 7, 1, page.life.now};
  apply(page.life.fold, {&bought, 1}, shop().resolver(), model());
  page.life.now += hours(24);
  for (const Slot slot : {kFirstSporty + 7, kFirstSporty + 8}) {
    const auto shown = shown_at(slot, page.life.now);
    apply(page.life.fold, {&shown, 1}, shop().resolver(), model());
  }
  EXPECT_FLOAT_EQ(page.life.fold.current->session.left.negative_total, model().options().left_weight)
      << "only the one that is new to them";
}

TEST(StyleFold, APageOfLongAgoIsForgotten) {
  Page page;
  page.like(kFirstSporty, minutes(40));
  EXPECT_EQ(page.life.fold.current->session.left.negative_total, 0);
  EXPECT_EQ(page.session_affinity("classic"), 0);
}

TEST(StyleFold, APageSaysNothingOfAStranger) {
  ShopperFold stranger(1);
  const auto shown = shown_at(3, kStart);
  apply(stranger, {&shown, 1}, shop().resolver(), model());
  EXPECT_EQ(bytes_of(*stranger.current), bytes_of(*ShopperFold(1).current));
}

// A random life: sessions of any taste, length and distance, in log order.
std::vector<StoredSignal> any_life() {
  std::vector<StoredSignal> signals;
  TimePoint at = kStart;
  const int sessions = *rc::gen::inRange(1, 9);
  for (int i = 0; i < sessions; ++i) {
    for (int shown = *rc::gen::inRange(0, 6); shown > 0; --shown)
      signals.push_back(shown_at(*rc::gen::inRange<Slot>(0, 120), at));
    const auto session = session_of(*rc::gen::inRange<Slot>(0, 3), *rc::gen::inRange<size_t>(1, 12), at,
                                    *rc::gen::inRange<uint64_t>(1, 1'000'000));
    signals.insert(signals.end(), session.begin(), session.end());
    at += minutes(*rc::gen::inRange(-60, 600));
  }
  return signals;
}

ShopperFold folded(const std::vector<StoredSignal>& signals) {
  ShopperFold fold(3);
  for (const auto& signal : signals) apply(fold, {&signal, 1}, shop().resolver(), model());
  return fold;
}

RC_GTEST_PROP(StyleProperty, TheSameSignalsGiveTheSameBytes, ()) {
  const auto signals = any_life();
  RC_ASSERT(bytes_of(*folded(signals).current) == bytes_of(*folded(signals).current));
}

RC_GTEST_PROP(StyleProperty, UndoIsAsIfItNeverCameAcrossSessionsToo, ()) {
  const auto signals = any_life();
  auto with = folded(signals);
  std::vector<size_t> acts;
  for (size_t i = 0; i < signals.size(); ++i)
    if (signals[i].type != EventType::kImpression) acts.push_back(i);
  const size_t reach = std::min(acts.size(), model().options().undo_window);
  const size_t which = acts[acts.size() - 1 - *rc::gen::inRange<size_t>(0, reach)];
  auto rest = signals;
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(which));
  RC_ASSERT(!undo(with, signals[which].event_hash, shop().resolver(), model()).empty());
  RC_ASSERT(bytes_of(*with.current) == bytes_of(*folded(rest).current));
}

RC_GTEST_PROP(StyleProperty, ModesAreFewAndTheirActivityIsAWhole, ()) {
  auto state = *folded(any_life()).current;
  close_session(state, model());
  const auto& modes = state.style.modes;
  const auto confirmed = std::count_if(modes.begin(), modes.end(), [](const Mode& m) { return m.confirmed; });
  RC_ASSERT(confirmed >= 1);
  RC_ASSERT(static_cast<size_t>(confirmed) <= model().options().modes_max);
  RC_ASSERT(modes.size() - static_cast<size_t>(confirmed) <= model().options().tentative_max);
  float activity = 0;
  for (const Mode& mode : modes)
    if (mode.confirmed) activity += mode.activity;
  RC_ASSERT(std::abs(activity - 1) < 1e-4F);
  float shares = 0;
  for (const auto& part : present_taste(state.style, state.session, model())) shares += part.share;
  RC_ASSERT(std::abs(shares - 1) < 1e-4F);
  for (const Choice& choice : state.choices) RC_ASSERT(choice.mode != kSessionMode);
}

RC_GTEST_PROP(StyleProperty, BytesComeBackAndDamageIsRefused, ()) {
  auto fold = folded(any_life());
  StatedPreferences preferences;
  preferences.terms = {1, 2};
  preferences.sizes = {"M", "EU 38"};
  preferences.sizes_fitting.set(3);
  preferences.budget_max = 80.0F;
  apply_quiz(fold, preferences, shop().resolver(), model());
  const std::string bytes = bytes_of(*fold.current);
  const auto back = read_state(bytes);
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == *fold.current);
  RC_ASSERT(bytes_of(*back) == bytes);
  const size_t cut = *rc::gen::inRange<size_t>(0, bytes.size());
  RC_ASSERT(read_state(std::string_view(bytes).substr(0, cut)).error().code == Code::kCorrupt);
  RC_ASSERT(read_state(bytes + "x").error().code == Code::kCorrupt);
  std::string newer = bytes;
  newer[0] = 9;
  RC_ASSERT(read_state(newer).error().code == Code::kInvalid);
  std::string harmed = bytes;  // any byte: read or refused, never beyond the end
  harmed[*rc::gen::inRange<size_t>(4, bytes.size())] ^= static_cast<char>(*rc::gen::inRange(1, 256));
  static_cast<void>(read_state(harmed).ok());
}

RC_GTEST_PROP(StyleProperty, AFoldComesBackAndGoesOnAsBefore, ()) {
  auto fold = folded(any_life());
  std::string bytes;
  write_fold(bytes, fold);
  auto back = read_fold(bytes);
  RC_ASSERT(back.ok());
  std::string again;
  write_fold(again, *back);
  RC_ASSERT(again == bytes);
  const uint64_t latest = fold.recent.empty() ? 0 : fold.recent.back().event_hash;
  RC_ASSERT(undo(fold, latest, shop().resolver(), model()).empty() ==
            undo(*back, latest, shop().resolver(), model()).empty());
  RC_ASSERT(bytes_of(*back->current) == bytes_of(*fold.current));
  const size_t cut = *rc::gen::inRange<size_t>(0, bytes.size());
  RC_ASSERT(read_fold(std::string_view(bytes).substr(0, cut)).error().code == Code::kCorrupt);
  std::string harmed = bytes;
  harmed[*rc::gen::inRange<size_t>(4, bytes.size())] ^= static_cast<char>(*rc::gen::inRange(1, 256));
  static_cast<void>(read_fold(harmed).ok());
}

}  // namespace
}  // namespace modiste
