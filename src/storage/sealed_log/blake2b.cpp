#include "storage/sealed_log/blake2b.h"

#include <sodium.h>

#include <array>

#include "base/check.h"
#include "base/text.h"

namespace modiste {

struct Blake2b::State {
  crypto_generichash_state sodium;
};

Blake2b::Blake2b() : state_(std::make_unique<State>()) {
  CHECK(sodium_init() >= 0);
  crypto_generichash_init(&state_->sodium, nullptr, 0, crypto_generichash_BYTES);
}

Blake2b::~Blake2b() = default;

void Blake2b::update(std::span<const std::byte> bytes) {
  crypto_generichash_update(&state_->sodium, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
}

std::string Blake2b::hex() {
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash_final(&state_->sodium, hash.data(), hash.size());
  return to_hex(std::as_bytes(std::span(hash)));
}

}  // namespace modiste
