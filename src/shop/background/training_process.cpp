#include "shop/background/training_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

#include "base/text.h"
#include "io/posix_files.h"

namespace modiste {
namespace {

constexpr int kNice = 10;                 // answers come first
constexpr int kLookEveryMs = 200;         // whether it is to stop
constexpr size_t kSaidBytesMax = 16'384;  // of its errors

Error cannot(std::string_view what, int error) {
  return {Code::kUnavailable, fmt::format("{}: {}", what, std::system_category().message(error)), "", ""};
}

struct Pipe {
  FileDescriptor read, write;

  static Result<Pipe> make() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return cannot("a pipe cannot be made", errno);
    return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
  }
};

Result<pid_t> spawn(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                    const Pipe& out, const Pipe& errors) {
  std::vector<std::string> words{program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out.write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors.write.get(), STDERR_FILENO);
  // The server's sockets are not closed by themselves: a training that outlives it would hold the port.
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  // A server ignores SIGPIPE; a training that outlives it is to end by it.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t as_usual;
  sigemptyset(&as_usual);
  sigaddset(&as_usual, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &as_usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  pid_t pid = 0;
  const int failed = ::posix_spawn(&pid, program.c_str(), &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return cannot(fmt::format("{} cannot be started", program.string()), failed);
  if (::setpriority(PRIO_PROCESS, static_cast<id_t>(pid), kNice) != 0)
    spdlog::warn("the training runs at the server's own priority: {}", std::system_category().message(errno));
  return pid;
}

// Appends what can be read now; false at the end.
bool take(const FileDescriptor& from, std::string& into) {
  std::array<char, 4'096> block{};
  const ssize_t count = ::read(from.get(), block.data(), block.size());
  if (count > 0) into.append(block.data(), static_cast<size_t>(count));
  return count > 0 || (count < 0 && errno == EINTR);
}

// Waits for a process that was asked to end, and kills it when it has not ended by then.
void end_by(pid_t pid, std::chrono::steady_clock::time_point time) {
  int status = 0;
  while (::waitpid(pid, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() < time) {
      std::this_thread::sleep_for(std::chrono::milliseconds(kLookEveryMs));
      continue;
    }
    spdlog::warn("the training did not end by SIGTERM and is killed");
    ::kill(pid, SIGKILL);
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return;
  }
}

// The last line that says something.
std::string last_line(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  const size_t begin = text.find_last_of("\n\r");
  return std::string(begin == std::string_view::npos ? text : text.substr(begin + 1));
}

}  // namespace

Result<std::filesystem::path> training_program() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "modiste-train";
  if (std::filesystem::exists(program)) return program;
  return Error{Code::kNotFound, "the program that trains and evaluates is not installed", program.string(),
               "the package modiste-train, or `tools/build --release modiste-train`"};
}

Result<Done> run_training(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                          JobReport& report, std::chrono::milliseconds patience) {
  using std::chrono::steady_clock;
  TRY_ASSIGN(Pipe out, Pipe::make());
  TRY_ASSIGN(Pipe errors, Pipe::make());
  TRY_ASSIGN(const pid_t pid, spawn(program, arguments, out, errors));
  out.write = FileDescriptor();
  errors.write = FileDescriptor();
  std::string said;
  Result<Done> stopped = kOk;
  steady_clock::time_point stopped_at;
  for (bool reading_out = true, reading_errors = true; reading_out || reading_errors;) {
    std::array<pollfd, 2> wait{{{reading_out ? out.read.get() : -1, POLLIN, 0},
                                {reading_errors ? errors.read.get() : -1, POLLIN, 0}}};
    ::poll(wait.data(), wait.size(), kLookEveryMs);
    if (wait[0].revents != 0) {
      std::string printed;
      reading_out = take(out.read, printed);
      report.print(printed);
    }
    if (wait[1].revents != 0) reading_errors = take(errors.read, said);
    if (said.size() > kSaidBytesMax) said.erase(0, said.size() - kSaidBytesMax);
    if (stopped.ok()) {
      stopped = report.at("training", 0, 0);
      if (stopped.ok()) continue;
      stopped_at = steady_clock::now();
      ::kill(pid, SIGTERM);
    } else if (steady_clock::now() - stopped_at > patience) {
      break;  // the pipes are not read to their ends: a process that it started may hold them open
    }
  }
  if (!stopped.ok()) {
    end_by(pid, stopped_at + patience);
    return stopped;
  }
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status))
    return Error{Code::kUnavailable, fmt::format("the training was ended by signal {}", WTERMSIG(status)), "",
                 "it goes on where it was"};
  if (WEXITSTATUS(status) == 0) return kOk;
  return Error{Code::kUnavailable, last_line(said), "", ""};
}

std::vector<std::string> schedule_arguments(const Config& config) {
  std::vector<std::string> arguments;
  if (!config.file.empty()) arguments = {"--config", config.file.string()};
  arguments.insert(arguments.end(), {"--data", config.data.directory, "train", "--schedule"});
  return arguments;
}

}  // namespace modiste
