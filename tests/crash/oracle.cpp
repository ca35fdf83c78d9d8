// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/oracle.h"

#include <fmt/format.h>

#include <set>

#include "schemas/trust/hash.h"
#include "schemas/wire/envelope.h"

namespace muster::crash {

void Oracle::pushed(const model::ReportId& id, const model::Hash& sha256) {
  const std::scoped_lock lock(mutex_);
  entries_[id.node][id.seq].pushed.push_back(sha256);
}

void Oracle::acknowledged(const client::Acknowledged& acknowledgement) {
  {
    const std::scoped_lock lock(mutex_);
    const auto& id = acknowledgement.report;
    entries_[id.node][id.seq].acknowledged.push_back(acknowledgement);
    ++acknowledged_;
  }
  more_.notify_all();
}

std::uint64_t Oracle::acknowledged_count() const {
  const std::scoped_lock lock(mutex_);
  return acknowledged_;
}

bool Oracle::more_than(std::uint64_t count, std::chrono::milliseconds wait_max) const {
  std::unique_lock lock(mutex_);
  return more_.wait_for(lock, wait_max, [&] { return acknowledged_ > count; });
}

namespace {

class Check {
 public:
  Check(const Oracle& oracle, Strangers strangers) : oracle_(oracle), strangers_(strangers) {}

  void record(const storage::LedgerRecord& record) {
    if (record.ledger_seq != ++last_ledger_seq_) {
      broken(
          fmt::format("ledger record {} stands in place {}", record.ledger_seq, last_ledger_seq_));
    }
    const auto envelope = wire::DecodedEnvelope::decode(record.envelope);
    if (!envelope || envelope->view().node != record.node ||
        envelope->view().link.first_seq != record.first_seq ||
        envelope->view().reports.size() != record.verdicts.size()) {
      return broken(fmt::format("ledger record {} is not the envelope it says", record.ledger_seq));
    }
    auto& last = last_seq_[record.node];
    if (record.first_seq != last + 1) {
      broken(fmt::format("{}#{} follows #{}", record.node.view(), record.first_seq, last));
    }
    last = envelope->view().last_seq();
    for (std::size_t i = 0; i < record.verdicts.size(); ++i) {
      report({record.node, record.first_seq + i}, envelope->view().reports[i], record.verdicts[i],
             record.ledger_seq);
    }
  }

  std::vector<std::string> finish() {
    for (const auto& [node, entries] : oracle_.entries()) {
      for (const auto& [seq, entry] : entries) {
        if (!seen_.contains({node, seq})) {
          broken(fmt::format("{}#{} was {} and is not in the ledger", node.view(), seq,
                             entry.acknowledged.empty() ? "kept" : "acknowledged"));
        }
      }
    }
    return std::move(broken_);
  }

 private:
  void report(const model::ReportId& id, model::ByteView bytes, const model::ReportVerdict& verdict,
              std::uint64_t ledger_seq) {
    if (!seen_.insert({id.node, id.seq}).second) {
      return broken(id.str() + " is in the ledger twice");
    }
    const auto* entry = heard_of(id);
    if (entry == nullptr || entry->pushed.empty()) {
      if (strangers_ == Strangers::forbidden) {
        broken(id.str() + " was never pushed");
      }
      return;
    }
    for (const auto& sha256 : entry->pushed) {
      if (sha256 != trust::sha256(bytes)) {
        broken(id.str() + " has other bytes than were pushed");
      }
    }
    for (const auto& acknowledged : entry->acknowledged) {
      compare(acknowledged, verdict, ledger_seq);
    }
  }

  void compare(const client::Acknowledged& acknowledged, const model::ReportVerdict& verdict,
               std::uint64_t ledger_seq) {
    // An acknowledgement that was missed leaves the verdict unknown, and says so.
    if (!client::is_acknowledged_earlier(acknowledged.verdict) && acknowledged.verdict != verdict) {
      broken(acknowledged.report.str() + " has another verdict than was acknowledged");
    }
    if (acknowledged.ledger_seq < ledger_seq) {
      broken(fmt::format("{} was acknowledged at {} and stands at {}", acknowledged.report.str(),
                         acknowledged.ledger_seq, ledger_seq));
    }
  }

  [[nodiscard]] const Oracle::Entry* heard_of(const model::ReportId& id) const {
    const auto node = oracle_.entries().find(id.node);
    if (node == oracle_.entries().end()) {
      return nullptr;
    }
    const auto entry = node->second.find(id.seq);
    return entry == node->second.end() ? nullptr : &entry->second;
  }

  void broken(std::string what) {
    constexpr std::size_t kToldMax = 20;
    if (broken_.size() < kToldMax) {
      broken_.push_back(std::move(what));
    }
  }

  const Oracle& oracle_;
  Strangers strangers_;
  std::uint64_t last_ledger_seq_ = 0;
  std::map<model::NodeId, std::uint64_t> last_seq_;
  std::set<std::pair<model::NodeId, std::uint64_t>> seen_;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_promises(const std::vector<storage::LedgerRecord>& ledger,
                                         const Oracle& oracle, Strangers strangers) {
  Check check(oracle, strangers);
  for (const auto& record : ledger) {
    check.record(record);
  }
  return check.finish();
}

}  // namespace muster::crash
