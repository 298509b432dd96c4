#include "style/state_format.h"

#include <fmt/format.h>

#include <type_traits>

#include "base/binary_fields.h"

namespace modiste {
namespace {

// Of this file, so that the descriptions below are found by their argument.
struct Writer : BinaryWriter {
  using BinaryWriter::BinaryWriter;
};
struct Reader : BinaryReader {
  using BinaryReader::BinaryReader;
};

template <class T>
concept Number = std::is_arithmetic_v<T> || std::is_enum_v<T>;

template <class Io, class T>
requires Number<std::remove_const_t<T>>
void fields(Io& io, T& value) {
  if constexpr (std::is_same_v<std::remove_const_t<T>, bool>) {
    uint8_t byte = value ? 1 : 0;
    io.number(byte);
    if constexpr (Io::kReads) {
      io.require(byte <= 1);
      value = byte == 1;
    }
  } else {
    io.number(value);
  }
}

template <class Io>
void fields(Io& io, std::string& value) {
  io.text(value);
}
template <class Io>
void fields(Io& io, const std::string& value) {
  io.text(value);
}

template <class Io, class List>
void list(Io& io, List& values) {
  if constexpr (Io::kReads) {
    values.resize(io.size(1));
  } else {
    io.size(values.size());
  }
  for (auto& value : values) fields(io, value);
}

template <class Io, class List, class Key>
void sorted_list(Io& io, List& values, const Key& key) {
  list(io, values);
  if constexpr (Io::kReads)
    for (size_t i = 1; i < values.size(); ++i) io.require(key(values[i - 1]) < key(values[i]));
}

template <class T, class Wanted>
concept Is = std::is_same_v<std::remove_const_t<T>, Wanted>;

template <class Io, Is<Evidence> T>
void fields(Io& io, T& evidence) {
  io.number(evidence.key);
  io.number(evidence.ema);
  io.number(evidence.ema_left);
  io.number(evidence.positive);
  io.number(evidence.negative);
}

template <class Io, class T>
void taste_fields(Io& io, T& taste) {
  const auto key = [](const Evidence& evidence) { return evidence.key; };
  io.number(taste.signals);
  sorted_list(io, taste.terms, key);
  sorted_list(io, taste.brands, key);
  io.number(taste.positive_total);
  io.number(taste.negative_total);
  list(io, taste.vector);
  io.number(taste.log_price_sum);
  io.number(taste.log_price_square_sum);
  io.number(taste.price_weight);
  io.number(taste.price_response.reduced_positive);
  io.number(taste.price_response.reduced_negative);
  io.number(taste.price_response.full_positive);
  io.number(taste.price_response.full_negative);
}

template <class Io, Is<Mode> T>
void fields(Io& io, T& mode) {
  io.number(mode.id);
  fields(io, mode.confirmed);
  io.number(mode.sessions);
  io.number(mode.activity);
  io.number(mode.weight);
  io.time(mode.used_at);
  taste_fields(io, mode.taste);
}

template <class Io, Is<DriftPoint> T>
void fields(Io& io, T& point) {
  io.time(point.at);
  io.number(point.divergence);
  io.number(point.smoothed);
  io.number(point.outcome);
  if constexpr (Io::kReads)
    io.require(static_cast<size_t>(point.outcome) < EnumNames<SessionOutcome>::kNames.size());
  io.number(point.mode);
}

template <class Io, Is<PassRecord> T>
void fields(Io& io, T& record) {
  io.number(record.slot);
  io.number(record.count);
  io.number(record.at_signal);
  io.time(record.at);
}

template <class Io, Is<Bought> T>
void fields(Io& io, T& bought) {
  io.number(bought.slot);
  io.time(bought.at);
}

// Types by name: their numbers change with the taxonomy.
template <class Io, class T>
void event_type(Io& io, T& type) {
  if constexpr (Io::kReads) {
    std::string name;
    io.text(name);
    const auto known = enum_from_name<EventType>(name);
    io.require(known.has_value());
    type = known.value_or(EventType{});
  } else {
    io.text(std::string(name_of(type)));
  }
}

template <class Io, Is<Liked> T>
void fields(Io& io, T& liked) {
  io.number(liked.slot);
  event_type(io, liked.how);
  io.time(liked.at);
}

template <class Io, Is<OwnedItem> T>
void fields(Io& io, T& owned) {
  io.number(owned.slot);
  event_type(io, owned.how);
  io.time(owned.at);
  io.number(owned.pieces);
}

template <class Io, Is<OwnedPhoto> T>
void fields(Io& io, T& owned) {
  OwnedGarment garment = owned.garment == nullptr ? OwnedGarment() : *owned.garment;
  for (auto* text : {&garment.id, &garment.title, &garment.category, &garment.colour, &garment.photo,
                     &garment.encoder, &garment.vector})
    fields(io, *text);
  list(io, garment.terms);
  io.time(owned.at);
  if constexpr (Io::kReads) owned.garment = std::make_shared<const OwnedGarment>(std::move(garment));
}

template <class Io, Is<Choice> T>
void fields(Io& io, T& choice) {
  io.number(choice.slot);
  io.number(choice.mode);
}

template <class Io, Is<HistoryPoint> T>
void fields(Io& io, T& point) {
  io.number(point.signals);
  io.number(point.count);
  if constexpr (Io::kReads) {
    io.require(point.count <= HistoryPoint::kShown);
    if (!io.ok()) point.count = 0;
  }
  for (uint32_t i = 0; i < point.count; ++i) {
    io.number(point.affinities[i].first);
    io.number(point.affinities[i].second);
  }
}

template <class Io, class T>
void size_set(Io& io, T& sizes) {
  constexpr size_t kBits = 64;
  for (size_t first = 0; first < sizes.size(); first += kBits) {
    uint64_t bits = 0;
    const size_t end = std::min(sizes.size(), first + kBits);
    for (size_t i = first; i < end; ++i) bits |= static_cast<uint64_t>(sizes.test(i)) << (i - first);
    io.number(bits);
    if constexpr (Io::kReads)
      for (size_t i = first; i < end; ++i) sizes.set(i, ((bits >> (i - first)) & 1) != 0);
  }
}

template <class Io, class T>
void optional_number(Io& io, T& value) {
  bool is_given = value.has_value();
  fields(io, is_given);
  if constexpr (Io::kReads)
    if (is_given) value = 0;
  if (is_given) io.number(*value);
}

template <class Io, class T>
void wishes_fields(Io& io, T& preferences) {
  fields(io, preferences.answered);
  list(io, preferences.departments);
  list(io, preferences.terms);
  list(io, preferences.brands);
  list(io, preferences.sizes);
  size_set(io, preferences.sizes_fitting);
  size_set(io, preferences.sizes_comparable);
  optional_number(io, preferences.budget_max);
  optional_number(io, preferences.formality);
  for (auto* names : {&preferences.vetoes.categories, &preferences.vetoes.colours,
                      &preferences.vetoes.fabrics, &preferences.vetoes.brands})
    list(io, *names);
}

template <class Io, Is<MetItem> T>
void fields(Io& io, T& item) {
  io.number(item.slot);
  fields(io, item.left);
}

template <class Io, Is<StoredSignal> T>
void fields(Io& io, T& signal) {
  event_type(io, signal.type);
  io.number(signal.event_hash);
  io.number(signal.slot);
  io.number(signal.weight);
  io.time(signal.at);
  io.number(signal.price_paid);
  fields(io, signal.reduced);
  io.number(signal.pieces);
  fields(io, signal.wrong_size);
}

template <class Io, class T>
void state_fields(Io& io, T& state) {
  for (auto* number : {&state.signals, &state.likes, &state.passes, &state.saves, &state.purchases})
    io.number(*number);
  io.number(state.subject);
  wishes_fields(io, state.preferences);
  list(io, state.style.modes);
  list(io, state.style.drift);
  io.number(state.style.surprise);
  io.number(state.style.usual.sessions);
  io.number(state.style.usual.mean);
  io.number(state.style.usual.spread);
  io.time(state.style.faded_at);
  io.number(state.style.id_latest);
  taste_fields(io, state.session.taste);
  taste_fields(io, state.session.left);
  sorted_list(io, state.session.met, [](const MetItem& item) { return item.slot; });
  io.time(state.session.shown_at);
  io.time(state.session.started_at);
  io.time(state.session.heard_at);
  io.number(state.session.signals);
  io.number(state.session.likes);
  list(io, state.recent_passes);
  sorted_list(io, state.passed, [](const PassRecord& record) { return record.slot; });
  list(io, state.liked);
  list(io, state.purchased);
  list(io, state.owned);
  list(io, state.owned_photos);
  list(io, state.choices);
  list(io, state.history);
}

}  // namespace

void write_state(std::string& out, const ShopperState& state) {
  Writer writer(out);
  writer.number(kShopperStateVersion);
  state_fields(writer, state);
}

void write_fold(std::string& out, const ShopperFold& fold) {
  Writer writer(out);
  writer.number(kShopperStateVersion);
  state_fields(writer, *fold.base);
  list(writer, fold.recent);
  state_fields(writer, *fold.current);
}

namespace {

// All of the bytes after the version, by `read`.
template <class Read>
Result<Done> read_whole(std::string_view bytes, const Read& read) {
  Reader reader(bytes);
  uint32_t version = 0;
  reader.number(version);
  if (reader.ok() && version != kShopperStateVersion)
    return Error{Code::kInvalid, fmt::format("unsupported version {} of a shopper's state", version), "",
                 fmt::format("version {}", kShopperStateVersion)};
  read(reader);
  reader.require(reader.at_end());
  if (!reader.ok()) return Error{Code::kCorrupt, "a shopper's state is damaged", "", ""};
  return kOk;
}

}  // namespace

Result<ShopperState> read_state(std::string_view bytes) {
  ShopperState state;
  TRY(read_whole(bytes, [&](Reader& reader) { state_fields(reader, state); }));
  return state;
}

Result<ShopperFold> read_fold(std::string_view bytes) {
  ShopperFold fold;
  auto current = std::make_shared<ShopperState>();
  TRY(read_whole(bytes, [&](Reader& reader) {
    state_fields(reader, *fold.base);
    list(reader, fold.recent);
    state_fields(reader, *current);
  }));
  fold.current = std::move(current);
  return fold;
}

}  // namespace modiste
