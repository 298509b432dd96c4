#include "shop/background/night_note.h"

#include "io/atomic_write.h"
#include "io/posix_files.h"
#include "io/read_file.h"

namespace modiste {
namespace {

constexpr size_t kNightNoteBytesMax = 4'096;

std::filesystem::path night_note_file(const std::filesystem::path& data) {
  return data / "lookbook-night.json";
}

}  // namespace

NightNote read_night_note(const std::filesystem::path& data) {
  const auto text = read_text_file(night_note_file(data), kNightNoteBytesMax);
  if (!text.ok()) return {};
  auto note = from_json_text<NightNote>(*text);
  return note.ok() && note->version == NightNote::kVersion ? std::move(*note) : NightNote();
}

Result<Done> write_night_note(const std::filesystem::path& data, const NightNote& note) {
  TRY(make_folders(data));
  return write_atomically(night_note_file(data), to_json_text(note) + "\n");
}

}  // namespace modiste
