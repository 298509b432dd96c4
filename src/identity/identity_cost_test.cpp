// Measures the cost of the identity graph. Prints figures only on request:
//   identity_test --gtest_also_run_disabled_tests --gtest_filter='*IdentityCost*'
#include <gtest/gtest.h>
#include <malloc.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>

#include "base/rng.h"
#include "identity/identity_graph.h"
#include "identity/test_graph.h"

namespace {
thread_local size_t allocations = 0;
}

// GCC 12 inlines one half of a pair in instrumented code and misses the other.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

// Counts allocations of the whole test program.
void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(size_t size, const std::nothrow_t& /*unused*/) noexcept {
  ++allocations;
  return std::malloc(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace modiste {
namespace {

using enum IdentifierKind;
using Clock = std::chrono::steady_clock;

double nanoseconds_each(Clock::time_point since, size_t count) {
  return std::chrono::duration<double, std::nano>(Clock::now() - since).count() / static_cast<double>(count);
}

// Random like real subjects, but the same for the same kind and number.
std::string random_subject(IdentifierKind kind, size_t number) {
  Rng rng(hash64(name_of(kind), number));
  std::array<std::byte, kSubjectBytes> bytes{};
  for (auto& byte : bytes) byte = static_cast<std::byte>(rng.next());
  return subject_id(bytes);
}

TEST(IdentityCost, ObservingWhatIsKnownAllocatesNothing) {
  IdentityGraph graph;
  const auto user = subject_of(kUser, 1), device = subject_of(kDevice, 1), session = subject_of(kSession, 1);
  const std::array<NodeRef, 3> trio{{{kUser, user}, {kDevice, device}, {kSession, session}}};
  graph.observe(trio, 0, time_of(0));
  const size_t before = allocations;
  for (uint64_t i = 1; i < 1000; ++i) graph.observe(trio, i, time_of(i));
  EXPECT_EQ(allocations, before);
  EXPECT_GT(before, 0u) << "the count counts";
}

TEST(IdentityCost, DISABLED_PerShopper) {
  constexpr size_t kShoppers = 300'000, kDevices = 2, kSessions = 3;
  const size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
  IdentityGraph graph;
  uint64_t offset = 0;
  const auto observe_all = [&](size_t shoppers) {
    double ns = 0;
    for (size_t shopper = 0; shopper < shoppers; ++shopper)
      for (size_t i = 0; i < kSessions; ++i) {
        const auto user = random_subject(kUser, shopper);
        const auto device = random_subject(kDevice, shopper * kDevices + i % kDevices);
        const auto session = random_subject(kSession, shopper * kSessions + i);
        const std::array<NodeRef, 3> trio{{{kUser, user}, {kDevice, device}, {kSession, session}}};
        const auto start = Clock::now();
        graph.observe(trio, offset++, time_of(0));
        ns += nanoseconds_each(start, 1);
      }
    return ns / static_cast<double>(shoppers * kSessions);
  };
  const double new_ns = observe_all(kShoppers);
  const size_t bytes = mallinfo2().uordblks + mallinfo2().hblkhd - before;
  const double known_ns = observe_all(kShoppers);
  std::printf("%zu shoppers of %zu devices and %zu sessions: %.0f bytes each, %.1f a node with its links\n",
              kShoppers, kDevices, kSessions, static_cast<double>(bytes) / kShoppers,
              static_cast<double>(bytes) / static_cast<double>(graph.nodes()));
  std::printf("observe: %.0f ns of a new session, %.0f ns of a known one, %.1f links a shopper\n", new_ns,
              known_ns, static_cast<double>(graph.links()) / kShoppers);
  std::string state;
  const auto start = Clock::now();
  graph.write(state);
  std::printf("write: %.0f ns and %.0f bytes a shopper\n", nanoseconds_each(start, kShoppers),
              static_cast<double>(state.size()) / kShoppers);
}

// A till that everybody signs in on, a mail address that everybody gives: the next user costs no
// more than the first.
TEST(IdentityCost, DISABLED_Crowds) {
  constexpr size_t kRound = 20'000;
  IdentityGraph graph;
  const auto till = subject_of(kDevice, 0), mail = subject_of(kEmail, 0);
  for (size_t round = 0; round < 4; ++round) {
    const auto time_one = [&](const auto& work) {
      const auto start = Clock::now();
      for (size_t i = round * kRound; i < (round + 1) * kRound; ++i) work(i);
      return nanoseconds_each(start, kRound);
    };
    const double till_ns = time_one([&](size_t i) {
      observe_subjects(graph, {subject_of(kUser, i), till, subject_of(kSession, i)}, i);
      observe_subjects(graph, {till, subject_of(kSession, 1'000'000 + i)}, i);
    });
    const double mail_ns = time_one([&](size_t i) {
      observe_subjects(graph, {subject_of(kUser, 1'000'000 + i), mail}, i);
    });
    std::printf("after %zu: %.0f ns for two sessions on a shared till, %.0f ns for a user of a shared mail\n",
                round * kRound, till_ns, mail_ns);
  }
  const auto start = Clock::now();
  const auto moves = graph.sever("email_hash:" + subject_of(kUser, 1'000'000) + ":" + mail).value();
  std::printf("severing the oldest of %zu users of a mail: %.0f ms, %zu moves\n", 4 * kRound,
              nanoseconds_each(start, 1) / 1e6, moves.size());
}

}  // namespace
}  // namespace modiste
