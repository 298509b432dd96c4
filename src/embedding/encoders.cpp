#include "embedding/encoders.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/rng.h"
#include "embedding/encoder_clip.h"
#include "embedding/encoder_modiste.h"

namespace modiste {
namespace {

constexpr std::string_view kClipPrefix = "clip:";
// Bytes of the weights' file to hash: a fine-tuned checkpoint differs within its first tensors already.
constexpr size_t kFingerprintBytes = 16 << 20;

Result<std::unique_ptr<Encoder>> make_modiste(const EncoderFiles& files, const Vocabulary& vocabulary) {
  TRY_ASSIGN(const auto file, files.heads());
  TRY_ASSIGN(auto heads, read_heads(file));
  TRY_ASSIGN(auto towers, Towers::load(files.resnet, files.minilm));
  return make_modiste_encoder({std::make_shared<const Towers>(std::move(towers)), std::move(heads)},
                              vocabulary);
}

Result<std::unique_ptr<Encoder>> make_clip(const EncoderFiles& files, const Vocabulary& vocabulary) {
  TRY_ASSIGN(const auto weights, files.clip("model.safetensors"));
  const auto first = weights.first(std::min(weights.size(), kFingerprintBytes));
  const auto fingerprint =
      fmt::format("{:016x}", hash64({reinterpret_cast<const char*>(first.data()), first.size()}));
  TRY_ASSIGN(auto clip, Clip::load(files.clip));
  return make_clip_encoder(std::move(clip), "clip-" + fingerprint, vocabulary);
}

}  // namespace

std::string_view clip_directory(std::string_view spec) {
  return spec.starts_with(kClipPrefix) ? spec.substr(kClipPrefix.size()) : std::string_view{};
}

Result<std::unique_ptr<Encoder>> make_encoder(std::string_view spec, const EncoderFiles& files,
                                              const Vocabulary& vocabulary) {
  if (spec == kModisteEncoder) return make_modiste(files, vocabulary);
  if (!clip_directory(spec).empty()) return make_clip(files, vocabulary);
  return Error{Code::kInvalid, "unknown encoder '" + std::string(spec) + "'", "", "modiste or clip:DIR"};
}

}  // namespace modiste
