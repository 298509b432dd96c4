#include "storage/event_log/segment_format.h"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cstring>

#include "base/json_document.h"
#include "base/json_writer.h"
#include "storage/event_log/answer_columns.h"
#include "storage/event_log/crc32c.h"

namespace modiste {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

namespace {

constexpr std::string_view kSegmentMagic = "MODISTEL";
constexpr uint32_t kBlockMagic = 0x4b4c424d;  // "MBLK"
constexpr std::string_view kNamePrefix = "events-", kNameSuffix = ".log";
constexpr size_t kNameDigits = 20;

template <class T>
void store(std::span<std::byte> bytes, size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

template <class T>
T load(std::span<const std::byte> bytes, size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

}  // namespace

struct LogLine {
  TimePoint received_at;
  Event event;
  std::optional<AnswerColumns> answer;  // of a served event, instead of its items
  bool by_shopper = false;              // Event::by_shopper, where something depends on it
};

template <>
struct Contract<LogLine> {
  static constexpr std::string_view kName = "LogLine";
  static constexpr std::string_view kDoc = "A line of the event log.";
  static constexpr auto kFields =
      Fields{field("received_at", &LogLine::received_at, {.doc = "By our clock", .required = true}),
             field("event", &LogLine::event, {.doc = "As accepted", .required = true}),
             field("answer", &LogLine::answer, {.doc = "Of a served event: its items"}),
             field("by_shopper", &LogLine::by_shopper,
                   {.doc = "Of an order, a purchase or a return: a shopper sent it, not the shop"})};
};

std::string segment_name(uint64_t first_offset) {
  return fmt::format("{}{:0{}}{}", kNamePrefix, first_offset, kNameDigits, kNameSuffix);
}

std::optional<uint64_t> segment_name_offset(std::string_view name) {
  if (name.size() != kNamePrefix.size() + kNameDigits + kNameSuffix.size()) return std::nullopt;
  if (!name.starts_with(kNamePrefix) || !name.ends_with(kNameSuffix)) return std::nullopt;
  const char* first = name.data() + kNamePrefix.size();
  uint64_t offset = 0;
  const auto [end, error] = std::from_chars(first, first + kNameDigits, offset);
  if (error != std::errc() || end != first + kNameDigits) return std::nullopt;
  return offset;
}

std::array<std::byte, kSegmentHeaderBytes> encode_segment_header(const SegmentHeader& header) {
  std::array<std::byte, kSegmentHeaderBytes> bytes{};
  std::memcpy(bytes.data(), kSegmentMagic.data(), kSegmentMagic.size());
  store(bytes, 8, header.version);
  store(bytes, 16, header.first_offset);
  store(bytes, 28, crc32c(std::span(bytes).first(28)));
  return bytes;
}

Result<SegmentHeader> decode_segment_header(std::span<const std::byte> bytes) {
  if (bytes.size() < kSegmentHeaderBytes)
    return Error{Code::kCorrupt, "the file is too short for an event log segment", "", ""};
  if (std::memcmp(bytes.data(), kSegmentMagic.data(), kSegmentMagic.size()) != 0)
    return Error{Code::kCorrupt, "the file is not an event log segment", "", ""};
  if (load<uint32_t>(bytes, 28) != crc32c(bytes.first(28)))
    return Error{Code::kCorrupt, "the header of the event log segment is damaged", "", ""};
  const auto version = load<uint32_t>(bytes, 8);
  if (version < 1 || version > kSegmentVersion)
    return Error{Code::kConflict, fmt::format("the event log is of version {}", version), "",
                 fmt::format("version 1 to {}, or a newer Modiste to read it", kSegmentVersion)};
  return SegmentHeader{load<uint64_t>(bytes, 16), version};
}

std::array<std::byte, kBlockHeaderBytes> encode_block_header(const BlockHeader& header) {
  std::array<std::byte, kBlockHeaderBytes> bytes{};
  store(bytes, 0, kBlockMagic);
  store(bytes, 8, header.first_offset);
  store(bytes, 16, header.events);
  store(bytes, 20, header.payload_bytes);
  store(bytes, 24, header.payload_crc);
  store(bytes, 28, header.unpacked_bytes);
  store(bytes, 4, crc32c(std::span(bytes).subspan(8)));
  return bytes;
}

std::optional<BlockHeader> decode_block_header(std::span<const std::byte> bytes) {
  if (bytes.size() < kBlockHeaderBytes || load<uint32_t>(bytes, 0) != kBlockMagic) return std::nullopt;
  if (load<uint32_t>(bytes, 4) != crc32c(bytes.subspan(8, kBlockHeaderBytes - 8))) return std::nullopt;
  const BlockHeader header{load<uint64_t>(bytes, 8), load<uint32_t>(bytes, 16), load<uint32_t>(bytes, 20),
                           load<uint32_t>(bytes, 24), load<uint32_t>(bytes, 28)};
  if (header.events == 0 || header.payload_bytes > kPayloadBytesMax ||
      header.unpacked_bytes > kPayloadBytesMax)
    return std::nullopt;
  if (header.first_offset > UINT64_MAX - header.events) return std::nullopt;
  return header;
}

// Of other events nothing depends on it.
bool keeps_sender(const Event& event) {
  return !event.order_id.empty() || event.type == EventType::kPurchase || event.type == EventType::kReturn;
}

bool payload_intact(const BlockHeader& header, std::span<const std::byte> payload) {
  return payload.size() == header.payload_bytes && crc32c(payload) == header.payload_crc;
}

Result<std::string> encode_event_line(const Event& event, TimePoint received_at) {
  const auto answer = event.type == EventType::kServed ? columns_of(event.items) : std::nullopt;
  // Most members of most events are empty, and an absent one reads as empty.
  std::string text = R"({"received_at":)";
  append_json(text, received_at);
  text += R"(,"event":)";
  append_json(text, event, {.empty_too = false, .omit = answer ? "items" : ""});
  if (answer) {
    text += R"(,"answer":)";
    append_json(text, *answer);
  }
  if (event.by_shopper && keeps_sender(event)) text += R"(,"by_shopper":true)";
  text += '}';
  if (auto read_back = decode_event_line(text, 0); !read_back.ok()) {
    Error error = std::move(read_back).error();
    error.code = Code::kInvalid;
    return error;
  }
  text += '\n';
  return text;
}

Result<LoggedEvent> decode_event_line(std::string_view line, uint64_t offset) {
  auto read = read_json_text<LogLine>(line);
  if (!read.ok()) {
    Error error = std::move(read).error();
    error.code = Code::kCorrupt;
    return error;
  }
  if (read->answer) {
    auto items = items_of(*read->answer);
    if (!items) return Error{Code::kCorrupt, "the columns of an answer have different lengths", "", ""};
    read->event.items = std::move(*items);
  }
  read->event.by_shopper = read->by_shopper;
  return LoggedEvent{LogPosition::of(offset), read->received_at, std::move(read->event)};
}

}  // namespace modiste
