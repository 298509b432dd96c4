#include "serving/jobs.h"

#include <gtest/gtest.h>

#include <future>

namespace modiste {
namespace {

using namespace std::chrono_literals;

class JobsTest : public testing::Test {
 protected:
  JobView await(Jobs& jobs, const std::string& id) {
    for (int i = 0; i < 2'000; ++i) {
      const auto job = jobs.job(id);
      EXPECT_TRUE(job.ok());
      if (!job.ok() || has_ended(job->state)) return job.ok() ? *job : JobView();
      std::this_thread::sleep_for(5ms);
    }
    ADD_FAILURE() << "the job did not end";
    return {};
  }
  // "count" counts to the end or until it is cancelled, once the gate is open; "fail" fails.
  std::vector<Jobs::Kind> kinds() {
    return {
        {"count",
         [this](const json::value& arguments) -> Result<Jobs::Work> {
           if (!arguments.get_object().empty()) return Error{Code::kInvalid, "takes nothing", "/x", ""};
           return Jobs::Work([gate = gate_.get_future().share(), this](JobReport& report) -> Result<Done> {
             TRY(report.at("steps", 1, 2));
             running_.set_value();
             gate.wait();
             TRY(report.at("steps", 2, 2));
             report.print("counted\n");
             return kOk;
           });
         }},
        {"throw",
         [](const json::value&) -> Result<Jobs::Work> {
           return Jobs::Work([](JobReport& report) -> Result<Done> {
             for (int line = 0; line < 20'000; ++line) report.print(std::to_string(line) + " lines\n");
             throw std::runtime_error("the disk went away");
           });
         }},
        {"fail", [](const json::value&) -> Result<Jobs::Work> {
           return Jobs::Work([](JobReport&) -> Result<Done> {
             return Error{Code::kCorrupt, "broken", "file", "whole"};
           });
         }}};
  }
  ManualClock clock_{TimePoint(Micros(1'000'000))};
  std::promise<void> gate_, running_;
};

TEST_F(JobsTest, OneThatThrowsHasFailedAndTheEndOfWhatItPrintedStays) {
  Jobs jobs(clock_, kinds());
  const auto failed = await(jobs, jobs.start({"throw"})->id);
  EXPECT_EQ(failed.state, JobState::kFailed);
  EXPECT_EQ(error_of(failed).code, Code::kInternal);
  EXPECT_EQ(error_of(failed).what, "the disk went away");
  EXPECT_LE(failed.output.size(), kJobOutputBytesMax);
  EXPECT_GT(failed.output.size(), kJobOutputBytesMax / 2);
  EXPECT_TRUE(failed.output.ends_with("\n19999 lines\n"));
  EXPECT_EQ(failed.output.substr(failed.output.find(' '), 7), " lines\n") << "whole lines";
  EXPECT_EQ(await(jobs, jobs.start({"fail"})->id).state, JobState::kFailed) << "the thread goes on";
}

TEST_F(JobsTest, RunOneAfterTheOtherAndTellHowFarTheyAre) {
  Jobs jobs(clock_, kinds());
  const auto first = jobs.start({"count"}).value();
  running_.get_future().wait();
  const auto second = jobs.start({"fail"}).value();
  EXPECT_EQ(jobs.job(first.id)->state, JobState::kRunning);
  EXPECT_EQ(jobs.job(first.id)->progress->done, 1U);
  EXPECT_EQ(jobs.job(second.id)->state, JobState::kWaiting) << "one at a time";
  gate_.set_value();
  EXPECT_EQ(await(jobs, first.id).state, JobState::kDone);
  EXPECT_EQ(jobs.job(first.id)->output, "counted\n");
  const auto failed = await(jobs, second.id);
  EXPECT_EQ(failed.state, JobState::kFailed);
  EXPECT_EQ(error_of(failed).message(), "broken (file); expected whole");
  EXPECT_EQ(error_of(failed).code, Code::kCorrupt);
  ASSERT_EQ(jobs.list().jobs.size(), 2U);
  EXPECT_EQ(jobs.list().jobs[0].id, second.id);
}

TEST_F(JobsTest, AreCancelledWhileTheyWaitAndWhileTheyRun) {
  Jobs jobs(clock_, kinds());
  const auto first = jobs.start({"count"}).value();
  running_.get_future().wait();
  const auto second = jobs.start({"fail"}).value();
  EXPECT_EQ(jobs.cancel(second.id)->state, JobState::kCancelled);
  EXPECT_TRUE(jobs.cancel(first.id).ok());
  gate_.set_value();
  EXPECT_EQ(await(jobs, first.id).state, JobState::kCancelled);
  EXPECT_EQ(jobs.cancel(first.id).error().code, Code::kConflict);
  EXPECT_EQ(jobs.cancel("j99").error().code, Code::kNotFound);
}

TEST_F(JobsTest, AnIdIsNotUsedAgainByTheNextProcess) {
  std::string id;
  {
    Jobs jobs(clock_, kinds());
    id = jobs.start({"fail"})->id;
  }
  clock_.advance(std::chrono::seconds(5));
  Jobs jobs(clock_, kinds());
  EXPECT_NE(jobs.start({"fail"})->id, id);
  EXPECT_EQ(jobs.job(id).error().code, Code::kNotFound) << "whoever polls it learns nothing of another's";
}

TEST_F(JobsTest, BehindALongOneThoseThatEndedAreForgotten) {
  Jobs jobs(clock_, kinds());
  const auto first = jobs.start({"count"}).value();
  running_.get_future().wait();
  for (size_t i = 0; i < 2 * kJobsKept; ++i) {
    const auto job = jobs.start({"fail"});
    ASSERT_TRUE(job.ok());
    ASSERT_TRUE(jobs.cancel(job->id).ok());
  }
  EXPECT_LE(jobs.list().jobs.size(), kJobsKept + 2);
  EXPECT_EQ(jobs.job(first.id)->state, JobState::kRunning);
  gate_.set_value();
}

TEST_F(JobsTest, AServerThatStopsEndsWhatRunsAndTakesNoMore) {
  Jobs jobs(clock_, kinds());
  const auto first = jobs.start({"count"}).value();
  running_.get_future().wait();
  const auto second = jobs.start({"fail"}).value();
  jobs.close();
  EXPECT_EQ(jobs.job(second.id)->state, JobState::kCancelled);
  EXPECT_EQ(jobs.start({"fail"}).error().code, Code::kUnavailable);
  gate_.set_value();
  EXPECT_EQ(await(jobs, first.id).state, JobState::kCancelled);
}

TEST_F(JobsTest, AreRefusedBeforeTheyAreTaken) {
  Jobs jobs(clock_, kinds());
  EXPECT_EQ(jobs.start({"paint"}).error().expected, "one of count, throw, fail");
  const auto refused = jobs.start({"count", {{"x", 1}}}).error();
  EXPECT_EQ(refused.where, "/arguments/x");
  EXPECT_TRUE(jobs.list().jobs.empty());
  ASSERT_TRUE(jobs.start({"count"}).ok());
  running_.get_future().wait();
  for (size_t i = 0; i < kJobsWaitingMax; ++i) ASSERT_TRUE(jobs.start({"fail"}).ok());
  EXPECT_EQ(jobs.start({"fail"}).error().code, Code::kUnavailable);
  gate_.set_value();
}

}  // namespace
}  // namespace modiste
