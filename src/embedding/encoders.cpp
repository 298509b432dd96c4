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
  // A first look, so that an installation without them is refused at once.
  TRY(files.resnet()("model.json"));
  TRY(files.minilm()("tokenizer.json"));
  return make_modiste_encoder({[resnet = files.resnet] { return ResNet50::load(resnet()); },
                               [minilm = files.minilm] { return MiniLm::load(minilm()); }, std::move(heads)},
                              vocabulary);
}

Result<std::unique_ptr<Encoder>> make_clip(const EncoderFiles& files, const Vocabulary& vocabulary) {
  const auto reader = files.clip();
  TRY_ASSIGN(const auto weights, reader("model.safetensors"));
  const auto first = weights.first(std::min(weights.size(), kFingerprintBytes));
  const auto fingerprint =
      fmt::format("{:016x}", hash64({reinterpret_cast<const char*>(first.data()), first.size()}));
  TRY_ASSIGN(auto clip, Clip::load(reader));
  return make_clip_encoder(
      std::move(clip), [clip = files.clip] { return Clip::load(clip()); }, "clip-" + fingerprint, vocabulary);
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
