#include "base/repeating_thread.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

namespace modiste {
namespace {

TEST(RepeatingThread, GoesOnAfterWorkThatThrew) {
  std::promise<void> again;
  int rounds = 0;
  RepeatingThread thread(std::chrono::milliseconds(1), [&](const std::stop_token&) {
    if (++rounds == 1) throw std::runtime_error("out of memory");
    if (rounds == 2) again.set_value();
  });
  EXPECT_EQ(again.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

}  // namespace
}  // namespace modiste
