#include "simulation/style_properties.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "simulation/style_stage.h"

namespace modiste {
namespace {

constexpr size_t kShiftSessions = 3;

class Teller {
 public:
  Teller(StyleStage& stage, std::string name, const StylePropertiesOptions& options,
         const StyleProgress& progress)
      : stage_(stage), options_(options), progress_(progress) {
    story_.name = std::move(name);
  }

  Result<StyleStory> tell() {
    const auto cast = stage_.draw_cast();
    total_ = cast.size() * (options_.sessions_before + 1 + 2 * kShiftSessions + 2);
    for (const StyleCast& one : cast) TRY(stage_.introduce(one.first));
    for (size_t i = 0; i < options_.sessions_before; ++i)
      TRY(everybody(cast, "own", [](const StyleCast& one) { return one.first; }));
    TRY(note("settled", cast));
    TRY(gifts(cast));
    TRY(note("gift", cast));
    TRY(everybody(cast, "own after gift", [](const StyleCast& one) { return one.first; }));
    TRY(note("own", cast));
    for (size_t i = 1; i <= kShiftSessions; ++i) {
      TRY(everybody(cast, fmt::format("shift {}", i), [](const StyleCast& one) { return one.other; }));
      TRY(note(fmt::format("shift {}", i), cast));
    }
    TRY(everybody(cast, "return", [](const StyleCast& one) { return one.first; }));
    TRY(note("return", cast));
    TRY(newcomers(cast));
    return std::move(story_);
  }

 private:
  Result<Done> everybody(const std::vector<StyleCast>& cast, const std::string& kind, const auto& taste_of) {
    for (const StyleCast& one : cast) {
      TRY(stage_.session(taste_of(one)));
      TRY_ASSIGN(const std::string outcome, stage_.outcome(one.first));
      ++story_.outcomes[kind][outcome];
      advance();
    }
    return kOk;
  }

  Result<Done> gifts(const std::vector<StyleCast>& cast) {
    for (const StyleCast& one : cast) {
      TRY_ASSIGN(const auto before, stage_.page(one.first, StyleStage::kTop));
      TRY(stage_.gift_session(one.first, one.recipient));
      TRY_ASSIGN(const auto after, stage_.page(one.first, StyleStage::kTop));
      TRY_ASSIGN(const std::string outcome, stage_.outcome(one.first));
      ++story_.outcomes["gift"][outcome];
      const std::unordered_set<Slot> known(before.begin(), before.end());
      const auto kept = std::count_if(after.begin(), after.end(), [&](Slot s) { return known.contains(s); });
      story_.gift_change.push_back(1 - static_cast<double>(kept) / static_cast<double>(StyleStage::kTop));
      advance();
    }
    return kOk;
  }

  Result<Done> note(std::string name, const std::vector<StyleCast>& cast) {
    StyleMoment moment{std::move(name), {}, {}};
    for (const StyleCast& one : cast) {
      TRY_ASSIGN(const auto top, stage_.page(one.first, StyleStage::kTop));
      moment.first.push_back(stage_.share_in(top, one, true));
      moment.other.push_back(stage_.share_in(top, one, false));
    }
    story_.moments.push_back(std::move(moment));
    return kOk;
  }

  Result<Done> newcomers(const std::vector<StyleCast>& cast) {
    for (const std::string_view name : StyleStage::kCeilings)
      story_.ceilings.push_back({std::string(name), {}});
    for (const StyleCast& one : cast) {
      SimulatedShopper newcomer = one.other;
      newcomer.id += "-new";
      TRY(stage_.introduce(newcomer));
      for (size_t i = 0; i < kShiftSessions; ++i) {
        TRY(stage_.session(newcomer));
        advance();
      }
      TRY_ASSIGN(const auto top, stage_.page(newcomer, StyleStage::kTop));
      story_.newcomer.push_back(stage_.share_in(top, one, false));
      TRY_ASSIGN(const auto ceilings, stage_.ceilings(newcomer, one));
      for (size_t c = 0; c < ceilings.size(); ++c) story_.ceilings[c].other.push_back(ceilings[c]);
    }
    return kOk;
  }

  void advance() {
    if (progress_) progress_(++done_, total_);
  }

  StyleStage& stage_;
  const StylePropertiesOptions& options_;
  const StyleProgress& progress_;
  StyleStory story_;
  size_t done_ = 0, total_ = 0;
};

double share_of(const std::vector<double>& values, const auto& holds) {
  return values.empty() ? 0
                        : static_cast<double>(std::count_if(values.begin(), values.end(), holds)) /
                              static_cast<double>(values.size());
}

const StyleMoment* moment(const StyleStory& story, std::string_view name) {
  const auto found = std::find_if(story.moments.begin(), story.moments.end(),
                                  [&](const StyleMoment& one) { return one.name == name; });
  CHECK(found != story.moments.end());
  return &*found;
}

}  // namespace

StyleOptions single_accumulator() {
  StyleOptions options;
  options.session_idle = std::chrono::hours(24 * 365 * 100);  // a session that never closes
  return options;
}

std::vector<StyleProperty> properties(const StyleStory& story) {
  const auto followed = [](double share) { return share >= kFollowedMin; };
  const auto& shift = moment(story, fmt::format("shift {}", kShiftSessions))->other;
  const auto& back = moment(story, "return")->first;
  return {{"gift", mean_of(story.gift_change),
           share_of(story.gift_change, [](double change) { return change < kGiftChangeMax; })},
          {"shift", mean_of(shift), share_of(shift, followed)},
          {"return", mean_of(back), share_of(back, followed)}};
}

Result<StyleStory> tell_style_story(const StyleWorld& world, std::string name,
                                    const StylePropertiesOptions& options, const StyleProgress& progress) {
  StyleStage stage(world, options);
  return Teller(stage, std::move(name), options, progress).tell();
}

json::object to_report_json(const StyleStory& story) {
  json::array held, moments;
  json::object ceilings;
  for (const StyleCeiling& one : story.ceilings) ceilings[one.name] = mean_of(one.other);
  for (const StyleProperty& property : properties(story))
    held.push_back(json::object{{"name", property.name}, {"mean", property.mean}, {"share", property.share}});
  for (const StyleMoment& one : story.moments)
    moments.push_back(
        json::object{{"name", one.name}, {"first", mean_of(one.first)}, {"other", mean_of(one.other)}});
  return {{"name", story.name},
          {"newcomer", mean_of(story.newcomer)},
          {"ceilings", std::move(ceilings)},
          {"properties", std::move(held)},
          {"moments", std::move(moments)},
          {"outcomes", to_json(story.outcomes)}};
}

}  // namespace modiste
