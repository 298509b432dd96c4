#include "catalog/packed_garment.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/check.h"

namespace modiste {
namespace {

// The bytes begin with their own number, then follow the members in the order of garment_fields(). Numbers
// are written in 7 bits a byte, least significant first; texts and lists begin with their length.
class PackWriter {
 public:
  explicit PackWriter(std::string& out) : out_(out) {}

  void number(uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }
  template <class T>
  void raw(const T& value) {
    static_assert(std::is_arithmetic_v<T>);
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <class E>
  void name(const E& value) {
    number(static_cast<uint64_t>(value));
  }
  void text(const std::string& value) {
    number(value.size());
    out_ += value;
  }
  // As long as 1 byte where it is the other one, which is known before it.
  void text_beside(const std::string& value, const std::string& other) {
    number(value == other ? 1 : 0);
    if (value != other) text(value);
  }
  void count(int value) { number(static_cast<uint32_t>(value)); }
  // As long as 1 byte where it is the usual one.
  template <class T>
  void usually(const T& value, T usual) {
    number(value == usual ? 1 : 0);
    if (value != usual) raw(value);
  }
  void optional(const std::optional<double>& value) {
    number(value ? 1 : 0);
    if (value) raw(*value);
  }
  void time(const std::optional<TimePoint>& value) {
    number(value ? 1 : 0);
    if (value) raw(static_cast<int64_t>(value->time_since_epoch().count()));
  }
  template <class List, class Each>
  void list(const List& values, const Each& each) {
    number(values.size());
    for (const auto& value : values) each(*this, value);
  }
  void words(const std::map<std::string, std::vector<std::string>>& by_name) {
    number(by_name.size());
    for (const auto& [key, values] : by_name) {
      text(key);
      list(values, [](auto& io, const auto& value) { io.text(value); });
    }
  }

 private:
  std::string& out_;
};

// The bytes are ours: an impossible one is a bug.
class PackReader {
 public:
  explicit PackReader(std::string_view left) : left_(left) {}

  uint64_t number() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<uint8_t>(take(1).front());
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) break;
    }
    return value;
  }
  std::string_view view() { return take(number()); }
  template <class T>
  void raw(T& value) {
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
  }
  template <class E>
  void name(E& value) {
    value = static_cast<E>(number());
  }
  void text(std::string& value) { value.assign(view()); }
  void text_beside(std::string& value, const std::string& other) {
    if (number() == 1)
      value = other;
    else
      text(value);
  }
  void count(int& value) { value = static_cast<int>(static_cast<uint32_t>(number())); }
  template <class T>
  void usually(T& value, T usual) {
    value = usual;
    if (number() == 0) raw(value);
  }
  void optional(std::optional<double>& value) {
    if (number() == 1) raw(value.emplace());
  }
  void time(std::optional<TimePoint>& value) {
    if (number() == 0) return;
    int64_t micros = 0;
    raw(micros);
    value = TimePoint(Micros(micros));
  }
  template <class List, class Each>
  void list(List& values, const Each& each) {
    values.resize(number());
    for (auto& value : values) each(*this, value);
  }
  void words(std::map<std::string, std::vector<std::string>>& by_name) {
    for (uint64_t left = number(); left > 0; --left) {
      std::string key(view());
      list(by_name.emplace_hint(by_name.end(), std::move(key), std::vector<std::string>())->second,
           [](auto& io, auto& value) { io.text(value); });
    }
  }

 private:
  std::string_view take(size_t bytes) {
    CHECK(bytes <= left_.size());
    const auto taken = left_.substr(0, bytes);
    left_.remove_prefix(bytes);
    return taken;
  }

  std::string_view left_;
};

// A member that is added must be added below.
template <class T>
constexpr size_t kMembers = Contract<T>::kFields.kCount;
static_assert(kMembers<Garment> == 14 && kMembers<Variant> == 8 && kMembers<Attribute> == 6 &&
              kMembers<GarmentImage> == 2);

