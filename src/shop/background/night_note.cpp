#include "shop/background/night_note.h"

#include "shop/versioned_file.h"

namespace modiste {
namespace {

std::filesystem::path night_note_file(const std::filesystem::path& data) {
  return data / "lookbook-night.json";
}

}  // namespace

NightNote read_night_note(const std::filesystem::path& data) {
  const auto note = read_versioned<NightNote>(night_note_file(data), "the night is made again");
  return note.ok() && *note ? **note : NightNote();
}

Result<Done> write_night_note(const std::filesystem::path& data, const NightNote& note) {
  return write_versioned(night_note_file(data), note);
}

}  // namespace modiste
