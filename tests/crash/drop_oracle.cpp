// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <set>

#include "schemas/text/json_tree.h"
#include "schemas/wire/envelope.h"
#include "schemas/wire/report.h"
#include "tests/crash/drop_files.h"
#include "tests/e2e/broker_process.h"

namespace muster::crash {

namespace fs = std::filesystem;
using Fate = DroppedFile::Fate;

namespace {

struct InLedger {
  model::UtcTime moment{};
  model::Verdict verdict = model::Verdict::accepted;
};

class DropCheck {
 public:
  DropCheck(const model::NodeId& node, const fs::path& folder) : node_(node), folder_(folder) {}

  void record(const storage::LedgerRecord& record) {
    if (record.node != node_) {
      return;
    }
    const auto envelope = e2e::must(wire::DecodedEnvelope::decode(record.envelope));
    for (std::size_t i = 0; i < record.verdicts.size(); ++i) {
      const auto report = e2e::must(wire::decode_report(envelope.view().reports[i]));
      const auto id = model::ReportId{.node = node_, .seq = record.first_seq + i}.str();
      ids_[report.valid_at].push_back(id);
      reports_[id] = {report.valid_at, record.verdicts[i].verdict};
    }
  }

  void file(const DroppedFile& file) {
    if (file.fate != Fate::twin) {
      for (const auto moment : file.moments) {
        expected_.insert(moment);
        if (const auto times = ids_[moment].size(); times != 1) {
          broken(fmt::format("{}: its report of {} is in the ledger {} times", file.name,
                             model::format_time(moment), times));
        }
      }
    }
    const auto places = places_of(file.name);
    const bool is_rejected =
        file.fate == Fate::unread || (file.fate == Fate::refused && !is_verdict_unknown(places));
    if (places.size() != 1 ||
        !places.front().string().starts_with(is_rejected ? "rejected/" : "processed/")) {
      return broken(fmt::format("{}: stands in {} places, the first {}", file.name, places.size(),
                                places.empty() ? "none" : places.front().string()));
    }
    check_papers(file, places.front());
  }

  std::vector<std::string> finish() {
    for (const auto& [moment, ids] : ids_) {
      if (!ids.empty() && !expected_.contains(moment)) {
        broken(fmt::format("{} of {} was never dropped", ids.front(), model::format_time(moment)));
      }
    }
    return std::move(broken_);
  }

 private:
  /// From the drop folder on.
  [[nodiscard]] std::vector<fs::path> places_of(const std::string& name) const {
    std::vector<fs::path> places;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.path().filename() == name) {
        places.push_back(fs::relative(entry.path(), folder_));
      }
    }
    return places;
  }

  /// Its acknowledgement was missed, and its receipt says so.
  [[nodiscard]] bool is_verdict_unknown(const std::vector<fs::path>& places) const {
    const auto path =
        folder_ / (places.empty() ? "none" : places.front().string() + ".receipt.json");
    if (!fs::exists(path)) {
      return false;
    }
    text::Problems none;
    const auto receipt = text::parse_json(e2e::read_text(path), none).root;
    const auto* complete = receipt.find("complete");
    return complete != nullptr && !complete->truth;
  }

  void check_papers(const DroppedFile& file, const fs::path& place) {
    if (file.fate == Fate::unread) {
      if (!fs::exists(folder_ / (place.string() + ".findings.txt"))) {
        broken(file.name + ": has no findings");
      }
      return;
    }
    const auto path = folder_ / (place.string() + ".receipt.json");
    if (!fs::exists(path)) {
      return broken(file.name + ": has no receipt");
    }
    text::Problems none;
    const auto receipt = text::parse_json(e2e::read_text(path), none).root;
    if (file.fate == Fate::twin) {
      if (receipt.find("duplicate") == nullptr) {
        broken(file.name + ": was published again");
      }
      return;
    }
    std::set<model::UtcTime> told;
    const auto* list = receipt.find("reports");
    for (const auto& one : list != nullptr ? list->items : std::vector<text::Json>{receipt}) {
      told.insert(check_report(file, one));
    }
    if (told != std::set(file.moments.begin(), file.moments.end())) {
      broken(file.name + ": its receipt names reports of another file");
    }
  }

  model::UtcTime check_report(const DroppedFile& file, const text::Json& told) {
    const auto* id = told.find("report");
    const auto found = reports_.find(id != nullptr ? id->text : std::string());
    if (found == reports_.end()) {
      broken(fmt::format("{}: its receipt names {}, which is not in the ledger", file.name,
                         id != nullptr ? id->text : "nothing"));
      return {};
    }
    const auto verdict = told.find("verdict")->text;
    if (told.find("complete")->truth && verdict != to_text(found->second.verdict)) {
      broken(fmt::format("{}: its receipt says {} of {}, the ledger {}", file.name, verdict,
                         id->text, to_text(found->second.verdict)));
    }
    return found->second.moment;
  }

  void broken(std::string what) {
    constexpr std::size_t kToldMax = 20;
    if (broken_.size() < kToldMax) {
      broken_.push_back(std::move(what));
    }
  }

  const model::NodeId& node_;
  const fs::path& folder_;
  std::map<model::UtcTime, std::vector<std::string>> ids_;
  std::map<std::string, InLedger> reports_;
  std::set<model::UtcTime> expected_;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_drop_promises(const std::vector<storage::LedgerRecord>& ledger,
                                              const model::NodeId& node,
                                              const std::vector<DroppedFile>& files,
                                              const fs::path& drop_folder) {
  DropCheck check(node, drop_folder);
  for (const auto& record : ledger) {
    check.record(record);
  }
  for (const auto& file : files) {
    check.file(file);
  }
  return check.finish();
}

}  // namespace muster::crash
