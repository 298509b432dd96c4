#include "storage/event_log/crc32c.h"

#include <gtest/gtest.h>

#include <boost/crc.hpp>

#include <string_view>
#include <vector>

#include "base/rng.h"

namespace modiste {
namespace {

uint32_t reference(std::span<const std::byte> bytes) {
  boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

TEST(Crc32c, KnownAnswers) {
  const std::string_view digits = "123456789";
  EXPECT_EQ(crc32c(std::as_bytes(std::span(digits))), 0xe3069283u) << "the check value of CRC catalogues";
  EXPECT_EQ(crc32c(std::vector<std::byte>(32, std::byte{0})), 0x8a9136aau) << "RFC 3720, B.4";
  EXPECT_EQ(crc32c({}), 0u);
}

TEST(Crc32c, AgreesWithTheReferenceAtEveryLengthAndAlignment) {
  Rng rng(7);
  std::vector<std::byte> bytes(300);
  for (auto& byte : bytes) byte = static_cast<std::byte>(rng.next());
  for (size_t start = 0; start < 9; ++start)
    for (size_t length = 0; start + length <= bytes.size(); length += 1 + length / 16) {
      const auto part = std::span<const std::byte>(bytes).subspan(start, length);
      EXPECT_EQ(crc32c(part), reference(part)) << start << " + " << length;
    }
}

}  // namespace
}  // namespace modiste