template <class Io, class T>
void attribute_fields(Io& io, T& attribute) {
  io.name(attribute.facet);
  io.text(attribute.term);
  io.text_beside(attribute.word, attribute.term);
  io.name(attribute.source);
  io.usually(attribute.confidence, 1.0F);
  io.text(attribute.colour);
}

template <class Io, class T>
void variant_fields(Io& io, T& variant) {
  io.text(variant.sku);
  io.text(variant.size);
  io.text(variant.colour);
  io.raw(variant.price);
  io.optional(variant.list_price);
  io.optional(variant.margin);
  io.count(variant.stock);
  io.words(variant.supplier_attributes);
}

template <class Io, class T>
void garment_fields(Io& io, T& garment) {
  io.text(garment.id);
  io.text(garment.currency);
  io.text(garment.title);
  io.list(garment.sets, [](auto& each_io, auto& name) { each_io.text(name); });
  io.text(garment.description);
  io.text(garment.brand);
  io.text(garment.category);
  io.text(garment.department);
  io.words(garment.supplier_attributes);
  io.list(garment.attributes, [](auto& each_io, auto& attribute) { attribute_fields(each_io, attribute); });
  io.list(garment.images, [](auto& each_io, auto& image) {
    each_io.text(image.url);
    each_io.text(image.colour);
  });
  io.list(garment.variants, [](auto& each_io, auto& variant) { variant_fields(each_io, variant); });
  io.list(garment.goes_with, [](auto& each_io, auto& id) { each_io.text(id); });
  io.time(garment.created_at);
}

using PackedSize = uint32_t;

std::string_view packed_members(const char* bytes) {
  PackedSize size = 0;
  std::memcpy(&size, bytes, sizeof size);
  return {bytes + sizeof size, size};
}

}  // namespace

PackedGarment::PackedGarment(const Garment& garment) {
  std::string members;
  PackWriter writer(members);
  garment_fields(writer, garment);
  const auto size = static_cast<PackedSize>(members.size());
  std::shared_ptr<char[]> bytes(new char[sizeof size + size]);
  std::memcpy(bytes.get(), &size, sizeof size);
  std::memcpy(bytes.get() + sizeof size, members.data(), size);
  bytes_ = std::move(bytes);
}

PackedGarment PackedGarment::kept(KeptBytes bytes) {
  PackedGarment garment;
  PackedSize size = 0;
  if (bytes.bytes.size() < sizeof size) return garment;
  std::memcpy(&size, bytes.bytes.data(), sizeof size);
  if (bytes.bytes.size() - sizeof size >= size)
    garment.bytes_ = {std::move(bytes.keeper), reinterpret_cast<const char*>(bytes.bytes.data())};
  return garment;
}

std::span<const std::byte> PackedGarment::stored() const {
  CHECK(bytes_ != nullptr);
  return {reinterpret_cast<const std::byte*>(bytes_.get()), bytes()};
}

std::shared_ptr<const Garment> PackedGarment::read() const {
  CHECK(bytes_ != nullptr);
  const auto garment = std::make_shared<Garment>();
  PackReader reader(packed_members(bytes_.get()));
  garment_fields(reader, *garment);
  return garment;
}

std::string_view PackedGarment::text(size_t place) const {
  CHECK(bytes_ != nullptr);
  PackReader reader(packed_members(bytes_.get()));
  for (; place > 0; --place) (void)reader.view();
  return reader.view();
}

std::string_view PackedGarment::id() const { return text(0); }
std::string_view PackedGarment::currency() const { return text(1); }
std::string_view PackedGarment::title() const { return text(2); }

bool PackedGarment::names_sets() const {
  constexpr size_t kTextsBefore = 3;
  CHECK(bytes_ != nullptr);
  PackReader reader(packed_members(bytes_.get()));
  for (size_t text = 0; text < kTextsBefore; ++text) (void)reader.view();
  return reader.number() > 0;
}

size_t PackedGarment::bytes() const {
  return bytes_ == nullptr ? 0 : sizeof(PackedSize) + packed_members(bytes_.get()).size();
}

}  // namespace modiste
