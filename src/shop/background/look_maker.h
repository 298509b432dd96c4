// Makes the looks of the day of an open shop, by the generator that the configuration names.
//
// Threads: any; one night at a time, the others wait.
#pragma once

#include <memory>

#include "base/mutex.h"
#include "serving/jobs.h"
#include "serving/lookbook/lookbook_night.h"
#include "serving/shop.h"
#include "shop/background/night_note.h"
#include "shop/config.h"

namespace modiste {

class LookMaker {
 public:
  // Borrows shop and clock.
  LookMaker(const Config& config, Shop& shop, const Clock& clock);
  ~LookMaker();
  LookMaker(const LookMaker&) = delete;
  LookMaker& operator=(const LookMaker&) = delete;

  // Reports progress, and at its end how many shoppers, clusters, generations and looks.
  Result<Done> make(NightScope scope, JobReport& report);

  // Whether the night of this day, "2026-11-21", or of a later one was made to its end, here or before, and
  // its pools are there.
  [[nodiscard]] bool has_night_of(const std::string& day) const;
  // What vibe, trend and dare are, of the catalog as it is now.
  void learn();
  [[nodiscard]] bool has_garments() const { return shop_.catalog().view().garment_count() > 0; }
  [[nodiscard]] const Clock& clock() const { return clock_; }

 private:
  void note(const std::string& day);

  Shop& shop_;
  const Clock& clock_;
  const std::filesystem::path data_;
  std::unique_ptr<ChatModel> model_;  // null: none is asked
  std::unique_ptr<LookGenerator> generator_;
  Mutex mutex_;  // of a night; guards nothing
  mutable Mutex note_mutex_;
  NightNote note_ GUARDED_BY(note_mutex_);
};

}  // namespace modiste
