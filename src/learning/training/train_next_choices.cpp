#include "learning/training/train_next_choices.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/rng.h"

namespace modiste {
namespace {

// The items that a network is about, and what shoppers chose of them.
struct NumberedChoices {
  Histories histories;  // a row for each shopper, which may be empty
  std::vector<Slot> slot_of;
  std::vector<ItemNumber> number_of;  // by slot; UINT32_MAX: none
  size_t choices = 0;
};

// What was chosen before `until`.
NumberedChoices number(const ChoiceHistoryRows& history, TimePoint until,
                       const TrainNextChoicesOptions& options) {
  std::vector<uint32_t> choosers(history.items.size());
  for (const auto& row : history.shoppers)
    for (const ChosenItem& chosen : row) choosers[chosen.item] += chosen.at < until ? 1 : 0;
  NumberedChoices numbered;
  for (Slot slot = 0; slot < choosers.size(); ++slot)
    if (choosers[slot] >= options.choosers_min) numbered.slot_of.push_back(slot);
  if (numbered.slot_of.size() > options.items_max) {
    // Of equal ones any, by their names: by places in the catalog the feed's first would always be known.
    std::vector<uint64_t> drawn(history.items.size());
    for (const Slot slot : numbered.slot_of)
      drawn[slot] = hash64(history.items[slot].colour, hash64(history.items[slot].garment_id));
    std::sort(numbered.slot_of.begin(), numbered.slot_of.end(), [&](Slot a, Slot b) {
      return choosers[a] != choosers[b] ? choosers[a] > choosers[b] : drawn[a] < drawn[b];
    });
    numbered.slot_of.resize(options.items_max);
    std::sort(numbered.slot_of.begin(), numbered.slot_of.end());
  }
  numbered.number_of.assign(history.items.size(), UINT32_MAX);
  for (size_t n = 0; n < numbered.slot_of.size(); ++n)
    numbered.number_of[numbered.slot_of[n]] = static_cast<ItemNumber>(n);
  numbered.histories.items = numbered.slot_of.size();
  for (const auto& row : history.shoppers) {
    History& known = numbered.histories.rows.emplace_back();
    for (const ChosenItem& chosen : row)
      if (chosen.at < until && numbered.number_of[chosen.item] != UINT32_MAX)
        known.push_back(numbered.number_of[chosen.item]);
    numbered.choices += known.size();
  }
  return numbered;
}

// From when on the latest choices judge, of those later than `after`.
TimePoint judging_from(const ChoiceHistoryRows& history, double judging, TimePoint after) {
  std::vector<TimePoint> times;
  for (const auto& row : history.shoppers)
    for (const ChosenItem& chosen : row)
      if (chosen.at > after) times.push_back(chosen.at);
  std::sort(times.begin(), times.end());
  const auto place = static_cast<size_t>((1 - judging) * static_cast<double>(times.size()));
  return times.empty() ? TimePoint{} : times[std::min(place, times.size() - 1)];
}

// Rows of those who chose something between the two; of others, none.
Histories chosen_between(const ChoiceHistoryRows& history, const NumberedChoices& numbered, TimePoint after,
                         TimePoint until) {
  Histories since = numbered.histories;
  for (size_t s = 0; s < history.shoppers.size(); ++s)
    if (std::ranges::none_of(history.shoppers[s], [&](const ChosenItem& chosen) {
          return chosen.at > after && chosen.at < until;
        }))
      since.rows[s].clear();
  return since;
}

// The model's tensors for these items; NaN for items that it does not know.
std::shared_ptr<const SequenceWeights> tensors_for(const NextChoicesModel& model,
                                                   const ChoiceHistoryRows& history,
                                                   const NumberedChoices& numbered) {
  std::map<std::pair<std::string, std::string>, size_t> rows;
  for (size_t i = 0; i < model.items.size(); ++i)
    rows.emplace(std::pair(model.items[i].garment_id, model.items[i].colour), i);
  const size_t width = model.width, items = numbered.slot_of.size();
  const float unknown = std::numeric_limits<float>::quiet_NaN();
  auto tensors = std::make_shared<SequenceWeights>();
  auto &out = (*tensors)["items"], &read = (*tensors)["read"], &bias = (*tensors)["bias"];
  out.assign(items * width, unknown);
  read = out;
  bias.assign(items, unknown);
  for (size_t n = 0; n < items; ++n) {
    const ItemKey& key = history.items[numbered.slot_of[n]];
    const auto known = rows.find({key.garment_id, key.colour});
    if (known == rows.end()) continue;
    const auto from = static_cast<std::ptrdiff_t>(known->second * width);
    const auto to = static_cast<std::ptrdiff_t>(n * width), count = static_cast<std::ptrdiff_t>(width);
    std::copy_n(model.rows.begin() + from, count, out.begin() + to);
    std::copy_n(model.read.begin() + from, count, read.begin() + to);
    bias[n] = model.bias[known->second];
  }
  (*tensors)["decay"] = {std::log(model.decay / (1 - model.decay))};
  return tensors;
}

void take_network(const SequenceNetwork& network, const ChoiceHistoryRows& history,
                  const NumberedChoices& numbered, NextChoicesModel& model) {
  const SequenceWeights& weights = network.weights();
  model.width = static_cast<uint32_t>(network.shape().width);
  for (const Slot slot : numbered.slot_of) model.items.push_back(history.items[slot]);
  model.rows = weights.at("items");
  model.read = weights.at("read");
  model.bias = weights.at("bias");
  model.decay = 1 / (1 + std::exp(-weights.at("decay").front()));
}

ModelDraft draft_of(const TrainedNextChoices& trained, TimePoint first, TimePoint last) {
  ModelDraft draft;
  draft.name = "next-choices";
  draft.kind = kNextChoicesKind;
  draft.trained_on =
      fmt::format("{} choices of {} shoppers until {:%F}, {} items", trained.choices, trained.shoppers,
                  std::chrono::floor<std::chrono::seconds>(last), trained.model.items.size());
  draft.data_from = first;
  draft.data_until = last;
  draft.settings = {{"share", static_cast<double>(trained.model.share)},
                    {"width", trained.model.width},
                    {"decay", static_cast<double>(trained.model.decay)}};
  draft.metrics = metrics_of(trained.verdict);
  return draft;
}

}  // namespace

Result<TrainedNextChoices> train_next_choices(const ChoiceHistoryRows& history,
                                              const TrainNextChoicesOptions& options,
                                              const FitProgress& progress) {
  const bool goes_on = options.begin_from != nullptr;
  if (goes_on && options.begin_from->width != options.network.shape.width)
    return Error{Code::kConflict,
                 fmt::format("the network to go on from is {} wide", options.begin_from->width), "",
                 fmt::format("{}, or a full training", options.network.shape.width)};
  const TimePoint after = goes_on ? options.begin_until : TimePoint::min();
  const TimePoint from = judging_from(history, options.judging, after);
  const NumberedChoices earlier = number(history, from, options),
                        all = number(history, TimePoint::max(), options);
  size_t several = 0;  // shoppers who teach
  const auto learn = [&](const NumberedChoices& numbered, TimePoint until, size_t stage) {
    SequenceModelOptions network = options.network;
    Histories taught = numbered.histories;
    if (goes_on) {
      network.before = tensors_for(*options.begin_from, history, numbered);
      taught = chosen_between(history, numbered, after, until);
    }
    several = static_cast<size_t>(
        std::ranges::count_if(taught.rows, [](const History& row) { return row.size() > 1; }));
    SequenceModel model("spectral-bag", HistoryKind::kShoppers, network);
    model.fit(taught, [&](size_t epoch, size_t epochs) {
      if (progress) progress(stage * epochs + epoch, 2 * epochs);
    });
    return model;
  };
  const SequenceModel judged = learn(earlier, from, 0), published = learn(all, TimePoint::max(), 1);
  if (judged.network().shape().items == 0 || published.network().shape().items == 0)
    return Error{Code::kConflict, fmt::format("{} shoppers chose two items or more", several), "",
                 fmt::format("{} of them before the latest choices, which judge", kSequenceRowsMin)};
  TrainedNextChoices trained;
  trained.shoppers = several;
  trained.choices = all.choices;
  take_network(published.network(), history, all, trained.model);
  JudgeNextChoicesOptions judge = options.judge;
  judge.seed = options.network.training.seed;
  trained.verdict = judge_next_choices(history, judged.network(), earlier.number_of, from, judge);
  trained.model.share = trained.verdict.share;
  TimePoint first = TimePoint::max(), last{};
  for (const auto& row : history.shoppers) {
    first = std::min(first, row.front().at);
    last = std::max(last, row.back().at);
  }
  trained.draft = draft_of(trained, first, last);
  return trained;
}

}  // namespace modiste
