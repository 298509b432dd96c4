#include "engine/engine.h"

namespace modiste {
namespace {

TextEmbedder embedder_of(Encoder* encoder) {
  if (encoder == nullptr) return {};
  return [encoder](std::string_view word) -> Vector {
    const std::string text(word);
    auto vectors = encoder->encode_texts({&text, 1});
    return vectors.ok() ? std::move(vectors->front()) : Vector{};
  };
}

}  // namespace

Engine::Engine(const EnginePorts& ports, const Vocabulary& vocabulary, EngineOptions options)
    : ports_(ports),
      options_(std::move(options)),
      catalog_(vocabulary),
      normaliser_(vocabulary, embedder_of(ports.encoder)),
      shelf_(vocabulary, ports.encoder == nullptr ? "" : ports.encoder->id(),
             ports.encoder == nullptr ? 0 : ports.encoder->dimension()),
      sizing_(catalog_),
      aesthetics_(vocabulary, options_.aesthetics),
      people_({catalog_, looks_, ports.log, neighbours_, popularity_, sizing_, aesthetics_}, options_.people),
      contexts_(vocabulary, ports.weather, ports.occasions, options_.context),
      served_(options_.served) {}

Engine::~Engine() = default;

}  // namespace modiste
