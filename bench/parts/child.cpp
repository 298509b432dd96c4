#include "parts/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <utility>

#include "parts/connection.h"

namespace modiste::bench {
namespace {

using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point start) {
  return std::chrono::duration<double>(Steady::now() - start).count();
}

// -1 when it could not be started.
pid_t spawn(const ServedShop& shop) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::string log = (shop.data / "serve.log").string();
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  std::array<std::string, 6> words{shop.program.string(),    "--data", shop.data.string(), "serve", "--port",
                                   std::to_string(shop.port)};
  std::array<char*, 7> arguments{};
  for (size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  pid_t process = -1;
  if (posix_spawn(&process, words[0].c_str(), &actions, nullptr, arguments.data(), environ) != 0)
    process = -1;
  posix_spawn_file_actions_destroy(&actions);
  return process;
}

}  // namespace

Result<Child> Child::serve(const ServedShop& shop) {
  const auto started = Steady::now();
  Child child(spawn(shop));
  if (child.process_ < 0)
    return Error{Code::kUnavailable, "the program did not start", shop.program.string(), "modiste"};
  Connection connection(shop.port);
  while (connection.send({"GET", "/readyz"}).status != 200) {
    if (child.has_ended() || seconds_since(started) > shop.patience_s)
      return Error{Code::kUnavailable, "the program ended or was not ready in time",
                   (shop.data / "serve.log").string(), ""};
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  child.start_seconds_ = seconds_since(started);
  return child;
}

Child::Child(Child&& other) noexcept
    : process_(std::exchange(other.process_, -1)), start_seconds_(other.start_seconds_) {}

Child::~Child() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

bool Child::has_ended() {
  if (::waitpid(process_, nullptr, WNOHANG) != process_) return false;
  process_ = -1;
  return true;
}

double Child::status_mb(std::string_view name) const {
  std::ifstream status(fmt::format("/proc/{}/status", process_));
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name)) return std::stod(line.substr(name.size())) / 1024;
  return 0;
}

double Child::resident_mb() const { return status_mb("VmRSS:"); }
double Child::anonymous_mb() const { return status_mb("RssAnon:"); }

double Child::processor_seconds() const {
  std::ifstream stat(fmt::format("/proc/{}/stat", process_));
  std::string line;
  std::getline(stat, line);
  std::istringstream words(line.substr(line.rfind(')') + 1));  // the name before it may hold blanks
  std::string skipped;
  for (int word = 3; word < 14; ++word) words >> skipped;
  double user = 0, system = 0;
  words >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double Child::stop() {
  const auto started = Steady::now();
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
  return seconds_since(started);
}

}  // namespace modiste::bench
