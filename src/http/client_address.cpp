#include "http/client_address.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace modiste::http {
namespace {

namespace ip = boost::asio::ip;
using Bytes = std::array<uint8_t, 16>;
constexpr unsigned kMappedBits = 96;  // before an address of IPv4 in IPv6
constexpr unsigned kHomeBits = 64;

std::optional<Bytes> parsed(std::string_view text) {
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  return address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes()
                         : address.to_v6().to_bytes();
}

// "198.51.100.1:5678" and "[2001:db8::1]:443" as some proxies write them.
std::string_view address_without_port(std::string_view text) {
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  const size_t colon = text.find(':');
  return colon != std::string_view::npos && colon == text.rfind(':') ? text.substr(0, colon) : text;
}

bool is_mapped(const Bytes& address) { return ip::address_v6(address).is_v4_mapped(); }

std::string home_of(Bytes address) {
  if (is_mapped(address)) return ip::make_address_v4(ip::v4_mapped, ip::address_v6(address)).to_string();
  std::fill(address.begin() + kHomeBits / 8, address.end(), uint8_t{0});
  return ip::address_v6(address).to_string() + "/" + std::to_string(kHomeBits);
}

std::optional<unsigned> parsed_bits(std::string_view text) {
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (error != std::errc() || end != text.data() + text.size() || bits > 128) return std::nullopt;
  return bits;
}

}  // namespace

Result<TrustedProxies> TrustedProxies::make(std::span<const std::string> listed) {
  TrustedProxies proxies;
  std::vector<std::string_view> all{"127.0.0.0/8", "::1"};
  all.insert(all.end(), listed.begin(), listed.end());
  for (const std::string_view entry : all) {
    const size_t slash = entry.find('/');
    const auto begin = parsed(entry.substr(0, slash));
    const bool v4 = begin && is_mapped(*begin) && entry.find(':') == std::string_view::npos;
    const auto bits = slash == std::string_view::npos ? std::optional(v4 ? 32U : 128U)
                                                      : parsed_bits(entry.substr(slash + 1));
    if (!begin || !bits || (v4 && *bits > 32))
      return Error{Code::kInvalid, "'" + std::string(entry) + "' is not an address", "server.trusted_proxies",
                   "an address or a range, such as 10.0.0.5 or 172.16.0.0/12"};
    proxies.ranges_.push_back({*begin, *bits + (v4 ? kMappedBits : 0)});
  }
  return proxies;
}

bool TrustedProxies::is_proxy(const Bytes& address) const {
  return std::any_of(ranges_.begin(), ranges_.end(), [&](const Range& range) {
    for (unsigned bit = 0; bit < range.bits; ++bit) {
      const unsigned mask = 0x80U >> (bit % 8);
      if (((address[bit / 8] ^ range.begin[bit / 8]) & mask) != 0) return false;
    }
    return true;
  });
}

std::string TrustedProxies::client_of(std::string_view peer, std::string_view forwarded_for) const {
  auto client = parsed(peer);
  if (!client) return std::string(peer);
  while (is_proxy(*client) && !forwarded_for.empty()) {
    const size_t comma = forwarded_for.rfind(',');
    const size_t begin = comma == std::string_view::npos ? 0 : comma + 1;
    const auto before = parsed(address_without_port(trim(forwarded_for.substr(begin))));
    if (!before) break;
    client = before;
    forwarded_for = forwarded_for.substr(0, comma == std::string_view::npos ? 0 : comma);
  }
  return home_of(*client);
}

}  // namespace modiste::http
