#include "shop/background/look_maker.h"

#include <spdlog/spdlog.h>

#include "serving/lookbook/chat_looks.h"

namespace modiste {

LookMaker::LookMaker(const Config& config, Shop& shop, const Clock& clock)
    : shop_(shop), clock_(clock), data_(config.folder()), note_(read_night_note(data_)) {
  auto chat = config.chat_options();
  if (!chat) {
    generator_ = std::make_unique<ComposedLooks>(shop.lookbook());
    return;
  }
  chat->key = chat_key_in(config.lookbook.chat_key_variable);
  model_ = std::make_unique<ChatApi>(std::move(*chat), ChatApi::Pause(),
                                     static_cast<uint64_t>(clock.now().time_since_epoch().count()));
  generator_ = std::make_unique<ChatLooks>(shop.lookbook(), *model_);
}

LookMaker::~LookMaker() = default;

Result<Done> LookMaker::make(NightScope scope, JobReport& report) {
  const MutexLock lock(mutex_);
  if (model_ != nullptr && scope == NightScope::kAll) model_->begin_night();
  TRY_ASSIGN(const NightReport night,
             run_night(shop_.lookbook(), *generator_, clock_.now(), scope, {},
                       [&report](size_t done, size_t of) { return report.at("clusters", done, of); }));
  if (night.clusters > 0) report.print(to_text(night));
  if (scope == NightScope::kAll) note(night.day);
  return kOk;
}

void LookMaker::note(const std::string& day) {
  const MutexLock lock(note_mutex_);
  note_.day = day;
  if (const auto written = write_night_note(data_, note_); !written.ok())
    spdlog::warn("the next start makes the lookbook again: {}", written.error().message());
}

void LookMaker::learn() {
  const MutexLock lock(mutex_);
  shop_.lookbook().learn();
}

bool LookMaker::has_night_of(const std::string& day) const {
  const MutexLock lock(note_mutex_);
  return note_.day >= day &&
         shop_.lookbook().pools()->has({"", std::string(lookbook::kNewStyle), {}}, note_.day);
}

}  // namespace modiste
