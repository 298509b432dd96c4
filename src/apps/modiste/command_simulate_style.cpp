#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "io/atomic_write.h"
#include "shop/console/progress_line.h"
#include "shop/open_shop.h"
#include "shop/remote/reading_view.h"
#include "simulation/style_properties.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste {
namespace {

struct StyleArguments {
  StylePropertiesOptions options;
  uint64_t seeds = 3;
  std::string json;
  double gift_max = 1, shift_min = 0, return_min = 0;
};

// Appends one seed's story to those of the seeds before.
void append(StyleStory& all, const StyleStory& more) {
  const auto add = [](std::vector<double>& to, const std::vector<double>& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  all.name = more.name;
  add(all.gift_change, more.gift_change);
  add(all.newcomer, more.newcomer);
  all.ceilings.resize(more.ceilings.size());
  for (size_t i = 0; i < more.ceilings.size(); ++i) {
    all.ceilings[i].name = more.ceilings[i].name;
    add(all.ceilings[i].other, more.ceilings[i].other);
  }
  all.moments.resize(more.moments.size());
  for (size_t i = 0; i < more.moments.size(); ++i) {
    all.moments[i].name = more.moments[i].name;
    add(all.moments[i].first, more.moments[i].first);
    add(all.moments[i].other, more.moments[i].other);
  }
  for (const auto& [kind, outcomes] : more.outcomes)
    for (const auto& [outcome, count] : outcomes) all.outcomes[kind][outcome] += count;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

void print(const StyleStory& story) {
  fmt::print("\n{}\n", story.name);
  for (const StyleProperty& property : properties(story))
    fmt::print("  {:<8} mean {:5.1f}%   holds for {:5.1f}% of shoppers\n", property.name, 100 * property.mean,
               100 * property.share);
  fmt::print("  newcomer with the other taste only: {:5.1f}% of their top 20 are in it\n",
             100 * mean_of(story.newcomer));
  for (const StyleCeiling& ceiling : story.ceilings)
    fmt::print("    {:<12}{:5.1f}%\n", ceiling.name, 100 * mean_of(ceiling.other));
  fmt::print("  {:<16}{:>10}{:>10}\n", "top 20 after", "first", "other");
  for (const StyleMoment& moment : story.moments)
    fmt::print("  {:<16}{:>9.1f}%{:>9.1f}%\n", moment.name, 100 * mean_of(moment.first),
               100 * mean_of(moment.other));
  for (const auto& [kind, outcomes] : story.outcomes) {
    fmt::print("  {:<16}", kind);
    for (const auto& [outcome, count] : outcomes) fmt::print(" {} {}", count, outcome);
    fmt::print("\n");
  }
}

Result<StyleStory> tell(SqliteStore& garments, Encoder* encoder, const StyleOptions& style,
                        const std::string& name, const StyleArguments& given) {
  StyleStory all;
  for (uint64_t seed = 0; seed < given.seeds; ++seed) {
    ManualClock clock(TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)));
    MemoryEventLog log;
    MemoryStore subjects;
    ShopOptions options;
    Policy policy;
    policy.exploration = {.epsilon_start = 0, .epsilon_min = 0};
    policy.budgets = kNoHurry;
    options.recommender.policy = std::make_shared<const Policy>(std::move(policy));
    // The shares of a page are to speak of the taste model, not of what is left of a small shop.
    options.recommender.rules.liked_rest = std::chrono::days(0);
    options.state.profiles.style = style;
    options.impressions.enabled = false;  // nobody reads this log
    Shop shop({clock, log, garments, subjects, encoder}, Vocabulary::standard(), options);
    TRY(shop.load());
    if (shop.catalog().view().garment_count() == 0)
      return Error{Code::kInvalid, "the shop has no garments", "",
                   "`draw_shop`, then `modiste catalog import`"};
    StylePropertiesOptions drawn = given.options;
    drawn.seed += seed;
    ProgressLine line(fmt::format("{}, seed {}", name, drawn.seed), 100);
    TRY_ASSIGN(const auto story, tell_style_story({shop, clock}, name, drawn, [&](size_t done, size_t total) {
                 line.at(100 * done / total);
               }));
    append(all, story);
  }
  return all;
}

Result<Done> simulate_style(const Config& config, const StyleArguments& given) {
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto directory, DataDirectory::open(view.config().folder()));
  TRY_ASSIGN(const auto garments, SqliteStore::open(directory.database()));
  TRY_ASSIGN(const auto encoder, open_encoder(config.embedding.model, config.embedding.threads));
  std::vector<StyleStory> stories;
  json::array told;
  for (const std::string_view& habit : EnumNames<ShopperHabit>::kNames) {
    StyleArguments by_habit = given;
    by_habit.options.habit = static_cast<ShopperHabit>(&habit - EnumNames<ShopperHabit>::kNames.data());
    TRY_ASSIGN(auto modes,
               tell(*garments, encoder.get(), StyleOptions{}, fmt::format("modes, {}", habit), by_habit));
    stories.push_back(std::move(modes));
  }
  TRY_ASSIGN(auto single, tell(*garments, encoder.get(), single_accumulator(), "single", given));
  stories.push_back(std::move(single));
  fmt::print("\n{} shoppers x {} seeds from {}; top 20 of the next session:\n", given.options.shoppers,
             given.seeds, given.options.seed);
  for (const StyleStory& story : stories) {
    print(story);
    told.push_back(to_report_json(story));
  }
  if (!given.json.empty()) {
    const json::object report{{"report", "style"},
                              {"shoppers", given.options.shoppers},
                              {"seed", given.options.seed},
                              {"seeds", given.seeds},
                              {"stories", std::move(told)}};
    TRY(write_atomically(given.json, serialize_json(report) + "\n"));
  }
  const auto held = properties(stories.front());
  if (held[0].mean <= given.gift_max && held[1].mean >= given.shift_min && held[2].mean >= given.return_min)
    return kOk;
  return Error{Code::kInternal, "a style property is outside its limit",
               fmt::format("--seed {} --seeds {}", given.options.seed, given.seeds),
               fmt::format("gift at most {}, shift at least {}, return at least {}", given.gift_max,
                           given.shift_min, given.return_min)};
}

}  // namespace

void add_simulate_style(CLI::App& simulate, Command& chosen) {
  auto* command = simulate.add_subcommand(
      "style", "Check that profiles follow lasting changes of taste and ignore one-off sessions (gifts)");
  auto given = std::make_shared<StyleArguments>();
  command
      ->add_option("--shoppers", given->options.shoppers, with_default("How many", given->options.shoppers))
      ->check(CLI::Range(1, 100'000));
  command->add_option("--seeds", given->seeds, with_default("How many stories, from --seed on", given->seeds))
      ->check(CLI::Range(1, 1'000));
  command->add_option("--seed", given->options.seed,
                      with_default("Replays the same stories", given->options.seed));
  command->add_option("--json", given->json, "Write the figures to this file, for docs/reports");
  command->add_option("--gift-max", given->gift_max, "Fail when a gift session changes more of the top 20");
  command->add_option("--shift-min", given->shift_min, "Fail when less of it is in the new taste");
  command->add_option("--return-min", given->return_min, "Fail when less of it is in the first taste again");
  runs(command, chosen, given, simulate_style);
}

}  // namespace modiste
