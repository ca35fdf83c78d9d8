// SPDX-License-Identifier: Apache-2.0
#include "broker/server/planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "broker/server/refusal.h"
#include "schemas/wire/query.h"

namespace muster::server {

using std::chrono::milliseconds;

namespace {

/// The label of metrics.
std::string_view assembly_name() { return model::name_of(model::AssembleQuery{}); }

}  // namespace

Assemble assemble_by(planner::MakePackage make) {
  return [make = std::move(make)](const core::State& state, const model::AssembleQuery& query,
                                  const std::vector<model::Code>& also, const core::Moment& moment,
                                  const std::stop_token& stop) {
    return planner::assemble(
        state, query, also, moment, [&] { return stop.stop_requested(); }, make);
  };
}

model::Result<model::AssembleAnswer> best_package_until(const core::State& state,
                                                        const model::AssembleQuery& query,
                                                        const std::vector<model::Code>& also,
                                                        const core::Moment& moment,
                                                        const std::stop_token& stop) {
  return assemble_by(planner::make_package)(state, query, also, moment, stop);
}

std::optional<milliseconds> Planner::search_time(const PlanningJob& job) const {
  const auto left = std::chrono::floor<milliseconds>(job.deadline - now());
  const auto usable = left - left / 10;
  if (usable <= milliseconds::zero()) {
    return std::nullopt;
  }
  return std::min({milliseconds{job.query.time_limit_ms}, usable, kSearchMax});
}

std::vector<model::Bytes> Planner::answer(const PlanningJob& job,
                                          const std::stop_token& stop) const {
  const auto search = search_time(job);
  if (!search) {
    return refuse_late(job);
  }
  auto query = job.query;
  query.time_limit_ms = static_cast<std::uint32_t>(search->count());
  auto package = parts_.assemble(*job.state, query, job.header.what_if.also, job.moment, stop);
  if (!package) {
    return refuse(job.id, package.error());
  }
  auto messages = wire::answer_messages(job.id, {job.header, *std::move(package)});
  parts_.metrics.answered(assembly_name(),
                          std::chrono::duration<double>(now() - job.asked_at).count());
  return messages;
}

std::vector<model::Bytes> Planner::refuse(std::uint64_t id, const model::Error& error) const {
  parts_.metrics.refused(assembly_name());
  return server::refuse(id, error);
}

std::vector<model::Bytes> Planner::refuse_late(const PlanningJob& job) const {
  const auto waited = std::chrono::floor<milliseconds>(now() - job.asked_at);
  const auto given = std::chrono::floor<milliseconds>(job.deadline - job.asked_at);
  return refuse(job.id, {model::ErrorCode::timed_out,
                         fmt::format("the assembly waited {} ms for its turn and had {} ms in all",
                                     waited.count(), given.count())});
}

}  // namespace muster::server
