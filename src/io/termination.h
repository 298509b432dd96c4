// What a process still does when it is asked to end while its work cannot be interrupted.
//
// While such an object lives, SIGTERM, SIGINT and SIGHUP run its work, that of the latest object first, on a
// thread of its own, and then end the process as they do without. kill -9 and power cuts run nothing: the
// work only spares others what they would find out later.
//
// The first object blocks these signals for its thread and those that are begun after it: make it before
// other threads. A program that handles these signals itself, as a server does, makes none. Threads: any.
#pragma once

#include <functional>

namespace modiste {

// The system ignores SIGTERM, SIGINT and SIGHUP for the first process of a container, which has no parent of
// its own, until it handles them: a stop during a long start would be lost. Where this process is the first,
// they end it from now on as they end any other. Before other threads.
void end_by_signals_as_first_process();

class AtTermination {
 public:
  // `work` reads and writes nothing that other threads use without a lock.
  explicit AtTermination(std::function<void()> work);
  ~AtTermination();  // waits for work that is under way
  AtTermination(const AtTermination&) = delete;
  AtTermination& operator=(const AtTermination&) = delete;

 private:
  const std::function<void()> work_;
};

}  // namespace modiste
